//! Splits HTML into tags, comments and texts, in order. Everything that is no tag or comment is text.

/// A part of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HtmlToken<'h> {
    /// An opening tag. Names are in lower case.
    Open(String, Vec<(String, String)>),
    /// A closing tag.
    Close(String),
    /// Text, entities and all.
    Text(&'h str),
    /// A comment, a declaration, an instruction or a CDATA section.
    Other(&'h str),
}

/// Reads HTML.
pub(super) fn tokens(html: &str) -> Vec<HtmlToken<'_>> {
    let mut tokens = Vec::new();
    let (mut text, mut at) = (0, 0);
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        let Some((token, length)) = tag(&html[start..]) else {
            at = start + 1;
            continue;
        };
        push_text(&mut tokens, &html[text..start]);
        at = start + length;
        if let Some(content) = raw_content(&token, &html[at..]) {
            tokens.extend([token, HtmlToken::Text(&html[at..at + content])]);
            at += content;
        } else {
            tokens.push(token);
        }
        text = at;
    }
    push_text(&mut tokens, &html[text..]);
    tokens
}

fn push_text<'h>(tokens: &mut Vec<HtmlToken<'h>>, text: &'h str) {
    if !text.is_empty() {
        tokens.push(HtmlToken::Text(text));
    }
}

/// Returns the length of the content of a `script`, `style` or `textarea`, which holds no tags.
fn raw_content(token: &HtmlToken<'_>, rest: &str) -> Option<usize> {
    let HtmlToken::Open(name, _) = token else { return None };
    if !["script", "style", "textarea"].contains(&name.as_str()) {
        return None;
    }
    Some(rest.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(rest.len()))
}

fn tag(rest: &str) -> Option<(HtmlToken<'_>, usize)> {
    for (opening, closing) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")] {
        if let Some(inner) = rest.strip_prefix(opening) {
            let length = opening.len() + inner.find(closing)? + closing.len();
            return Some((HtmlToken::Other(&rest[..length]), length));
        }
    }
    let mut reader = TagScanner { rest, at: 1 };
    let closes = reader.skip("/");
    let name = reader.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':'));
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    if closes {
        reader.space();
        return reader.skip(">").then_some((HtmlToken::Close(name), reader.at));
    }
    let attributes = reader.attributes()?;
    Some((HtmlToken::Open(name, attributes), reader.at))
}

struct TagScanner<'h> {
    rest: &'h str,
    at: usize,
}

impl<'h> TagScanner<'h> {
    fn skip(&mut self, expected: &str) -> bool {
        let found = self.rest[self.at..].starts_with(expected);
        self.at += if found { expected.len() } else { 0 };
        found
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> &'h str {
        let rest = &self.rest[self.at..];
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn space(&mut self) -> bool {
        !self.take(|c| c.is_ascii_whitespace()).is_empty()
    }

    /// Reads the attributes of a tag, up to its end.
    fn attributes(&mut self) -> Option<Vec<(String, String)>> {
        let mut attributes = Vec::new();
        loop {
            let parted = self.space();
            if self.skip(">") || self.skip("/>") {
                return Some(attributes);
            }
            let name = self.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '@'));
            if name.is_empty() || !parted {
                return None;
            }
            attributes.push((name.to_ascii_lowercase(), self.value()?.to_owned()));
        }
    }

    fn value(&mut self) -> Option<&'h str> {
        let end = self.at;
        self.space();
        if !self.skip("=") {
            self.at = end;
            return Some("");
        }
        self.space();
        for quote in ['"', '\''] {
            if self.rest[self.at..].starts_with(quote) {
                self.at += 1;
                let value = self.take(|c| c != quote);
                self.at += 1;
                return (self.at <= self.rest.len()).then_some(value);
            }
        }
        let value = self.take(|c| !c.is_ascii_whitespace() && !"\"'=<>`".contains(c));
        (!value.is_empty()).then_some(value)
    }
}
