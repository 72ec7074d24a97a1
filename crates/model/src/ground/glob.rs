//! Glob patterns of paths, as in shells and `.gitignore`.

use std::hash::{Hash, Hasher};

use regex_lite::Regex;

/// A glob pattern: `*` and `?` match within a name, `**` any folders, `{a,b}` one of several, `[a-z]` one
/// character.
#[derive(Debug, Clone)]
pub(crate) struct Glob {
    text: String,
    regex: Regex,
}

impl PartialEq for Glob {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Glob {}

impl Hash for Glob {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Glob {
    /// Parses a pattern. One that matches a folder also matches all that is in the folder.
    ///
    /// # Errors
    ///
    /// The reason why the text is not a pattern.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let pattern = text.trim_start_matches("./").trim_matches('/');
        if pattern.is_empty() {
            return Err("it names nothing");
        }
        let regex = format!("^{}(?:/.*)?$", translated(pattern)?);
        let regex = Regex::new(&regex).map_err(|_| "it is too long")?;
        Ok(Self { text: text.to_owned(), regex })
    }

    /// Returns true if the pattern matches a path, with or without a slash at its start.
    pub(crate) fn matches(&self, path: &str) -> bool {
        self.regex.is_match(path.trim_start_matches('/'))
    }
}

/// Translates a pattern into a regular expression.
fn translated(pattern: &str) -> Result<String, &'static str> {
    let mut regex = String::new();
    let (mut rest, mut is_open) = (pattern, false);
    while let Some(c) = rest.chars().next() {
        let (said, length) = match c {
            '*' if rest.starts_with("**/") => ("(?:.*/)?".to_owned(), 3),
            '*' if rest.starts_with("**") => (".*".to_owned(), 2),
            '*' => ("[^/]*".to_owned(), 1),
            '?' => ("[^/]".to_owned(), 1),
            '{' if is_open => return Err("braces stand within braces"),
            '{' => ("(?:".to_owned(), 1),
            '}' if is_open => (")".to_owned(), 1),
            ',' if is_open => ("|".to_owned(), 1),
            '[' => class(rest)?,
            '\\' => return Err("a slash is written as \"/\""),
            other => (regex_lite::escape(other.encode_utf8(&mut [0; 4])), other.len_utf8()),
        };
        is_open = c == '{' || is_open && c != '}';
        regex.push_str(&said);
        rest = &rest[length..];
    }
    if is_open { Err("a brace is not closed") } else { Ok(regex) }
}

/// Translates the class of characters at the start of a pattern, and returns its length there, too.
fn class(pattern: &str) -> Result<(String, usize), &'static str> {
    let mut ends = pattern.char_indices().skip(2).filter(|(_, c)| *c == ']');
    let (end, _) = ends.next().ok_or("a bracket is not closed")?;
    let inner = &pattern[1..end];
    let (sign, inner) = inner.strip_prefix(['!', '^']).map_or(("", inner), |inner| ("^/", inner));
    let characters = inner.split('-').map(regex_lite::escape).collect::<Vec<_>>().join("-");
    Ok((format!("[{sign}{characters}]"), end + 1))
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn patterns_mean_what_they_mean_in_shells() {
        let matches = |pattern: &str, path: &str| Glob::parse(pattern).expect("is a pattern").matches(path);
        for (pattern, path) in [
            ("_drafts/**", "_drafts/a.md"),
            ("_drafts/", "_drafts/a/b.md"),
            ("_drafts", "_drafts"),
            ("**/_*.md", "_a.md"),
            ("**/_*.md", "a/b/_c.md"),
            ("downloads/*.md", "downloads/a.md"),
            ("*.{md,mdx}", "a.mdx"),
            ("v[0-9]/?.md", "v2/a.md"),
            ("/legacy/**", "/legacy/"),
            ("a+b (c).md", "a+b (c).md"),
            ("**", "a/b"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("*.md", "a/b.md"),
            ("downloads/*.md", "downloads/a/b.md"),
            ("_drafts", "_drafts.md"),
            ("v[!0-9]/a.md", "v2/a.md"),
            ("?.md", "/.md"),
            ("a.md", "aXmd"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        for pattern in ["", "/", "{a", "{a,{b}}", "[a", "a\\b"] {
            assert!(Glob::parse(pattern).is_err(), "{pattern}");
        }
    }
}
