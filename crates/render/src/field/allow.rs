//! What a `template` field may say. Its author can be a stranger, so it says no more than what is known to end, to stay
//! small and to be escaped; whatever is not known to be so is refused.

use sitegen_parser::Span;

use super::tag::{Tag, Token, tags};
use crate::library::field::{FILTERS, FUNCTIONS};

/// What a field says that it may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused<'t> {
    Statement(&'t str),
    Filter(&'t str),
    Function(&'t str),
    Component(&'t str),
    /// A loop in another, over more than what the page has, or that makes a list.
    Loop,
    /// A part of a text or a list, asked for by its place.
    Part,
    /// Everything that is known on the page.
    Everything,
    /// A tag or a comment has no end.
    Unread,
}

/// Conditions end, and so does a loop over what the page has; loops, one in another, need not within a lifetime.
const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "for", "endfor"];

/// Words that an expression goes on behind.
const OPERATORS: [&str; 7] = ["and", "or", "not", "in", "is", "if", "else"];

/// The first thing that a field may not say, and in which tag it does.
pub(crate) fn refused(text: &str) -> Option<(Refused<'_>, Span)> {
    let Some(tags) = tags(text) else { return Some((Refused::Unread, 0..text.len())) };
    let mut in_loop = false;
    tags.into_iter().find_map(|tag| {
        let tokens = tag.tokens();
        let found = refused_tag(tag, &tokens, in_loop);
        if tag.is_statement() {
            in_loop = match tokens.first() {
                Some(Token::Word("for")) => true,
                Some(Token::Word("endfor")) => false,
                _ => in_loop,
            };
        }
        Some((found?, tag.start..tag.start + tag.text.len()))
    })
}

fn refused_tag<'t>(tag: Tag<'t>, tokens: &[Token<'t>], in_loop: bool) -> Option<Refused<'t>> {
    let rest = match tokens.first() {
        Some(Token::Word("for")) if tag.is_statement() => {
            let Some(over) = over(&tokens[1..]).filter(|_| !in_loop) else { return Some(Refused::Loop) };
            over
        }
        Some(Token::Word(word)) if tag.is_statement() && STATEMENTS.contains(word) => &tokens[1..],
        Some(Token::Word(word)) if tag.is_statement() => return Some(Refused::Statement(word)),
        Some(Token::Sign('<')) => tokens,
        _ if tag.is_statement() => return Some(Refused::Unread),
        _ => tokens,
    };
    (0..rest.len()).find_map(|at| refused_token(&rest[..at], rest[at], &rest[at + 1..]))
}

/// What a loop goes over: a list that the page has, or one that is written out; none if it is made by anything.
fn over<'a, 't>(tokens: &'a [Token<'t>]) -> Option<&'a [Token<'t>]> {
    let over = match tokens {
        [Token::Word(_), Token::Word("in"), over @ ..] => over,
        [Token::Word(_), Token::Sign(','), Token::Word(_), Token::Word("in"), over @ ..] => over,
        _ => return None,
    };
    let is_plain = |token: &Token<'_>| match token {
        Token::Word(word) => !OPERATORS.contains(word),
        Token::Sign(sign) => matches!(sign, '.' | '?' | ',' | '[' | ']' | '-'),
        Token::Text | Token::Number => true,
    };
    over.iter().all(is_plain).then_some(over)
}

fn refused_token<'t>(before: &[Token<'t>], token: Token<'t>, after: &[Token<'t>]) -> Option<Refused<'t>> {
    match token {
        Token::Sign('|') => match after.first() {
            Some(Token::Word(filter)) => (!FILTERS.contains(filter)).then_some(Refused::Filter(filter)),
            _ => Some(Refused::Unread),
        },
        Token::Sign('<') if !ends_operand(before) => match after {
            [Token::Word(name), ..] | [Token::Sign('/'), Token::Word(name), ..] => {
                Some(Refused::Component(name))
            }
            _ => Some(Refused::Unread),
        },
        Token::Sign('[') if ends_operand(before) => (!is_key_or_step(after)).then_some(Refused::Part),
        Token::Word(name) if name.starts_with("__tera") => Some(Refused::Everything),
        Token::Word("for") if before.last() != Some(&Token::Sign('.')) => Some(Refused::Loop),
        Token::Word(name) if after.first() == Some(&Token::Sign('(')) && is_call(before, name) => {
            (!FUNCTIONS.contains(&name)).then_some(Refused::Function(name))
        }
        _ => None,
    }
}

