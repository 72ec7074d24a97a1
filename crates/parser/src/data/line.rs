//! The lines of a data file that are no rows: those above its header, and comments.

use super::column;

/// Returns the offset of the first line that can be a row, behind the lines to skip.
pub(super) fn first(text: &str, skip: usize) -> usize {
    (0..skip).fold(column::start(text), |at, _| after(text, at))
}

/// Returns the offset of the first line that is no comment, from the beginning of a line on.
pub(super) fn uncommented(text: &str, mut at: usize, comment: Option<&str>) -> usize {
    let Some(comment) = comment else { return at };
    while text[at..].starts_with(comment) {
        at = after(text, at);
    }
    at
}

/// Returns the offset behind a line and its ending.
pub(super) fn after(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let Some(end) = rest.find(['\n', '\r']) else { return text.len() };
    at + end + if rest[end..].starts_with("\r\n") { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::{first, uncommented};

    #[test]
    fn lines_end_as_files_end_them() {
        for text in ["\u{feff}a\nb\nc", "a\r\nb\r\nc", "a\rb\rc"] {
            assert_eq!(&text[first(text, 2)..], "c", "{text:?}");
            assert_eq!(&text[first(text, 9)..], "", "{text:?}");
        }
        assert_eq!(uncommented("# a\n#b\nc", 0, Some("#")), 7);
        assert_eq!(uncommented("#", 0, Some("#")), 1);
        assert_eq!(uncommented("#", 0, None), 0);
    }
}
