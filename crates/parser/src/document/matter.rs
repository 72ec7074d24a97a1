//! Where a file's front matter is.

use crate::Span;

/// What a file begins with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Matter {
    /// Its body.
    None,
    /// TOML between lines of `+++`; the body begins at an offset.
    Toml { fields: Span, body: usize },
    /// YAML between lines of `---`, as for other generators.
    Yaml { opening: Span, body: usize },
    /// A line of `+++` without another.
    Unclosed { opening: Span },
}

/// Finds the front matter; a byte order mark may precede it.
pub(super) fn find(text: &str) -> Matter {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = lines(text, start);
    let Some(opening) = lines.next() else { return Matter::None };
    let mark = text[opening.clone()].trim_end();
    let opening_mark = opening.start..opening.start + mark.len();
    let closing = match mark {
        "+++" | "---" => lines.find(|line| text[line.clone()].trim_end() == mark),
        _ => return Matter::None,
    };
    match closing {
        Some(line) if mark == "+++" => Matter::Toml { fields: opening.end..line.start, body: line.end },
        Some(line) if is_yaml(&text[opening.end..line.start]) => {
            Matter::Yaml { opening: opening_mark, body: line.end }
        }
        None if mark == "+++" => Matter::Unclosed { opening: opening_mark },
        _ => Matter::None,
    }
}

/// The lines from an offset on, each with its ending.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> {
    let mut end = start;
    text[start..].split_inclusive('\n').map(move |line| {
        let start = end;
        end += line.len();
        start..end
    })
}

/// Whether a text between thematic breaks is rather a list of keys.
fn is_yaml(text: &str) -> bool {
    let is_key = |key: &str| key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.and_then(|line| line.split_once(':')).is_some_and(|(key, _)| !key.is_empty() && is_key(key))
}

#[cfg(test)]
mod tests {
    use super::{Matter, find};

    #[test]
    fn front_matter_stands_at_the_very_beginning() {
        assert_eq!(find("+++\na = 1\n+++\nb"), Matter::Toml { fields: 4..10, body: 14 });
        assert_eq!(find("\u{feff}+++ \r\n+++\r\nb"), Matter::Toml { fields: 9..9, body: 14 });
        assert_eq!(find("+++\n+++"), Matter::Toml { fields: 4..4, body: 7 });
        assert_eq!(find("+++\na = 1\n"), Matter::Unclosed { opening: 0..3 });
        assert_eq!(find("---\n# c\ntitle: x\n---\nb"), Matter::Yaml { opening: 0..3, body: 21 });
        for text in ["", "\n+++\n+++\n", "++++\n", "---\nNo key: so prose\n\n---\n- a", "---\nno end: x"] {
            assert_eq!(find(text), Matter::None, "{text}");
        }
    }
}
