//! Finds the references in style sheets, scripts and the JSON files that browsers read.

mod css;
mod script;

use crate::Span;

pub use self::css::Import;

/// A place at which a style sheet or a script names another file or page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The bytes of the name, without quotation marks.
    pub span: Span,
    /// The name, its escapes resolved.
    pub to: String,
    /// The form of the name.
    pub form: ReferenceForm,
}

/// The form of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceForm {
    /// A URL.
    Url,
    /// The URL of a style sheet whose rules take the place of the statement.
    Import,
    /// The name of a module, which is a URL if it begins with a slash or a dot.
    Module,
    /// The URL of a source map, which only developer tools ask for.
    SourceMap,
}

/// Finds the references in a style sheet, a script, a web app manifest, an import map or speculation rules,
/// in order. Returns none for files of other names.
///
/// A name that a script puts together while it runs is left out, because it is not certain.
pub fn references(name: &str, text: &str) -> Vec<Reference> {
    let mut found = match extension(name) {
        Some("css") => css::references(text),
        Some("js" | "mjs") => script::references(text),
        Some("webmanifest") => script::images(text),
        Some("importmap") => script::modules(text),
        Some("speculationrules") => script::pages(text),
        _ => return Vec::new(),
    };
    // A name within another one, as in a `url(…)` that does not end, is part of the other one.
    let end = found.last().map_or(0, |last| last.span.end);
    found.extend(source_map(text).filter(|map| end <= map.span.start));
    found
}

/// Returns true if files of this name are searched for references.
pub fn has_references(name: &str) -> bool {
    matches!(extension(name), Some("css" | "js" | "mjs" | "webmanifest"))
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, extension)| extension)
}

/// Finds the source map that the last line of a text names in a comment.
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
        form: ReferenceForm::SourceMap,
    })
}

#[cfg(test)]
mod tests {
    use super::{ReferenceForm, references};

    #[test]
    fn source_maps_are_named_in_last_lines() {
        let to = |name, text| {
            references(name, text)
                .pop()
                .filter(|found| found.form == ReferenceForm::SourceMap)
                .map(|found| found.to)
        };
        assert_eq!(to("a.js", "a()\n//# sourceMappingURL=a.js.map\n").as_deref(), Some("a.js.map"));
        assert_eq!(to("a.css", "p{}/*# sourceMappingURL=a.css.map */").as_deref(), Some("a.css.map"));
        assert_eq!(to("a.js", "const x = \"//# sourceMappingURL=a.map\";"), None);
        assert_eq!(to("a.txt", "//# sourceMappingURL=a.map"), None);
        assert_eq!(to("a.css", "p { a: url(/*# sourceMappingURL=a.map"), None);
    }
}
