//! The declaration of a data file in TOML, with comments on its contents.

use std::fmt::{self, Display, Formatter};

use sitegen_model::{Inference, Inferred, Kind, Locator, Look, Note, Odd, Schema};
use sitegen_parser::{Encoding, Format};

/// The width up to which declarations are padded, so that the comments behind them are aligned.
const WIDTH: usize = 44;

/// The number of values to show of a column that has more.
const EXAMPLES: usize = 3;

/// The number of characters to show of a value.
const SHOWN: usize = 32;

/// The declaration of a dataset.
pub(crate) struct Declaration<'a> {
    pub inferred: &'a Inferred,
    pub name: &'a str,
    /// The name of its file below `content/data/`.
    pub file: &'a str,
    /// The path at which readers can download the file, if they can.
    pub publish: Option<String>,
}

impl Display for Declaration<'_> {
    fn fmt(&self, out: &mut Formatter) -> fmt::Result {
        let found = self.inferred;
        writeln!(out, "{}", summary(found))?;
        for line in unread(found).into_iter().chain(left_out(found)) {
            writeln!(out, "# {line}")?;
        }
        writeln!(out, "[datasets.{}]", self.name)?;
        let quoted = |text: &Option<String>| text.as_deref().map(quote);
        let file = (!found_by(self.name, self.file)).then(|| format!("data/{}", self.file));
        let keys = [
            ("file", quoted(&file)),
            ("delimiter", delimiter(found, self.file)),
            (
                "encoding",
                Some(quote(&found.encoding.label())).filter(|_| found.encoding != Encoding::default()),
            ),
            ("skip", (found.layout.skip > 0).then(|| found.layout.skip.to_string())),
            ("comment", found.layout.comment.map(quote)),
            ("header", is_headless(found.layout.format).then(|| "false".to_owned())),
            ("key", found.key.map(|key| format!("[{}]", quote(&found.columns[key].name)))),
            ("invalid", skips(found).then(|| quote("skip"))),
            ("publish", quoted(&self.publish)),
        ];
        for (key, value) in keys {
            if let Some(value) = value {
                writeln!(out, "{key} = {value}")?;
            }
        }
        writeln!(out, "\n[datasets.{}.fields]", self.name)?;
        let key = found.key.map(|key| found.columns[key].name.as_str());
        let lines: Vec<_> = found.columns.iter().map(|column| (column, field(column, key))).collect();
        let widths = lines.iter().map(|(_, line)| line.chars().count()).filter(|width| *width <= WIDTH);
        let width = widths.max().unwrap_or(0);
        for (column, line) in lines {
            for remark in remarks(column) {
                writeln!(out, "# {remark}")?;
            }
            writeln!(out, "{line:width$}  # {}", seen(column, found.rows))?;
        }
        Ok(())
    }
}

fn summary(found: &Inferred) -> String {
    let columns = found.columns.len() + found.left_out.len();
    let layout = match found.layout.format {
        format if is_headless(format) => ", no header",
        _ => "",
    };
    let encoding = match &*found.encoding.label() {
        "utf-8" => String::new(),
        "windows-1252" => ", windows-1252 by all that can be seen: look at its accents".to_owned(),
        other => format!(", {other}"),
    };
    format!("{}, {}{layout}{encoding}.", counted(found.rows, "row"), counted(columns, "column"))
}

fn is_headless(format: Format) -> bool {
    matches!(format, Format::Headless(_) | Format::HeadlessSheet)
}

fn unread(found: &Inferred) -> Option<String> {
    let unread = &found.unread;
    let first = unread.first.iter().map(|(line, why)| format!("line {line}: {why}"));
    let first = first.collect::<Vec<_>>().join("; ");
    let (rows, are) = (counted(unread.count, "row"), if unread.count == 1 { "is" } else { "are" });
    (unread.count > 0).then(|| format!("{rows} cannot be read and {are} left out ({first})."))
}

fn left_out(found: &Inferred) -> Option<String> {
    let first = found.left_out.iter().take(EXAMPLES);
    let first: Vec<_> = first.map(|(name, why)| format!("{} ({why})", quote(&cut(name)))).collect();
    let columns = counted(found.left_out.len(), "column");
    (!first.is_empty()).then(|| format!("{columns} cannot be declared: {}.", first.join(", ")))
}

fn delimiter(found: &Inferred, file: &str) -> Option<String> {
    let (Format::Delimited(byte) | Format::Headless(byte)) = found.layout.format else { return None };
    let named = matches!(Format::of(file), Some(Format::Delimited(named)) if named == byte);
    (!named).then(|| if byte == b'\t' { "\"\\t\"".to_owned() } else { quote(&char::from(byte).to_string()) })
}

/// Returns true if some rows would be errors.
fn skips(found: &Inferred) -> bool {
    let is_odd = |column: &Inference| column.odd.as_ref().is_some_and(|odd| odd.left_out);
    found.unread.count > 0 || found.columns.iter().any(is_odd)
}

