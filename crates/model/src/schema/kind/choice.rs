//! `enum(a, b)`: one of some words.

use std::borrow::Cow;

use serde_json::{Value as Json, json};
use sitegen_parser::{Spanned, WrittenValue as Toml, composed};

use super::{CellContext, FieldContext, FieldType, Grammar, JsonScope, Kind, Misfit, TypeForm, as_written};
use crate::ground::{Given, Value, errors, same_word, trim};
use crate::schema::Schema;

pub(super) const FORM: TypeForm = TypeForm {
    form: "enum(a, b)",
    example: "\"a\"",
    expected: "one of some words",
    declared: Grammar::Parts(|text, _| read(text).map(Kind::Enum).map(Ok)),
};

/// Reads the words; none if one of them is empty or stands twice.
fn read(text: &str) -> Option<Vec<String>> {
    let words = text.strip_prefix("enum(")?.strip_suffix(')')?;
    let words: Vec<_> = words.split(',').map(|word| word.trim().to_owned()).collect();
    let distinct = (1..words.len()).all(|at| !words[..at].contains(&words[at]));
    (distinct && words.iter().all(|word| !word.is_empty())).then_some(words)
}

/// The words of `Kind::Enum`.
impl FieldType for Vec<String> {
    fn form(&self) -> &'static TypeForm {
        &FORM
    }

    fn declaration(&self, _: &Schema) -> String {
        format!("enum({})", self.join(", "))
    }

    fn expectation(&self, _: &Schema) -> String {
        format!("one of {}", errors::list(self.iter().map(String::as_str)))
    }

    fn read_field(
        &self,
        given: &Spanned<Toml>,
        name: &str,
        context: &mut dyn FieldContext,
    ) -> Result<Value, Misfit> {
        let Toml::String(text) = &given.value else { return Err(Misfit::Other) };
        match self.iter().find(|word| composed(word) == composed(text)) {
            Some(word) => Ok(Value::String(word.as_str().into())),
            None => {
                let words: Vec<_> = self.iter().map(String::as_str).collect();
                let place = context.place(&given.span);
                Err(Misfit::Problem(errors::invalid_choice(name, text, &words, place)))
            }
        }
    }

    /// Reads a word in any case, since data writes words as it likes.
    fn read_cell<'c>(&self, text: &'c str, context: &CellContext) -> Result<Given<'c>, Misfit> {
        let text = trim(text);
        let exact = self.iter().find(|word| *word == text);
        match exact.or_else(|| self.iter().find(|word| same_word(word, text))) {
            Some(word) => Ok(Given::Text(Cow::Owned(word.clone()))),
            None => {
                let words: Vec<_> = self.iter().map(String::as_str).collect();
                let place = context.place.clone();
                Err(Misfit::Problem(errors::invalid_choice(context.name, text, &words, place)))
            }
        }
    }

    fn retype(&self, value: &Toml, written: Option<&str>) -> Option<Toml> {
        as_written(value, written)
    }

    fn is_key(&self) -> bool {
        true
    }

    fn json(&self, _: &JsonScope) -> Json {
        json!({ "enum": self })
    }
}
