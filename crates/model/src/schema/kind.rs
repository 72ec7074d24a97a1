//! The types of fields. Each type is one file of this folder: it implements `FieldType`, and its form stands
//! in `FORMS`.

mod string;
mod markdown;
mod template;
mod integer;
mod number;
mod boolean;
mod date;
mod datetime;
mod duration;
mod url;
mod path;
mod choice;
mod reference;
mod list;
mod table;
mod any;
mod context;
mod form;

use serde_json::{Value as Json, json};
use sitegen_parser::{Spanned, WrittenValue as Toml};

use super::constraints::{CHARACTERS, ITEMS, NUMBERS, Unit};
use super::json::JsonScope;
use super::{Field, Schema};
use crate::database::Affinity;
use crate::ground::{CollectionId, Given, Value};

pub(crate) use self::boolean::bool;
pub(crate) use self::context::{CellContext, FieldContext, FindRecord, Misfit};
pub(crate) use self::date::is_date;
pub(crate) use self::datetime::is_datetime;
pub use self::duration::time_parts;
pub use self::form::TypeForm;
use self::form::{Grammar, read_form};
pub(super) use self::form::{Scope, optional, read, words};
pub(crate) use self::integer::int;
pub(crate) use self::number::float;

/// The type of a field.
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
    /// A length of time in whole seconds.
    Duration,
    /// An absolute URL with the scheme `https`, `http` or `mailto`.
    Url,
    /// A path of the site, which is kept as it is in paths of pages.
    Path,
    /// One of these words.
    Enum(Vec<String>),
    /// A record of a collection, by its slug.
    Reference(CollectionId),
    /// Several values of one type, in order.
    List(Box<Kind>),
    /// Named values.
    Table(Vec<Field>),
    /// Any value that TOML can write, such as a table with any keys. It is not checked.
    Any,
}

/// The forms of all types, in the order in which docs and messages list them.
pub const FORMS: [&TypeForm; 17] = [
    &string::FORM,
    &markdown::FORM,
    &template::FORM,
    &integer::FORM,
    &number::FORM,
    &boolean::FORM,
    &date::FORM,
    &datetime::FORM,
    &duration::FORM,
    &url::FORM,
    &path::FORM,
    &choice::FORM,
    &reference::FORM,
    &list::FORM,
    &table::FORM,
    &any::FORM,
    &any::JSON,
];

/// Everything that the program asks of a type. The defaults are those of a type whose values are texts.
pub(crate) trait FieldType {
    fn form(&self) -> &'static TypeForm;

    /// The text that declares the type.
    fn declaration(&self, _: &Schema) -> String {
        self.form().form.to_owned()
    }

    /// A description of a value, for messages.
    fn expectation(&self, _: &Schema) -> String {
        self.form().expected.to_owned()
    }

    /// The same for a cell of a data file.
    fn expectation_in_cell(&self, schema: &Schema) -> String {
        self.expectation(schema)
    }

    /// Reads a value of front matter; `name` is what messages call it.
    fn read_field(
        &self,
        given: &Spanned<Toml>,
        name: &str,
        context: &mut dyn FieldContext,
    ) -> Result<Value, Misfit>;

