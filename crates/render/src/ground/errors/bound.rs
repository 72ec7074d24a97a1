//! The diagnostics of what would not end or not fit, and of what strangers may not say.

use sitegen_parser::{Diagnostic, Place};

use crate::ground::bounded::MAX_BYTES;
use crate::templates::allow::Refused;

pub(crate) fn text_too_long() -> Diagnostic {
    let message = format!("a text would be longer than {} MB", MAX_BYTES >> 20);
    Diagnostic::error("page-too-large", message)
}

pub(crate) fn range_too_long(most: i128) -> Diagnostic {
    Diagnostic::error("runaway-template", format!("a range has at most {most} numbers"))
}

pub(crate) fn ranges_too_long(rounds: i128, count: i128, most: i128) -> Diagnostic {
    let message =
        format!("a loop of {rounds} rounds would count to {count} in each, more than {most} in all");
    Diagnostic::error("runaway-template", message).help("let a query answer what is counted here")
}

pub(crate) fn doubling(variable: &str, place: Option<Place>) -> Diagnostic {
    let message = format!("\"{variable}\" would be twice as long after each round of this loop");
    Diagnostic::error("runaway-template", message)
        .at(place)
        .help("add what is new in a round, or put a list together by `join`")
}

/// What a `template` field says and may not.
pub(crate) fn forbidden_in_field(what: &str) -> Diagnostic {
    Diagnostic::error("forbidden-in-field", format!("a template field cannot use {what}"))
        .help("it takes values from the page, changes how they are written and decides by `if`; the theme's templates can do more")
}

pub(crate) fn refused_in_field(refused: Refused, place: Place) -> Diagnostic {
    let what = match refused {
        Refused::Statement(name) => format!("the statement \"{name}\""),
        Refused::Filter(name) => format!("the filter \"{name}\""),
        Refused::Function(name) => format!("the function \"{name}\""),
        Refused::Component(name) => {
            return forbidden_in_field(&format!("the component \"{name}\" around a text"))
                .at(place)
                .help(format!("call it without a body: {{{{<{name} />}}}}"));
        }
        Refused::Loop => {
            return forbidden_in_field("this loop")
                .at(place)
                .help("it can go over a list of the page, such as `for round in company.loop`, or over `rows(…)`, and not stand in another");
        }
        Refused::Growth(name) => {
            return forbidden_in_field(&format!("\"{name}\" to set another name"))
                .at(place)
                .help("what is set comes from the page alone, so that nothing grows without end");
        }
        Refused::Outside(name) => {
            return forbidden_in_field(&format!("\"{name}\" with a filter or \"in\" for each item of a loop"))
                .at(place)
                .help("in a loop, filters and `in` are for what the item has; ask for the rest before the loop, by `set`, or in the theme's template");
        }
        Refused::Part => {
            return forbidden_in_field("brackets to take a part of a text or a list")
                .at(place)
                .help("ask for an item by `first`, `last` or `nth(n=1)`, and for the beginning of a text by `truncate`");
        }
        Refused::Name(name) => format!("the name \"{name}\""),
        Refused::Unread => "a tag that cannot be read".to_owned(),
    };
    forbidden_in_field(&what).at(place)
}
