//! How filters know whether they stand in a `template` field, which strangers can have written.

use tera::{Context, State, TeraResult, Value};

use crate::library::errors;

/// What a template finds in its context if it is a field. No field can say this name, and components that fields call do
/// not see it.
const MARK: &str = "__field";

/// What every field sees.
pub(super) fn context() -> Context {
    let mut context = Context::new();
    context.insert_value(MARK, true.into());
    context
}

/// Whether a filter stands in a field.
pub(super) fn is_in_field(state: &State) -> TeraResult<bool> {
    Ok(state.get::<Value>(MARK)?.is_some())
}

/// Fails in fields, which say nothing of the kind: that was made sure before, by what they say.
pub(super) fn expect_template(filter: &str, state: &State) -> TeraResult<()> {
    if is_in_field(state)? {
        return Err(errors::carry(&errors::forbidden_in_field(&format!("the filter \"{filter}\""))));
    }
    Ok(())
}
