//! Turns the errors of the YAML library into the author's words, at the right place.

use granit_parser::{ErrorKind as Kind, ScanError};

use super::place;
use crate::excerpt::Excerpt;
use crate::table::MAX_DEPTH;
use crate::{Diagnostic, Span, errors};

/// A problem in plain words: its message, place and advice.
struct Diagnosis {
    message: String,
    span: Span,
    help: Option<String>,
}

/// The advice for text that YAML reads as something else.
const QUOTE: &str = "put the text in quotation marks";

/// The advice for lines of a table or a list that are not aligned.
const ALIGN: &str =
    "the keys of one table begin in one column, as do the items of a list, indented by spaces";

/// Makes a diagnostic for an error of the library.
pub(super) fn diagnose(excerpt: &Excerpt<'_>, error: &ScanError) -> Diagnostic {
    let text = excerpt.text;
    let at = place::offset(text, error);
    if *error.kind() == Kind::RecursionLimitExceeded {
        return errors::too_deep(excerpt.place(&place::rest(text, at)), MAX_DEPTH);
    }
    let said = colon(text, at, error.kind())
        .or_else(|| tab(text, at, error.kind()))
        .or_else(|| first_sign(text, at, error.kind()))
        .or_else(|| quoted(text, at, error.kind()))
        .or_else(|| bracket(text, at, error.kind()))
        .or_else(|| indentation(text, at, error.kind()))
        .or_else(|| comment(text, at, error.kind()))
        .or_else(|| tag(text, at, error.kind()))
        .unwrap_or_else(|| Diagnosis::new("this cannot be read as YAML", place::rest(text, at)));
    errors::invalid_yaml(excerpt.place(&said.span), &said.message, said.help)
}

impl Diagnosis {
    fn new(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), span, help: None }
    }

    fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Handles a colon where no key can end.
fn colon(text: &str, at: usize, kind: &Kind) -> Option<Diagnosis> {
    if *kind != Kind::MappingValueNotAllowed {
        return None;
    }
    let line = place::line(text, at);
    if let Some(value) = place::value(text, &line).filter(|value| value.start <= at) {
        let written = &text[value.clone()];
        let quote = if written.contains('"') { '\'' } else { '"' };
        let help = format!("write {quote}{written}{quote}");
        let help = if written.contains(['"', '\'']) || written.len() > 60 { QUOTE.to_owned() } else { help };
        let what =
            if written.ends_with(':') { "that ends with a colon" } else { "with a colon and a space in it" };
        return Some(Diagnosis::new(format!("text {what} must be in quotation marks"), value).help(help));
    }
    let before = place::line_before(text, line.start);
    let is_tight = |line: &&Span| !place::is_key(&text[(*line).clone()]);
    Some(match before.as_ref().filter(is_tight) {
        Some(before) if text[before.clone()].contains(':') => {
            Diagnosis::new("this is no key and value", before.clone()).help("write a space behind the colon")
        }
        Some(before) => Diagnosis::new("this is no key and value", before.clone()).help("write `key: value`"),
        None => Diagnosis::new("this line is indented, though the key above has its value already", line)
            .help(ALIGN),
    })
}

fn tab(text: &str, at: usize, kind: &Kind) -> Option<Diagnosis> {
    let is_tab = matches!(
        kind,
        Kind::TabNotAllowed
            | Kind::TabInBlockIndentation
            | Kind::TabAtBlockScalarStart
            | Kind::TabInIndentation
            | Kind::TabInPlainScalar
    );
    is_tab.then(|| Diagnosis::new("a tab cannot indent in YAML", place::tabs(text, at)).help("use spaces"))
}

