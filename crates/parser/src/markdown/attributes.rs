//! Reads lists of attributes in braces, as kramdown, Pandoc and markdown-it do: `{#id .class key="value"}`.
//!
//! Braces around anything else are text.

use super::{Attributes, Block};
use crate::{Span, composed};

/// A list of attributes that an author wrote.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct AttributeList<'t> {
    items: Vec<(Item<'t>, Span)>,
    /// True if the list begins with `{:`, with which nothing else begins.
    is_marked: bool,
    /// The length of the list with its braces.
    pub(super) length: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item<'t> {
    Id(&'t str),
    Class(&'t str),
    Pair(&'t str, &'t str),
}

/// The attributes that a list gives an element, and those that it cannot give.
#[derive(Debug, Default)]
pub(super) struct AssignedAttributes<'t> {
    /// The id, and its place in the list.
    pub(super) id: Option<(String, Span)>,
    /// All other attributes.
    pub(super) attributes: Attributes,
    /// The names of attributes that the element cannot have.
    pub(super) refused: Vec<(&'t str, Span)>,
    /// The names of attributes that the element has already.
    pub(super) repeated: Vec<(&'t str, Span)>,
}

/// Attributes that every element can have.
const GLOBAL: [&str; 6] = ["class", "dir", "lang", "role", "title", "translate"];
const OF_IMAGES: [&str; 5] = ["decoding", "fetchpriority", "height", "loading", "width"];
const OF_LINKS: [&str; 5] = ["download", "hreflang", "referrerpolicy", "rel", "target"];
/// Names that are meant as attributes but that no element can have: they could run a program, or go past the
/// style sheets.
const NEVER: [&str; 3] = ["srcdoc", "srcset", "style"];

/// The most bytes that a list can have.
const LONGEST: usize = 2_000;

/// Reads the list that a text begins with.
pub(super) fn read(text: &str) -> Option<AttributeList<'_>> {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let inner = text.strip_prefix('{')?;
    let marked = inner.strip_prefix(':');
    let mut rest = marked.unwrap_or(inner);
    let mut items = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        if let Some(after) = rest.strip_prefix('}') {
            return (!items.is_empty()).then(|| AttributeList {
                items,
                is_marked: marked.is_some(),
                length: text.len() - after.len(),
            });
        }
        let start = text.len() - rest.len();
        let (item, after) = item(rest)?;
        if !after.starts_with([' ', '\t', '}']) {
            return None;
        }
        items.push((item, start..text.len() - after.len()));
        rest = after;
    }
}

fn item(text: &str) -> Option<(Item<'_>, &str)> {
    let name_length = |text: &str| text.find(|c: char| c.is_whitespace() || "{}\"'=<>`#".contains(c));
    let named = |rest: &'_ str| name_length(rest).filter(|length| *length > 0);
    if let Some(rest) = text.strip_prefix('#') {
        let (name, rest) = rest.split_at(named(rest)?);
        return Some((Item::Id(name), rest));
    }
    if let Some(rest) = text.strip_prefix('.') {
        let begins = rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '-' | '_'));
        let (name, rest) = rest.split_at(named(rest).filter(|_| begins)?);
        // Lists of file names look like classes: `binding{.h, .cc}`.
        return (!name.contains(',')).then_some((Item::Class(name), rest));
    }
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
    // Only `data-…` attributes stand without a value, because other words in braces are text.
    let bare = text.find(|c: char| !is_key(c)).filter(|end| *end > 5 && text.starts_with("data-"));
    if let Some(end) = bare.filter(|end| !text[*end..].starts_with('=')) {
        return Some((Item::Pair(&text[..end], ""), &text[end..]));
    }
    let (key, rest) = text.split_once('=')?;
    if !key.starts_with(|c: char| c.is_ascii_alphabetic()) || !key.chars().all(is_key) {
        return None;
    }
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let (value, rest) = rest[1..].split_once(quote)?;
        return (!value.contains(['\n', '\r'])).then_some((Item::Pair(key, value), rest));
    }
    let (value, rest) = rest.split_at(named(rest)?);
    Some((Item::Pair(key, value), rest))
}

impl<'t> AttributeList<'t> {
    /// Returns true if attributes are surely meant: the list has an id, a class, or a name that HTML knows.
    pub(super) fn is_meant(&self) -> bool {
        self.is_marked
            || self.items.iter().any(|(item, _)| match item {
                Item::Id(_) | Item::Class(_) => true,
                Item::Pair(key, _) => is_known(&key.to_ascii_lowercase()),
            })
    }

    /// Returns true if the list is marked, or has an id or a class, which braces in prose hardly ever have.
    pub(super) fn has_name(&self) -> bool {
        self.is_marked || self.items.iter().any(|(item, _)| !matches!(item, Item::Pair(..)))
    }

