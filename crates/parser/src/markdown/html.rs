//! Splits HTML into comments, markup and text.
//!
//! HTML in Markdown may end within a tag, and only this file handles that. `sitegen-render` reads the links
//! of whole pages, attribute by attribute, by the same lists.

mod reference;

pub use self::reference::{Within, unescape};

use pulldown_cmark::{Event as Step, Options, Parser, Tag};

use crate::Span;

/// A part of a piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HtmlPart<'h> {
    /// A whole comment.
    Comment(&'h str),
    /// A tag, or an element whose content is no text: a script, a style.
    Markup(&'h str),
    /// The text between them.
    Text(&'h str),
}

/// Elements whose content holds no tag but their own end.
pub const RAW_ELEMENTS: [&str; 8] =
    ["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"];

/// The options by which text in HTML is searched for Markdown.
const WITHIN_LINES: Options = Options::ENABLE_STRIKETHROUGH;

/// Splits HTML into its parts, in order. A comment or tag without an end is markup.
pub fn html_parts(html: &str) -> impl Iterator<Item = HtmlPart<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let (part, left) = first_part(rest)?;
        rest = left;
        Some(part)
    })
}

fn first_part(html: &str) -> Option<(HtmlPart<'_>, &str)> {
    let text = text_length(html);
    if text > 0 {
        let (text, rest) = html.split_at(text);
        return Some((HtmlPart::Text(text), rest));
    }
    let length = markup_length(html);
    let (markup, rest) = html.split_at(length.unwrap_or(html.len()));
    match length {
        _ if html.is_empty() => None,
        Some(_) if html.starts_with("<!--") => Some((HtmlPart::Comment(markup), rest)),
        _ => Some((HtmlPart::Markup(markup), rest)),
    }
}

/// Returns true if only white space stands outside of comments and tags.
pub(super) fn is_markup(html: &str) -> bool {
    html_parts(html).all(|part| !matches!(part, HtmlPart::Text(text) if !text.trim().is_empty()))
}

/// Removes the comments.
pub(super) fn without_comments(html: &str) -> String {
    html_parts(html)
        .map(|part| match part {
            HtmlPart::Comment(_) => "",
            HtmlPart::Markup(part) | HtmlPart::Text(part) => part,
        })
        .collect()
}

/// Returns the text outside of comments and tags, with a space for each of these.
pub(super) fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html_parts(html) {
        match part {
            HtmlPart::Text(part) => text.push_str(&unescape(part, Within::Text)),
            HtmlPart::Comment(_) | HtmlPart::Markup(_) => text.push(' '),
        }
    }
    text
}

/// Finds the beginning of a comment that has no end.
pub(super) fn unclosed_comment(html: &str) -> Option<usize> {
    let mut at = 0;
    for part in html_parts(html) {
        match part {
            HtmlPart::Markup(part) if part.starts_with("<!--") => return Some(at),
            HtmlPart::Comment(part) | HtmlPart::Markup(part) | HtmlPart::Text(part) => at += part.len(),
        }
    }
    None
}

/// Finds the first text between tags that would be a link, emphasis or the like if it were Markdown.
pub(super) fn markdown(html: &str) -> Option<Span> {
    let mut at = 0;
    for part in html_parts(html) {
        let (HtmlPart::Comment(text) | HtmlPart::Markup(text) | HtmlPart::Text(text)) = part;
        if matches!(part, HtmlPart::Text(_))
            && text.contains(['[', '*', '_', '`', '~'])
            && let Some(found) = first_within_line(text)
        {
            return Some(at + found.start..at + found.end);
        }
        at += text.len();
    }
    None
}

fn first_within_line(text: &str) -> Option<Span> {
    let mut steps = Parser::new_ext(text, WITHIN_LINES).into_offset_iter();
    steps.find_map(|(step, range)| match step {
        Step::Code(_)
        | Step::Start(
            Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough,
        ) => Some(range),
        _ => None,
    })
}

/// Measures the text before the next comment or tag.
fn text_length(html: &str) -> usize {
    let is_markup = |at: &usize| {
        let next = html.as_bytes().get(at + 1);
        next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
    };
    html.match_indices('<').map(|(at, _)| at).find(is_markup).unwrap_or(html.len())
}

/// Measures the comment, tag or raw element that begins here, if it has an end.
fn markup_length(html: &str) -> Option<usize> {
    // A comment may be as short as `<!-->`.
    for (start, from, end) in [("<!--", 2, "-->"), ("<?", 2, "?>"), ("<![CDATA[", 9, "]]>"), ("<!", 2, ">")] {
        if html.starts_with(start) {
            return Some(from + html[from..].find(end)? + end.len());
        }
    }
    let tag = tag_length(html)?;
    match RAW_ELEMENTS.into_iter().find(|name| begins_with_tag(html, "<", name)) {
        Some(name) => Some(tag + raw_length(&html[tag..], name)?),
        None => Some(tag),
    }
}

/// Measures a tag, whose attributes may hold `>` in quotation marks.
fn tag_length(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (b'>', None) => return Some(at + 1),
            _ if Some(byte) == quote => quote = None,
            _ => {}
        }
    }
    None
}

/// Measures a raw element's content and end tag.
fn raw_length(html: &str, name: &str) -> Option<usize> {
    let end = end_tag(html, name)?;
    Some(end + tag_length(&html[end..])?)
}

/// Finds the beginning of the first end tag with a name.
pub fn end_tag(html: &str, name: &str) -> Option<usize> {
    let mut ends = html.match_indices("</").map(|(at, _)| at);
    ends.find(|at| begins_with_tag(&html[*at..], "</", name))
}

fn begins_with_tag(html: &str, opening: &str, name: &str) -> bool {
    let Some(rest) = html.strip_prefix(opening) else { return false };
    rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && !rest[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::HtmlPart::{Comment, Markup, Text};
    use super::{html_parts, text};

    #[test]
    fn comments_are_told_from_what_looks_like_them() {
        for (html, parts) in [
            ("<!-- a --> b < c", &[Comment("<!-- a -->"), Text(" b < c")][..]),
            ("<!--><b><!---></b>", &[Comment("<!-->"), Markup("<b>"), Comment("<!--->"), Markup("</b>")]),
            ("<a title='<!-- x -->'>y", &[Markup("<a title='<!-- x -->'>"), Text("y")]),
            ("<SCRIPT>'<!-- x -->'</script>y", &[Markup("<SCRIPT>'<!-- x -->'</script>"), Text("y")]),
            ("<scripts><!-- x -->", &[Markup("<scripts>"), Comment("<!-- x -->")]),
            ("é<!-- a", &[Text("é"), Markup("<!-- a")]),
            ("<?a > ?><![CDATA[>]]><!X>", &[Markup("<?a > ?>"), Markup("<![CDATA[>]]>"), Markup("<!X>")]),
            ("<", &[Text("<")]),
        ] {
            assert_eq!(html_parts(html).collect::<Vec<_>>(), parts, "{html}");
            for (at, _) in html.char_indices() {
                assert_eq!(html_parts(&html[..at]).map(|part| part.len()).sum::<usize>(), at);
            }
        }
        assert_eq!(text("<p>A &amp; b</p><!-- c -->"), " A & b  ");
    }

    impl super::HtmlPart<'_> {
        fn len(&self) -> usize {
            let (Comment(part) | Markup(part) | Text(part)) = self;
            part.len()
        }
    }
}