/// Whether an expression could end here, so that an operator follows.
fn ends_operand(before: &[Token<'_>]) -> bool {
    match before.last() {
        Some(Token::Word(word)) => {
            let is_attribute = before.len() > 1 && before[before.len() - 2] == Token::Sign('.');
            is_attribute || !OPERATORS.contains(word)
        }
        Some(Token::Text | Token::Number | Token::Sign(')' | ']' | '}' | '?')) => true,
        _ => false,
    }
}

/// Whether brackets ask for the entry of a name, or for an item of which an attribute is asked. Of a text neither gives
/// anything, so that no piece can be cut out of HTML.
fn is_key_or_step(after: &[Token<'_>]) -> bool {
    let is_step = |rest: &[Token<'_>]| {
        matches!(rest, [Token::Sign('.'), ..] | [Token::Sign('?'), Token::Sign('.'), ..])
    };
    match after {
        [Token::Text, Token::Sign(']'), ..] => true,
        [Token::Number, Token::Sign(']'), rest @ ..] => is_step(rest),
        _ => false,
    }
}

/// Whether a word before a parenthesis is a function, and not a filter, a test or an operator.
fn is_call(before: &[Token<'_>], name: &str) -> bool {
    let is_test = matches!(before, [.., Token::Word("is")] | [.., Token::Word("is"), Token::Word("not")]);
    !is_test && before.last() != Some(&Token::Sign('|')) && !OPERATORS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_and_conditions_are_allowed() {
        for text in [
            "{{ company.name | upper }}, {{ (a.b | length) + 1 }} for all",
            "{% if a < b and c <d or not (e > 1) %}x{% elif a is divisible_by(2) %}y{% else %}z{% endif %}",
            "{% if x is not starting_with('for') %}{{ xs[0].name }} {{ x['key'] }} {{ x?.y }}{% endif %}",
            "{{ link(to='/a/') }} {{ t(key=\"rounds\", count=6) }} {# {% for %} #} {{ 'a | safe' }}",
            "{% for x in company.loop -%}{{ loop.index }}{{ x.name }}{% endfor %}{% for k, v in y %}{% endfor %}",
            "{% for x in ['a', 2] %}{{ x }}{% else %}{% endfor %}{{ x.for }} {{ {'a': 1} }} {{ [1, 2] | join(sep=', ') }} {{ a if b else c }}",
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
    }

    #[test]
    fn whatever_else_is_refused() {
        for (text, expected) in [
            ("{{ x | safe }}", Refused::Filter("safe")),
            ("{{ x|upper|\nsafe }}", Refused::Filter("safe")),
            ("{{ \"\\\"\" ~ x | safe ~ '\"' }}", Refused::Filter("safe")),
            ("{{ x | evaluate }}", Refused::Filter("evaluate")),
            ("{% for x in y %}{%- for z in y -%}{% endfor %}{% endfor %}", Refused::Loop),
            ("{% for x in y | split(pat='') %}{% endfor %}", Refused::Loop),
            ("{% for x in y ~ y %}{% endfor %}", Refused::Loop),
            ("{% for x in range(end=9) %}{% endfor %}", Refused::Loop),
            ("{% for x in y[1:] %}{% endfor %}", Refused::Loop),
            ("{% for x in y %}{% break %}{% endfor %}", Refused::Statement("break")),
            ("{%set x = 1%}", Refused::Statement("set")),
            ("{% filter safe %}x{% endfilter %}", Refused::Statement("filter")),
            ("{% raw %}{% endraw %}", Refused::Statement("raw")),
            ("{% include 'a.html' %}", Refused::Statement("include")),
            ("{{ [x for x in y] }}", Refused::Loop),
            ("{{ [[1]for x in y] }}", Refused::Loop),
            ("{{ range(end=9) }}", Refused::Function("range")),
            ("{{ not range (end=9) }}", Refused::Function("range")),
            ("{{ <card of={x} /> }}", Refused::Component("card")),
            ("{{ 1 if x else <card /> }}", Refused::Component("card")),
            ("{% <note> %}x{% </note> %}", Refused::Component("note")),
            ("{{ body[0] }}", Refused::Part),
            ("{{ body[x] }}", Refused::Part),
            ("{{ body?[1:2] }}", Refused::Part),
            ("{{ (a ~ b)[1:] }}", Refused::Part),
            ("{{ xs[0][1] }}", Refused::Part),
            ("{{ __tera_context }}", Refused::Everything),
            ("{{ x", Refused::Unread),
            ("{% %}", Refused::Unread),
        ] {
            assert_eq!(refused(text).map(|(refused, _)| refused), Some(expected), "{text}");
        }
    }
}
