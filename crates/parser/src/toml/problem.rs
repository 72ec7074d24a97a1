//! Turns the errors of the TOML library into problems, one for each mistake.

use toml::de::Error;
use toml_parser::lexer::TokenKind;

use super::duplicate;
use crate::excerpt::Excerpt;
use crate::{Diagnostic, Span, errors};

/// A part of the text that the library could not read.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) span: Span,
    message: String,
}

/// Drops the library's errors that follow from others, and sorts the rest.
pub(super) fn problems(text: &str, errors: &[Error]) -> Vec<Mistake> {
    let mut problems: Vec<Mistake> = errors.iter().map(Mistake::new).collect();
    if problems.iter().any(Mistake::swallows_the_rest)
        && let Some(span) = unclosed_bracket(text)
    {
        problems.retain(|problem| problem.span.start < span.start);
        problems.push(Mistake { message: format!("this `{}` is never closed", &text[span.clone()]), span });
    }
    problems.sort_by_key(|problem| problem.span.start);
    let lines =
        |first: &Mistake, next: &Mistake| text.as_bytes()[first.span.start..next.span.start].contains(&b'\n');
    problems.dedup_by(|next, first| !lines(first, next));
    problems
}

/// Makes a diagnostic for each problem.
pub(super) fn diagnose(excerpt: &Excerpt<'_>, problems: &[Mistake]) -> Vec<Diagnostic> {
    let duplicates: Vec<Span> = problems
        .iter()
        .filter(|problem| problem.is_duplicate())
        .map(|problem| problem.span.clone())
        .collect();
    let firsts = duplicate::first_places(excerpt.text, &duplicates);
    let diagnose = |problem: &Mistake| {
        let place = excerpt.place(&problem.span);
        let written = excerpt.text.get(problem.span.clone()).unwrap_or_default();
        if problem.is_duplicate() {
            let first = firsts.get(&problem.span.start).map(|first| excerpt.place(first));
            errors::duplicate_key(place, written, first)
        } else {
            errors::invalid_toml(place, &problem.message, written)
        }
    };
    problems.iter().map(diagnose).collect()
}

impl Mistake {
    fn new(error: &Error) -> Self {
        let span = error.span().unwrap_or_default();
        let message = match error.message().split_once(", expected ") {
            _ if error.message().starts_with("string values must be quoted") && span.is_empty() => {
                "the value is missing".to_owned()
            }
            None | Some((_, "nothing")) => first_part(error.message()).to_owned(),
            Some(("string values must be quoted", _)) => "text must be in quotation marks".to_owned(),
            Some((problem, expected)) => format!("{problem}, expected {}", alternatives(expected)),
        };
        Self { span, message }
    }

    fn is_duplicate(&self) -> bool {
        self.message == "duplicate key"
    }

    /// Returns true if the library read all lines that follow as part of this mistake.
    fn swallows_the_rest(&self) -> bool {
        ["unclosed array,", "unclosed inline table"].iter().any(|start| self.message.starts_with(start))
    }
}

fn first_part(message: &str) -> &str {
    message.split(", expected ").next().unwrap_or(message)
}

/// Writes `a, b, c` as `a, b or c`.
fn alternatives(expected: &str) -> String {
    match expected.rsplit_once(", ") {
        Some((most, last)) => format!("{most} or {last}"),
        None => expected.to_owned(),
    }
}

/// Finds the first bracket that lacks its partner.
fn unclosed_bracket(text: &str) -> Option<Span> {
    let mut open = Vec::new();
    for token in toml_parser::Source::new(text).lex() {
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => open.push(token.span()),
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                open.pop();
            }
            _ => {}
        }
    }
    open.first().map(|span| span.start()..span.end())
}
