//! Any text can be read: reading ends, spans lie in the file, and everything that begins ends. A well-formed
//! text is read as it was meant.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use sitegen_parser::{
    ColumnRef, Data, Datum, Diagnostic, Diagnostics, Document, Encoding, Event, Format, Row, Source, Span,
    Syntax, WrittenValue,
};

/// Pieces with a meaning in TOML, Markdown or components, and some without.
const PIECES: [&str; 75] = [
    "+++\n",
    "---\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "    ",
    "\t",
    "\u{feff}",
    "\0",
    "é",
    "\u{301}",
    "🙂",
    "a",
    "b c",
    "1",
    "-1",
    "1e9",
    "=",
    "\"",
    "\"\"\"",
    "'",
    "'''",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ",",
    ".",
    "#",
    "## ",
    "{#a}",
    "{.b c=d}",
    "\n{: .b #c}\n",
    "{width=1}",
    "[[a b]]",
    "](a b.md)",
    "> ",
    "> [!NOTE]\n",
    "- ",
    "1. ",
    "- [ ] ",
    "* ",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "```rust x\n",
    "| a | b |\n",
    "|-|:-:|\n",
    ": ",
    "[^1]",
    "[^1]: ",
    "[a](b)",
    "[a][b]",
    "![a](b \"c\")",
    "<b>",
    "<!--",
    "-->",
    "https://a.b/c?d",
    "{{<x a=\"b\" n={1} />}}\n",
    "{% <x> %}\n",
    "{% </x> %}\n",
    "javascript:",
    "foo@b.c",
    "mailto:",
    "xmpp:",
    "```\t\n",
    "|\t-\t|\n",
    "<pre>",
    "</pre>",
];

/// Pieces with a meaning in data files.
const DATA_PIECES: [&str; 32] = [
    "\n", "\n", "\r\n", "\r", " ", "\t", "\u{feff}", "\u{a0}", "é", "🙂", "a", "b", "1", "-1.5e3", ",", ",",
    ";", "\"", "\"\"", "\\", "\\ud800", "{", "}", "{\"a\":", "\"b\" :", "[", "]", "null", "true", ":",
    "\"x\"", "\0",
];

const COLUMNS: [ColumnRef; 4] =
    [ColumnRef::Named("a"), ColumnRef::Named("b"), ColumnRef::Named("é"), ColumnRef::At(2)];

const FORMATS: [Format; 6] = [
    Format::Delimited(b','),
    Format::Delimited(b';'),
    Format::Delimited(b'\t'),
    Format::Delimited(b' '),
    Format::Headless(b','),
    Format::JsonLines,
];

/// The formats in which rows need not be all that a file holds.
const TREES: [Format; 5] = [Format::Json, Format::Yaml, Format::Toml, Format::Sheet, Format::HeadlessSheet];

