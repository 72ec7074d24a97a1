//! The rules of `template` fields. The author of a field can be a stranger, so a field may use only what is
//! known to end, to stay small and to be escaped; anything else is refused.

use sitegen_parser::Span;

use super::tag::{TemplateTag, Token, tags};
use crate::types::{CallKind, Signatures};

/// Something that a field may not use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused<'t> {
    Statement(&'t str),
    Filter(&'t str),
    Function(&'t str),
    /// A component around a part of the field, because that part would be HTML as it is written.
    Component(&'t str),
    /// A loop in another, over more than what the page has, or for more than its items.
    Loop,
    /// A name that is set from another that is set.
    Growth(&'t str),
    /// A part of a text or a list, asked for by its place.
    Part,
    /// A name of the page's that a filter or `in` would go over once for each item of a loop.
    Outside(&'t str),
    /// A name that is reserved.
    Name(&'t str),
    /// A tag or a comment without an end.
    Unread,
}

/// The statements that a field may use. Conditions end, and so does a loop over data of the page; loops
/// within loops need not end within a lifetime.
const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "for", "endfor"];

/// Words after which an expression goes on.
const OPERATORS: [&str; 7] = ["and", "or", "not", "in", "is", "if", "else"];

/// Finds the first thing that a field may not use, and the tag that uses it.
pub(crate) fn refused<'t>(text: &'t str, signatures: &Signatures) -> Option<(Refused<'t>, Span)> {
    let Some(tags) = tags(text) else { return Some((Refused::Unread, 0..text.len())) };
    let tags: Vec<_> = tags.into_iter().map(|tag| (tag, tag.tokens())).collect();
    let set = tags.iter().filter_map(|(tag, tokens)| match tokens[..] {
        [Token::Word("set"), Token::Word(name), ..] if tag.is_statement() => Some(name),
        _ => None,
    });
    let mut judge = Judge { signatures, set: set.collect(), in_loop: false, items: Vec::new() };
    tags.iter()
        .find_map(|(tag, tokens)| Some((judge.refused(*tag, tokens)?, tag.start..tag.start + tag.text.len())))
}

/// The names that are known at a tag.
struct Judge<'s, 't> {
    signatures: &'s Signatures,
    /// The names that the field sets anywhere.
    set: Vec<&'t str>,
    in_loop: bool,
    /// The name of a loop's item, and names that are set from nothing else.
    items: Vec<&'t str>,
}

impl<'t> Judge<'_, 't> {
    fn refused(&mut self, tag: TemplateTag<'t>, tokens: &[Token<'t>]) -> Option<Refused<'t>> {
        let rest = match tokens {
            _ if !tag.is_statement() => tokens,
            [Token::Sign('<'), .., Token::Word(name)] | [Token::Sign('<'), Token::Word(name), ..] => {
                return Some(Refused::Component(name));
            }
            [Token::Word("for"), rest @ ..] => {
                let Some(over) = over(rest).filter(|_| !self.in_loop) else { return Some(Refused::Loop) };
                self.in_loop = true;
                self.items = item(rest);
                return refused_tokens(over, self.signatures);
            }
            [Token::Word("set"), Token::Word(name), Token::Sign('='), value @ ..] => {
                if name.starts_with("__") {
                    return Some(Refused::Name(name));
                }
                if let Some(grown) = self.growth(value) {
                    return Some(Refused::Growth(grown));
                }
                if self.in_loop && roots(value).all(|root| self.items.contains(&root)) {
                    self.items.push(name);
                }
                value
            }
            [Token::Word(word), rest @ ..] if STATEMENTS.contains(word) => {
                self.in_loop &= *word != "endfor";
                rest
            }
            [Token::Word(word), ..] => return Some(Refused::Statement(word)),
            _ => return Some(Refused::Unread),
        };
        let loops = rest.iter().filter(|token| **token == Token::Word("for")).count();
        if loops > usize::from(!self.in_loop) {
            return Some(Refused::Loop);
        }
        refused_tokens(rest, self.signatures).or_else(|| self.outside(rest))
    }

    /// Finds a name of the page in work that is done once for each item, if a filter or `in` there takes
    /// longer for a larger value.
    fn outside(&self, tokens: &[Token<'t>]) -> Option<Refused<'t>> {
        let (done, items) = match tokens.iter().position(|token| *token == Token::Word("for")) {
            Some(at) => {
                let rest = &tokens[at + 1..];
                let condition = rest.iter().position(|token| *token == Token::Word("if"));
                (condition.map_or(&[][..], |at| &rest[at..]), item(rest))
            }
            None if self.in_loop => (tokens, self.items.clone()),
            None => return None,
        };
        let is_long = |token: &Token<'_>| matches!(token, Token::Sign('|') | Token::Word("in"));
        let outside = roots(done).find(|root| *root != "loop" && !items.contains(root));
        outside.filter(|_| done.iter().any(is_long)).map(Refused::Outside)
    }

    /// Finds a name in a value that is set as well, because a text that doubles twenty times is a million
    /// times as long.
    fn growth(&self, value: &[Token<'t>]) -> Option<&'t str> {
        value.iter().find_map(|token| match token {
            Token::Word(word) if self.set.contains(word) => Some(*word),
            _ => None,
        })
    }
}

/// Returns the names of a loop's item, given the tokens after `for`: one name, or those of a key and its
/// value.
fn item<'t>(tokens: &[Token<'t>]) -> Vec<&'t str> {
    let names = tokens.iter().take_while(|token| **token != Token::Word("in"));
    names.filter_map(|token| if let Token::Word(name) = token { Some(*name) } else { None }).collect()
}

/// Lists the variables in an expression: neither attributes, filters, functions, tests nor arguments.
fn roots<'a, 't>(tokens: &'a [Token<'t>]) -> impl Iterator<Item = &'t str> + 'a {
    let is_root = |at: usize, name: &str| {
        let (before, after) = (&tokens[..at], &tokens[at + 1..]);
        let follows = matches!(before, [.., Token::Sign('.' | '|') | Token::Word("is")])
            || matches!(before, [.., Token::Word("is"), Token::Word("not")]);
        let is_argument = matches!(after, [Token::Sign('='), next, ..] if *next != Token::Sign('='));
        let is_called = matches!(after, [Token::Sign('('), ..]);
        let is_word = OPERATORS.contains(&name) || ["true", "false", "none"].contains(&name);
        !follows && !is_argument && !is_called && !is_word
    };
    tokens.iter().enumerate().filter_map(move |(at, token)| match token {
        Token::Word(name) if is_root(at, name) => Some(*name),
        _ => None,
    })
}

fn refused_tokens<'t>(tokens: &[Token<'t>], signatures: &Signatures) -> Option<Refused<'t>> {
    let refused = |at: usize| refused_token(&tokens[..at], tokens[at], &tokens[at + 1..], signatures);
    (0..tokens.len()).find_map(refused)
}

