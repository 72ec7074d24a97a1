//! The tags of a template and what they are made of, as Tera's lexer takes them apart.

/// An expression or a statement, with its braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TemplateTag<'t> {
    /// The offset of its beginning in the template.
    pub start: usize,
    /// The text, with the braces.
    pub text: &'t str,
}

/// A token of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'t> {
    Word(&'t str),
    /// A text between quotation marks.
    Text,
    Number,
    Sign(char),
}

impl<'t> TemplateTag<'t> {
    pub(crate) fn is_statement(self) -> bool {
        self.text.starts_with("{%")
    }

    /// Splits the text between the braces into tokens.
    pub(crate) fn tokens(self) -> Vec<Token<'t>> {
        let inner = &self.text[2..self.text.len() - 2];
        let mut tokens = Vec::new();
        let mut rest = inner.trim_start_matches('-');
        while let Some(c) = rest.chars().next() {
            let word = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
            let length = match c {
                '"' | '\'' | '`' => {
                    tokens.push(Token::Text);
                    string(rest).unwrap_or(rest.len())
                }
                '0'..='9' => {
                    tokens.push(Token::Number);
                    rest.bytes().take_while(u8::is_ascii_digit).count()
                }
                _ if word > 0 => {
                    tokens.push(Token::Word(&rest[..word]));
                    word
                }
                c if c.is_ascii_whitespace() => 1,
                c => {
                    tokens.push(Token::Sign(c));
                    c.len_utf8()
                }
            };
            rest = &rest[length..];
        }
        tokens
    }
}

/// Lists the tags of a text; there is no list if one of them, or a comment, has no end.
pub(crate) fn tags(text: &str) -> Option<Vec<TemplateTag<'_>>> {
    let mut tags = Vec::new();
    let mut start = 0;
    while let Some(at) = opening(&text[start..]) {
        start += at;
        let rest = &text[start..];
        if rest.starts_with("{#") {
            start += rest.find("#}")? + 2;
            continue;
        }
        let length = end(rest)?;
        tags.push(TemplateTag { start, text: &rest[..length] });
        start += length;
    }
    Some(tags)
}

/// Finds the beginning of the first tag or comment.
fn opening(text: &str) -> Option<usize> {
    text.as_bytes().windows(2).position(|pair| matches!(pair, b"{{" | b"{%" | b"{#"))
}

/// Returns the length of the tag that a text begins with. Braces within its strings are text.
fn end(text: &str) -> Option<usize> {
    let close = if text.starts_with("{{") { "}}" } else { "%}" };
    let mut at = 2;
    loop {
        let rest = text.get(at..)?;
        let c = rest.chars().next()?;
        match c {
            '"' | '\'' | '`' => at += string(rest)?,
            _ if rest.starts_with(close) => return Some(at + close.len()),
            c => at += c.len_utf8(),
        }
    }
}

/// Returns the length of the string that a text begins with, its quotation marks included; none if it has no
/// end. A backslash makes the next character part of the string.
fn string(text: &str) -> Option<usize> {
    let quote = text.chars().next()?;
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => _ = chars.next(),
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_where_tera_ends_them() {
        let texts = |text| tags(text).map(|tags| tags.iter().map(|tag| tag.text).collect::<Vec<_>>());
        let text = r#"a {{ x | replace(from="}}", to='\'}}') }}b{# {{ #}{% if y %}{{y}}{%endif%}"#;
        let expected = [r#"{{ x | replace(from="}}", to='\'}}') }}"#, "{% if y %}", "{{y}}", "{%endif%}"];
        assert_eq!(texts(text).as_deref(), Some(&expected[..]));
        assert_eq!((texts("{{ x"), texts("{{ \"}}"), texts("{# x")), (None, None, None));
    }

    #[test]
    fn numbers_are_no_part_of_words() {
        let tag = TemplateTag { start: 0, text: "{%- if 1for_x2['a'] -%}" };
        let expected = [
            Token::Word("if"),
            Token::Number,
            Token::Word("for_x2"),
            Token::Sign('['),
            Token::Text,
            Token::Sign(']'),
            Token::Sign('-'),
        ];
        assert_eq!(tag.tokens(), expected);
    }
}