/// Declares a column, in the short form if that is enough.
fn field(column: &Inference, key: Option<&str>) -> String {
    let kind = quote(&type_name(column));
    let list = |words: &[String]| {
        format!("[{}]", words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(", "))
    };
    let header = match &column.locator {
        Locator::Name(name) if *name == column.name => None,
        Locator::Name(name) => Some(quote(name)),
        Locator::Place(place) => Some(place.to_string()),
        // Nothing is inferred from a name.
        Locator::FileName(_) => None,
    };
    let unique = column.unique && key != Some(column.name.as_str());
    let first = [
        ("header", header),
        ("null", (!column.null.is_empty()).then(|| list(&column.null))),
        ("split", column.split.map(quote)),
    ];
    let notation = column.notation.keys().into_iter().map(|(key, value)| (key, Some(value)));
    let last =
        [("min", column.min.map(|min| min.to_string())), ("unique", unique.then(|| "true".to_owned()))];
    let more: Vec<_> = first
        .into_iter()
        .chain(notation)
        .chain(last)
        .filter_map(|(key, value)| Some(format!("{key} = {}", value?)))
        .collect();
    if more.is_empty() {
        format!("{} = {kind}", column.name)
    } else {
        format!("{} = {{ type = {kind}, {} }}", column.name, more.join(", "))
    }
}

fn type_name(column: &Inference) -> String {
    let optional = if column.optional { "?" } else { "" };
    if matches!(column.kind, Kind::Any) {
        return format!("json{optional}");
    }
    // Only references need the schema, and no column is found to hold some.
    column.kind.declaration(&Schema::default()) + optional
}

/// Returns the comments above a column.
fn remarks(column: &Inference) -> Vec<String> {
    let note = column.note.map(|note| match note {
        Note::LeadingZeros => "Digits with leading zeros: text, or the zeros would be lost.",
        Note::TrailingZeros => "Two would be one number, such as 1.1 and 1.10: text.",
        Note::Code => "Digits, by the name none to reckon with: text.",
        Note::LongDigits => "More digits than numbers hold: text.",
        Note::ZeroOne => "Only 0 and 1: \"bool\" if they mean no and yes.",
        Note::Dotted => "Whole numbers, written with \".0\".",
        Note::EitherMark => "The commas may be meant as points: decimal = \",\" instead of thousands then.",
        Note::MixedDates => "Days, and days with a time: text, since it has to be one of them.",
    });
    let look = column.look.map(|look| match look {
        Look::DayFirst => "Looks like dates with the day first, but not all are: text.",
        Look::MonthFirst => "Looks like dates with the month first, but not all are: text.",
        Look::EitherFirst => "Looks like dates, whether the day or the month first cannot be told: text. `format` says it.",
        Look::BothFirst => "Looks like dates in two orders, some with the day first, some with the month: text.",
        Look::Marked => "Looks like numbers with marks for thousands or a decimal comma, but not all are in one way: text.",
        Look::Money => "Looks like amounts of money, but not all are in one way: text.",
        Look::Percent => "Looks like percentages, but not all are: text.",
    });
    let odd = column.odd.as_ref().map(|odd| self::odd(odd, column.filled));
    [note, look].into_iter().flatten().map(str::to_owned).chain(odd).collect()
}

fn odd(odd: &Odd, filled: usize) -> String {
    let (one, many) = match odd.most {
        Kind::Int => ("a whole number", "whole numbers"),
        Kind::Float => ("a number", "numbers"),
        Kind::Date => ("a date", "dates"),
        Kind::Datetime => ("a date and time", "dates and times"),
        _ => ("a URL", "URLs"),
    };
    let first: Vec<_> =
        odd.first.iter().map(|(text, line)| format!("{} (line {line})", quote(&cut(text)))).collect();
    let more = if odd.count > first.len() { ", …" } else { "" };
    let what = if odd.count == 1 { format!("is not {one}") } else { format!("are no {many}") };
    let fate = if odd.left_out { "their rows are left out" } else { "so all is text" };
    let cells = if odd.count == 1 { "cell" } else { "cells" };
    let (count, filled) = (grouped(odd.count), grouped(filled));
    format!("{count} {cells} of {filled} {what}: {}{more}; {fate}.", first.join(", "))
}

/// Returns the comment behind a column.
fn seen(column: &Inference, rows: usize) -> String {
    let distinct = match column.distinct {
        _ if column.filled == 0 => "no values".to_owned(),
        Some(number) if number == column.filled && number > 1 => "all different".to_owned(),
        Some(number) if number <= EXAMPLES => String::new(),
        Some(number) => format!("{} different", grouped(number)),
        None => "more than 2,000 different".to_owned(),
    };
    let values = match &column.range {
        Some((least, most)) if least == most => format!("always {least}"),
        Some((least, most)) => format!("{least} to {most}"),
        None => examples(column),
    };
    let empty = rows - column.filled;
    let empty = (empty > 0 && column.filled > 0).then(|| format!("{} empty", grouped(empty)));
    let said: Vec<_> = [distinct, values].into_iter().chain(empty).filter(|part| !part.is_empty()).collect();
    said.join("; ")
}

fn examples(column: &Inference) -> String {
    let shown = column.seen.iter().take(EXAMPLES);
    let shown: Vec<_> = match &column.kind {
        Kind::Enum(_) | Kind::Bool => {
            shown.map(|seen| format!("{} {}×", quote(&cut(&seen.text)), grouped(seen.count))).collect()
        }
        _ => shown.map(|seen| quote(&cut(&seen.text))).collect(),
    };
    let more = if column.seen.len() > EXAMPLES { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

fn cut(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN - 1).chain(['…']).collect()
}

fn counted(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// Formats a number with commas between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// Returns true if a dataset with this name reads a file with this name by default.
fn found_by(dataset: &str, file: &str) -> bool {
    Format::ENDINGS
        .iter()
        .any(|ending| ["", ".gz", ".zst"].iter().any(|packed| *file == format!("{dataset}.{ending}{packed}")))
}

/// Quotes a text for TOML. Its strings are those of JSON, except for one control character.
pub(crate) fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests;
