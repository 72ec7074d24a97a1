//! Mentions: phrases that lead to records, and where the texts of others say them.

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

/// The phrases that lead to records.
#[derive(Debug, Default)]
pub struct Vocabulary {
    trie: Trie,
    /// What links to the records are, such as `@terms/grain`. The trie names them by their places here.
    keys: Vec<Arc<str>>,
    /// The id of all of it.
    content: Id,
}

/// The longest phrase, in characters.
const LONGEST: usize = 100;

impl Vocabulary {
    /// Reads the records' phrases, unless neither they nor the declarations changed.
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
        // Most edits of records change no phrase.
        let id = read.content;
        read.known_by(id)
    }

    fn read(schema: &Schema, records: &Records) -> (Self, Diagnostics) {
        let mut reader = Reader::default();
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
        let Reader { vocabulary, taken, diagnostics } = reader;
        let phrases = taken.iter().map(|(phrase, key, _)| (phrase, &vocabulary.keys[*key as usize]));
        let content = Id::of_all(phrases);
        (Self { content, ..vocabulary }, diagnostics)
    }
}

/// The collections whose records texts can mention.
fn mentioned(schema: &Schema) -> impl Iterator<Item = CollectionId> {
    let collections = schema.collections.iter().enumerate();
    collections.filter(|(_, collection)| !collection.mentions.is_empty()).map(|(id, _)| CollectionId(id))
}

#[derive(Default)]
struct Reader {
    vocabulary: Vocabulary,
    /// The phrases in order, which record has each, and where it stands. The trie names them by their places here.
    taken: Vec<(String, u32, Place)>,
    diagnostics: Diagnostics,
}

impl Reader {
    fn add(&mut self, key: u32, phrase: &str, place: Place) {
        let phrase = composed(phrase.trim());
        if let Some(objection) = objection(&phrase) {
            self.diagnostics.push(errors::invalid_phrase(&phrase, objection, place));
            return;
        }
        let number = u32::try_from(self.taken.len()).expect("there are fewer phrases");
        match self.vocabulary.trie.insert(&phrase, (number, key)) {
            None => self.taken.push((phrase.into_owned(), key, place)),
            // A record can say a phrase twice, as its name and among others.
            Some((_, other)) if other == key => {}
            Some((number, _)) => {
                let (_, _, other) = &self.taken[number as usize];
                self.diagnostics.push(errors::duplicate_phrase(&phrase, place, other));
            }
        }
    }
}

/// Why a phrase cannot be looked for.
fn objection(phrase: &str) -> Option<&'static str> {
    if !tokens(phrase).any(|token| token.is_word) {
        return Some("there is no word in it");
    }
    (phrase.chars().count() > LONGEST).then_some("it is longer than 100 characters")
}

impl Model {
    /// Where a record's text mentions other records that it shall link to.
    pub fn mentions(&self, of: RecordId, text: &Markdown) -> Mentions {
        let record = &self.records[of];
        if self.vocabulary.keys.is_empty() || !record.links_mentions {
            return Mentions::default();
        }
        let own = format!("@{}/{}", self.schema[of.collection].name, record.slug);
        self.vocabulary.find(text, &own)
    }
}
