//! The diagnostics of questions that mean something else than they say.

use sitegen_parser::{Code, Diagnostic, Place};

use super::domain::Domain;
use crate::ground::suggest;

pub(super) fn text_as_number(text: &str, kind: &str, domain: &Domain, place: Place) -> Diagnostic {
    let help = match domain {
        Domain::Date | Domain::Datetime => {
            "julianday(…) is a day's number, date(…, '+7 days') a day a week later, and strftime('%Y', …) its year"
        }
        Domain::List(_) | Domain::Table(_) => {
            "json_each(…) gives what is in it, json_array_length(…) how much"
        }
        Domain::Slug(_) | Domain::Record(_) => {
            "count(…) counts records; join its collection for a field that is a number"
        }
        _ => "declare it as a number, or read it by number(…); SQLite takes '$1,200' for 0 and '2,400' for 2",
    };
    Diagnostic::error(Code::TextAsNumber, format!("\"{}\" is calculated with, but is {kind}", short(text)))
        .at(place)
        .help(help)
}

/// `number` and `text` say what the sides are.
pub(super) fn number_and_text(number: &str, text: &str, term: &str, converts: bool) -> Diagnostic {
    let title = "a number is compared with a text";
    let diagnostic = if converts {
        Diagnostic::warning(Code::UnlikeComparison, title)
    } else {
        Diagnostic::error(Code::UnlikeComparison, title)
    };
    let help = if converts {
        "write the number in quotation marks, or declare the text as a number".to_owned()
    } else {
        format!(
            "texts are in order by their letters: '900' comes after '1000'; compare number({})",
            short(term)
        )
    };
    diagnostic.note(format!("{number}, {text}")).help(help)
}

/// SQL turns the text into a number if the number is that of a column.
pub(super) fn number_in_quotes(number: &str, word: &str, converts: bool) -> Diagnostic {
    let title = "a number is compared with a text";
    let diagnostic = if converts {
        Diagnostic::warning(Code::UnlikeComparison, title)
    } else {
        Diagnostic::error(Code::UnlikeComparison, title)
    };
    diagnostic.note(number).help(format!("write {} without quotation marks", word.trim()))
}

pub(super) fn never_a_number(number: &str, word: &str) -> Diagnostic {
    Diagnostic::error(Code::UnlikeComparison, format!("{number} and never '{word}'"))
        .help("compare it with a number, without quotation marks")
}

pub(super) fn truth_and_text(name: &str, word: &str) -> Diagnostic {
    let meant = match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => format!("write {name} alone"),
        "false" | "no" | "n" | "0" => format!("write not {name}"),
        _ => "compare it with true or false".to_owned(),
    };
    Diagnostic::error(Code::UnlikeComparison, format!("\"{name}\" is a truth value and never '{word}'"))
        .help(meant)
}

pub(super) fn never_a_word(name: &str, word: &str, words: &[String]) -> Diagnostic {
    let nearest = suggest::nearest(word, words.iter().map(String::as_str));
    let diagnostic = Diagnostic::error(Code::UnlikeComparison, format!("\"{name}\" is never '{word}'"));
    match nearest {
        Some(_) => diagnostic.suggest(nearest),
        None if word.is_empty() => diagnostic.help(format!("write {name} is null, if no value is meant")),
        None => diagnostic.help(format!("it is one of {}", words.join(", "))),
    }
}

pub(super) fn no_common_word(name: &str, other: &str, words: &[String]) -> Diagnostic {
    Diagnostic::error(Code::UnlikeComparison, format!("\"{name}\" is never the same as \"{other}\""))
        .help(format!("\"{name}\" is one of {}", words.join(", ")))
}

pub(super) fn no_day(name: &str, word: &str) -> Diagnostic {
    Diagnostic::error(Code::UnlikeComparison, format!("\"{name}\" is a day, but '{word}' is none"))
        .help("write days as '2026-01-31'; texts such as '2026-01' only have an order among days")
}

/// `one` and `other` say what the sides are.
pub(super) fn never_equal(one: &str, other: &str) -> Diagnostic {
    Diagnostic::error(Code::UnlikeComparison, format!("{one}, {other}: they are never equal"))
        .help("compare what names the same records")
}

pub(super) fn list_and_value(list: &str, other: &str) -> Diagnostic {
    Diagnostic::error(Code::UnlikeComparison, format!("\"{list}\" is a list or table and {other}")).help(
        format!(
            "look for it in the list: exists (select 1 from json_each({list}) as item where item.value = …)"
        ),
    )
}

pub(super) fn equals_null(is_unequal: bool, place: Place) -> Diagnostic {
    let not = if is_unequal { "is not null" } else { "is null" };
    Diagnostic::error(Code::EqualsNull, "a comparison with null is never true")
        .at(place)
        .help(format!("write … {not}"))
}

pub(super) fn null_among(place: Place) -> Diagnostic {
    Diagnostic::error(Code::EqualsNull, "\"not in\" with null among the values is never true")
        .at(place)
        .help("leave null out, and add … is not null if that is meant")
}

pub(super) fn whole_division(text: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(
        Code::WholeDivision,
        format!("\"{}\" divides whole numbers, and leaves out the rest", short(text)),
    )
    .at(place)
    .help("write 1.0 * … / … for a fraction, or cast(… as integer) around it for a whole number")
}

pub(super) fn bare_column(name: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(Code::BareColumn, format!("\"{name}\" is that of any row of the group"))
        .at(place)
        .help(format!("add it to \"group by\", or say which: min({name}), max({name}), any_value({name})"))
}

/// A term in one line, for messages.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
