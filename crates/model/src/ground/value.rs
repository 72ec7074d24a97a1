//! The values of records.

use std::sync::Arc;

use sitegen_parser::{Date, Datetime, Markdown, WrittenValue as Given};

use super::RecordId;

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// The author left it out.
    None,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Text: of a `string`, `url` or `enum`.
    String(Arc<str>),
    /// Text with Markdown.
    Markdown(Arc<Markdown>),
    /// Text with template expressions, and where it stands.
    Template(Arc<str>, sitegen_parser::Place),
    /// A day.
    Date(Date),
    /// A day and a time.
    Datetime(Datetime),
    /// A record.
    Reference(RecordId),
    /// Several values of one type.
    List(Vec<Value>),
    /// A value for each field of the table's type, in the same order.
    Table(Vec<Value>),
    /// Any value that TOML can write, for a field of the type `any`.
    Any(Arc<Given>),
}

impl Value {
    /// The value as text for a path, a title or a list; none for what has no short text.
    pub fn text(&self) -> Option<String> {
        Some(match self {
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::Float(value) => value.to_string(),
            Self::String(text) | Self::Template(text, _) => text.to_string(),
            Self::Markdown(markdown) => markdown.plain_text(),
            Self::Date(date) => date.to_string(),
            Self::Datetime(datetime) => datetime.to_string(),
            Self::Any(given) => return text_of(given),
            Self::None | Self::Reference(_) | Self::List(_) | Self::Table(_) => return None,
        })
    }
}

fn text_of(given: &Given) -> Option<String> {
    Some(match given {
        Given::Bool(value) => value.to_string(),
        Given::Int(value) => value.to_string(),
        Given::Float(value) => value.to_string(),
        Given::String(text) => text.clone(),
        Given::Date(date) => date.to_string(),
        Given::Datetime(datetime) => datetime.to_string(),
        Given::Array(_) | Given::Table(_) => return None,
    })
}
