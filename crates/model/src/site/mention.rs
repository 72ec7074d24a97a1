//! Mentions: phrases in texts that become links to records.

mod token;
mod trie;
mod find;
mod link;

use std::sync::Arc;

use sitegen_parser::{Diagnostics, Markdown, Place, composed};

use super::{Model, errors};
use crate::ground::{By, CollectionId, Id, Kept, RecordId};
use crate::record::Records;
use crate::schema::Schema;

pub use self::find::Mentions;
use self::token::tokens;
use self::trie::Trie;

/// The phrases of all records.
#[derive(Debug, Default)]
pub struct Vocabulary {
    trie: Trie,
    /// The links to the records, such as `@terms/grain`. The trie refers to them by index.
    keys: Vec<Arc<str>>,
    /// The id of all phrases and links.
    content: Id,
}

/// The most characters of a phrase.
const LONGEST: usize = 100;

impl Vocabulary {
    /// Reads the records' phrases, unless the records and the declarations are unchanged.
    pub(crate) fn kept(schema: &Kept<Schema>, records: &Records, previous: &Kept<Self>) -> Kept<Self> {
        let mut mentioned = mentioned(schema).peekable();
        if mentioned.peek().is_none() {
            return Kept::default();
        }
        let ids = mentioned.flat_map(|collection| records.of(collection)).map(|record| record.id);
        let seen = (schema.by(), By(Id::of_all(ids), records));
        let read = Kept::or_make(Some(previous), seen, |(By(_, schema), By(_, records))| {
            Self::read(schema, records)
        });
        // The id is that of the phrases, because most edits of records change none.
        let id = read.content;
        read.known_by(id)
    }

    fn read(schema: &Schema, records: &Records) -> (Self, Diagnostics) {
        let mut reader = VocabularyBuilder::default();
        for collection in mentioned(schema) {
            let name = &schema[collection].name;
            for record in records.of(collection) {
                let key = u32::try_from(reader.vocabulary.keys.len()).expect("there are fewer records");
                reader.vocabulary.keys.push(format!("@{name}/{}", record.slug).into());
                for phrase in &record.phrases {
                    reader.add(key, &phrase.value, Place::new(&record.source.path, &phrase.span));
                }
            }
        }
        let VocabularyBuilder { vocabulary, taken, diagnostics } = reader;
        let phrases = taken.iter().map(|(phrase, key, _)| (phrase, &vocabulary.keys[*key as usize]));
        let content = Id::of_all(phrases);
        (Self { content, ..vocabulary }, diagnostics)
    }
}

/// Lists the collections whose records can be mentioned.
fn mentioned(schema: &Schema) -> impl Iterator<Item = CollectionId> {
    let collections = schema.collections.iter().enumerate();
    collections.filter(|(_, collection)| !collection.mentions.is_empty()).map(|(id, _)| CollectionId(id))
}

#[derive(Default)]
struct VocabularyBuilder {
    vocabulary: Vocabulary,
    /// The phrases in order, each with the index of its record's link and its place. The trie refers to them
    /// by index.
    taken: Vec<(String, u32, Place)>,
    diagnostics: Diagnostics,
}

impl VocabularyBuilder {
    fn add(&mut self, key: u32, phrase: &str, place: Place) {
        let phrase = composed(phrase.trim());
        if let Some(objection) = objection(&phrase) {
            self.diagnostics.push(errors::invalid_phrase(&phrase, objection, place));
            return;
        }
        let number = u32::try_from(self.taken.len()).expect("there are fewer phrases");
        match self.vocabulary.trie.insert(&phrase, (number, key)) {
            None => self.taken.push((phrase.into_owned(), key, place)),
            // A record may have a phrase twice, as its title and as an alias.
            Some((_, other)) if other == key => {}
            Some((number, _)) => {
                let (_, _, other) = &self.taken[number as usize];
                self.diagnostics.push(errors::duplicate_phrase(&phrase, place, other));
            }
        }
    }
}

/// Explains why a phrase cannot be found in texts; none if it can.
fn objection(phrase: &str) -> Option<&'static str> {
    if !tokens(phrase).any(|token| token.is_word) {
        return Some("there is no word in it");
    }
    (phrase.chars().count() > LONGEST).then_some("it is longer than 100 characters")
}

impl Model {
    /// Finds the mentions in a record's text that become links.
    pub fn mentions(&self, of: RecordId, text: &Markdown) -> Mentions {
        let record = &self.records[of];
        if self.vocabulary.keys.is_empty() || !record.links_mentions {
            return Mentions::default();
        }
        let own = format!("@{}/{}", self.schema[of.collection].name, record.slug);
        self.vocabulary.find(text, &own)
    }
}
