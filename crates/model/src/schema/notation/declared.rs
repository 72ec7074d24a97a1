//! The keys that declare the notation of a column, or of all columns of a dataset.

use sitegen_parser::{Diagnostics, Place};

use super::{DateFormat, Negative, Notation, keys_of};
use crate::read::{KeyForm, Layers, ValueForm};
use crate::schema::{Kind, errors};

/// The keys of a dataset, which hold for those of its columns that have no such key of their own.
pub(in crate::schema) fn dataset_keys() -> Vec<KeyForm> {
    use ValueForm::{Text, Texts};
    vec![
        KeyForm::new("decimal", Text, "The mark before the fraction of numbers, if it is no point."),
        KeyForm::new("thousands", Text, "The mark between the thousands of numbers."),
        KeyForm::new("true", Texts, "Words for true, instead of the usual ones."),
        KeyForm::new("false", Texts, "Words for false, instead of the usual ones."),
        KeyForm::new("format", Texts, "The forms of dates, such as \"%d.%m.%Y\"."),
    ]
}

/// The keys of a column.
pub(in crate::schema) fn column_keys() -> Vec<KeyForm> {
    use ValueForm::{Number, Texts, Words};
    let negative = Words(Negative::ALL.map(|(word, _)| word).to_vec());
    let own = [
        KeyForm::new("strip", Texts, "What stands around a number and does not belong to it."),
        KeyForm::new("negative", negative, "How numbers below zero are marked, beside a minus before them."),
        KeyForm::new("scale", Number, "The factor by which numbers are multiplied."),
    ];
    dataset_keys().into_iter().chain(own).collect()
}

/// Reads the notation that holds for all columns of a dataset.
pub(in crate::schema) fn read_defaults(declaration: &mut Layers, diagnostics: &mut Diagnostics) -> Notation {
    checked(read_shared(declaration, &Notation::default(), diagnostics), declaration, diagnostics)
}

/// Reads the notation of a column of a type.
pub(in crate::schema) fn read(
    kind: &Kind,
    long: &mut Layers,
    defaults: &Notation,
    diagnostics: &mut Diagnostics,
) -> Notation {
    let mut notation = read_shared(long, defaults, diagnostics);
    notation.strip = texts(long, "strip", diagnostics).unwrap_or_default();
    notation.strip.retain(|text| !text.is_empty());
    notation.negative = negative(long, diagnostics);
    notation.scale = scale(long, diagnostics);
    for key in column_keys().into_iter().map(|key| key.name).filter(|key| !keys_of(kind).contains(key)) {
        if let Some(declared) = long.value(key) {
            diagnostics.push(errors::unfit_notation(key, declared.place()));
        }
    }
    if let (Kind::Date, Some(format)) = (kind, notation.formats.iter().find(|format| format.has_time()))
        && let Some(declared) = long.value("format")
    {
        diagnostics.push(errors::time_of_date(&format.pattern, declared.place()));
    }
    notation.formats.retain(|format| format.has_time() == matches!(kind, Kind::Datetime));
    checked(notation, long, diagnostics)
}

/// Reads the keys that datasets and columns have.
fn read_shared(long: &mut Layers, defaults: &Notation, diagnostics: &mut Diagnostics) -> Notation {
    let decimal = mark(long, "decimal", diagnostics);
    let thousands = mark(long, "thousands", diagnostics);
    let yes = texts(long, "true", diagnostics);
    let no = texts(long, "false", diagnostics);
    let formats = long.get("format").is_some().then(|| formats(long, diagnostics));
    Notation {
        decimal: decimal.or(defaults.decimal),
        thousands: thousands.or(defaults.thousands),
        yes: yes.unwrap_or_else(|| defaults.yes.clone()),
        no: no.unwrap_or_else(|| defaults.no.clone()),
        formats: formats.unwrap_or_else(|| defaults.formats.clone()),
        ..Notation::default()
    }
}

/// Sees to it that no mark means two things. Where points stand between thousands, a comma stands before the
/// fraction unless something else is declared.
fn checked(mut notation: Notation, long: &Layers, diagnostics: &mut Diagnostics) -> Notation {
    if notation.thousands == Some('.') && notation.decimal.is_none() {
        notation.decimal = Some(',');
    }
    if notation.thousands == Some(notation.decimal.unwrap_or('.')) {
        let declared = long.value("thousands").or_else(|| long.value("decimal"));
        diagnostics.extend(declared.map(|declared| errors::equal_marks(declared.place())));
        notation.thousands = None;
    }
    notation
}

fn mark(long: &mut Layers, key: &'static str, diagnostics: &mut Diagnostics) -> Option<char> {
    let (text, place) = long.string(key, diagnostics)?;
    let mut letters = text.chars();
    let is_mark = |c: char| match key {
        "decimal" => matches!(c, '.' | ','),
        _ => !c.is_alphanumeric() && !c.is_control() && !matches!(c, '-' | '+' | '−'),
    };
    match (letters.next(), letters.next()) {
        // All kinds of spaces are one.
        (Some(space), None) if space.is_whitespace() && key == "thousands" => Some(' '),
        (Some('’'), None) => Some('\''),
        (Some(mark), None) if is_mark(mark) => Some(mark),
        _ => {
            diagnostics.push(errors::invalid_mark(key, text, place));
            None
        }
    }
}

fn texts(long: &mut Layers, key: &'static str, diagnostics: &mut Diagnostics) -> Option<Vec<String>> {
    let given = long.value(key).is_some();
    let texts = long.strings(key, diagnostics).into_iter().map(|(text, _)| text).collect();
    given.then_some(texts)
}

fn formats(long: &mut Layers, diagnostics: &mut Diagnostics) -> Vec<DateFormat> {
    let patterns = long.strings("format", diagnostics);
    let mut read = |(pattern, place): (String, Place)| match DateFormat::read(&pattern) {
        Ok(format) => Some(format),
        Err(objection) => {
            diagnostics.push(errors::invalid_format(&pattern, &objection, place));
            None
        }
    };
    patterns.into_iter().filter_map(&mut read).collect()
}

fn negative(long: &mut Layers, diagnostics: &mut Diagnostics) -> Vec<Negative> {
    let words = long.strings("negative", diagnostics);
    let mut read = |(word, place): (String, Place)| {
        let mark = Negative::ALL.iter().find(|(known, _)| *known == word);
        if mark.is_none() {
            let known = Negative::ALL.map(|(word, _)| word);
            diagnostics.push(errors::invalid_choice("negative", &word, &known, place));
        }
        mark.map(|(_, mark)| *mark)
    };
    words.into_iter().filter_map(&mut read).collect()
}

fn scale(long: &mut Layers, diagnostics: &mut Diagnostics) -> Option<f64> {
    let number = |value: &sitegen_parser::WrittenValue| {
        Kind::Float.rules().read_bound(value).filter(|scale| scale.is_finite() && *scale != 0.0)
    };
    long.value_as("scale", "a number other than 0", number, diagnostics)
}
