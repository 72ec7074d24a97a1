//! The diagnostics of templates.

use sitegen_parser::{Code, Diagnostic, Place};

use super::allow::Refused;
use crate::ground::errors::sentence;
pub(crate) use crate::ground::errors::{
    forbidden_in_field, uncarry, undefined_argument, undefined_argument_of,
};

pub(crate) fn template_syntax(message: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::error(Code::TemplateSyntax, sentence(message)).at(place)
}

pub(crate) fn template_error(message: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::error(Code::TemplateError, sentence(message)).at(place)
}

pub(crate) fn missing_name(message: &str, nearest: Option<&str>, place: Option<Place>) -> Diagnostic {
    Diagnostic::error(Code::UnknownInTemplate, sentence(message)).at(place).suggest(nearest)
}

pub(crate) fn missing_parent(parent: &str, nearest: Option<&str>, place: Option<Place>) -> Diagnostic {
    let message = format!("unknown template \"{parent}\"");
    Diagnostic::error(Code::UnknownInTemplate, message).at(place).suggest(nearest)
}

pub(crate) fn undefined_variable(name: &str, nearest: Option<&str>, place: Option<Place>) -> Diagnostic {
    Diagnostic::error(Code::UndefinedVariable, format!("\"{name}\" is not defined"))
        .at(place)
        .suggest(nearest)
}

pub(crate) fn extends_cycle(
    name: &str,
    chain: &[String],
    below: Option<&str>,
    place: Option<Place>,
) -> Diagnostic {
    let message = format!("template \"{name}\" extends itself");
    let diagnostic = Diagnostic::error(Code::IncludeCycle, message).at(place).note(chain.join(" → "));
    with_below(diagnostic, below)
}

/// Says the name of the template below one that was meant to add to it.
fn with_below(diagnostic: Diagnostic, below: Option<&str>) -> Diagnostic {
    match below {
        Some(below) => diagnostic.help(format!("the theme's template of this name is \"{below}\"")),
        None => diagnostic,
    }
}

pub(crate) fn include_cycle(chain: &[(&str, Place)], below: Option<&str>) -> Diagnostic {
    let names: Vec<_> = chain.iter().chain(chain.first()).map(|(name, _)| *name).collect();
    let message = format!("template \"{}\" includes itself", names[0]);
    let diagnostic = Diagnostic::error(Code::IncludeCycle, message).note(names.join(" → "));
    let diagnostic = with_below(diagnostic.at(chain.first().map(|(_, place)| place.clone())), below);
    chain
        .iter()
        .skip(1)
        .fold(diagnostic, |diagnostic, (_, place)| diagnostic.related(place.clone(), "which goes on here"))
}

pub(crate) fn includes_too_deep(name: &str, most: usize, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::TooDeep,
        format!("the includes of template \"{name}\" go deeper than {most} levels"),
    )
    .at(place)
}

pub(crate) fn duplicate_component(name: &str, place: Option<Place>, other: Option<Place>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code::DuplicateComponent, format!("two templates declare a component \"{name}\""))
            .at(place);
    match other {
        Some(other) => diagnostic.related(other, "the other is here"),
        None => diagnostic,
    }
}

/// Warns of words that only a site has and that no template uses.
pub(crate) fn unused_word(key: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("no template says \"{key}\", and the theme has no such words");
    Diagnostic::warning(Code::UnusedOverride, message).at(place).suggest(nearest)
}

pub(crate) fn unused_template(nearest: Option<&str>, place: Place) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        Code::UnusedOverride,
        "no page is made by this template, and the theme has none of its name",
    );
    diagnostic.at(place).suggest(nearest)
}

pub(crate) fn unused_override(folder: &str, nearest: &str, place: Place) -> Diagnostic {
    let message = format!("nothing names this file, and the theme has none of its name in {folder}/");
    Diagnostic::warning(Code::UnusedOverride, message).at(place).suggest(Some(nearest))
}

pub(crate) fn doubling(variable: &str, place: Option<Place>) -> Diagnostic {
    let message = format!("\"{variable}\" would be twice as long after each round of this loop");
    Diagnostic::error(Code::RunawayTemplate, message)
        .at(place)
        .help("add what is new in a round, or put a list together by `join`")
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
    };
    forbidden_in_field(&what).at(place)
}
