//! Reads directives, which are another spelling of the tags of a component with a body.

use super::{Argument, Call, MalformedTag, Spelling, TagParser, given_twice};
use crate::excerpt::Excerpt;
use crate::{Span, Spanned, WrittenValue};

/// A line of colons: `:::name[title]{key=value}` or `:::`.
#[derive(Debug, Clone)]
pub(in crate::markdown) struct Fence {
    /// The number of colons, at least three.
    pub(in crate::markdown) colons: usize,
    pub(in crate::markdown) opens: Opens,
}

/// The meaning of a line of colons.
#[derive(Debug, Clone)]
pub(in crate::markdown) enum Opens {
    /// The line closes a directive.
    Nothing,
    Component(Opening),
    /// The line has a mistake, but a closing line is expected.
    Fault(MalformedTag),
    /// The line has a mistake, and no closing line is expected: `:::name:::`.
    Closed(MalformedTag),
}

/// A call of a component, and the place of its title.
#[derive(Debug, Clone)]
pub(in crate::markdown) struct Opening {
    pub(in crate::markdown) call: Call,
    pub(in crate::markdown) title: Option<Span>,
}

impl Opens {
    /// Returns the name of the directive that is open behind the line, empty if it could not be read.
    pub(in crate::markdown) fn name(&self) -> Option<&str> {
        match self {
            Self::Component(opening) => Some(&opening.call.name.value),
            Self::Fault(_) => Some(""),
            Self::Nothing | Self::Closed(_) => None,
        }
    }
}

impl Opening {
    /// Returns the name of the directive that this line closes if one of that name is open: `::: moniker-end`,
    /// as `DocFX` has it.
    pub(in crate::markdown) fn closes(&self) -> Option<&str> {
        let is_bare = self.title.is_none() && self.call.arguments.is_empty();
        self.call.name.value.strip_suffix("_end").filter(|_| is_bare)
    }
}

/// Reads the rest of a line, given as a range, as a line of colons.
pub(in crate::markdown) fn read(excerpt: &Excerpt<'_>, range: Span) -> Option<Fence> {
    let text = excerpt.text[range.clone()].trim_end();
    let mut parser = TagParser { excerpt, rest: text, end: range.start + text.len() };
    let colons = text.bytes().take_while(|byte| *byte == b':').count();
    if colons < 3 {
        return None;
    }
    parser.take(colons);
    parser.space();
    let opens = if parser.rest.is_empty() {
        Opens::Nothing
    } else if parser.rest.ends_with(":::") {
        Opens::Closed(parser.fault("the colons that close a directive stand on a line of their own"))
    } else {
        parser.opening().map_or_else(Opens::Fault, Opens::Component)
    };
    Some(Fence { colons, opens })
}

