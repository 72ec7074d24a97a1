//! What `template` fields have of functions and filters. Content can be by strangers, so that is less than templates have.

use tera::{Context, State, TeraResult, Value};

use crate::library::errors;

/// The filters: those that end soon, and whose answers are escaped.
pub(crate) const FILTERS: [&str; 41] = [
    "abs",
    "absolute_url",
    "capitalize",
    "date",
    "default",
    "escape",
    "first",
    "float",
    "get",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "letter",
    "lower",
    "minutes",
    "money",
    "nth",
    "number",
    "percent",
    "plain",
    "plural",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "slugify",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
    "pairs",
];

/// The functions, likewise.
pub(crate) const FUNCTIONS: [&str; 4] = ["count_pages", "link", "row", "t"];

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
