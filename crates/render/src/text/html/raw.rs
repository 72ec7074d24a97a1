//! HTML that is shown as text: all of it but its comments.

use sitegen_parser::{HtmlPart, Span, Within, html_parts, unescape};

use crate::ground::escape::push_escaped;

/// The content that readers see in a piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VisibleContent {
    Nothing,
    /// Only images without a description.
    Image,
    Text,
}

/// Returns the content that readers see in the HTML of a link. An unknown tag counts as text, because HTML of
/// an author or a component may show anything.
pub(super) fn shown(html: &str) -> VisibleContent {
    let mut shown = VisibleContent::Nothing;
    for part in html_parts(html) {
        match part {
            HtmlPart::Text(text) if !text.trim().is_empty() => return VisibleContent::Text,
            HtmlPart::Markup(tag) if tag.starts_with("<img ") && tag.contains(" alt=\"\"") => {
                shown = VisibleContent::Image;
            }
            HtmlPart::Markup(tag) if !STYLES.iter().any(|style| tag.starts_with(style)) => {
                return VisibleContent::Text;
            }
            _ => {}
        }
    }
    shown
}

/// The beginnings of tags that show nothing of their own.
const STYLES: [&str; 6] = ["</", "<br", "<code", "<del", "<em", "<strong"];

/// Finds the first line of markup; there is none if there are only comments and text.
pub(super) fn first_markup(html: &str) -> Option<Span> {
    let mut at = 0;
    for part in html_parts(html) {
        match part {
            HtmlPart::Markup(_) => {
                let line = html[at..].lines().next().unwrap_or_default();
                return Some(at..at + line.len());
            }
            HtmlPart::Comment(part) | HtmlPart::Text(part) => at += part.len(),
        }
    }
    None
}

/// Removes comments from HTML, and the empty lines that they leave at its beginning.
pub(super) fn without_comments(html: &str) -> String {
    let parts = html_parts(html).filter_map(|part| match part {
        HtmlPart::Comment(_) => None,
        HtmlPart::Markup(part) | HtmlPart::Text(part) => Some(part),
    });
    parts.collect::<String>().trim_start_matches(['\n', '\r']).to_owned()
}

/// Writes the text besides comments, each line as a paragraph, because Markdown takes the rest of a comment's
/// line for HTML, too.
pub(super) fn push_text(out: &mut String, html: &str) {
    for line in without_comments(html).lines().filter(|line| !line.trim().is_empty()) {
        out.push_str("<p>");
        push_escaped(out, &unescape(line.trim(), Within::Text));
        out.push_str("</p>\n");
    }
}
