//! Finds expressions of templates in braces, as Zola, Jekyll and Eleventy have them: `{{ name(a="b") }}`.

use crate::Span;

/// Measures a text that surely is an expression: a call, a path of names, or a name with a filter. A single
/// name may be shown on purpose.
pub(super) fn expression(text: &str, before: &str) -> Option<usize> {
    let end = text.find("}}")? + 2;
    let inner = text[2..end - 2].trim_matches('-');
    let name = name(inner)?;
    let behind = &inner[name.end..];
    let rest = behind.trim_start();
    let is_call = rest.starts_with('(') && rest.contains(')');
    // A bar without spaces may separate choices: `{{up|down}}`.
    let is_filter = rest.strip_prefix('|').is_some_and(|filter| {
        begins_name(filter.trim_start()) && (rest != behind || filter.starts_with(' '))
    });
    let is_path = inner[name.clone()].contains('.') && (rest.is_empty() || rest.starts_with(['|', '[']));
    // `${{ secrets.KEY }}` belongs to programs that make no pages; braces without a space may be LaTeX:
    // `\frac{{f(x)}}{2}`.
    let is_apart = inner.starts_with(' ')
        || name.len() > 1 && !before.ends_with(|c: char| c.is_alphanumeric() || "^_{}\\".contains(c));
    ((is_call || is_filter || is_path) && is_apart && !before.ends_with(['$', '{'])).then_some(end)
}

/// Returns the names with which an expression begins.
pub(crate) fn named(written: &str) -> &str {
    let inner = written.trim_start_matches('{').trim_start_matches('-');
    name(inner).map_or(written, |name| &inner[name])
}

/// Finds the names, joined by points, that a text begins with behind spaces.
fn name(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start_matches(' ').len();
    let rest = &text[start..];
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let is_name = !rest[..length].is_empty() && rest[..length].split('.').all(begins_name);
    is_name.then_some(start..start + length)
}

fn begins_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::{expression, named};

    #[test]
    fn expressions_are_calls_paths_and_filters() {
        for (text, name) in [
            ("{{ gallery() }}", "gallery"),
            ("{{ youtube(id=\"x\") }}", "youtube"),
            ("{{ super.box(a=1) | safe }}", "super.box"),
            ("{{page.title}}", "page.title"),
            ("{{- site.baseurl -}}", "site.baseurl"),
            ("{{ x | upper }}", "x"),
            ("{{ page.tags[0] }}", "page.tags"),
        ] {
            assert_eq!(expression(text, "a "), Some(text.len()), "{text}");
            assert_eq!(named(text), name);
        }
    }

    #[test]
    fn other_braces_are_none() {
        for (text, before) in [
            ("{{ x }}", ""),
            ("{{a}}", ""),
            ("{{f(x)}}", "\\frac"),
            ("{{f(x)}}", ""),
            ("{{ a | 1 }}", ""),
            ("{{ 1.5 }}", ""),
            ("{{up|down}}", ""),
            ("{{ a.b", ""),
            ("{{ a..b }}", ""),
            ("{{% x() %}}", ""),
            ("{{ secrets.KEY }}", "$"),
            ("{{ a.b }}", "{"),
            ("{{ name and (more) }}", ""),
        ] {
            assert_eq!(expression(text, before), None, "{text}");
        }
    }
}
