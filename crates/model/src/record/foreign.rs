//! Keys by which other programs hold pages back, which say nothing here.

use sitegen_parser::WrittenValue;

/// Whether a key with this value keeps a page from readers in another program, or may on some day.
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

/// The same of what is said for the pages below a folder, which may be drafts, too.
fn key_holds_back(key: &str, value: &WrittenValue) -> bool {
    matches!((key, value), ("draft", WrittenValue::Bool(true))) || holds_back(key, value)
}
