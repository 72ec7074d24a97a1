//! Names of places for listings: `content/companies/amazon.md:3`.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_model::{File, Inputs};
use sitegen_parser::Place;

use super::text::{IndexedText, LineSpan, is_whole_file};

/// Finds the lines of places. Each text is scanned only once.
pub(crate) struct Places<'a> {
    inputs: &'a Inputs,
    /// The texts by path; none for files that are not UTF-8 text on disk, whose lines would mean nothing to a
    /// reader.
    texts: BTreeMap<Arc<str>, Option<IndexedText>>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(inputs: &'a Inputs) -> Self {
        Self { inputs, texts: BTreeMap::new() }
    }

    /// Returns the line and column of a place, both from 1. Returns none for a file as a whole and for files
    /// that are not text.
    pub(crate) fn position(&mut self, place: &Place) -> Option<(usize, usize)> {
        let LineSpan { line, column, .. } = self.text(place)?.position(place);
        Some((line, column))
    }

    /// Returns the path of a place, with the line unless it is a file as a whole.
    pub(crate) fn name(&mut self, place: &Place) -> String {
        match self.text(place) {
            Some(text) => format!("{}:{}", place.path, text.line(place.start) + 1),
            None => place.path.to_string(),
        }
    }

    /// Returns the path of a place, with line and column unless it is a file as a whole.
    pub(crate) fn exact(&mut self, place: &Place) -> String {
        match self.position(place) {
            Some((line, column)) => format!("{}:{line}:{column}", place.path),
            None => place.path.to_string(),
        }
    }

    /// Returns the text of a place, unless it is a file as a whole.
    fn text(&mut self, place: &Place) -> Option<&IndexedText> {
        if is_whole_file(place) {
            return None;
        }
        let inputs = self.inputs;
        let text = self.texts.entry(Arc::clone(&place.path)).or_insert_with(|| read(inputs, &place.path));
        text.as_ref()
    }
}

fn read(inputs: &Inputs, path: &str) -> Option<IndexedText> {
    match inputs.file(path)? {
        File::Loaded(bytes) => std::str::from_utf8(bytes).ok().map(|text| IndexedText::new(text.into())),
        _ => None,
    }
}