impl TagParser<'_> {
    fn opening(&mut self) -> Result<Opening, MalformedTag> {
        let name = self.directive_name()?;
        let mut call = Call { spelling: Spelling::Directive, name, arguments: Vec::new() };
        let label = if self.rest.starts_with('[') { Some(self.label()?) } else { None };
        if self.rest.starts_with('{') {
            self.attributes(&mut call)?;
        }
        self.space();
        let title = match label {
            Some(_) if !self.rest.is_empty() => {
                return Err(self.fault("nothing stands behind a title in brackets but attributes in braces"));
            }
            Some(label) => label,
            None => self.bare_title(&mut call),
        };
        let title = Some(title).filter(|title| !title.is_empty());
        let given = title.as_ref().and_then(|_| call.arguments.iter().find(|arg| arg.name.value == "title"));
        match (given, title) {
            (Some(_), Some(title)) => Err(given_twice("title", title)),
            (_, title) => Ok(Opening { call, title }),
        }
    }

    /// Reads the name of a component, in which `-` stands for `_`.
    fn directive_name(&mut self) -> Result<Spanned<String>, MalformedTag> {
        let otherwise = "a directive begins with the name of a component: letters, digits, `-` and `_`";
        let name = self.word(|c| c == '.', otherwise)?;
        if !self.rest.is_empty() && !self.rest.starts_with([' ', '\t', '[', '{']) {
            return Err(self.fault(otherwise));
        }
        Ok(name)
    }

    /// Reads letters, digits, `_`, `-` as `_`, and the characters of `also`. The first must be a letter or
    /// `_`.
    fn word(&mut self, also: fn(char) -> bool, otherwise: &str) -> Result<Spanned<String>, MalformedTag> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || also(c);
        let length = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        if !self.rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return Err(self.fault(otherwise));
        }
        let (word, span) = self.take(length);
        Ok(self.excerpt.spanned(word.replace('-', "_"), &span))
    }

    /// Reads text in brackets, in which pairs of brackets may stand.
    fn label(&mut self) -> Result<Span, MalformedTag> {
        let mut depth = 0;
        let mut is_escaped = false;
        for (at, byte) in self.rest.bytes().enumerate() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'[' => depth += 1,
                b']' if depth > 1 => depth -= 1,
                b']' => {
                    let (_, span) = self.take(at + 1);
                    return Ok(span.start + 1..span.end - 1);
                }
                _ => {}
            }
        }
        Err(self.fault("this title has no end on its line"))
    }

    /// Reads the rest of the line as a title, and the attributes in braces at its end. It can be attributes
    /// without braces, too, as `DocFX` writes them.
    fn bare_title(&mut self, call: &mut Call) -> Span {
        if let Some(arguments) = self.bare_attributes(&call.arguments) {
            call.arguments = arguments;
            return self.end..self.end;
        }
        let (start, mut title) = (self.at(), self.rest);
        if let Some(brace) = title.rfind('{').filter(|_| title.ends_with('}')) {
            let mut attributes = Self { rest: &self.rest[brace..], ..*self };
            let mut with = call.clone();
            if attributes.attributes(&mut with).is_ok() && attributes.rest.is_empty() {
                *call = with;
                title = title[..brace].trim_end();
            }
        }
        start..start + title.len()
    }

    /// Reads `{#id .class key=value key="some text" key}`.
    fn attributes(&mut self, call: &mut Call) -> Result<(), MalformedTag> {
        self.skip("{");
        loop {
            self.space();
            if self.skip("}") {
                return Ok(());
            }
            let start = self.at();
            let (name, value) = self.attribute()?;
            match call.arguments.iter_mut().find(|given| given.name.value == name.value) {
                None => call.arguments.push(Argument { name, value }),
                Some(Argument { value: Spanned { value: WrittenValue::String(classes), .. }, .. })
                    if name.value == "class" =>
                {
                    if let WrittenValue::String(class) = value.value {
                        classes.extend([" ", &class]);
                    }
                }
                Some(_) => return Err(given_twice(&name.value, start..self.at())),
            }
        }
    }

    /// Reads the rest of the line as attributes, each of which has a value in quotation marks, and adds them to
    /// the given ones.
    fn bare_attributes(&self, given: &[Argument]) -> Option<Vec<Argument>> {
        let mut parser = Self { ..*self };
        let mut arguments = given.to_vec();
        while !parser.rest.is_empty() {
            let (name, value) = parser.attribute().ok()?;
            let is_quoted = self.excerpt.text[..parser.at()].ends_with(['"', '\'']);
            let is_new = arguments.iter().all(|given| given.name.value != name.value);
            if !is_quoted || !is_new {
                return None;
            }
            arguments.push(Argument { name, value });
            parser.space();
        }
        Some(arguments)
    }

    fn attribute(&mut self) -> Result<(Spanned<String>, Spanned<WrittenValue>), MalformedTag> {
        for (mark, name) in [("#", "id"), (".", "class")] {
            if self.rest.starts_with(mark) {
                let (_, mark) = self.take(1);
                let value = self.until(&['#', '.'], "a name is missing here")?;
                return Ok((self.excerpt.spanned(name.to_owned(), &mark), value));
            }
        }
        let name =
            self.word(|_| false, "attributes are `#id`, `.class`, `key=value` and `key=\"some text\"`")?;
        if !self.skip("=") {
            return Ok((name.clone(), Spanned { value: WrittenValue::Bool(true), span: name.span }));
        }
        let is_quoted = self.rest.starts_with(['"', '\'']);
        let value = if is_quoted { self.quoted()? } else { self.until(&[], "a value is missing here")? };
        Ok((name, value))
    }

    /// Reads text up to a space, a closing brace or one of `ends`.
    fn until(&mut self, ends: &[char], otherwise: &str) -> Result<Spanned<WrittenValue>, MalformedTag> {
        let is_end = |c: char| c.is_whitespace() || c == '}' || ends.contains(&c);
        let length = self.rest.find(is_end).unwrap_or(self.rest.len());
        if length == 0 {
            return Err(self.fault(otherwise));
        }
        let (text, span) = self.take(length);
        Ok(self.excerpt.spanned(WrittenValue::String(text.to_owned()), &span))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::Source;

    /// Returns the meaning of a line: the name and arguments, and the title; or the mistake.
    fn opened(text: &str) -> Result<(String, String), String> {
        let source = Source { path: "x.md".into(), text: text.into() };
        let fence = read(&Excerpt::new(&source, 0..text.len()), 0..text.len()).expect("there are colons");
        match fence.opens {
            Opens::Nothing => Ok(Default::default()),
            Opens::Fault(fault) | Opens::Closed(fault) => Err(text[fault.span].to_owned()),
            Opens::Component(Opening { call, title }) => {
                let mut written = call.name.value;
                for Argument { name, value } in call.arguments {
                    write!(written, " {}={:?}", name.value, value.value).expect("a text takes all");
                }
                Ok((written, title.map_or_else(String::new, |title| text[title].to_owned())))
            }
        }
    }

    #[test]
    fn directives_are_written_in_many_ways() {
        for (text, call, title) in [
            (":::", "", ""),
            (":::: \t", "", ""),
            (":::note", "note", ""),
            ("::: tip  A *title*  ", "tip", "A *title*"),
            (":::code-group[a [b] \\] `c`]", "code_group", "a [b] \\] `c`"),
            (":::a.b{#i.c .d}", r#"a.b id=String("i") class=String("c d")"#, ""),
            (":::x[é]{n=3 t=\"} é\" on}", r#"x n=String("3") t=String("} é") on=Bool(true)"#, "é"),
            ("::: details Click {open}", "details open=Bool(true)", "Click"),
            ("::: tip Use {a b: c}", "tip", "Use {a b: c}"),
            (":::x{n=1} Title", r#"x n=String("1")"#, "Title"),
            (r#"::: x a-b="<=1" c='d e'"#, r#"x a_b=String("<=1") c=String("d e")"#, ""),
            (r#"::: x a="1" b"#, "x", r#"a="1" b"#),
            (r#"::: x a="1" a="2""#, "x", r#"a="1" a="2""#),
            (":::x[]", "x", ""),
        ] {
            assert_eq!(opened(text), Ok((call.to_owned(), title.to_owned())), "{text}");
        }
    }

    #[test]
    fn faults_are_placed() {
        for (text, fault) in [
            (":::1", "1"),
            (":::note:::", "note:::"),
            ("::: {.note}", "{.note}"),
            (":::no+te", "+te"),
            (":::x[a", "[a"),
            (":::x[a] b", "b"),
            (":::x{a=}", "}"),
            (":::x{a=1", ""),
            (":::x{a=\"1}", "\"1}"),
            (":::x[t]{title=u}", "t"),
        ] {
            assert_eq!(opened(text), Err(fault.to_owned()), "{text}");
        }
    }
}
