//! Filters that make long texts of short ones: as Tera's, but none makes more than a page can hold.

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::argument::{optional, required};
use crate::bounded::MAX_BYTES;
use crate::errors;

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("replace", |text: StringInput, args: Kwargs, state: &State| {
        replace(&text, &args, state)
    });
    tera.register_filter("join", |values: &[Value], args: Kwargs, state: &State| join(values, &args, state));
    tera.register_filter("indent", |text: StringInput, args: Kwargs, state: &State| {
        indent(&text, &args, state)
    });
}

/// Refuses what would be longer than a page.
fn bounded(bytes: usize) -> TeraResult<()> {
    if bytes > MAX_BYTES { Err(errors::carry(&errors::text_too_long())) } else { Ok(()) }
}

/// A text with another in the place of a part.
///
/// # Errors
///
/// It would be longer than a page.
pub(super) fn replaced(text: &str, from: &str, to: &str) -> TeraResult<String> {
    let count = text.matches(from).count();
    bounded(text.len().saturating_sub(count * from.len()).saturating_add(count.saturating_mul(to.len())))?;
    Ok(text.replace(from, to))
}

fn replace(text: &StringInput, args: &Kwargs, state: &State) -> TeraResult<Value> {
    let from = required::<&str>(args, "from")?;
    let to = required::<StringInput>(args, "to")?;
    if state.autoescaping_enabled() && (text.is_safe() || to.is_safe()) {
        let (text, to) = (written(text, state)?, written(&to, state)?);
        return Ok(Value::safe_string(&replaced(&text, from, &to)?));
    }
    Ok(replaced(text.as_str(), from, to.as_str())?.into())
}

/// A text as HTML.
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

/// Every line but the first behind a margin, blank lines aside unless they are asked for.
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
