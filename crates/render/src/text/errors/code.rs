//! The diagnostics of code and formulas.

use sitegen_parser::{Among, Code, Diagnostic, Place};

use crate::ground::errors::sentence;
use crate::text::highlight::{MAX_CODE, MAX_LINE};

pub(crate) fn unknown_language(language: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("no syntax is known for \"{language}\", so the code is not coloured");
    let otherwise =
        format!("plain_languages = [\"{language}\"] under [markdown] in site.toml says that it needs none");
    Diagnostic::warning(Code::UnknownLanguage, message)
        .at(place)
        .help(match nearest {
            Some(nearest) => format!("did you mean \"{}\"? Otherwise, {otherwise}", nearest.to_lowercase()),
            None => otherwise,
        })
        .cause(Among::Names, language)
}

pub(crate) fn code_too_long(what: &str, bytes: usize, place: Place) -> Diagnostic {
    let message = format!("{what} is {} kB long, so the code is not coloured", bytes / 1000);
    let (line, code) = (MAX_LINE / 1000, MAX_CODE / 1000);
    Diagnostic::warning(Code::CodeTooLong, message)
        .at(place)
        .help(format!("code is coloured up to {code} kB, in lines of up to {line} kB; the language \"text\" says that it need not be"))
        .cause(Among::Names, what)
}

pub(crate) fn unknown_code_attribute(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("\"{name}\" means nothing after the language of code");
    let names = sitegen_parser::Info::NAMES.join(", ");
    Diagnostic::warning(Code::InvalidCodeAttribute, message)
        .at(place)
        .help(match nearest {
            Some(nearest) => format!("did you mean \"{nearest}\"?"),
            None => format!("these do: {names}"),
        })
        .cause(Among::Names, name)
}

pub(crate) fn no_such_line(line: usize, count: usize, place: Place) -> Diagnostic {
    let lines = if count == 1 { "one line".to_owned() } else { format!("{count} lines") };
    Diagnostic::warning(
        Code::InvalidCodeAttribute,
        format!("the code has {lines}, so there is no line {line}"),
    )
    .at(place)
    .help("lines are counted from 1, whatever number the first one shows")
}

pub(crate) fn invalid_formula(message: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidFormula, sentence(message)).at(place)
}

pub(crate) fn misplaced_include(place: Place) -> Diagnostic {
    Diagnostic::error(Code::MisplacedInclude, "only the body of a record takes code from files")
        .at(place)
        .help("write it in the body of a Markdown file")
}
