//! Tera's filters of texts, with two differences: none makes more than a page can hold, and a piece that
//! `template` fields cut out of HTML is plain text, because it may be HTML that their authors may not write.

use std::borrow::Cow;

use tera::{Error, Kwargs, State, StringInput, TeraResult, Value};

use super::argument::{optional, required};
use super::field::{expect_template, is_in_field};
use super::registry::Registry;
use crate::ground::bounded::MAX_BYTES;
use crate::library::errors;
use crate::types::{Gives, Signature, SignatureArgument, Wants};

const SAFE: Signature = Signature::filter("safe", Wants::ANY, &[], Gives::Html);

const PAT: SignatureArgument = SignatureArgument::optional("pat", Wants::TEXT);
const TRIM: Signature = Signature::filter("trim", Wants::TEXT, &[PAT], Gives::Marked).for_fields();
const TRIM_START: Signature = Signature { name: "trim_start", ..TRIM };
const TRIM_END: Signature = Signature { name: "trim_end", ..TRIM };

const REPLACE: Signature = Signature::filter(
    "replace",
    Wants::TEXT,
    &[SignatureArgument::required("from", Wants::TEXT), SignatureArgument::required("to", Wants::TEXT)],
    Gives::Marked,
)
.for_fields();

const JOIN: Signature = Signature::filter(
    "join",
    Wants::LIST,
    &[SignatureArgument::optional("sep", Wants::DEFINED)],
    Gives::Marked,
)
.for_fields();

const INDENT: Signature = Signature::filter(
    "indent",
    Wants::TEXT,
    &[
        SignatureArgument::optional("width", Wants::Whole),
        SignatureArgument::optional("indentation", Wants::TEXT),
        SignatureArgument::optional("first", Wants::BOOL),
        SignatureArgument::optional("blank", Wants::BOOL),
    ],
    Gives::Marked,
);

pub(super) fn register(registry: &mut Registry) {
    registry.filter(&SAFE, |value: Cow<'_, str>, _: Kwargs, state: &State| {
        expect_template("safe", state)?;
        Ok::<_, Error>(Value::safe_string(&value))
    });
    for (signature, ends) in [(&TRIM, (true, true)), (&TRIM_START, (true, false)), (&TRIM_END, (false, true))]
    {
        registry.filter(signature, move |text: StringInput, args: Kwargs, state: &State| {
            let trimmed = trimmed(text.as_str(), ends, optional::<&str>(&args, "pat")?);
            Ok::<Value, Error>(if is_in_field(state)? {
                trimmed.into()
            } else {
                text.inherit_safety(trimmed.to_owned())
            })
        });
    }
    registry.filter(&REPLACE, |text: StringInput, args: Kwargs, state: &State| replace(&text, &args, state));
    registry.filter(&JOIN, |values: &[Value], args: Kwargs, state: &State| join(values, &args, state));
    registry.filter(&INDENT, |text: StringInput, args: Kwargs, state: &State| indent(&text, &args, state));
}

/// Refuses a text longer than a page.
fn bounded(bytes: usize) -> TeraResult<()> {
    if bytes > MAX_BYTES { Err(errors::carry(&errors::text_too_long())) } else { Ok(()) }
}

/// Replaces a part of a text by another.
///
/// # Errors
///
/// The result would be longer than a page.
fn replaced(text: &str, from: &str, to: &str) -> TeraResult<String> {
    let count = text.matches(from).count();
    bounded(text.len().saturating_sub(count * from.len()).saturating_add(count.saturating_mul(to.len())))?;
    Ok(text.replace(from, to))
}

fn trimmed<'t>(text: &'t str, (start, end): (bool, bool), pattern: Option<&str>) -> &'t str {
    match (pattern, start, end) {
        (Some(pattern), true, true) => text.trim_start_matches(pattern).trim_end_matches(pattern),
        (Some(pattern), true, false) => text.trim_start_matches(pattern),
        (Some(pattern), ..) => text.trim_end_matches(pattern),
        (None, true, true) => text.trim(),
        (None, true, false) => text.trim_start(),
        (None, ..) => text.trim_end(),
    }
}

fn replace(text: &StringInput, args: &Kwargs, state: &State) -> TeraResult<Value> {
    let from = required::<&str>(args, "from")?;
    let to = required::<StringInput>(args, "to")?;
    let is_html = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    if is_html && !is_in_field(state)? {
        let (text, to) = (written(text, state)?, written(&to, state)?);
        return Ok(Value::safe_string(&replaced(&text, from, &to)?));
    }
    Ok(replaced(text.as_str(), from, to.as_str())?.into())
}

/// Escapes a text as HTML, unless it is HTML.
fn written(text: &StringInput, state: &State) -> TeraResult<String> {
    if text.is_safe() { Ok(text.as_str().to_owned()) } else { state.escape(text.as_str()) }
}

fn join(values: &[Value], args: &Kwargs, state: &State) -> TeraResult<Value> {
    let between = optional::<Value>(args, "sep")?.unwrap_or_else(|| "".into());
    let is_html = |value: &Value| value.is_string() && value.is_safe();
    let is_html = state.autoescaping_enabled() && (values.iter().any(is_html) || is_html(&between));
    let part = |value: &Value| match value {
        value if value.is_undefined() => Ok(String::new()),
        value if is_html => state.escape_if_needed(value),
        value => Ok(value.to_string()),
    };
    let between = part(&between)?;
    let mut joined = String::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            joined.push_str(&between);
        }
        joined.push_str(&part(value)?);
        bounded(joined.len())?;
    }
    Ok(if is_html { Value::safe_string(&joined) } else { joined.into() })
}

/// Indents every line but the first, and blank lines only if they are asked for.
fn indent(text: &StringInput, args: &Kwargs, state: &State) -> TeraResult<Value> {
    let width = optional::<usize>(args, "width")?.unwrap_or(4).min(1_000);
    let mark = optional::<Value>(args, "indentation")?.unwrap_or_else(|| " ".into());
    let first = optional::<bool>(args, "first")?.unwrap_or(false);
    let blank = optional::<bool>(args, "blank")?.unwrap_or(false);
    if mark.as_str().is_none_or(|mark| mark.chars().count() != 1) {
        return Err(Error::message("the argument \"indentation\" must be one character"));
    }
    let is_html = state.autoescaping_enabled() && (text.is_safe() || mark.is_safe());
    let text = if is_html { written(text, state)? } else { text.as_str().to_owned() };
    let margin = if is_html { state.escape_if_needed(&mark)? } else { mark.to_string() }.repeat(width);
    let mut indented = String::with_capacity(text.len());
    for (index, line) in text.lines().enumerate() {
        indented.push_str(if index > 0 { "\n" } else { "" });
        if if index == 0 { first } else { blank || !line.is_empty() } {
            indented.push_str(&margin);
        }
        indented.push_str(line);
        bounded(indented.len())?;
    }
    indented.push_str(if text.ends_with('\n') { "\n" } else { "" });
    Ok(if is_html { Value::safe_string(&indented) } else { indented.into() })
}
