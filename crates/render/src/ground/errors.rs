//! The diagnostics that several stages make, and how a diagnostic passes through Tera.

mod carry;
mod plain;
mod unheard;

use std::sync::Arc;

use sitegen_parser::{Among, Code, Diagnostic, Place};

use super::bounded::MAX_BYTES;

pub(crate) use self::carry::{carry, uncarry};
pub(crate) use self::plain::{misfit, sentence};
pub(crate) use self::unheard::{Unheard, unheard, unheard_of};

/// Reports an undefined argument of a function or filter; `given` is the expression that stands for it, if
/// known.
pub(crate) fn undefined_argument(argument: &str, given: Option<&str>) -> Diagnostic {
    let message = match given {
        Some(given) => format!("\"{given}\" is not defined, which is the argument \"{argument}\""),
        None => format!("the argument \"{argument}\" is not defined"),
    };
    Diagnostic::error(Code::UndefinedVariable, message).cause(Among::Of(ARGUMENT.into()), argument)
}

const ARGUMENT: &str = "argument";

/// Returns the name of the argument if a problem was made by `undefined_argument`.
pub(crate) fn undefined_argument_of(problem: &Diagnostic) -> Option<&str> {
    let cause = problem.cause.as_ref().filter(|_| problem.code == Code::UndefinedVariable)?;
    (cause.among == Among::Of(ARGUMENT.into())).then_some(&*cause.name)
}

pub(crate) fn page_too_large(place: Option<Place>) -> Diagnostic {
    let message = format!("a page would be larger than {} MB", MAX_BYTES >> 20);
    Diagnostic::error(Code::PageTooLarge, message).at(place)
}

pub(crate) fn invalid_font(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::InvalidFont, format!("there is no font in {path} that cards can be written with"))
        .at(Place::file(path))
        .help("convert it to .ttf or .otf")
}

pub(crate) fn unknown_font(name: &str, nearest: Option<&str>, place: Option<Place>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code::UnknownFont, format!("no file in fonts/ holds a font \"{name}\"")).at(place);
    match nearest {
        Some(nearest) => diagnostic.suggest(Some(nearest)),
        None => diagnostic.help("name one that the theme or the site has, or add its .ttf or .otf file"),
    }
}

/// Reports a link that leads nowhere; `path` is the name of the missing target among those of its kind.
pub(crate) fn broken_link(to: &str, among: Among, path: &str, place: Option<Place>) -> Diagnostic {
    let message = format!("the link to \"{to}\" leads nowhere");
    Diagnostic::error(Code::BrokenLink, message).at(place).cause(among, path)
}

/// Reports that a `template` field uses something that it may not.
pub(crate) fn forbidden_in_field(what: &str) -> Diagnostic {
    Diagnostic::error(Code::ForbiddenInField, format!("a template field cannot use {what}"))
        .help("it takes values from the page, changes how they are written and decides by `if`; the theme's templates can do more")
}
