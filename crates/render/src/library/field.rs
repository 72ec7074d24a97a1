//! What `template` fields have of functions and filters. Content can be by strangers, so that is less than templates have.

use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::argument::{optional, required};
use super::text::replaced;
use crate::errors;

/// The filters: those that end soon, and whose answers are escaped.
pub(crate) const FILTERS: [&str; 40] = [
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

/// Takes from an instance for fields what they cannot use. They are refused before, by what they say; this holds even if
/// that were misread.
pub(crate) fn restrict(tera: &mut Tera) {
    for name in super::FILTERS.into_iter().filter(|name| !FILTERS.contains(name)) {
        tera.register_filter(name, move |_: Value, _: Kwargs, _: &State| {
            refuse(&format!("the filter \"{name}\""))
        });
    }
    for name in super::FUNCTIONS.into_iter().filter(|name| !FUNCTIONS.contains(name)) {
        tera.register_function(name, move |_: Kwargs, _: &State| refuse(&format!("the function \"{name}\"")));
    }
    // Of HTML, what is left when something is cut off or replaced need not be HTML that its author may write.
    tera.register_filter("replace", |text: StringInput, args: Kwargs, _: &State| {
        replaced(text.as_str(), required(&args, "from")?, required(&args, "to")?)
    });
    tera.register_filter("trim", |text: StringInput, args: Kwargs, _: &State| {
        trimmed(text.as_str(), &args, str::trim, |text, pat| {
            text.trim_start_matches(pat).trim_end_matches(pat)
        })
    });
    tera.register_filter("trim_start", |text: StringInput, args: Kwargs, _: &State| {
        trimmed(text.as_str(), &args, str::trim_start, |text, pat| text.trim_start_matches(pat))
    });
    tera.register_filter("trim_end", |text: StringInput, args: Kwargs, _: &State| {
        trimmed(text.as_str(), &args, str::trim_end, |text, pat| text.trim_end_matches(pat))
    });
}

fn refuse(what: &str) -> TeraResult<Value> {
    Err(errors::carry(&errors::forbidden_in_field(what)))
}

fn trimmed(
    text: &str,
    args: &Kwargs,
    spaces: fn(&str) -> &str,
    pattern: for<'t> fn(&'t str, &str) -> &'t str,
) -> TeraResult<String> {
    Ok(match optional::<&str>(args, "pat")? {
        Some(pat) => pattern(text, pat),
        None => spaces(text),
    }
    .to_owned())
}
