//! Places in a few words: `content/companies/amazon.md:3`.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_model::{File, Inputs};
use sitegen_parser::Place;

use super::text::{Text, is_whole_file};

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

    /// The path of a place, and its line if it is not a file as a whole.
    pub(crate) fn name(&mut self, place: &Place) -> String {
        if is_whole_file(place) {
            return place.path.to_string();
        }
        let inputs = self.inputs;
        let text = self.texts.entry(Arc::clone(&place.path)).or_insert_with(|| read(inputs, &place.path));
        match text {
            Some(text) => format!("{}:{}", place.path, text.line(place.start) + 1),
            None => place.path.to_string(),
        }
    }
}

fn read(inputs: &Inputs, path: &str) -> Option<Text> {
    match inputs.file(path)? {
        File::Loaded(bytes) => std::str::from_utf8(bytes).ok().map(|text| Text::new(text.into())),
        _ => None,
    }
}
