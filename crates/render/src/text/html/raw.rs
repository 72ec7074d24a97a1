//! HTML that is shown as text: all of it but its comments.

use sitegen_parser::{HtmlPart, Span, Within, html_parts, unescape};

use crate::ground::escape::push_escaped;

/// What readers see of a piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Nothing,
    /// Images that nothing describes, alone.
    Image,
    Text,
}

/// What readers see of the HTML in a link. What its author or a component made may show anything.
pub(super) fn shown(html: &str) -> Shown {
    let mut shown = Shown::Nothing;
    for part in html_parts(html) {
        match part {
            HtmlPart::Text(text) if !text.trim().is_empty() => return Shown::Text,
            HtmlPart::Markup(tag) if tag.starts_with("<img ") && tag.contains(" alt=\"\"") => {
                shown = Shown::Image;
            }
            HtmlPart::Markup(tag) if !STYLES.iter().any(|style| tag.starts_with(style)) => {
                return Shown::Text;
            }
            _ => {}
        }
    }
    shown
}

/// What the tags of elements begin with that show nothing of their own.
const STYLES: [&str; 6] = ["</", "<br", "<code", "<del", "<em", "<strong"];

/// Where the first line of what is neither comment nor text stands; none if there is only that.
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

/// What is left of HTML without its comments, and without the lines that those had for themselves at its beginning.
pub(super) fn without_comments(html: &str) -> String {
    let parts = html_parts(html).filter_map(|part| match part {
        HtmlPart::Comment(_) => None,
        HtmlPart::Markup(part) | HtmlPart::Text(part) => Some(part),
    });
    parts.collect::<String>().trim_start_matches(['\n', '\r']).to_owned()
}

/// Writes what stands beside comments, each line a paragraph: a comment that begins a line ends with it.
pub(super) fn push_text(out: &mut String, html: &str) {
    for line in without_comments(html).lines().filter(|line| !line.trim().is_empty()) {
        out.push_str("<p>");
        push_escaped(out, &unescape(line.trim(), Within::Text));
        out.push_str("</p>\n");
    }
}
