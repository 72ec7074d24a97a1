//! Keys that hold pages back in other programs but mean nothing here.

use sitegen_parser::WrittenValue;

/// Returns true if a key with this value hides a page in another program, now or on some day.
pub(super) fn holds_back(key: &str, value: &WrittenValue) -> bool {
    match (key, value) {
        ("render" | "published", WrittenValue::Bool(shown)) => !shown,
        ("headless", WrittenValue::Bool(held)) => *held,
        (
            "publishDate" | "publishdate" | "expiryDate" | "expirydate" | "unpublishdate" | "build"
            | "_build",
            _,
        ) => true,
        ("cascade", WrittenValue::Table(table)) => {
            table.entries.iter().any(|entry| key_holds_back(&entry.key.value, &entry.value.value))
        }
        ("cascade", WrittenValue::Array(parts)) => {
            parts.iter().any(|part| holds_back("cascade", &part.value))
        }
        _ => false,
    }
}

/// Does the same for a key of `cascade`, which applies to the pages below a folder and can make them drafts,
/// too.
fn key_holds_back(key: &str, value: &WrittenValue) -> bool {
    matches!((key, value), ("draft", WrittenValue::Bool(true))) || holds_back(key, value)
}
