//! No text is too broken to be read: whatever it is, reading ends, spans are in the file, and what begins ends.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use sitegen_parser::{Diagnostics, Document, Event, Source, Span, Value};

/// Pieces that mean something to TOML, Markdown or components, and some that mean nothing.
const PIECES: [&str; 64] = [
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
];

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
            Value::Array(items) => values.extend(items),
            Value::Table(table) => values.extend(table.entries.iter().map(|entry| &entry.value)),
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_is_read(text in text()) {
        let source = source(&text);
        let (document, diagnostics) = Document::markdown(&source);
        hold(&source, &document, &diagnostics);
    }

    #[test]
    fn front_matter_is_read(fields in text(), body in text()) {
        let source = source(&format!("+++\n{fields}\n+++\n{body}"));
        let (document, diagnostics) = Document::markdown(&source);
        hold(&source, &document, &diagnostics);
    }

    #[test]
    fn toml_is_read(text in text()) {
        let source = source(&text);
        let (document, diagnostics) = Document::toml(&source);
        hold(&source, &document, &diagnostics);
    }
}