/// Handles a character with which no text can begin, or that YAML forbids anywhere.
fn first_sign(text: &str, at: usize, kind: &Kind) -> Option<Diagnosis> {
    let sign = match kind {
        Kind::UnexpectedCharacter { character } if character.is_control() => {
            let start = text[at..].find(*character).map_or(at, |found| at + found);
            let message = format!("the character U+{:04X} cannot stand in YAML", u32::from(*character));
            return Some(Diagnosis::new(message, start..start + character.len_utf8()));
        }
        Kind::UnknownAnchor => {
            let said = Diagnosis::new("no anchor before this has its name", place::rest(text, at));
            return Some(
                said.help(format!("name a value with `&` before it is repeated with `*`, or {QUOTE}")),
            );
        }
        Kind::BomInsideDocument => {
            let mark = place::sign(text, at);
            return Some(Diagnosis::new("a byte order mark can stand only where the file begins", mark));
        }
        Kind::MissingDocumentEndBeforeDirective | Kind::DirectiveDisallowed => '%',
        Kind::CommentNotSeparated if !text[..at].trim_end_matches(' ').ends_with(['[', '{', ',', ':']) => {
            return None;
        }
        Kind::BlockSequenceEntryNotAllowed => {
            let said = Diagnosis::new("a list cannot begin behind its key", place::rest(text, at));
            return Some(said.help(format!("begin it on a line of its own, or {QUOTE}")));
        }
        Kind::MisplacedFlowCollectionEnd | Kind::UnexpectedEofBlockMapping
            if !text[..at].trim_end_matches(' ').ends_with([':', '-']) =>
        {
            return Some(Diagnosis::new("this closes nothing", place::rest(text, at)));
        }
        Kind::UnexpectedCharacter { .. }
        | Kind::CommentNotSeparated
        | Kind::MissingAnchorOrAliasName
        | Kind::InvalidBlockScalarHeader
        | Kind::ZeroBlockScalarIndent
        | Kind::MappingKeyNotAllowed
        | Kind::MisplacedFlowCollectionEnd
        | Kind::UnexpectedEofBlockMapping
        | Kind::UnexpectedEofBlockSequence
        | Kind::PlainScalarStartsWithDashFlowIndicator => text[at..].chars().next()?,
        _ => return None,
    };
    let sign = if sign == '`' { "a backtick".to_owned() } else { format!("`{sign}`") };
    Some(Diagnosis::new(format!("no text begins with {sign} in YAML"), place::rest(text, at)).help(QUOTE))
}

fn quoted(text: &str, at: usize, kind: &Kind) -> Option<Diagnosis> {
    Some(match kind {
        Kind::UnclosedQuotedScalar => {
            let at = if text[at..].starts_with(['"', '\'']) { at..at + 1 } else { place::quote(text, at) };
            Diagnosis::new("this quotation mark is never closed", at)
        }
        Kind::InvalidQuotedScalarIndent | Kind::DocumentIndicatorInQuotedScalar => {
            Diagnosis::new("this quotation mark is not closed before the next key", place::quote(text, at))
        }
        Kind::InvalidTrailingSingleQuotedScalar => {
            Diagnosis::new("text goes on behind its closing quotation mark", place::rest(text, at))
                .help("write `''` for a quotation mark in the text, or put the text in double ones")
        }
        Kind::InvalidTrailingDoubleQuotedScalar => {
            Diagnosis::new("text goes on behind its closing quotation mark", place::rest(text, at))
                .help("write `\\\"` for a quotation mark in the text, or put all of it in single ones")
        }
        Kind::UnknownQuotedScalarEscape => {
            Diagnosis::new("a backslash cannot stand before this character", place::escape(text, at))
                .help("write `\\\\` for a backslash, or put the text in single quotation marks")
        }
        Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => {
            Diagnosis::new("this escape stands for no character", place::escape(text, at))
        }
        _ => return None,
    })
}