/// Returns the tokens of what a loop goes over: a list of the page, a list that is written out, or the
/// arguments of a look-up of rows; none if it is anything else.
fn over<'a, 't>(tokens: &'a [Token<'t>]) -> Option<&'a [Token<'t>]> {
    let ([Token::Word(_), Token::Word("in"), over @ ..]
    | [Token::Word(_), Token::Sign(','), Token::Word(_), Token::Word("in"), over @ ..]) = tokens
    else {
        return None;
    };
    let is_plain = |token: &Token<'_>| match token {
        Token::Word(word) => *word != "for" && !OPERATORS.contains(word),
        Token::Sign(sign) => matches!(sign, '.' | '?' | ',' | '[' | ']' | '-'),
        Token::Text | Token::Number => true,
    };
    if let [Token::Word("rows"), Token::Sign('('), key @ .., Token::Sign(')')] = over {
        let is_key = |token: &Token<'_>| *token == Token::Sign('=') || is_plain(token);
        return key.iter().all(is_key).then_some(key);
    }
    over.iter().all(is_plain).then_some(over)
}

/// Returns true if a `for` in an expression picks items of a list of the page: `[round for round in rounds if
/// …]`.
fn picks_items(before: &[Token<'_>], after: &[Token<'_>]) -> bool {
    let [Token::Word(name), Token::Word("in"), Token::Word(_), over @ ..] = after else { return false };
    let is_path = |tokens: &[Token<'_>]| {
        tokens.chunks(2).all(|step| matches!(step, [Token::Sign('.'), Token::Word(_)]))
    };
    let end = over.iter().position(|token| matches!(token, Token::Word("if") | Token::Sign(']')));
    let start = before.iter().rposition(|token| *token == Token::Sign('['));
    let (Some(end), Some(start)) = (end, start) else { return false };
    match &before[start + 1..] {
        [Token::Word(item), path @ ..] => item == name && is_path(path) && is_path(&over[..end]),
        _ => false,
    }
}

