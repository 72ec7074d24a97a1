//! Reads JSON, with a span on every key and value.

mod entry;
mod problem;

use serde_json::value::RawValue;

use crate::table::{MAX_DEPTH, Pair};
use crate::{
    Code, Diagnostic, Diagnostics, Place, Source, Span, Spanned, Table, WrittenValue, composed, errors,
};

pub(crate) use self::entry::{Member, read, span};
pub(crate) use self::problem::{diagnose as problem, key};

/// Reads front matter in JSON, the object in the part `part` of a file. Spans are those of the file.
///
/// Reading ends at the first problem.
pub(crate) fn read_table(source: &Source, part: Span) -> (Table, Diagnostics) {
    let mut reader = ObjectReader { source, diagnostics: Diagnostics::new() };
    match reader.table(part, 1) {
        Ok(table) => (table, reader.diagnostics),
        Err(problem) => {
            reader.diagnostics.push(problem);
            (Table::default(), reader.diagnostics)
        }
    }
}

/// Measures the object that a text begins with; none if the object does not end.
pub(crate) fn length(text: &str) -> Option<usize> {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' if !is_text => depth += 1,
            b'}' if !is_text && depth <= 1 => return Some(at + 1),
            b'}' if !is_text => depth -= 1,
            _ => {}
        }
    }
    None
}

struct ObjectReader<'s> {
    source: &'s Source,
    /// The problems that do not end reading.
    diagnostics: Diagnostics,
}

impl<'s> ObjectReader<'s> {
    /// Reads a table. Each level is read once more for every level above it, which is cheap because levels
    /// are few.
    fn table(&mut self, part: Span, depth: usize) -> Result<Table, Diagnostic> {
        let mut entries = Vec::new();
        read(&self.source.text[part.clone()], &mut entries)
            .map_err(|error| problem(self.source, part.clone(), "front matter", &error))?;
        let mut pairs: Vec<Pair> = Vec::with_capacity(entries.len());
        for entry in entries {
            let value = entry.span(&self.source.text);
            let span = key(&self.source.text, part.start..value.start);
            let name = composed(&entry.key).into_owned();
            pairs.push((Spanned { value: name, span }, self.value(entry.value, depth)?));
        }
        let (table, repeated) = Table::of(pairs);
        for (key, first) in repeated {
            let [place, first] = [&key.span, &first].map(|span| Place::new(&self.source.path, span));
            self.diagnostics.push(errors::repeated_key(Code::InvalidJson, place, &key.value, first));
        }
        Ok(table)
    }

    fn value(
        &mut self,
        written: &'s RawValue,
        depth: usize,
    ) -> Result<Option<Spanned<WrittenValue>>, Diagnostic> {
        let span = span(written, &self.source.text);
        let text = written.get();
        let value = match text.as_bytes() {
            b"null" => return Ok(None),
            b"true" => WrittenValue::Bool(true),
            b"false" => WrittenValue::Bool(false),
            [b'[' | b'{', ..] if depth >= MAX_DEPTH => {
                let place = Place::new(&self.source.path, &(span.start..span.start + 1));
                return Err(errors::too_deep(place, MAX_DEPTH));
            }
            [b'{', ..] => WrittenValue::Table(self.table(span.clone(), depth + 1)?),
            [b'[', ..] => {
                let mut values = Vec::new();
                for item in self.parsed::<Vec<&RawValue>>(text, &span)? {
                    values.extend(self.value(item, depth + 1)?);
                }
                WrittenValue::Array(values)
            }
            [b'"', ..] => WrittenValue::String(self.parsed(text, &span)?),
            _ => self.number(text, &span)?,
        };
        Ok(Some(Spanned { value, span }))
    }

    fn number(&self, text: &str, span: &Span) -> Result<WrittenValue, Diagnostic> {
        if let Ok(number) = text.parse() {
            return Ok(WrittenValue::Int(number));
        }
        let number =
            text.parse().ok().filter(|number: &f64| number.is_finite() && text.contains(['.', 'e', 'E']));
        let out_of_range =
            || errors::number_out_of_range(Code::InvalidJson, Place::new(&self.source.path, span));
        number.map(WrittenValue::Float).ok_or_else(out_of_range)
    }

    fn parsed<T: serde::Deserialize<'s>>(&self, text: &'s str, span: &Span) -> Result<T, Diagnostic> {
        serde_json::from_str(text).map_err(|error| problem(self.source, span.clone(), "front matter", &error))
    }
}
