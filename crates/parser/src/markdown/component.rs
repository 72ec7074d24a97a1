//! Reads the tags by which Markdown calls components.

mod directive;

pub(super) use self::directive::{Fence, Opening, Opens, read as read_directive};

use super::{Argument, Call, Spelling, shortcode};
use crate::excerpt::Excerpt;
use crate::{Span, Spanned, WrittenValue};

/// A well-formed tag.
#[derive(Debug, Clone)]
pub(super) enum CallTag {
    /// `{{<name … />}}`
    Whole(Call),
    /// `{% <name …> %}`
    Open(Call),
    /// `{% </name> %}`
    Close(Spanned<String>),
    /// `:::name` or `:::`
    Fence(Fence),
}

/// A mistake in a tag that is clearly meant as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MalformedTag {
    /// The place of the mistake.
    pub(super) span: Span,
    /// The mistake in words, as a sentence without a full stop.
    pub(super) message: String,
    /// The name of the shortcode, if the tag is that of another generator.
    pub(super) shortcode: Option<String>,
}

impl MalformedTag {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), shortcode: None }
    }
}

/// Reads the tag at the beginning of a range, which ends with the line, and returns it with its end.
///
/// Returns none if the text is not meant as a component's tag.
pub(super) fn read(excerpt: &Excerpt<'_>, range: Span) -> Option<Result<(CallTag, usize), MalformedTag>> {
    let start = range.start;
    let mut parser = TagParser { excerpt, rest: &excerpt.text[range.clone()], end: range.end };
    let is_whole = parser.skip("{{");
    if !is_whole && !parser.skip("{%") {
        return None;
    }
    parser.space();
    if is_whole && parser.skip("%") {
        return parser.begins_name().then(|| Err(parser.foreign(start, "%}}")));
    }
    if !parser.skip("<") || !parser.begins_name() {
        return None;
    }
    let tag = if is_whole { parser.whole(start) } else { parser.open_or_close() };
    Some(tag.map(|tag| (tag, parser.at())))
}

struct TagParser<'e> {
    excerpt: &'e Excerpt<'e>,
    /// The unread rest of the line.
    rest: &'e str,
    /// The end of the line.
    end: usize,
}

impl<'e> TagParser<'e> {
    fn at(&self) -> usize {
        self.end - self.rest.len()
    }

    fn skip(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    /// Takes the next `length` bytes.
    fn take(&mut self, length: usize) -> (&'e str, Span) {
        let start = self.at();
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        (taken, start..start + length)
    }

    /// Returns true if a name follows, after a slash or spaces as other generators allow them.
    fn begins_name(&self) -> bool {
        let rest = self.rest.trim_start_matches([' ', '/']);
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
    }

    fn whole(&mut self, start: usize) -> Result<CallTag, MalformedTag> {
        let rest = self.rest;
        let tag = self.call().and_then(|call| self.expect("/>", "}}").map(|()| CallTag::Whole(call)));
        tag.map_err(|fault| {
            if !is_foreign(rest) {
                return fault;
            }
            self.rest = rest;
            self.foreign(start, ">}}")
        })
    }

    fn open_or_close(&mut self) -> Result<CallTag, MalformedTag> {
        if self.skip("/") {
            let name = self.component_name()?;
            self.expect(">", "%}")?;
            return Ok(CallTag::Close(name));
        }
        let call = self.call()?;
        self.expect(">", "%}")?;
        Ok(CallTag::Open(call))
    }

    fn foreign(&self, start: usize, close: &str) -> MalformedTag {
        let end = self.rest.find(close).map_or(self.end, |end| self.at() + end + close.len());
        let (_, name) = shortcode::name(self.rest);
        let message = format!("the shortcode \"{name}\" is called as other generators do");
        MalformedTag { shortcode: Some(name.to_owned()), ..MalformedTag::new(start..end, message) }
    }

    /// Reads the two halves of a tag's end, with optional spaces before each.
    fn expect(&mut self, first: &str, second: &str) -> Result<(), MalformedTag> {
        for text in [first, second] {
            self.space();
            if !self.skip(text) {
                return Err(self.fault(format!("a component's tag ends with `{first}{second}`")));
            }
        }
        Ok(())
    }

    fn fault(&self, message: impl Into<String>) -> MalformedTag {
        let length = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        MalformedTag::new(self.at()..self.at() + length, message)
    }

    fn call(&mut self) -> Result<Call, MalformedTag> {
        let name = self.component_name()?;
        let mut arguments: Vec<Argument> = Vec::new();
        loop {
            self.space();
            if self.rest.is_empty() || self.rest.starts_with(['/', '>']) {
                return Ok(Call { spelling: Spelling::Tag, name, arguments });
            }
            let (text, span) = self.name("an argument has a name")?;
            if arguments.iter().any(|argument| argument.name.value == text) {
                return Err(given_twice(text, span));
            }
            let name = self.excerpt.spanned(text.to_owned(), &span);
            arguments.push(Argument { name, value: self.value(&span)? });
        }
    }

    fn name(&mut self, otherwise: &str) -> Result<(&'e str, Span), MalformedTag> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        if length == 0 || self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.fault(otherwise));
        }
        Ok(self.take(length))
    }

    /// Reads names joined by points.
    fn component_name(&mut self) -> Result<Spanned<String>, MalformedTag> {
        let otherwise = "a component's name consists of letters, digits and `_`";
        let (_, mut span) = self.name(otherwise)?;
        while self.skip(".") {
            span.end = self.name(otherwise)?.1.end;
        }
        if !self.rest.is_empty() && !self.rest.starts_with([' ', '\t', '/', '>']) {
            return Err(self.fault(otherwise));
        }
        Ok(self.excerpt.spanned(self.excerpt.text[span.clone()].to_owned(), &span))
    }

