//! Phrases that many messages contain: counts, times and paths for a shell.

use std::path::Path;
use std::time::Duration;

/// Formats a time for people: `0.42 s`.
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// Formats a count and its noun: `1 page`, `2 pages`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Quotes a path for a shell, if it needs quotes.
pub(crate) fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "/._-:\\".contains(c);
    if path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_as_shells_take_them() {
        assert_eq!(quoted(Path::new("sites/my-blog")), "sites/my-blog");
        assert_eq!(quoted(Path::new("Anna's site")), r"'Anna'\''s site'");
    }
}
