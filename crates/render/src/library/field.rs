//! The mark by which filters know that they are called in a `template` field, whose author can be a stranger.

use tera::{Context, State, TeraResult, Value};

use crate::library::errors;

/// The variable that marks the context of a field. No field can name it, and components that fields call do
/// not see it.
const MARK: &str = "__field";

/// Makes the context that every field sees.
pub(super) fn context() -> Context {
    let mut context = Context::new();
    context.insert_value(MARK, true.into());
    context
}

/// Returns true if a filter is called in a field.
pub(super) fn is_in_field(state: &State) -> TeraResult<bool> {
    Ok(state.get::<Value>(MARK)?.is_some())
}

/// Refuses a filter in fields. This is a second check, because fields that say such a filter are refused
/// before.
pub(super) fn expect_template(filter: &str, state: &State) -> TeraResult<()> {
    if is_in_field(state)? {
        return Err(errors::carry(&errors::forbidden_in_field(&format!("the filter \"{filter}\""))));
    }
    Ok(())
}
