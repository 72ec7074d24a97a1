//! The forms of types, and how a type is read from the text that declares it.

use indexmap::IndexMap;
use sitegen_parser::{Diagnostic, Place};

use super::{FORMS, Kind};
use crate::schema::{Field, errors};

/// A type as docs and messages present it, and as a declaration is read.
#[derive(Debug)]
pub struct TypeForm {
    /// The text that declares the type: `int`, `enum(a, b)`, `[type]`.
    pub form: &'static str,
    /// A value of the type as front matter in TOML says it.
    pub example: &'static str,
    /// A description of a value: `a whole number`.
    pub(crate) expected: &'static str,
    pub(super) declared: Grammar,
}

/// The way in which a type is read from a declaration.
#[derive(Debug)]
pub(super) enum Grammar {
    /// The form is a word. The function takes the fields that are declared within.
    Word(fn(Vec<Field>) -> Kind),
    /// The form has parts. The function returns nothing for a text that does not declare the type.
    Parts(fn(&str, Scope) -> Option<Result<Kind, Diagnostic>>),
}

/// The surroundings of the text that declares a type.
pub(in crate::schema) struct Scope<'a> {
    pub place: &'a Place,
    /// The fields that are declared within, for tables.
    pub fields: Vec<Field>,
    pub collections: &'a IndexMap<&'a str, Place>,
}

/// Splits off the question mark that makes a type optional.
pub(in crate::schema) fn optional(text: &str) -> (&str, bool) {
    let text = text.trim();
    text.strip_suffix('?').map_or((text, false), |inner| (inner.trim_end(), true))
}

/// Reads a type without its question mark.
///
/// # Errors
///
/// `invalid-type`, `unknown-collection`
pub(in crate::schema) fn read(text: &str, scope: Scope) -> Result<Kind, Diagnostic> {
    let place = scope.place;
    let unknown = || errors::invalid_type(text, FORMS.iter().map(|form| form.form), place.clone());
    read_form(text.trim(), scope).unwrap_or_else(|| Err(unknown()))
}

pub(super) fn read_form(text: &str, scope: Scope) -> Option<Result<Kind, Diagnostic>> {
    let Scope { place, fields, collections } = scope;
    for form in FORMS {
        match form.declared {
            Grammar::Word(make) if form.form == text => return Some(Ok(make(fields))),
            Grammar::Word(_) => {}
            Grammar::Parts(read) => {
                let scope = Scope { place, fields: fields.clone(), collections };
                if let Some(kind) = read(text, scope) {
                    return Some(kind);
                }
            }
        }
    }
    None
}

/// Lists the types that are declared by a word alone.
pub(in crate::schema) fn words() -> impl Iterator<Item = &'static str> {
    let is_word = |form: &&TypeForm| matches!(form.declared, Grammar::Word(_));
    FORMS.into_iter().filter(is_word).map(|form| form.form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(text: &str) -> Option<String> {
        let place = Place::file(&"theme.toml".into());
        let collections = IndexMap::from([("rounds", place.clone())]);
        let kind = read(text, Scope { place: &place, fields: Vec::new(), collections: &collections });
        kind.ok().map(|kind| format!("{kind:?}"))
    }

    #[test]
    fn types_are_read_as_written() {
        assert_eq!(optional("[@rounds]?"), ("[@rounds]", true));
        assert_eq!(declared("[ @rounds ]").as_deref(), Some("List(Reference(CollectionId(0)))"));
        assert_eq!(declared("enum(a, b c)").as_deref(), Some("Enum([\"a\", \"b c\"])"));
        for text in ["[[int]]", "text", "enum(a, a)", "enum()", "@levels", "", "[]"] {
            assert_eq!(declared(text), None, "{text}");
        }
    }

    #[test]
    fn every_form_but_that_of_references_is_a_declaration() {
        let forms =
            FORMS.iter().map(|form| form.form).filter(|form| !["@collection", "[type]"].contains(form));
        for form in forms {
            assert!(declared(form).is_some(), "{form}");
        }
    }
}