fn bracket(text: &str, at: usize, kind: &Kind) -> Option<Diagnosis> {
    let opening = || place::sign(text, at);
    Some(match kind {
        Kind::UnclosedFlowCollection { open } => {
            Diagnosis::new(format!("this `{open}` is never closed"), opening())
        }
        Kind::MismatchedFlowCollectionEnd { open, close } => {
            Diagnosis::new(format!("this `{open}` is closed by `{close}`"), opening())
        }
        Kind::InvalidColonPlacement => {
            let start = text[..at].rfind(['[', '{']).unwrap_or(at);
            Diagnosis::new("this bracket is not closed before the next key", place::sign(text, start))
        }
        Kind::UnexpectedEofImplicitFlowMapping if text[at..].starts_with(',') => {
            Diagnosis::new("nothing stands before this comma", opening())
                .help("leave the comma out, or write what is missing; text that begins with a comma must be in quotation marks")
        }
        Kind::BlockEntryInFlowCollection => {
            Diagnosis::new("within brackets, no item begins with `-`", place::rest(text, at))
                .help("write `[a, b]`, or each item on a line of its own without brackets")
        }
        Kind::FlowMappingValueAdjacentCollection => {
            Diagnosis::new("this colon ends no key", opening()).help("write a space behind the colon")
        }
        Kind::ExpectedFlowSequenceSeparator => Diagnosis::new("expected `,` or `]`", place::rest(text, at)),
        Kind::ExpectedFlowMappingSeparator => Diagnosis::new("expected `,` or `}`", place::rest(text, at)),
        Kind::ExpectedBlockMappingKey if !place::begins_line(text, at) => {
            let line = place::line(text, at);
            let value = place::value(text, &line).unwrap_or(line);
            Diagnosis::new("text goes on behind its closing bracket", value).help(QUOTE)
        }
        _ => return None,
    })
}

fn indentation(text: &str, at: usize, kind: &Kind) -> Option<Diagnosis> {
    let line = place::line(text, at);
    Some(match kind {
        Kind::SimpleKeyExpected => Diagnosis::new("this is no key and value", line)
            .help("write `key: value`, or indent the line if it belongs to the text above"),
        Kind::ExpectedDocumentStart if text.trim_start().starts_with('%') => {
            let first = place::line(text, text.len() - text.trim_start().len());
            Diagnosis::new("no key begins with `%` in YAML", first).help("put the key in quotation marks")
        }
        Kind::ExpectedBlockSequenceEntry => Diagnosis::new("this is no item of the list above", line)
            .help("begin it with `- `, or indent it like the list's key"),
        Kind::ExpectedBlockMappingKey
        | Kind::ExpectedDocumentStart
        | Kind::InvalidIndentation
        | Kind::InvalidBlockScalarIndent
        | Kind::InvalidFlowScalarIndent => {
            Diagnosis::new("this line is indented like none that it could belong to", line).help(ALIGN)
        }
        _ => return None,
    })
}

fn comment(text: &str, at: usize, kind: &Kind) -> Option<Diagnosis> {
    Some(match kind {
        Kind::CommentNotSeparated => {
            Diagnosis::new("no space stands before this comment", place::rest(text, at))
                .help(format!("write a space before the `#`; if it belongs to the text, {QUOTE}"))
        }
        Kind::CommentInterceptedScalar => {
            Diagnosis::new("the text above goes on behind this comment", place::rest(text, at))
                .help(format!("put the comment above its key; if it belongs to the text, {QUOTE}"))
        }
        _ => return None,
    })
}