    /// Reads a cell of a data file; `text` is all that the cell holds. A text keeps the white space around
    /// it, because that is the author's.
    fn read_cell<'c>(&self, text: &'c str, _: &CellContext) -> Result<Given<'c>, Misfit> {
        Ok(Given::Text(text.into()))
    }

    /// Reads a value that SQLite answers; none if it is not of the type. `find` finds records by their slugs.
    fn read_answer<'v>(&self, answer: &Given<'v>, _: FindRecord) -> Option<Given<'v>> {
        match answer {
            Given::Text(_) => Some(answer.clone()),
            Given::Int(number) => Some(Given::Text(number.to_string().into())),
            Given::Float(number) => Some(Given::Text(number.to_string().into())),
            _ => None,
        }
    }

    /// Turns a value of YAML or JSON, which leave some types to the reader, into the TOML value of this type;
    /// none if it stays as it is. `written` is the text of the value if the format guesses which values are
    /// texts and which are numbers, as YAML does.
    fn retype(&self, _: &Toml, _written: Option<&str>) -> Option<Toml> {
        None
    }

    /// The affinity by which values compare in SQL.
    fn affinity(&self) -> Affinity {
        Affinity::Text
    }

    /// The number of a value that `min` and `max` bound, with its unit; none if it has no such number.
    fn size(&self, given: &Toml) -> Option<(f64, &'static Unit)> {
        #[expect(clippy::cast_precision_loss, reason = "bounds beyond 2^53 lose digits that no bound needs")]
        match given {
            Toml::Int(value) => Some((*value as f64, self.unit())),
            Toml::Float(value) => Some((*value, self.unit())),
            Toml::String(text) => Some((text.chars().count() as f64, &CHARACTERS)),
            Toml::Array(items) => Some((items.len() as f64, &ITEMS)),
            _ => None,
        }
    }

    /// Reads the value of `min` or `max`; none if it is no bound for values of the type.
    fn read_bound(&self, bound: &Toml) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "bounds beyond 2^53 lose digits that no bound needs")]
        match bound {
            Toml::Int(value) => Some(*value as f64),
            Toml::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// A description of a value of `min` or `max`, for messages.
    fn expected_bound(&self) -> &'static str {
        number::FORM.expected
    }

    /// The unit of values that are numbers.
    fn unit(&self) -> &'static Unit {
        &NUMBERS
    }

    /// True if records can be looked up by their values.
    fn is_key(&self) -> bool {
        false
    }

    /// True if no text of one line can stand for a value.
    fn is_nested(&self) -> bool {
        false
    }

    /// True if TOML wants a value without quotation marks but authors often write them.
    fn is_bare(&self) -> bool {
        false
    }

    /// True if a column of a dataset can have the type.
    fn fits_columns(&self) -> bool {
        true
    }

    /// The types of the values within a value.
    fn inner(&self) -> Vec<&Kind> {
        Vec::new()
    }

    /// The marks that an author writes around a value.
    fn blank(&self) -> &'static str {
        "\"\""
    }

    /// The JSON Schema of a value of front matter.
    fn json(&self, _: &JsonScope) -> Json {
        json!({ "type": "string" })
    }

    /// The keywords of JSON Schema for `min` and `max`; none if it has none for the type.
    fn bound_keywords(&self) -> Option<[&'static str; 2]> {
        Some(LENGTHS)
    }
}

/// The keywords of JSON Schema that bound the length of a text.
pub(super) const LENGTHS: [&str; 2] = ["minLength", "maxLength"];

impl Kind {
    /// Returns the implementation of the type.
    pub(crate) fn rules(&self) -> &dyn FieldType {
        match self {
            Self::String => &string::StringType,
            Self::Markdown => &markdown::MarkdownType,
            Self::Template => &template::TemplateType,
            Self::Int => &integer::IntType,
            Self::Float => &number::FloatType,
            Self::Bool => &boolean::BoolType,
            Self::Date => &date::DateType,
            Self::Datetime => &datetime::DatetimeType,
            Self::Duration => &duration::DurationType,
            Self::Url => &url::UrlType,
            Self::Path => &path::PathType,
            Self::Enum(words) => words,
            Self::Reference(target) => target,
            Self::List(item) => item,
            Self::Table(fields) => fields,
            Self::Any => &any::AnyType,
        }
    }

    /// The text that declares the type.
    pub fn declaration(&self, schema: &Schema) -> String {
        self.rules().declaration(schema)
    }

    /// A description of a value as TOML has it, for messages.
    pub fn expectation(&self, schema: &Schema) -> String {
        let expected = self.rules().expectation(schema);
        if self.rules().is_bare() { expected + ", without quotation marks" } else { expected }
    }

    /// The marks that an author writes around a value in TOML: quotation marks, brackets, none.
    pub fn blank(&self) -> &'static str {
        self.rules().blank()
    }

    /// A bound of the type's values in words.
    pub fn bound(&self, bound: f64) -> String {
        (self.rules().unit().say)(bound)
    }

    /// True if no text of one line can stand for a value.
    pub fn is_nested(&self) -> bool {
        self.rules().is_nested()
    }

    /// The type and all types of the values within its values.
    pub fn with_inner(&self) -> Vec<&Self> {
        let mut kinds = vec![self];
        let mut at = 0;
        while at < kinds.len() {
            kinds.extend(kinds[at].rules().inner());
            at += 1;
        }
        kinds
    }

    /// The collection of the records that values name, in a list or alone.
    pub(crate) fn target(&self) -> Option<CollectionId> {
        match self {
            Self::Reference(target) => Some(*target),
            Self::List(item) => item.target(),
            _ => None,
        }
    }

    /// True if values can hold Markdown, or texts that wait for a page's data.
    pub(super) fn holds_prose(&self) -> bool {
        self.with_inner().iter().any(|kind| matches!(kind, Self::Markdown | Self::Template))
    }

    /// True if values can hold texts that wait for a page's data.
    pub fn holds_templates(&self) -> bool {
        self.with_inner().iter().any(|kind| matches!(kind, Self::Template))
    }
}

/// The text of a value of YAML, for types whose values are texts: `version: 1.10` is no number there.
fn as_written(value: &Toml, written: Option<&str>) -> Option<Toml> {
    let is_guess = matches!(value, Toml::Int(_) | Toml::Float(_) | Toml::Bool(_));
    written.filter(|_| is_guess).map(|text| Toml::String(text.to_owned()))
}
