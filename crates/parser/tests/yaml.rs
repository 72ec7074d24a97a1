//! Reads YAML's official test suite, as far as front matter can hold it, and hostile documents, which must
//! end soon.
//!
//! `yaml/documents.jsonl` has the documents of <https://github.com/yaml/yaml-test-suite> whose root is a
//! mapping, without lines that begin or end documents. Each has the value that it stands for, or says that it
//! fails, or neither if JSON has no such value.

use std::time::{Duration, Instant};

use serde_json::{Map, Value as Json};
use sitegen_parser::{Diagnostics, Document, Severity, Source, Syntax, Table, WrittenValue};

/// The messages for YAML that front matter cannot hold.
const LIMITS: [&str; 3] = ["tags are not read in front matter", "a key must be a text", "a value has no key"];

/// The invalid documents that are read all the same, with a warning.
const READ: [&str; 2] = ["9C9N", "QB6E"];

/// Reads a text as front matter, whatever its first key is.
fn read(text: &str) -> (Table, Diagnostics) {
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let source = Source { path: "a.md".into(), text: format!("~~~yaml\n{text}{end}~~~\n").into() };
    let syntax = Syntax { fenced_front_matter: true, ..Syntax::default() };
    let (document, diagnostics) = Document::markdown(&source, &syntax);
    (document.fields, diagnostics)
}

fn json(value: &WrittenValue) -> Json {
    match value {
        WrittenValue::Bool(value) => (*value).into(),
        WrittenValue::Int(value) => (*value).into(),
        WrittenValue::Float(value) => (*value).into(),
        WrittenValue::String(text) => text.as_str().into(),
        WrittenValue::Date(_) | WrittenValue::Datetime(_) => unreachable!("YAML has no dates of its own"),
        WrittenValue::Array(items) => items.iter().map(|item| json(&item.value)).collect(),
        WrittenValue::Table(table) => object(table).into(),
    }
}

fn object(table: &Table) -> Map<String, Json> {
    table.entries.iter().map(|entry| (entry.key.value.clone(), json(&entry.value.value))).collect()
}

/// Drops null values, and turns all numbers into one type.
fn present(value: &Json) -> Json {
    match value {
        Json::Array(items) => items.iter().filter(|item| !item.is_null()).map(present).collect(),
        Json::Object(entries) => {
            let entries = entries.iter().filter(|(_, value)| !value.is_null());
            Json::Object(entries.map(|(key, value)| (key.clone(), present(value))).collect())
        }
        Json::Number(number) => number.as_f64().into(),
        other => other.clone(),
    }
}

/// Returns what is wrong in reading a document of the suite.
fn objection(document: &Json) -> Option<String> {
    let text = document["yaml"].as_str().expect("each has its text");
    let id = document["id"].as_str().expect("each has an id");
    let (table, diagnostics) = read(text);
    let is_refused = diagnostics.iter().any(|found| found.severity == Severity::Error);
    let found = Json::Object(object(&table));
    let is_limit = diagnostics.iter().all(|found| LIMITS.contains(&found.message.as_str()));
    let is_as_it_should = match (document.get("fails"), document.get("is")) {
        (Some(_), _) => is_refused != READ.contains(&id) && !diagnostics.is_empty(),
        (None, _) if is_refused => is_limit,
        (None, Some(expected)) => present(&found) == present(expected),
        (None, None) => true,
    };
    let said: Vec<_> = diagnostics.iter().map(|found| &found.message).collect();
    (!is_as_it_should).then(|| format!("{id} {}: {text:?}\n   {found} {said:?}", document["name"]))
}

#[test]
fn the_official_suite_is_read_as_it_says() {
    let documents = include_str!("yaml/documents.jsonl").lines();
    let documents: Vec<Json> =
        documents.map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    assert!(documents.len() > 150, "there are {} documents", documents.len());
    let objections: Vec<_> = documents.iter().filter_map(objection).collect();
    assert!(objections.is_empty(), "{} of {}\n{}", objections.len(), documents.len(), objections.join("\n"));
}

/// Makes documents that cost a careless reader much time.
fn hostile() -> Vec<String> {
    let signs = [
        "[", "{", "- ", "? ", "a: ", "[a, ", "{a: ", "&a ", "*a ", "!a ", "\"", "'", "\\", "|\n", ">\n",
        "\n", "\n ", "\t", "\r", ": ", ":", ", ", "#", " #", "%", "@", "---\n", "é", "🙂", "\u{feff}",
        "\u{85}", "[[],", "{{},", "<<: ", "? - ", "a:\n  ", "- - ", "\"\\\n", "''", "0", "0x", "1e9", "~",
        "a b ",
    ];
    let mut all: Vec<_> = signs.iter().map(|sign| sign.repeat(100_000 / sign.len())).collect();
    all.extend(signs.iter().map(|sign| format!("a: {}\nb: 1\n", sign.repeat(100_000 / sign.len()))));
    let lines = |count: usize, line: fn(usize) -> String| (0..count).map(line).collect::<Vec<_>>().concat();
    let levels = |line| lines(1_000, line);
    all.extend([
        levels(|level| format!("{}a:\n", " ".repeat(level))),
        levels(|level| format!("{}-\n", " ".repeat(level))),
        "a0: &a0 x\n".to_owned() + &levels(|level| format!("a{1}: &a{1} [*a{0}]\n", level, level + 1)),
        "a0: &a0 x\n".to_owned() + &levels(|level| format!("a{1}: &a{1} [*a{0}, *a{0}]\n", level, level + 1)),
        "a0: &a0 {}\n".to_owned()
            + &levels(|level| format!("a{1}: &a{1} {{ <<: *a{0}, k{0}: 1 }}\n", level, level + 1)),
        levels(|level| format!("a{level}: &a [*a]\n")),
        lines(50_000, |key| format!("k{key}: 1\n")),
        lines(50_000, |key| format!("k{}:\n", key % 7)),
        lines(20_000, |key| format!("<<: {{ k{key}: 1 }}\n")),
        lines(20_000, |key| format!("? k{key}\n: |\n  text\n")),
        format!("x: &x [{}]\ny: [{}]\n", "1,".repeat(1_000), "*x,".repeat(10_000)),
        format!("x: \"{}\n", "\\n".repeat(100_000)),
        format!("x: |\n{}", "  text\n\n".repeat(20_000)),
        format!("{}: 1\n", "k".repeat(100_000)),
    ]);
    all
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long reading takes is what is tested")]
fn hostile_documents_end_soon() {
    let documents = hostile();
    assert!(documents.len() >= 100, "there are {}", documents.len());
    for text in documents {
        let begun = Instant::now();
        let _ = read(&text);
        let shown: String = text.chars().take(60).collect();
        assert!(begun.elapsed() < Duration::from_secs(10), "{shown:?} takes {:?}", begun.elapsed());
    }
}
