//! Reads rows that are objects in JSON: on a line each, or in a list.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::value::RawValue;

use super::items::{self, JsonItem};
use super::{Cell, ColumnRef, Datum, Format, Layout, Row, column, line};
use crate::json::{Member, key, problem, read, span};
use crate::{Diagnostic, Place, Source, Span, errors};

/// A reader of the rows of a file.
#[derive(Debug)]
pub(super) struct JsonRows<'s> {
    source: &'s Source,
    at: usize,
    /// The text with which comments begin.
    comment: Option<&'s str>,
    /// The rows of a file that is no lines.
    items: Option<std::vec::IntoIter<JsonItem>>,
    problems: Vec<Diagnostic>,
    columns: Vec<Option<String>>,
    /// The entries of the last line, sorted by key.
    entries: Vec<Member<'s>>,
}

impl<'s> JsonRows<'s> {
    pub(super) fn open(source: &'s Source, layout: Layout<'s>, columns: &[ColumnRef]) -> Self {
        let at = line::first(&source.text, layout.skip);
        Self {
            source,
            at,
            comment: layout.comment,
            items: None,
            problems: Vec::new(),
            columns: column::names(columns),
            entries: Vec::new(),
        }
    }

    /// Opens a file that is one value.
    pub(super) fn of_file(source: &'s Source, layout: Layout<'s>, columns: &[ColumnRef]) -> Self {
        let mut rows = Self::open(source, layout, columns);
        let found = items::find(source, layout.rows);
        let items = found.unwrap_or_else(|problem| {
            rows.problems.push(problem);
            Vec::new()
        });
        rows.items = Some(items.into_iter());
        rows
    }

    pub(super) fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    pub(super) fn next(&mut self) -> Option<Row<'s>> {
        let JsonItem { key, span } = self.next_item()?;
        let read = self.read(&span, key.as_deref());
        Some(match read {
            Ok(cells) => Row { span, cells, problem: None },
            Err(problem) => Row { span, cells: vec![None; self.columns.len()], problem: Some(problem) },
        })
    }

    fn next_item(&mut self) -> Option<JsonItem> {
        match &mut self.items {
            Some(items) => items.next(),
            None => self.next_line().map(|span| JsonItem { key: None, span }),
        }
    }

    /// Returns the next line that is not blank, without its ending.
    fn next_line(&mut self) -> Option<Span> {
        while self.at < self.source.text.len() {
            let start = self.at;
            let rest = &self.source.text[start..];
            let end = rest.find('\n').unwrap_or(rest.len());
            self.at = (start + end + 1).min(self.source.text.len());
            let line = rest[..end].trim_end_matches('\r');
            let is_comment = self.comment.is_some_and(|comment| line.starts_with(comment));
            if !is_comment && !line.trim().is_empty() {
                return Some(start..start + line.len());
            }
        }
        None
    }

    fn read(&mut self, span: &Span, key: Option<&str>) -> Result<Vec<Option<Cell<'s>>>, Diagnostic> {
        let source = self.source;
        let line = &source.text[span.clone()];
        if !line.trim_start().starts_with('{') {
            return Err(errors::json_no_object(Place::new(&source.path, span)));
        }
        read(line, &mut self.entries).map_err(|error| problem(source, span.clone(), "row", &error))?;
        let offset = |entry: &Member<'_>| entry.span(&source.text).start;
        self.entries.sort_unstable_by(|a, b| (name(a), offset(a)).cmp(&(name(b), offset(b))));
        if let Some(problem) = self.duplicate(span) {
            return Err(problem);
        }
        let cell = |column: &Option<String>| match (column.as_deref(), key) {
            (Some(column::KEY), Some(key)) => {
                let value = Datum::Text(Cow::Owned(key.to_owned()));
                Ok(Some(Cell { value, span: span.start..span.start + 1 }))
            }
            (Some(column), _) => self.cell(column),
            (None, _) => Ok(None),
        };
        self.columns.iter().map(cell).collect()
    }

    /// Finds the value of a key of the row, or of a path of keys.
    fn find(&self, column: &str) -> Option<&'s RawValue> {
        let own = |key: &str| {
            let found = self.entries.binary_search_by(|entry| (*name(entry)).cmp(key)).ok()?;
            Some(self.entries[found].value)
        };
        own(column).or_else(|| {
            let (key, rest) = column.split_once('.')?;
            within(own(key)?, rest)
        })
    }

    fn duplicate(&self, line: &Span) -> Option<Diagnostic> {
        let pair = self.entries.windows(2).find(|pair| name(&pair[0]) == name(&pair[1]))?;
        let place = |entry: &Member<'_>| {
            let value = entry.span(&self.source.text);
            Place::new(&self.source.path, &key(&self.source.text, line.start..value.start))
        };
        Some(errors::duplicate_json_key(place(&pair[1]), &name(&pair[1]), place(&pair[0])))
    }

    fn cell(&self, column: &str) -> Result<Option<Cell<'s>>, Diagnostic> {
        let Some(written) = self.find(column) else { return Ok(None) };
        let span = span(written, &self.source.text);
        match datum(written) {
            Ok(value) => Ok(Some(Cell { value, span })),
            Err(error) => Err(problem(self.source, span, "row", &error)),
        }
    }
}

