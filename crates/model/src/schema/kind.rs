//! The types that a field can have, and how an author writes them: `[@rounds]?`.

use super::{Field, Schema, errors};
use crate::database::Affinity;
use crate::ground::CollectionId;

/// What a field's values are.
#[derive(Debug, Clone, Hash)]
pub enum Kind {
    /// Text on its own.
    String,
    /// Text with Markdown, shown as HTML.
    Markdown,
    /// Text with template expressions, evaluated with the data of the page that shows it.
    Template,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// `true` or `false`.
    Bool,
    /// A calendar day.
    Date,
    /// A day and a time.
    Datetime,
    /// An absolute URL with the scheme `https`, `http` or `mailto`.
    Url,
    /// A path of the site, which is kept as it is in paths of pages.
    Path,
    /// One of these words.
    Enum(Vec<String>),
    /// A record of a collection, by its slug.
    Reference(CollectionId),
    /// Several, in order.
    List(Box<Kind>),
    /// Named values.
    Table(Vec<Field>),
    /// Whatever the author writes, a table of any keys say: unknown to checks.
    Any,
}

impl Kind {
    /// How values of it compare in SQL: numbers as numbers, all else as texts.
    pub(super) fn affinity(&self) -> Affinity {
        match self {
            Self::Int | Self::Bool => Affinity::Integer,
            Self::Float => Affinity::Real,
            _ => Affinity::Text,
        }
    }

    /// Whether values can hold Markdown, or texts that wait for a page's data.
    pub(super) fn holds_prose(&self) -> bool {
        match self {
            Self::Markdown | Self::Template => true,
            Self::List(item) => item.holds_prose(),
            Self::Table(fields) => fields.iter().any(|field| field.kind.holds_prose()),
            _ => false,
        }
    }

    /// Whether values can hold texts that wait for a page's data.
    pub fn holds_templates(&self) -> bool {
        match self {
            Self::Template => true,
            Self::List(item) => item.holds_templates(),
            Self::Table(fields) => fields.iter().any(|field| field.kind.holds_templates()),
            _ => false,
        }
    }
}

impl Schema {
    /// What a value of a type is, in words.
    pub fn expectation(&self, kind: &Kind) -> String {
        match kind {
            Kind::String | Kind::Markdown | Kind::Template => "a string".to_owned(),
            Kind::Int => "a whole number".to_owned(),
            Kind::Float => "a number".to_owned(),
            Kind::Bool => "true or false".to_owned(),
            Kind::Date => "a date such as 2026-01-31, without quotation marks".to_owned(),
            Kind::Datetime => {
                "a date and time such as 2026-01-31T09:30:00Z, without quotation marks".to_owned()
            }
            Kind::Url => "a URL".to_owned(),
            Kind::Path => "a path of the site such as \"/docs/Install.html\"".to_owned(),
            Kind::Enum(words) => format!("one of {}", errors::list(words.iter().map(String::as_str))),
            Kind::Reference(target) => format!("the slug of a {}", self[*target].singular),
            Kind::List(_) => "a list".to_owned(),
            Kind::Table(_) => "a table".to_owned(),
            Kind::Any => "a value".to_owned(),
        }
    }
}

/// A type as written, before the collections that it names are known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Written<'a> {
    Simple(&'a str),
    Enum(Vec<String>),
    Reference(&'a str),
    List(Box<Written<'a>>),
}

/// Splits off the question mark that makes a type optional.
pub(super) fn optional(text: &str) -> (&str, bool) {
    let text = text.trim();
    text.strip_suffix('?').map_or((text, false), |inner| (inner.trim_end(), true))
}

/// Reads a type without its question mark; none if it is not one. Lists do not hold lists.
pub(super) fn parse(text: &str) -> Option<Written<'_>> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return match parse_single(inner.trim())? {
            Written::List(_) => None,
            single => Some(Written::List(Box::new(single))),
        };
    }
    parse_single(text)
}

fn parse_single(text: &str) -> Option<Written<'_>> {
    if let Some(name) = text.strip_prefix('@') {
        return Some(Written::Reference(name));
    }
    if let Some(words) = text.strip_prefix("enum(").and_then(|rest| rest.strip_suffix(')')) {
        let words: Vec<_> = words.split(',').map(|word| word.trim().to_owned()).collect();
        let distinct = (1..words.len()).all(|at| !words[..at].contains(&words[at]));
        return (distinct && words.iter().all(|word| !word.is_empty())).then_some(Written::Enum(words));
    }
    let simple = [
        "string", "markdown", "template", "int", "float", "bool", "date", "datetime", "url", "path", "table",
        "any",
    ];
    simple.contains(&text).then_some(Written::Simple(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_as_written() {
        assert_eq!(optional("[@rounds]?"), ("[@rounds]", true));
        assert_eq!(parse("[@rounds]"), Some(Written::List(Box::new(Written::Reference("rounds")))));
        assert_eq!(parse("enum(a, b c)"), Some(Written::Enum(vec!["a".into(), "b c".into()])));
        assert_eq!(parse("[[int]]"), None);
        assert_eq!(parse("text"), None);
    }
}