    /// Sorts the list into attributes that an element of this kind can have, and others.
    pub(super) fn give(&self, block: Option<Block>) -> AssignedAttributes<'t> {
        let mut given = AssignedAttributes::default();
        for (item, span) in &self.items {
            match *item {
                Item::Id(id) => given.identify("id", id, span),
                Item::Class(class) => given.attributes.classes.push(class.to_owned()),
                Item::Pair(key, value) => given.pair(key, value, span, block),
            }
        }
        given
    }
}

impl<'t> AssignedAttributes<'t> {
    fn identify(&mut self, key: &'t str, id: &str, span: &Span) {
        if self.id.is_some() {
            self.repeated.push((key, span.clone()));
        } else {
            self.id = Some((composed(id).into_owned(), span.clone()));
        }
    }

    fn pair(&mut self, key: &'t str, value: &'t str, span: &Span, block: Option<Block>) {
        let name = key.to_ascii_lowercase();
        match name.as_str() {
            "id" if !value.is_empty() && !value.contains(char::is_whitespace) => {
                self.identify(key, value, span);
            }
            "class" => self.attributes.classes.extend(value.split_whitespace().map(str::to_owned)),
            _ => match accepted(&name, value, block) {
                Some(_) if self.attributes.others.iter().any(|(known, _)| *known == name) => {
                    self.repeated.push((key, span.clone()));
                }
                Some(value) => self.attributes.others.push((name, value.to_owned())),
                None => self.refused.push((key, span.clone())),
            },
        }
    }
}

/// Returns the value for the attribute, if an element of this kind can have it.
fn accepted<'t>(name: &str, value: &'t str, block: Option<Block>) -> Option<&'t str> {
    let is_own = match block {
        Some(Block::Image) => OF_IMAGES.contains(&name),
        Some(Block::Link) => OF_LINKS.contains(&name),
        Some(Block::OrderedList) => name == "start",
        _ => false,
    };
    if matches!(name, "width" | "height") {
        let number = value.strip_suffix("px").unwrap_or(value);
        let digits = number.strip_suffix('%').unwrap_or(number);
        let is_size = is_own && !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
        return is_size.then_some(number);
    }
    (is_own || is_global(name)).then_some(value)
}

fn is_global(name: &str) -> bool {
    GLOBAL.contains(&name) || name.len() > 5 && (name.starts_with("data-") || name.starts_with("aria-"))
}

fn is_known(name: &str) -> bool {
    let is_handler = name.len() > 4 && name.starts_with("on");
    let is_listed = [&OF_IMAGES[..], &OF_LINKS[..], &NEVER[..]].iter().any(|names| names.contains(&name));
    name == "id" || is_global(name) || is_listed || is_handler
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str, block: Option<Block>) -> String {
        let Some(list) = read(text) else { return "text".to_owned() };
        if !list.is_meant() {
            return "unmeant".to_owned();
        }
        let AssignedAttributes { id, attributes, refused, repeated } = list.give(block);
        let id = id.map_or(String::new(), |(id, _)| format!("#{id} "));
        let refused: Vec<_> = refused.iter().chain(&repeated).map(|(name, _)| *name).collect();
        let others: Vec<_> =
            attributes.others.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{id}.{} {} !{}", attributes.classes.join("."), others.join(","), refused.join(","))
    }

    #[test]
    fn lists_are_told_from_other_braces() {
        for text in [
            "{}",
            "{ }",
            "{string}",
            "{1,2}",
            "{{x}}",
            "{{ .x }}",
            "{% x %}",
            "{\"a\": 1}",
            "{...}",
            "{.5}",
            "{#}",
            "{.}",
            "{a: b}",
            "{#if x}",
            "{.a b}",
            "{.a",
            "{a=}",
            "{a='b}",
            "{:toc}",
            "{.a\n}",
            "{=html}",
            "{.h, .cc}",
        ] {
            assert_eq!(given(text, None), "text", "{text}");
        }
        assert_eq!(given("{x=1}", None), "unmeant");
    }

    #[test]
    fn lists_give_what_an_element_can_have() {
        for (text, block, expected) in [
            ("{#id .class key=value id=\"x\" class=\"y z\"}", None, "#id .class.y.z  !key,id"),
            ("{: .a #b-c }", None, "#b-c .a  !"),
            ("{:.a}", None, ".a  !"),
            ("{#größe .ü}", None, "#größe .ü  !"),
            (
                "{width=300px height=\"50%\" onclick=x()}",
                Some(Block::Image),
                ". width=300,height=50% !onclick",
            ),
            ("{width=1em style='x'}", Some(Block::Image), ".  !width,style"),
            (
                "{target=_blank rel='a b' data-x=\"}\"}",
                Some(Block::Link),
                ". target=_blank,rel=a b,data-x=} !",
            ),
            ("{target=_blank lang=de lang=en}", None, ". lang=de !target,lang"),
            ("{srcdoc=x}", None, ".  !srcdoc"),
        ] {
            assert_eq!(given(text, block), expected, "{text}");
        }
    }
}