fn data() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        20 => (0..DATA_PIECES.len()).prop_map(|index| DATA_PIECES[index].to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Makes tables, with rows as wide as the first, of cells that are hard to write.
fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = "[a\",;\\\\\r\n é\u{a0}🙂\u{feff}]{0,6}";
    (1..5_usize).prop_flat_map(move |width| vec(vec(cell, width), 0..8))
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        20 => (0..PIECES.len()).prop_map(|index| PIECES[index].to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn source(text: &str) -> Source {
    Source { path: "content/a/b.md".into(), text: Arc::from(text) }
}

fn is_in(source: &Source, span: &Span) -> bool {
    source.text.get(span.clone()).is_some()
}

fn hold(source: &Source, document: &Document, diagnostics: &Diagnostics) {
    for place in diagnostics.iter().filter_map(|diagnostic| diagnostic.place.as_ref()) {
        assert!(is_in(source, &(place.start..place.end)), "{place:?}");
    }
    let mut values: Vec<_> = document.fields.entries.iter().map(|entry| &entry.value).collect();
    while let Some(value) = values.pop() {
        assert!(is_in(source, &value.span));
        match &value.value {
            WrittenValue::Array(items) => values.extend(items),
            WrittenValue::Table(table) => values.extend(table.entries.iter().map(|entry| &entry.value)),
            _ => {}
        }
    }
    let mut open = 0_usize;
    for event in document.body.iter().flat_map(|body| &body.events) {
        assert!(is_in(source, &event.span), "{event:?}");
        match event.value {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.checked_sub(1).expect("nothing ends that has not begun"),
            _ => {}
        }
    }
    assert_eq!(open, 0);
}

fn hold_problem(source: &Source, problem: &Diagnostic) {
    let places = problem.related.iter().map(|note| &note.place).chain(&problem.place);
    for place in places {
        assert!(is_in(source, &(place.start..place.end)), "{problem:?}");
    }
}

fn hold_row(source: &Source, row: &Row<'_>) {
    assert!(is_in(source, &row.span), "{row:?}");
    assert_eq!(row.cells.len(), COLUMNS.len());
    for cell in row.cells.iter().flatten() {
        assert!(is_in(source, &cell.span), "{cell:?}");
        assert!(row.span.start <= cell.span.start && cell.span.end <= row.span.end, "{row:?}");
    }
    row.problem.iter().for_each(|problem| hold_problem(source, problem));
}

fn hold_data(source: &Source, format: Format) {
    let data = Data::open(source, format, &COLUMNS);
    data.problems().iter().for_each(|problem| hold_problem(source, problem));
    let header = data.header().unwrap_or_default();
    assert!(header.iter().all(|name| is_in(source, &name.span)), "{header:?}");
    let mut end = header.last().map_or(0, |name| name.span.end);
    for row in data {
        hold_row(source, &row);
        let between = &source.text[end..row.span.start];
        assert!(between.trim_matches('\u{feff}').trim().is_empty(), "{between:?} is lost");
        end = row.span.end;
    }
    assert!(source.text[end..].trim_matches('\u{feff}').trim().is_empty(), "the end is lost");
}

/// A row of YAML may hold what stands elsewhere in the file, by its anchor.
fn hold_tree(source: &Source, format: Format) {
    let data = Data::open(source, format, &COLUMNS);
    data.problems().iter().for_each(|problem| hold_problem(source, problem));
    for row in data {
        assert!(is_in(source, &row.span), "{row:?}");
        assert!(row.cells.iter().flatten().all(|cell| is_in(source, &cell.span)), "{row:?}");
        row.problem.iter().for_each(|problem| hold_problem(source, problem));
    }
}

/// Writes a cell as careful programs do.
fn quoted(cell: &str) -> String {
    let is_plain = !cell.contains(['"', ',', '\n', '\r', '\u{feff}']) && !cell.trim().is_empty();
    if is_plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

/// Makes a name for each column of a table.
fn columns(table: &[Vec<String>]) -> Vec<String> {
    let width = table.first().map_or(1, Vec::len);
    (0..width).map(|column| format!("column {column}")).collect()
}

fn as_csv(table: &[Vec<String>], ending: &str) -> String {
    let row = |row: &Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    let lines = std::iter::once(columns(table).join(",")).chain(table.iter().map(row));
    lines.collect::<Vec<_>>().join(ending)
}

fn as_json_lines(table: &[Vec<String>]) -> String {
    let columns = columns(table);
    let object = |row: &Vec<String>| {
        let cells = row.iter().map(|cell| serde_json::Value::from(cell.as_str()));
        serde_json::Value::Object(columns.iter().cloned().zip(cells).collect())
    };
    table.iter().map(|row| object(row).to_string() + "\r\n").collect()
}

/// Reads the cells of all rows, and panics at any problem.
fn read(source: &Source, format: Format, columns: &[String]) -> Vec<Vec<String>> {
    let columns: Vec<_> = columns.iter().map(|name| ColumnRef::Named(name)).collect();
    let row = |row: Row<'_>| {
        assert_eq!(row.problem, None);
        let texts = row.cells.into_iter().map(|cell| match cell.map(|cell| cell.value) {
            Some(Datum::Text(text) | Datum::Literal(text)) => text.into_owned(),
            other => panic!("{other:?} is not what was written"),
        });
        texts.collect()
    };
    Data::open(source, format, &columns).map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_is_read(text in text()) {
        let source = source(&text);
        let (document, diagnostics) = Document::markdown(&source, &Syntax::all());
        hold(&source, &document, &diagnostics);
    }

    #[test]
    fn front_matter_is_read(fields in text(), body in text()) {
        let source = source(&format!("+++\n{fields}\n+++\n{body}"));
        let (document, diagnostics) = Document::markdown(&source, &Syntax::all());
        hold(&source, &document, &diagnostics);
    }

    #[test]
    fn yaml_and_json_are_read(fields in text(), body in text()) {
        for text in [format!("---\na: {fields}\n---\n{body}"), format!("{{\"a\": {fields}}}\n{body}")] {
            let source = source(&text);
            let (document, diagnostics) = Document::markdown(&source, &Syntax::default());
            hold(&source, &document, &diagnostics);
        }
    }

    #[test]
    fn toml_is_read(text in text()) {
        let source = source(&text);
        let (document, diagnostics) = Document::toml(&source);
        hold(&source, &document, &diagnostics);
    }

    #[test]
    fn data_are_read(text in data(), format in 0..FORMATS.len()) {
        hold_data(&source(&text), FORMATS[format]);
    }

    #[test]
    fn trees_of_data_are_read(text in data(), format in 0..TREES.len()) {
        hold_tree(&source(&text), TREES[format]);
    }

    #[test]
    fn bytes_are_unpacked(bytes in vec(any::<u8>(), 0..60), path in 0..3_usize, label in 0..4_usize) {
        let path = Arc::from(["a.csv", "a.jsonl", "a.csv.gz"][path]);
        let label = ["utf-8", "windows-1252", "shift_jis", "utf-16le"][label];
        let encoding = Encoding::named(label).expect("the encoding exists");
        if let Ok(source) = Source::unpack(&path, &bytes, encoding) {
            for format in FORMATS {
                hold_data(&source, format);
            }
            for format in TREES {
                hold_tree(&source, format);
            }
        }
    }

    #[test]
    fn tables_are_read_as_written(
        table in table(),
        ending in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        mark in prop_oneof![Just(""), Just("\u{feff}")],
    ) {
        let source = source(&(mark.to_owned() + &as_csv(&table, ending)));
        prop_assert_eq!(read(&source, Format::Delimited(b','), &columns(&table)), table);
    }

    #[test]
    fn objects_are_read_as_written(table in table()) {
        let source = source(&as_json_lines(&table));
        prop_assert_eq!(read(&source, Format::JsonLines, &columns(&table)), table);
    }
}
