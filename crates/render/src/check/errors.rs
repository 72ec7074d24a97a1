//! The diagnostics of the check of templates.

use sitegen_model::nearest;
use sitegen_parser::{Code, Diagnostic, Place};

use crate::types::Type;

pub(super) fn unknown_variable<'n>(
    name: &str,
    names: impl Iterator<Item = &'n str>,
    place: Place,
) -> Diagnostic {
    Diagnostic::error(Code::UndefinedVariable, format!("\"{name}\" is not defined"))
        .at(place)
        .suggest(nearest(name, names.filter(|other| *other != name)))
}

pub(super) fn unknown_field(of: &str, name: &str, names: &[&str], place: Place) -> Diagnostic {
    let message = format!("{of} has no \"{name}\"");
    let nearest = nearest(name, names.iter().copied());
    let diagnostic = Diagnostic::error(Code::UnknownField, message).at(place);
    match nearest {
        Some(nearest) => diagnostic.suggest(Some(nearest)),
        None if names.is_empty() || names.len() > MAX_NAMES => diagnostic,
        None => diagnostic.help(format!("it has {}", names.join(", "))),
    }
}

pub(super) fn unknown_choice(field: &str, text: &str, choices: &[&str], place: Place) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code::InvalidChoice, format!("\"{field}\" is never \"{text}\"")).at(place);
    match nearest(text, choices.iter().copied()) {
        Some(nearest) => diagnostic.suggest(Some(nearest)),
        None if choices.len() > MAX_NAMES => diagnostic,
        None => diagnostic.help(format!("it is one of {}", choices.join(", "))),
    }
}

/// Says why a record does not show a field that its collection has.
pub(super) fn in_circle(problem: Diagnostic) -> Diagnostic {
    let help = "records that refer to one another in a circle show only their names there: ask for the whole one by `row(from=…, slug=…)`";
    Diagnostic { help: Some(help.to_owned()), ..problem }
}

/// The most names that a hint lists.
const MAX_NAMES: usize = 24;

pub(super) fn unknown_template(name: &str, names: &[&str], place: Place) -> Diagnostic {
    let nearest = nearest(name, names.iter().copied());
    Diagnostic::error(Code::UnknownInTemplate, format!("there is no template \"{name}\""))
        .at(place)
        .suggest(nearest)
}

pub(super) fn unknown_component(name: &str, names: &[&str], place: Place) -> Diagnostic {
    let nearest = nearest(name, names.iter().copied());
    Diagnostic::error(Code::UnknownInTemplate, format!("there is no component \"{name}\""))
        .at(place)
        .suggest(nearest)
}

/// Reports a filter, function or test that does not exist.
pub(super) fn unknown_callable(what: &str, name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    Diagnostic::error(Code::UnknownInTemplate, format!("there is no {what} \"{name}\""))
        .at(place)
        .suggest(nearest)
}

pub(super) fn unfit(wanted: &str, found: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::WrongType, format!("this is {found}, where {wanted} is wanted")).at(place)
}

pub(super) fn incomparable(first: &str, second: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::WrongType, format!("{first} cannot be compared with {second}")).at(place)
}

pub(super) fn unprintable(found: &str, known: &Type, place: Place) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code::WrongType, format!("this is {found}, which is no text")).at(place);
    match known {
        Type::List(_) => diagnostic.help("go over it by `for`, or put it together by `join`"),
        Type::Field(_) => diagnostic.help("a field of type template is shown by the filter `evaluate`"),
        _ => diagnostic.help("name the field to show"),
    }
}

pub(super) fn filter_binds(filter: &str, sign: &str, place: Place) -> Diagnostic {
    let message = format!("the filter \"{filter}\" is applied before `{sign}`, to this value alone");
    Diagnostic::error(Code::WrongType, message)
        .at(place)
        .help(format!("put what it is meant for in parentheses: `(… {sign} …) | {filter}`"))
}

pub(super) fn missing_component_argument(component: &str, name: &str, place: Place) -> Diagnostic {
    let message = format!("the component \"{component}\" needs the argument \"{name}\"");
    Diagnostic::error(Code::WrongArgument, message).at(place)
}

pub(super) fn unexpected_component_argument(
    component: &str,
    name: &str,
    meant: Option<&str>,
    place: Place,
) -> Diagnostic {
    let message = format!("the component \"{component}\" takes no argument \"{name}\"");
    Diagnostic::error(Code::WrongArgument, message).at(place).suggest(meant)
}

pub(super) fn missing_argument(of: &str, name: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::WrongArgument, format!("\"{of}\" needs the argument \"{name}\"")).at(place)
}

pub(super) fn wrong_key(relation: &str, key: &str, wanted: &str, found: &str, place: Place) -> Diagnostic {
    let message =
        format!("the rows of \"{relation}\" are looked up by a {wanted} for \"{key}\", and this is {found}");
    Diagnostic::error(Code::WrongType, message).at(place)
}

pub(super) fn unknown_block(name: &str, names: &[&str], place: Place) -> Diagnostic {
    let message = format!("no template that this one extends has a block \"{name}\"");
    Diagnostic::error(Code::UnknownInTemplate, message)
        .at(place)
        .suggest(nearest(name, names.iter().copied()))
}

pub(super) fn no_super(place: Place) -> Diagnostic {
    Diagnostic::error(Code::TemplateError, "`super()` shows the block of a parent, and there is none here")
        .at(place)
}
