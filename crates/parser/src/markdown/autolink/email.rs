//! Finds e-mail and Jabber addresses in text.

use super::has_prefix;
use crate::Span;

/// Schemes that belong to an address if they stand before it.
pub(super) const SCHEMES: [&str; 2] = ["mailto:", "xmpp:"];

/// Finds the address around the `@` at an offset, within a part of a text.
pub(super) fn around(text: &str, part: Span, at: usize) -> Option<Span> {
    let before = &text[part.start..at];
    let user = before.len() - before.trim_end_matches(is_of_user).len();
    let before = &before[..before.len() - user];
    if user == 0 || before.ends_with(['/', '@']) {
        return None;
    }
    let scheme = SCHEMES.into_iter().find(|scheme| ends_with_scheme(before, scheme)).unwrap_or_default();
    let rest = &text[at + 1..part.end];
    let domain = domain_length(rest)?;
    let resource = if scheme == "xmpp:" { resource_length(&rest[domain..]) } else { 0 };
    Some(at - user - scheme.len()..at + 1 + domain + resource)
}

fn is_of_user(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '_')
}

fn ends_with_scheme(before: &str, scheme: &str) -> bool {
    let start = before.len().checked_sub(scheme.len());
    start.is_some_and(|start| {
        before.get(start..).is_some_and(|end| has_prefix(end, scheme))
            && !before[..start].ends_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// Measures a domain: letters, digits, `-` and `_` with at least one single point between them, and a letter
/// at the end.
fn domain_length(rest: &str) -> Option<usize> {
    let end = rest.find(|c: char| !is_of_user(c) || c == '+').unwrap_or(rest.len());
    let domain = &rest[..end];
    let length = domain.find("..").unwrap_or(end);
    let domain = domain[..length].strip_suffix('.').unwrap_or(&domain[..length]);
    let is_one = domain.trim_start_matches('.').contains('.')
        && domain.ends_with(|c: char| c.is_ascii_alphabetic())
        && !rest[end..].starts_with('@');
    is_one.then_some(domain.len())
}

/// Measures the resource behind an address of Jabber: `/` and a name.
fn resource_length(rest: &str) -> usize {
    let Some(name) = rest.strip_prefix('/') else { return 0 };
    let end =
        name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '@')).unwrap_or(name.len());
    match name[..end].trim_end_matches(['.', '@']).len() {
        0 => 0,
        length => 1 + length,
    }
}