fn refused_token<'t>(
    before: &[Token<'t>],
    token: Token<'t>,
    after: &[Token<'t>],
    signatures: &Signatures,
) -> Option<Refused<'t>> {
    let is_allowed =
        |kind, name: &str| signatures.find(kind, name).is_some_and(|signature| signature.is_for_fields);
    match token {
        Token::Sign('|') => match after.first() {
            Some(Token::Word(filter)) => {
                (!is_allowed(CallKind::Filter, filter)).then_some(Refused::Filter(filter))
            }
            _ => Some(Refused::Unread),
        },
        Token::Sign('[') if ends_operand(before) => (!is_key_or_step(after)).then_some(Refused::Part),
        Token::Word(name) if name.starts_with("__") => Some(Refused::Name(name)),
        Token::Word("for") => (!picks_items(before, after)).then_some(Refused::Loop),
        Token::Word(name) if after.first() == Some(&Token::Sign('(')) && is_call(before, name) => {
            (!is_allowed(CallKind::Function, name)).then_some(Refused::Function(name))
        }
        _ => None,
    }
}

/// Returns true if an expression could end here, before an operator.
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

/// Returns true if brackets ask for the entry of a name, or for an item of which an attribute is asked. A
/// text has neither, so no piece can be cut out of HTML.
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

