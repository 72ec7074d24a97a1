//! Finds code and HTML that nothing ends, so that they go on to the end of a text.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag as Element};

/// The beginnings of HTML that goes on over blank lines, and the end of each.
const OPAQUE: [(&str, &str); 8] = [
    ("<!--", "-->"),
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
    ("<?", "?>"),
    ("<![CDATA[", "]]>"),
    ("<!", ">"),
];

/// Returns the line that would end the code or HTML that is still open at the end of a text; none if a new
/// block can begin there.
pub(super) fn ending(text: &str, options: Options) -> Option<String> {
    if !["```", "~~~", "<"].iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut depth = 0;
    let mut last = None;
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(element) => {
                // A list or a quote ends what is open in it.
                if depth == 0 {
                    last = Some((element, span));
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    let (element, span) = last?;
    let block = &text[span];
    match element {
        Element::CodeBlock(CodeBlockKind::Fenced(_)) => fence(block).map(str::to_owned),
        Element::HtmlBlock => {
            let (start, end) = opaque(block)?;
            let rest = block.trim_start()[start.len()..].to_ascii_lowercase();
            (!rest.contains(&end.to_ascii_lowercase())).then(|| end.to_owned())
        }
        _ => None,
    }
}

/// Returns the fence of a block of code that has no closing line.
pub(super) fn fence(code: &str) -> Option<&str> {
    let first = code.lines().next().unwrap_or_default().trim_end();
    let mark = if first.starts_with('~') { '~' } else { '`' };
    let length = first.len() - first.trim_start_matches(mark).len();
    let last = code.trim_end().lines().skip(1).last().unwrap_or_default();
    let last = last.trim_matches([' ', '\t', '>']);
    let is_closed = last.len() >= length && last.trim_start_matches(mark).is_empty();
    (!is_closed).then(|| &first[..length])
}

/// Returns true for kinds of HTML that go on over blank lines, up to an end of their own.
pub(super) fn is_opaque(html: &str) -> bool {
    opaque(html).is_some()
}

fn opaque(html: &str) -> Option<(&'static str, &'static str)> {
    let html = html.trim_start().as_bytes();
    let begins = |(start, _): &(&str, &str)| {
        html.get(..start.len()).is_some_and(|html| html.eq_ignore_ascii_case(start.as_bytes()))
    };
    OPAQUE.into_iter().find(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_open_at_the_end_is_ended() {
        for (text, expected) in [
            ("a\n\n```\nb", Some("```")),
            ("~~~~ text\nb\n~~~", Some("~~~~")),
            ("<pre>a\n\nb", Some("</pre>")),
            ("<!-- a\n\nb", Some("-->")),
            ("```\na\n```", None),
            ("```\na\n```\n\nb", None),
            ("- ```\n  a", None),
            ("> ```\n> a", None),
            ("<div>\na", None),
            ("<PRE>a</Pre>", None),
            ("a `b", None),
        ] {
            assert_eq!(ending(text, Options::empty()).as_deref(), expected, "{text}");
        }
    }
}
