//! Texts that double with each round of a loop: `{% set_global all = all ~ all %}`. Tera bounds neither rounds nor texts.

use sitegen_parser::Diagnostic;

use super::Sources;
use super::tag::{TemplateTag, Token, tags};
use crate::templates::errors;

impl Sources {
    /// Reports a name that a template puts together from itself more than once in a loop.
    pub(super) fn growth(&self, name: &str) -> Option<Diagnostic> {
        let mut loops = 0_usize;
        let grown = tags(&self.get(name)?.1.text)?.into_iter().find_map(|tag| {
            let tokens = tag.tokens();
            match tokens.first() {
                Some(Token::Word("for")) if tag.is_statement() => loops += 1,
                Some(Token::Word("endfor")) if tag.is_statement() => loops = loops.saturating_sub(1),
                _ => {}
            }
            (loops > 0).then(|| doubled(&tokens)).flatten().map(|variable| (tag, variable))
        });
        let (TemplateTag { start, text }, variable) = grown?;
        Some(errors::doubling(variable, self.place(name, &(start..start + text.len()))))
    }
}

/// Returns the name that a statement sets to a text in which the name stands twice.
fn doubled<'t>(tokens: &[Token<'t>]) -> Option<&'t str> {
    let [Token::Word("set" | "set_global"), Token::Word(name), Token::Sign('='), value @ ..] = tokens else {
        return None;
    };
    let is_it = |at: usize| {
        value[at] == Token::Word(name) && at.checked_sub(1).map(|at| value[at]) != Some(Token::Sign('.'))
    };
    let count = (0..value.len()).filter(|at| is_it(*at)).count();
    (count > 1 && value.contains(&Token::Sign('~'))).then_some(*name)
}