/// Returns true if a word before a parenthesis is a function, and not a filter, a test or an operator.
fn is_call(before: &[Token<'_>], name: &str) -> bool {
    let is_test = matches!(before, [.., Token::Word("is")] | [.., Token::Word("is"), Token::Word("not")]);
    !is_test && before.last() != Some(&Token::Sign('|')) && !OPERATORS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Gives, Signature, Wants};

    const fn filter(name: &'static str) -> Signature {
        Signature::filter(name, Wants::ANY, &[], Gives::Unknown).for_fields()
    }

    const FILTERS: [Signature; 5] =
        [filter("upper"), filter("length"), filter("join"), filter("sort"), filter("split")];
    const FUNCTIONS: [Signature; 2] = [
        Signature::function("link", &[], Gives::Unknown).for_fields(),
        Signature::function("t", &[], Gives::Unknown).for_fields(),
    ];

    fn refused(text: &str) -> Option<(Refused<'_>, Span)> {
        let mut signatures = Signatures::default();
        for signature in FILTERS.iter().chain(&FUNCTIONS) {
            signatures.add(signature);
        }
        super::refused(text, &signatures)
    }

    #[test]
    fn what_ends_soon_and_is_escaped_is_allowed() {
        for text in [
            "{{ company.name | upper }}, {{ (a.b | length) + 1 }} for all",
            "{% if a < b and c <d or not (e > 1) %}x{% elif a is divisible_by(2) %}y{% else %}z{% endif %}",
            "{% if x is not starting_with('for') %}{{ xs[0].name }} {{ x['key'] }} {{ x?.y }}{% endif %}",
            "{{ link(to='/a/') }} {{ t(key=\"rounds\", count=6) }} {# {% for %} #} {{ 'a | safe' }}",
            "{% for x in company.loop -%}{{ loop.index }}{{ x.name }}{% endfor %}{% for k, v in y %}{% endfor %}",
            "{% for x in rows(from='practice', company=company, role=a.b) %}{{ x.title }}{% endfor %}",
            "{% for x in ['a', 2] %}{{ x }}{% else %}{% endfor %} {{ {'a': 1} }} {{ [1, 2] | join(sep=', ') }}",
            "{% set design = [round for round in rounds if round.kind == 'design'] %}{{ design | length }}",
            "{{ [x.name for x in company.loop] | join(sep=', ') }} {{<period pay={pay} />}} {{ a if b else c }}",
            "{% for x in xs %}{{ x.tags | sort | join(sep=', ') }}{% if x.slug == company.slug or loop.index > 1 %}{% endif %}{% endfor %}",
            "{% for k, v in xs %}{% set y = v.z %}{% if 'a' in y and k is string %}{{ t(key='a', count=n) }}{% endif %}{% endfor %}{{ ys | sort }}",
            "{{ [x for x in xs if x.kind in ['a'] and x.size == 1] }}{{ [x for x in xs if x.size == y] }}",
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
            ("{{<a b={x | safe} />}}", Refused::Filter("safe")),
            ("{{ x | evaluate }}", Refused::Filter("evaluate")),
            ("{% set x = y %}{% set z = x ~ x %}", Refused::Growth("x")),
            ("{% set x = x ~ x %}", Refused::Growth("x")),
            ("{% set x %}<b>{% endset %}", Refused::Statement("set")),
            ("{% set_global x = 1 %}", Refused::Statement("set_global")),
            ("{% set x = y | safe %}", Refused::Filter("safe")),
            ("{% filter safe %}x{% endfilter %}", Refused::Statement("filter")),
            ("{% raw %}{% endraw %}", Refused::Statement("raw")),
            ("{% include 'a.html' %}", Refused::Statement("include")),
            ("{% for x in y %}{%- for z in y -%}{% endfor %}{% endfor %}", Refused::Loop),
            ("{% for x in y | split(pat='') %}{% endfor %}", Refused::Loop),
            ("{% for x in y ~ y %}{% endfor %}", Refused::Loop),
            ("{% for x in range(end=9) %}{% endfor %}", Refused::Loop),
            ("{% for x in y[1:] %}{% endfor %}", Refused::Loop),
            ("{% for x in rows(from=a | split(pat='')) %}{% endfor %}", Refused::Loop),
            ("{% for x in rows(from='a') ~ y %}{% endfor %}", Refused::Loop),
            ("{{ rows(from='a') }}", Refused::Function("rows")),
            ("{% for x in y %}{% break %}{% endfor %}", Refused::Statement("break")),
            ("{% for x in y %}{{ [z for z in y] }}{% endfor %}", Refused::Loop),
            ("{{ [y for x in y] }}", Refused::Loop),
            ("{{ [x ~ x for x in y] }}", Refused::Loop),
            ("{{ [x for x in y | split(pat='')] }}", Refused::Loop),
            ("{{ [x for x in [z for z in y]] }}", Refused::Loop),
            ("{{ [[1]for x in y] }}", Refused::Loop),
            ("{{ range(end=9) }}", Refused::Function("range")),
            ("{{ not range (end=9) }}", Refused::Function("range")),
            ("{% <note> %}x{% </note> %}", Refused::Component("note")),
            ("{{ body[0] }}", Refused::Part),
            ("{{ body[x] }}", Refused::Part),
            ("{{ body?[1:2] }}", Refused::Part),
            ("{{ (a ~ b)[1:] }}", Refused::Part),
            ("{{ xs[0][1] }}", Refused::Part),
            ("{{ __tera_context }}", Refused::Name("__tera_context")),
            ("{% set __field = none %}", Refused::Name("__field")),
            ("{% for x in xs %}{{ xs | sort | length }}{% endfor %}", Refused::Outside("xs")),
            ("{% for x in xs %}{% if x in a.b %}{% endif %}{% endfor %}", Refused::Outside("a")),
            ("{% for x in xs %}{% set y = xs %}{{ y | sort }}{% endfor %}", Refused::Outside("y")),
            ("{% for x in xs %}{{ t(key='a', name=text | upper) }}{% endfor %}", Refused::Outside("text")),
            ("{{ [x for x in xs if xs | sort | length] }}", Refused::Outside("xs")),
            ("{{ x", Refused::Unread),
            ("{% %}", Refused::Unread),
        ] {
            assert_eq!(refused(text).map(|(refused, _)| refused), Some(expected), "{text}");
        }
    }
}