/// Handles tags and directives that are malformed; others are refused where they are read.
fn tag(text: &str, at: usize, kind: &Kind) -> Option<Diagnosis> {
    match kind {
        Kind::UndeclaredTagHandle
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape => {
            Some(Diagnosis::new("no text begins with `!` in YAML", place::rest(text, at)).help(QUOTE))
        }
        Kind::MissingDirectiveName
        | Kind::InvalidDirectiveName
        | Kind::InvalidDirectiveTerminator
        | Kind::InvalidTagDirectiveTerminator
        | Kind::InvalidGlobalTagCharacter
        | Kind::ExpectedTagDirectiveBang
        | Kind::ExpectedTagBang => {
            Some(Diagnosis::new("no text begins with `%` in YAML", place::line(text, at)).help(QUOTE))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Source, Span, yaml};

    /// Texts, each with its message and the marked part.
    const MISTAKES: &[(&str, &str, &str)] = &[
        ("a: [^1]\"+++\né\n", "this quotation mark is not closed before the next key", "é"),
        ("title: Foo: bar\n", "text with a colon and a space in it must be in quotation marks", "Foo: bar"),
        (
            "a: 1\ntitle: The end: a story\nb: 2\n",
            "text with a colon and a space in it must be in quotation marks",
            "The end: a story",
        ),
        ("a:\n\tb: 1\n", "a tab cannot indent in YAML", "\t"),
        ("a: 1\n\tb: 2\n", "a tab cannot indent in YAML", "\t"),
        ("a: @foo\n", "no text begins with `@` in YAML", "@foo"),
        ("a: `foo`\n", "no text begins with a backtick in YAML", "`foo`"),
        ("a: %foo\n", "no text begins with `%` in YAML", "%foo"),
        ("%foo: 1\n", "no key begins with `%` in YAML", "%foo: 1"),
        ("a: 1\n%foo: 1\n", "no text begins with `%` in YAML", "%foo: 1"),
        ("a: \"foo\nb: 1\n", "this quotation mark is not closed before the next key", "\""),
        ("a: 'it's'\n", "text goes on behind its closing quotation mark", "s'"),
        ("a: 'foo\nb: 1", "this quotation mark is not closed before the next key", "'"),
        ("a: \"foo\" bar\n", "text goes on behind its closing quotation mark", "bar"),
        ("a: 1\n  b: 2\n", "this line is indented, though the key above has its value already", "b: 2"),
        (" a: 1\nb: 2\n", "this line is indented like none that it could belong to", "b: 2"),
        ("a:\n    b: 1\n  c: 2\n", "this line is indented like none that it could belong to", "c: 2"),
        ("a:\n  - x\n - y\n", "this line is indented like none that it could belong to", "- y"),
        ("a: [1, 2\nb: 3\n", "this bracket is not closed before the next key", "["),
        ("a: {x: 1\n", "this `{` is never closed", "{"),
        ("a: [1, 2}\n", "this `[` is closed by `}`", "["),
        ("a: 1\ntext\nb: 2\n", "this is no key and value", "text"),
        ("- a\nb: 1\n", "front matter must be keys and values", "- a"),
        ("a:\n  - b\n  c: 1\n", "this is no item of the list above", "c: 1"),
        ("a: - b\n", "a list cannot begin behind its key", "- b"),
        ("a: *x\n", "no anchor before this has its name", "*x"),
        ("a: !foo b\n", "tags are not read in front matter", "!foo"),
        ("a: \"\\q\"\n", "a backslash cannot stand before this character", "\\q"),
        ("a: |\nfoo\n", "this is no key and value", "foo"),
        ("a: [a, b]: c\n", "text with a colon and a space in it must be in quotation marks", "[a, b]: c"),
        ("a:b\nc: d\n", "front matter must be keys and values", "a:b"),
        ("a: {{ x }}\n", "a key must be a text", "{ x }}"),
        ("a: {% x %}\n", "no text begins with `%` in YAML", "% x %}"),
        ("a: , b\n", "no text begins with `,` in YAML", ", b"),
        ("a: ] b\n", "no text begins with `]` in YAML", "] b"),
        ("a: [b]]\n", "this closes nothing", "]"),
        ("a: 1\n---\nb: 1\n", "front matter is one document, and another begins here", "---"),
        ("a: \"x\\u00zz\"\n", "this escape stands for no character", "\\u"),
        ("? [a, b]\n: c\n", "a key must be a text", "[a, b]"),
        ("a: | x\n  foo\n", "no text begins with `|` in YAML", "| x"),
        ("a: ? b\n", "no text begins with `?` in YAML", "? b"),
        ("a: b:\n", "text that ends with a colon must be in quotation marks", "b:"),
        ("title: [Draft] foo\n", "text goes on behind its closing bracket", "[Draft] foo"),
        (
            "title: \"Foo\": bar\n",
            "text with a colon and a space in it must be in quotation marks",
            "\"Foo\": bar",
        ),
        ("a: *\n", "no text begins with `*` in YAML", "*"),
        ("a: **bold**\n", "no anchor before this has its name", "**bold**"),
        ("a: >foo\n", "no text begins with `>` in YAML", ">foo"),
        ("a: \0\n", "the character U+0000 cannot stand in YAML", "\0"),
        ("a: b\u{7}c\n", "the character U+0007 cannot stand in YAML", "\u{7}"),
        ("a:\n- b\n-c\nd: 1\n", "this is no key and value", "-c"),
        (
            "a: foo\n bar: baz\n",
            "this line is indented, though the key above has its value already",
            "bar: baz",
        ),
        ("a: [b,\nc]\n", "within brackets or quotation marks, this line must be indented", "c]"),
        ("a: \"b\nc\"\n", "within brackets or quotation marks, this line must be indented", "c\""),
        ("a: &a [*a]\n", "this alias stands within what it repeats", "*a"),
        ("a: 1\na: 2\n", "the key \"a\" is given twice", "a"),
        (": x\n", "a value has no key", ":"),
        ("- a", "front matter must be keys and values", "- a"),
        ("text", "front matter must be keys and values", "text"),
        ("<<: 1\n", "only tables can be merged", "1"),
        ("a: \"foo", "this quotation mark is never closed", "\""),
        ("a: [b", "this `[` is never closed", "["),
        ("a: x\n\tb\n", "a tab cannot indent in YAML", "\t"),
        ("a:\n  - b: 1\n\t  c: 2\n", "a tab cannot indent in YAML", "\t  "),
        ("- a: b: c\n", "front matter must be keys and values", "- a: b: c"),
        ("k: http://x: y\n", "text with a colon and a space in it must be in quotation marks", "http://x: y"),
        ("a: \"x\n---\n", "this quotation mark is not closed before the next key", "\""),
        ("a: [a, b,, c]\n", "nothing stands before this comma", ","),
        ("a: {, b: c}\n", "nothing stands before this comma", ","),
        ("a:\n  - , b\n", "no text begins with `,` in YAML", ", b"),
        ("a: [- b]\n", "within brackets, no item begins with `-`", "- b]"),
        ("a: {b:[c]}\n", "this colon ends no key", ":"),
        ("a: [#b, c]\n", "no text begins with `#` in YAML", "#b, c]"),
        ("a: \"b\"#c\n", "no space stands before this comment", "#c"),
        ("a: b #c\n  d\n", "the text above goes on behind this comment", "#c"),
        ("a: !b, c\n", "no text begins with `!` in YAML", "!b, c"),
        ("a: 1\n%\nb: 2\n", "no text begins with `%` in YAML", "%"),
        ("a: |0\n b\n", "no text begins with `|` in YAML", "|0"),
        ("a: \u{feff}b\n", "a byte order mark can stand only where the file begins", "\u{feff}"),
    ];

    /// Returns the message for a text and the part that its first place marks.
    fn said(text: &str) -> (String, String) {
        let source = Source { path: "a.md".into(), text: text.into() };
        let (_, diagnostics) = yaml::read(&source, 0..text.len());
        let problem = diagnostics.iter().next().expect("something is wrong");
        let place = problem.place.as_ref().expect("each has a place");
        let span: Span = place.start..place.end;
        (problem.message.clone(), text[span].to_owned())
    }

    #[test]
    fn mistakes_are_said_in_the_authors_words() {
        for (text, message, marked) in MISTAKES {
            assert_eq!(said(text), ((*message).to_owned(), (*marked).to_owned()), "{text}");
        }
    }
}
