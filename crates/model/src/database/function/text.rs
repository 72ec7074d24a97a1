//! Functions of texts: `slug`, `fold`, `letter`, `clean`, and `regexp`, which is the operator, too.

use std::sync::Arc;

use regex_lite::{Regex, RegexBuilder};
use rusqlite::functions::Context;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};
use sitegen_parser::{composed, loose, slugify};

use super::{PURE, refuse};
use crate::ground::TextOrder;

pub(super) fn register(connection: &Connection, order: &Arc<TextOrder>) -> Result<()> {
    connection.create_scalar_function("slug", 1, PURE, |context| text(context, slugify))?;
    connection.create_scalar_function("fold", 1, PURE, |context| text(context, loose))?;
    connection.create_scalar_function("clean", 1, PURE, |context| text(context, clean))?;
    connection.create_scalar_function("regexp", 2, PURE, regexp)?;
    let order = Arc::clone(order);
    connection
        .create_scalar_function("letter", 1, PURE, move |context| text(context, |name| order.letter(name)))
}

fn text(context: &Context<'_>, change: impl Fn(&str) -> String) -> Result<Option<String>> {
    Ok(match context.get_raw(0) {
        ValueRef::Null => None,
        ValueRef::Text(text) => Some(change(&String::from_utf8_lossy(text))),
        ValueRef::Integer(value) => Some(change(&value.to_string())),
        ValueRef::Real(value) => Some(change(&value.to_string())),
        ValueRef::Blob(_) => {
            return Err(Error::UserFunctionError("slug, fold, letter and clean take a text".into()));
        }
    })
}

/// Puts one space for each stretch of white space, none at the ends, and one form of Unicode for all.
fn clean(text: &str) -> String {
    composed(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// The most bytes of a pattern, and of a text that is looked through: the time grows with both, and SQLite does
/// not count it as steps.
const MAX_PATTERN: usize = 1_000;
const MAX_TEXT: usize = 1 << 20;

/// `regexp(pattern, text)`, which is `text regexp pattern`: true if some part of the text is as the pattern says.
fn regexp(context: &Context<'_>) -> Result<Option<bool>> {
    let (Some(pattern), Some(text)) = (written(context, 0)?, written(context, 1)?) else { return Ok(None) };
    if pattern.len() > MAX_PATTERN || text.len() > MAX_TEXT {
        return Err(refuse("regexp", "takes patterns of up to 1,000 bytes and texts of up to 1 MB"));
    }
    let compiled = context.get_or_create_aux(0, |_| compile(&pattern))?;
    Ok(Some(compiled.is_match(&text)))
}

fn compile(pattern: &str) -> std::result::Result<Regex, Box<dyn std::error::Error + Send + Sync>> {
    let compiled = RegexBuilder::new(pattern).size_limit(1 << 20).build();
    compiled.map_err(|error| format!("{}regexp does not know the pattern: {error}", super::CALL).into())
}

/// An argument as a text; none if it is NULL.
fn written(context: &Context<'_>, place: usize) -> Result<Option<String>> {
    Ok(match context.get_raw(place) {
        ValueRef::Null => None,
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Integer(value) => Some(value.to_string()),
        ValueRef::Real(value) => Some(value.to_string()),
        ValueRef::Blob(_) => return Err(refuse("regexp", "takes texts, not bytes")),
    })
}
