//! The parser, the model and the renderer do no I/O, read no clock and no environment, and hold nothing between calls.

use regex_lite::Regex;

use crate::project::{PURE, none, read, rust};

/// The functions and types that the lint must refuse in a pure crate.
const REFUSED: [&str; 12] = [
    "std::env::var",
    "std::fs::read",
    "std::fs::write",
    "std::thread::spawn",
    "std::time::Instant::now",
    "std::time::SystemTime::now",
    "std::sync::Mutex",
    "std::sync::RwLock",
    "std::sync::OnceLock",
    "std::sync::LazyLock",
    "std::cell::OnceCell",
    "std::thread_local",
];

#[test]
fn lints_refuse_the_world() {
    for folder in PURE {
        let path = format!("crates/{folder}/clippy.toml");
        let text = read(&path);
        let missing = REFUSED.iter().filter(|name| !text.contains(&format!("\"{name}\"")));
        none(&format!("{path} does not refuse"), &missing.map(ToString::to_string).collect::<Vec<_>>());
    }
}

#[test]
fn the_disk_is_touched_in_one_place() {
    // Functions that answer "no" to an error are refused, too, because an error would then pass for an
    // absence.
    let refused = [
        r"\bfs::(self\b|\w+\()",
        r"\buse std::fs;",
        r"\bFile::(open|create|options)",
        r"\.(try_exists|exists|canonicalize|read_link|read_dir|symlink_metadata)\(\)",
        r"\bwalkdir\b",
    ];
    let refused = Regex::new(&refused.join("|")).expect("the expression is a constant");
    let mut found = Vec::new();
    for source in rust("crates/sitegen/src") {
        let name = source.path.trim_start_matches("crates/sitegen/src/");
        // The last two files are for tests.
        if name.starts_with("disk") || name.starts_with("serve/edits") || name == "faults.rs" {
            continue;
        }
        let program = source.text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for (number, line) in program.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if refused.is_match(code) {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    none("files are touched elsewhere than in crates/sitegen/src/disk.rs", &found);
}

#[test]
fn nothing_is_held_between_calls() {
    let refused = [
        r"\bstatic\s+(mut\s+)?[A-Z_]+\s*:",
        r"\bthread_local!",
        r"\bstd::(fs|env|net|process|thread|io::std\w+)\b",
        r"\b(Mutex|RwLock|OnceLock|LazyLock|OnceCell|LazyCell|SystemTime|Instant|Atomic\w+)\b",
        r"allow\(clippy::disallowed",
        r"expect\(clippy::disallowed",
    ];
    let refused = Regex::new(&refused.join("|")).expect("the expression is a constant");
    let mut found = Vec::new();
    for source in PURE.iter().flat_map(|folder| rust(&format!("crates/{folder}/src"))) {
        // A filter of Tera can count only in what it shares with others.
        if source.path == "crates/render/src/ground/budget.rs" {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if refused.is_match(code) {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    none("a pure crate reaches for the world or holds something between calls", &found);
}
