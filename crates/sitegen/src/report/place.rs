//! Places in a few words: `content/companies/amazon.md:3`.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_model::{File, Inputs};
use sitegen_parser::Place;

use super::text::{Position, Text, is_whole_file};

/// Names places by their lines. Each text is looked through once.
pub(crate) struct Places<'a> {
    inputs: &'a Inputs,
    /// None for what is not text as it lies there, so that its lines are not those that a reader sees.
    texts: BTreeMap<Arc<str>, Option<Text>>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(inputs: &'a Inputs) -> Self {
        Self { inputs, texts: BTreeMap::new() }
    }

    /// The line and the column of a place, from 1; none of a file as a whole, or of what is no text as it lies there.
    pub(crate) fn position(&mut self, place: &Place) -> Option<(usize, usize)> {
        let Position { line, column, .. } = self.text(place)?.position(place);
        Some((line, column))
    }

    /// The path of a place, and its line if it is not a file as a whole.
    pub(crate) fn name(&mut self, place: &Place) -> String {
        match self.text(place) {
            Some(text) => format!("{}:{}", place.path, text.line(place.start) + 1),
            None => place.path.to_string(),
        }
    }

    /// The text in which a place is more than the file as a whole.
    fn text(&mut self, place: &Place) -> Option<&Text> {
        if is_whole_file(place) {
            return None;
        }
        let inputs = self.inputs;
        let text = self.texts.entry(Arc::clone(&place.path)).or_insert_with(|| read(inputs, &place.path));
        text.as_ref()
    }
}

fn read(inputs: &Inputs, path: &str) -> Option<Text> {
    match inputs.file(path)? {
        File::Loaded(bytes) => std::str::from_utf8(bytes).ok().map(|text| Text::new(text.into())),
        _ => None,
    }
}