    /// Reads the value behind an argument's name. A name alone means true.
    fn value(&mut self, name: &Span) -> Result<Spanned<WrittenValue>, MalformedTag> {
        if !self.skip("=") {
            return Ok(self.excerpt.spanned(WrittenValue::Bool(true), name));
        }
        if self.skip("{") {
            return self.braced();
        }
        self.quoted()
    }

    fn quoted(&mut self) -> Result<Spanned<WrittenValue>, MalformedTag> {
        let otherwise =
            "an argument's value is text in quotation marks, or a number, `true` or `false` in braces";
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quote = quote.ok_or_else(|| self.fault(otherwise))?;
        let length =
            self.rest[1..].find(quote).ok_or_else(|| self.fault("this text has no end on its line"))?;
        self.take(1);
        let (text, span) = self.take(length);
        self.take(1);
        Ok(self.excerpt.spanned(WrittenValue::String(text.to_owned()), &span))
    }

    fn braced(&mut self) -> Result<Spanned<WrittenValue>, MalformedTag> {
        let length = self.rest.find('}').ok_or_else(|| self.fault("this brace has no end on its line"))?;
        let (text, span) = self.take(length);
        let value = literal(text.trim()).ok_or_else(|| {
            MalformedTag::new(span.clone(), "only a number, `true` or `false` can stand in braces here")
        })?;
        self.take(1);
        Ok(self.excerpt.spanned(value, &span))
    }
}

fn given_twice(name: &str, span: Span) -> MalformedTag {
    MalformedTag::new(span, format!("the argument \"{name}\" is given twice"))
}

/// Returns true if a tag goes on as Hugo's do: with a space or slash before the name, a name such as
/// `code-toggle`, an argument without a name, or no slash before the end.
fn is_foreign(rest: &str) -> bool {
    let (length, name) = shortcode::name(rest);
    let first = rest[length..].trim_start().split([' ', '>']).next().unwrap_or_default();
    let has_bare = first.starts_with(['"', '\'', '`'])
        || first.starts_with(|c: char| c.is_ascii_digit()) && !first.contains('=');
    rest.starts_with([' ', '/'])
        || name.contains('-')
        || has_bare
        || rest.find("}}").is_some_and(|end| {
            let tag = rest[..end].trim_end();
            tag.ends_with('>') && !tag.ends_with("/>") && !tag.contains('{')
        })
}

fn literal(text: &str) -> Option<WrittenValue> {
    match text {
        "true" => Some(WrittenValue::Bool(true)),
        "false" => Some(WrittenValue::Bool(false)),
        _ if !text.ends_with(|c: char| c.is_ascii_digit()) => None,
        _ => text.parse().map(WrittenValue::Int).or_else(|_| text.parse().map(WrittenValue::Float)).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    fn read_text(text: &str) -> Option<Result<(CallTag, usize), String>> {
        let source = Source { path: "x.md".into(), text: text.into() };
        let tag = read(&Excerpt::new(&source, 0..text.len()), 0..text.len());
        tag.map(|tag| tag.map_err(|fault| text[fault.span].to_owned()))
    }

    #[test]
    fn arguments_are_typed_and_placed() {
        let text = r#"{{ <ui.card of="@a/b" n={3} x={-2.5} on='é' wide off={false} /> }} rest"#;
        let Some(Ok((CallTag::Whole(call), end))) = read_text(text) else { panic!("{:?}", read_text(text)) };
        assert_eq!(&text[end..], " rest");
        assert_eq!((call.name.value.as_str(), call.name.span), ("ui.card", 4..11));
        let values: Vec<_> = call.arguments.iter().map(|a| (&*a.name.value, &a.value.value)).collect();
        let string = |text: &str| WrittenValue::String(text.to_owned());
        let bool = WrittenValue::Bool;
        assert_eq!(
            values[..3],
            [("of", &string("@a/b")), ("n", &WrittenValue::Int(3)), ("x", &WrittenValue::Float(-2.5))]
        );
        assert_eq!(values[3..], [("on", &string("é")), ("wide", &bool(true)), ("off", &bool(false))]);
        assert_eq!(&text[call.arguments[0].value.span.clone()], "@a/b");
    }

    #[test]
    fn other_braces_are_no_components() {
        for text in ["{{ name }}", "{% if x %}", "{{</* figure */>}}", "{{ < 3 }}", "{{", "{% <", "{{%"] {
            assert!(read_text(text).is_none(), "{text}");
        }
    }

    #[test]
    fn faults_are_placed() {
        for (text, fault) in [
            ("{{<card of=x />}}", "x"),
            ("{{<card 1=\"x\" />}}", "1=\"x\""),
            ("{{<card a=\"x />}}", "\"x"),
            ("{{<card a={b} />}}", "b"),
            ("{{<card a a />}}", "a"),
            ("{{<card", ""),
            ("{% <card /> %}", "/>"),
            ("{% <no-te> %}", "-te>"),
            ("{{< figure src=\"x\" >}} x", "{{< figure src=\"x\" >}}"),
            ("{{<figure>}}", "{{<figure>}}"),
            ("{{<new-in 1.0 />}}", "{{<new-in 1.0 />}}"),
            ("{{<since 1.0 />}}", "{{<since 1.0 />}}"),
            ("{{<video \"x\" />}}", "{{<video \"x\" />}}"),
            ("{{% note %}} x", "{{% note %}}"),
        ] {
            assert_eq!(
                read_text(text).expect("a component is meant").expect_err("it is wrong"),
                fault,
                "{text}"
            );
        }
    }
}
