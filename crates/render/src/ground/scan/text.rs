//! The plain text of HTML.

use sitegen_parser::{Within, unescape};

use super::after;

/// Reads the formula that HTML begins with: its source, still escaped, and the HTML after it.
fn formula(html: &str) -> Option<(&str, &str)> {
    let (formula, after) = html.strip_prefix("<math")?.split_once("</math>")?;
    let (_, annotation) = formula.split_once("<annotation ")?;
    let (_, source) = annotation.split_once('>')?;
    Some((source.split('<').next().unwrap_or_default(), after))
}

/// Returns the text of HTML without tags, with single spaces. A formula becomes its source.
pub(crate) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let tag = &rest[start..];
        if let Some((formula, after)) = formula(tag) {
            text.push_str(formula);
            rest = after;
            continue;
        }
        let inline =
            ["<a", "</a", "<em", "</em", "<strong", "</strong", "<code", "</code", "<span", "</span"];
        if !inline.iter().any(|inline| tag.starts_with(inline)) {
            text.push(' ');
        }
        rest = after(tag, ">");
    }
    text.push_str(rest);
    let words: Vec<_> = text.split_whitespace().collect();
    unescape(&words.join(" "), Within::Text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn plain_text_has_no_markup() {
        assert_eq!(plain_text("<p>A <em>b</em>.</p>\n<p>R&amp;D</p>"), "A b. R&D");
    }
}
