//! Types in the words of authors, for messages.

use sitegen_model::Schema;

use super::{KindSet, Type, Wants};

/// The most choices that a message lists.
const MOST_CHOICES: usize = 6;

impl Type {
    /// Says what a value of the type is: `a list of text`.
    pub(crate) fn say(&self, schema: &Schema) -> String {
        match self {
            Self::Unknown => "a value".to_owned(),
            Self::Never => "no value".to_owned(),
            Self::Undefined => "nothing".to_owned(),
            Self::None => "none".to_owned(),
            Self::Bool => "a truth value".to_owned(),
            Self::Int => "a whole number".to_owned(),
            Self::Float => "a number".to_owned(),
            Self::Choice(words) if words.len() <= MOST_CHOICES => {
                or(words.iter().map(|word| format!("\"{word}\"")).collect())
            }
            Self::Text | Self::Choice(_) => "text".to_owned(),
            Self::Date => "a date".to_owned(),
            Self::DateTime => "a date with a time".to_owned(),
            Self::Url => "a URL".to_owned(),
            Self::Html => "HTML".to_owned(),
            Self::Field(_) => "a template field, which is not evaluated yet".to_owned(),
            Self::List(item) if **item == Self::Unknown => "a list".to_owned(),
            Self::List(item) if **item == Self::Never => "an empty list".to_owned(),
            Self::List(item) => format!("a list of {}", item.say_many(schema)),
            Self::Map(_) | Self::Struct(_) => "a map".to_owned(),
            Self::Record(id, _) => format!("a record of {}", schema[*id].name),
            Self::Row(id) => format!("a row of {}", schema.relation_name(*id)),
            Self::OneOf(_) => {
                let numbers = self.kinds().has(KindSet::NUMBER);
                let is_said = |of: &&Self| **of != Self::Undefined && !(numbers && **of == Self::Int);
                or(self.members().iter().filter(is_said).map(|of| of.say(schema)).collect())
            }
            Self::Perhaps(of) => of.say(schema),
        }
    }

    /// Says what several values of the type are: `records of companies`.
    fn say_many(&self, schema: &Schema) -> String {
        match self {
            Self::Bool => "truth values".to_owned(),
            Self::Int => "whole numbers".to_owned(),
            Self::Float => "numbers".to_owned(),
            Self::Date | Self::DateTime => "dates".to_owned(),
            Self::Url => "URLs".to_owned(),
            Self::Field(_) => "template fields".to_owned(),
            Self::List(_) => "lists".to_owned(),
            Self::Map(_) | Self::Struct(_) => "maps".to_owned(),
            Self::Record(id, _) => format!("records of {}", schema[*id].name),
            Self::Row(id) => format!("rows of {}", schema.relation_name(*id)),
            Self::OneOf(_) if KindSet::NUMBER.has(self.kinds()) => "numbers".to_owned(),
            Self::OneOf(_) => "values".to_owned(),
            Self::Perhaps(of) => of.say_many(schema),
            of => of.say(schema),
        }
    }
}

impl Wants {
    /// Says what is taken: `text or a list`.
    pub(crate) fn say(self) -> String {
        match self {
            Self::ANY | Self::DEFINED => "a value".to_owned(),
            Self::Kinds(kinds) => {
                let is_said =
                    |of: KindSet| kinds.has(of) && !(of == KindSet::INT && kinds.has(KindSet::NUMBER));
                let said = KindSet::NAMES.iter().filter(|(of, _)| is_said(*of));
                or(said.map(|(_, name)| (*name).to_owned()).collect())
            }
            Self::Whole => "a whole number".to_owned(),
            Self::Record => "a record".to_owned(),
            Self::Rows => "a list of rows".to_owned(),
            Self::Key => "a record, text, a number or a truth value".to_owned(),
            Self::Field => "a template field".to_owned(),
        }
    }
}

/// Joins what is possible.
fn or(mut said: Vec<String>) -> String {
    said.dedup();
    let last = said.pop().unwrap_or_default();
    if said.is_empty() { last } else { format!("{} or {last}", said.join(", ")) }
}