/// Finds a value within a value by a path of keys, or of places in lists, which count from 0.
fn within<'s>(value: &'s RawValue, path: &str) -> Option<&'s RawValue> {
    path.split('.').try_fold(value, |value, key| {
        if value.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            return items.get(key.parse::<usize>().ok()?).copied();
        }
        let mut members = Vec::new();
        read(value.get(), &mut members).ok()?;
        members.into_iter().find(|member| name(member) == key).map(|member| member.value)
    })
}

/// Collects the keys of all objects, in order of first appearance.
pub(super) fn keys(source: &Source, layout: Layout, most: usize) -> Vec<String> {
    let mut lines = match layout.format {
        Format::Json => JsonRows::of_file(source, layout, &[]),
        _ => JsonRows::open(source, layout, &[]),
    };
    let mut known = HashSet::new();
    let mut keys = Vec::new();
    while let Some(JsonItem { key, span }) = lines.next_item() {
        if key.is_some() && known.insert(column::KEY.to_owned()) {
            keys.push(column::KEY.to_owned());
        }
        if read(&source.text[span], &mut lines.entries).is_err() {
            continue;
        }
        for entry in &lines.entries {
            let name = name(entry);
            if keys.len() < most && !known.contains(&*name) {
                known.insert(name.clone().into_owned());
                keys.push(name.into_owned());
            }
        }
    }
    keys
}

/// Returns true if a text begins with `{` and a quotation mark.
pub(super) fn is_object(text: &str) -> bool {
    let text = text[column::start(text)..].trim_start();
    text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'))
}

/// Returns an entry's key without the white space around it.
fn name<'e>(entry: &'e Member<'_>) -> Cow<'e, str> {
    column::name(&entry.key)
}

pub(super) fn datum(written: &RawValue) -> serde_json::Result<Datum<'_>> {
    if !written.get().starts_with('[') {
        return scalar(written.get());
    }
    let items: Vec<&RawValue> = serde_json::from_str(written.get())?;
    if items.iter().any(|item| item.get().starts_with(['[', '{'])) {
        return Ok(Datum::Nested(Cow::Borrowed(written.get())));
    }
    Ok(Datum::List(items.into_iter().map(|item| scalar(item.get())).collect::<Result<_, _>>()?))
}

fn scalar(written: &str) -> serde_json::Result<Datum<'_>> {
    Ok(match written.as_bytes() {
        b"null" => Datum::Null,
        [b'{' | b'[', ..] => Datum::Nested(Cow::Borrowed(written)),
        [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => {
            Datum::Text(Cow::Borrowed(&written[1..written.len() - 1]))
        }
        [b'"', ..] => Datum::Text(Cow::Owned(serde_json::from_str(written)?)),
        _ => Datum::Literal(Cow::Borrowed(written)),
    })
}

