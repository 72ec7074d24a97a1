//! What the text of a style sheet or a script refers to.

mod css;
mod script;

use crate::Span;

pub use self::css::Import;

/// Where the text of a style sheet or a script names something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Where the name stands, without quotation marks.
    pub span: Span,
    /// The name, its escapes resolved.
    pub to: String,
    /// What kind of name it is.
    pub form: Form,
}

/// What kind of name a reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A URL.
    Url,
    /// That of a style sheet whose rules are to stand here.
    Import,
    /// That of a module: a URL if it begins with a slash or a dot.
    Module,
    /// The URL of what only those ask for who look for mistakes.
    SourceMap,
}

/// What a style sheet, a script, an application's manifest or what scripts go by refers to, in its order; nothing if a file is none
/// of these, by its name.
///
/// Only what is certain: a name that is put together while a script runs is none.
pub fn references(name: &str, text: &str) -> Vec<Reference> {
    let mut found = match extension(name) {
        Some("css") => css::references(text),
        Some("js" | "mjs") => script::references(text),
        Some("webmanifest") => script::images(text),
        Some("importmap") => script::modules(text),
        Some("speculationrules") => script::pages(text),
        _ => return Vec::new(),
    };
    // What stands within another name, as in a `url(…)` that does not end, is part of that.
    let end = found.last().map_or(0, |last| last.span.end);
    found.extend(source_map(text).filter(|map| end <= map.span.start));
    found
}

/// Whether a file is one in which references are looked for, by its name.
pub fn has_references(name: &str) -> bool {
    matches!(extension(name), Some("css" | "js" | "mjs" | "webmanifest"))
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, extension)| extension)
}

/// The source map that the last line of a text names in a comment.
fn source_map(text: &str) -> Option<Reference> {
    const MARK: &str = "sourceMappingURL=";
    let start = text.rfind(MARK)? + MARK.len();
    let line = text[..start - MARK.len()].rsplit('\n').next().unwrap_or_default().trim();
    let is_comment = matches!(line, "//#" | "//@") || line.ends_with("/*#") || line.ends_with("/*@");
    let rest = &text[start..];
    let length = rest.find(|c: char| c.is_whitespace() || c == '*').unwrap_or(rest.len());
    let is_last = ["", "*/"].contains(&rest[length..].trim());
    (is_comment && is_last && length > 0).then(|| Reference {
        span: start..start + length,
        to: rest[..length].to_owned(),
        form: Form::SourceMap,
    })
}

#[cfg(test)]
mod tests {
    use super::{Form, references};

    #[test]
    fn source_maps_are_named_in_last_lines() {
        let to = |name, text| {
            references(name, text).pop().filter(|found| found.form == Form::SourceMap).map(|found| found.to)
        };
        assert_eq!(to("a.js", "a()\n//# sourceMappingURL=a.js.map\n").as_deref(), Some("a.js.map"));
        assert_eq!(to("a.css", "p{}/*# sourceMappingURL=a.css.map */").as_deref(), Some("a.css.map"));
        assert_eq!(to("a.js", "const x = \"//# sourceMappingURL=a.map\";"), None);
        assert_eq!(to("a.txt", "//# sourceMappingURL=a.map"), None);
        assert_eq!(to("a.css", "p { a: url(/*# sourceMappingURL=a.map"), None);
    }
}
