//! Fuzz targets for the parsers that read one file, or a part of one, alone.

use std::sync::Arc;

use sitegen_model::{BaseUrl, anchor, decode, external, is_external, join, relative, words};
use sitegen_parser::{
    ColumnRef, Data, Diagnostics, Document, Encoding, Format, ImageSize, Source, Span, Syntax, UrlUse,
    Within, caseless, composed, html_parts, is_forbidden, loose, references, slugify, unescape,
};

use super::page::{is_cut, places_hold};
use crate::outcome::on_threads;

fn source(name: &str, text: &str) -> Source {
    Source { path: name.into(), text: text.into() }
}

fn holds(text: &str, span: &Span) {
    assert!(!is_cut(text, span.start, span.end), "no text at {span:?}");
}

/// Reads a content file.
pub(super) fn document(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    // The stack is as deep as the program's.
    on_threads(1, || {
        let own = |name: &str| source(name, &text);
        let told = |found: Diagnostics| places_hold(&found, |_| Some(Arc::from(&*text)));
        told(Document::markdown(&own("a.md"), &Syntax::default()).1);
        told(Document::markdown(&own("a.md"), &Syntax::all()).1);
        told(Document::toml(&own("a.toml")).1);
    });
}

/// Reads a data file.
pub(super) fn data(data: &[u8]) {
    let Some(encoding) = Encoding::named("utf-8") else { return };
    for packed in ["a.csv.gz", "a.csv.zst"] {
        let _ = Source::unpack(&Arc::from(packed), data, encoding);
    }
    for workbook in ["a.xlsx", "a.ods"] {
        if let Ok(sheet) = Source::of_sheet(&Arc::from(workbook), data, None) {
            rows(&sheet, Format::Sheet);
        }
    }
    if let Some(other) = Encoding::named("windows-1252") {
        let _ = Source::unpack(&Arc::from("a.csv"), data, other);
    }
    let Ok(source) = Source::unpack(&Arc::from("a.csv"), data, encoding) else { return };
    for format in [
        Format::Delimited(b','),
        Format::Delimited(b'\t'),
        Format::Delimited(b';'),
        Format::Headless(b','),
        Format::JsonLines,
        Format::Json,
        Format::Yaml,
        Format::Toml,
        Format::Sheet,
        Format::HeadlessSheet,
    ] {
        rows(&source, format);
    }
}

/// Reads the rows of a data file.
fn rows(source: &Source, format: Format) {
    let columns = ["company", "role.0", "total", "a", "@key"].map(ColumnRef::Named);
    let columns = [&columns[..], &[ColumnRef::At(2)]].concat();
    let rows = Data::open(source, format, &columns);
    rows.header().into_iter().flatten().for_each(|name| holds(&source.text, &name.span));
    for row in rows {
        holds(&source.text, &row.span);
        assert_eq!(row.cells.len(), columns.len());
        row.cells.iter().flatten().for_each(|cell| holds(&source.text, &cell.span));
    }
}

/// Finds the references in style sheets and scripts.
pub(super) fn assets(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for name in ["a.css", "a.js", "a.webmanifest", "a.importmap", "a.speculationrules"] {
        let mut end = 0;
        for reference in references(name, &text) {
            holds(&text, &reference.span);
            assert!(end <= reference.span.start, "{name}: references overlap");
            end = reference.span.end;
        }
    }
}

/// Reads the size of an image.
pub(super) fn images(data: &[u8]) {
    let _ = ImageSize::read(data);
}

/// Reads each line, and the whole text, as a link, a name, and a text with character references.
pub(super) fn links(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    text.lines().chain([&*text]).for_each(link);
}

fn link(text: &str) {
    for path in [relative("/a/b/", text), join("a/b.md", text)].into_iter().flatten() {
        assert!(!path.split('/').any(|part| part == ".." || part == "."), "{text:?} leads to {path:?}");
    }
    let _ = (is_external(text), anchor(text), decode(text), external(text));
    if let Some(base) = BaseUrl::parse(text) {
        let _ = (base.own(text), base.href("/a/"), base.absolute("/a/"));
    }
    for within in [Within::Text, Within::Attribute] {
        let meant = unescape(text, within);
        let _ = (is_forbidden(&meant, UrlUse::Follow), is_forbidden(&meant, UrlUse::Show));
    }
    let _ = html_parts(text);
    words(text, |word| assert!(!word.is_empty()));
    assert_eq!(composed(&composed(text)), composed(text), "composing again changes {text:?}");
    assert_eq!(caseless(&caseless(text)), caseless(text), "folding again changes {text:?}");
    let _ = (slugify(text), loose(text));
}