#[cfg(test)]
mod tests {
    use crate::{Cell, ColumnRef, Data, Datum, Format, Source};

    fn source(text: &str) -> Source {
        Source { path: "a.jsonl".into(), text: text.into() }
    }

    fn show(datum: &Datum<'_>) -> String {
        match datum {
            Datum::Null => "null".to_owned(),
            Datum::Text(text) | Datum::Literal(text) => text.to_string(),
            Datum::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" ")),
            Datum::Nested(json) => json.to_string(),
        }
    }

    /// Reads the cells of "a" and "b" and the problem of each row.
    fn rows(text: &str) -> Vec<String> {
        let source = source(text);
        let cell = |cell: &Option<Cell<'_>>| cell.as_ref().map_or("-".to_owned(), |cell| show(&cell.value));
        let rows = Data::open(&source, Format::JsonLines, &[ColumnRef::Named("a"), ColumnRef::Named("b")])
            .map(|row| match row.problem {
                None => row.cells.iter().map(cell).collect::<Vec<_>>().join("|"),
                Some(problem) => {
                    let place = problem.place.expect("each has a place");
                    format!("{}..{} {}", place.start, place.end, problem.message)
                }
            });
        rows.collect()
    }

    #[test]
    fn objects_are_read() {
        let text = "\u{feff}\n{\"a\": \"x\", \"b\": 1.50}\r\n \n{ \"b\" : null,\"c\":[] , \" a\": true }\n{}";
        assert_eq!(rows(text), ["x|1.50", "true|null", "-|-"]);
        assert_eq!(rows(r#"{"a": ["x", 2, null], "b": []}"#), ["[x 2 null]|[]"]);
        assert_eq!(rows(r#"{"a": {"x": 1, "x": 2}, "b": [[]]}"#), [r#"{"x": 1, "x": 2}|[[]]"#]);
        assert_eq!(rows(r#"{"\u0061": "\"\u00e9\ud83d\ude42\"", "b": ""}"#), ["\"é🙂\"|"]);
        assert_eq!(rows(""), [""; 0]);
    }

    #[test]
    fn what_is_wrong_with_a_row_is_said() {
        for (line, expected) in [
            ("[1]", "0..3 the row is not an object"),
            ("{\"a\": 1", "7..7 the row ends within its object"),
            ("{\"a\": \"x}", "9..9 the row ends within a text"),
            ("{\"a\": 1} {}", "9..10 the row goes on behind its object"),
            ("{\"a\": 1,}", "8..9 nothing follows the comma before this"),
            ("{\"a\" 1}", "5..6 expected `:` and a value behind the key"),
            ("{\"a\": 1 \"b\": 2}", "8..9 expected `,` or `}`"),
            ("{a: 1}", "1..2 a key must be in double quotation marks"),
            ("{\"é\": NaN}", "7..8 this is no value: text must be in double quotation marks"),
            ("{\"a\": \"\\x\"}", "8..9 a backslash cannot stand before this character"),
            ("{\"a\": 1.}", "8..9 this is not how JSON writes a number"),
            ("{\"a\": \"\\ud800\"}", "13..14 this escape stands for no character"),
            ("{\"a\": 1, \"\\\"\":0, \"\\u0061\" : 2}", "17..25 the key \"a\" stands twice"),
            ("{\"c\": 1, \"c\": 1}", "9..12 the key \"c\" stands twice"),
        ] {
            assert_eq!(rows(line), [expected], "{line}");
        }
    }

    #[test]
    fn spans_are_those_of_the_file() {
        let source = source("{}\r\n { \"b\":\"\\n\" , \"a\": 1 }\r\n");
        let row = Data::open(&source, Format::JsonLines, &[ColumnRef::Named("a"), ColumnRef::Named("b")])
            .nth(1)
            .expect("there are two");
        assert_eq!(row.span, 4..26);
        let spans: Vec<_> = row.cells.into_iter().flatten().map(|cell| cell.span).collect();
        assert_eq!(spans.iter().map(|span| &source.text[span.clone()]).collect::<Vec<_>>(), ["1", "\"\\n\""]);
    }
}
