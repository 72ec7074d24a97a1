//! The words that templates say, in the site's language: `words/en.toml`.

mod plural;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place, Source, Spanned, Table, WrittenValue};

use super::{Config, File, Inputs, errors};
use crate::ground::{By, Id, Kept, Piece, placeholder, suggest};

pub use self::plural::Category;

/// The language that all others fall back to.
const ORIGINAL: &str = "en";

/// The words that the crates themselves use, which themes and sites can override.
const OWN: &str = include_str!("words/en.toml");

/// The words of a site. Its own override its theme's, and its language overrides English where it has words.
#[derive(Debug, Default)]
pub struct Words {
    messages: BTreeMap<String, Message>,
}

/// The words under a key.
#[derive(Debug, Clone, Hash)]
pub struct Message {
    /// The language of the words, as a BCP 47 tag.
    language: Arc<str>,
    /// One phrase, or one for each plural category of the language.
    phrases: Phrases,
    /// The names of all values that templates may pass: all placeholders of these words and of those that
    /// they override.
    places: BTreeSet<String>,
    /// True if only the site has the key, neither its theme nor the program.
    is_own: bool,
    /// True if the program says the words itself.
    is_built_in: bool,
}

#[derive(Debug, Clone, Hash)]
enum Phrases {
    One(Phrase),
    /// The phrases by category; [`Category::Other`] is always there.
    ByCount(BTreeMap<Category, Phrase>),
}

/// A text with placeholders.
#[derive(Debug, Clone, Hash)]
pub struct Phrase {
    /// The pieces of the text.
    pub pieces: Vec<Piece>,
    /// The text as it is written.
    pub(crate) text: String,
    /// The place of the text.
    pub(crate) place: Place,
}

/// A file of words that is being read.
struct PhraseReader<'a> {
    language: Arc<str>,
    source: &'a Source,
    /// True if the file is the site's own.
    is_own: bool,
    diagnostics: &'a mut Diagnostics,
}

impl Kept<Words> {
    /// Returns true if all files could be read, so that a missing key is really missing.
    pub fn whole(&self) -> bool {
        !self.diagnostics.has_errors()
    }
}

impl Words {
    /// Reads the words, or returns the previous ones if nothing changed.
    pub(crate) fn kept(inputs: &Inputs, config: &Config, previous: &Kept<Self>) -> Kept<Self> {
        let from = Id::of(&(&config.language, inputs.layers("words").collect::<Vec<_>>()));
        Kept::or_make(Some(previous), By(from, (inputs, config)), |By(_, (inputs, config))| {
            Self::read(inputs, config)
        })
    }

    /// Reads the words of the themes and the site.
    pub fn read(inputs: &Inputs, config: &Config) -> (Self, Diagnostics) {
        let mut words = Self::default();
        let mut diagnostics = Diagnostics::new();
        let own = File::Loaded(OWN.as_bytes().into());
        words.add((ORIGINAL, false), &"words/en.toml".into(), &own, &mut diagnostics);
        words.messages.values_mut().for_each(|message| message.is_built_in = true);
        let languages = languages(&config.language);
        report_unread(inputs, config, &languages, &mut diagnostics);
        for language in languages {
            let is_in = |name: &str| language_of(name).eq_ignore_ascii_case(&language);
            for (_, path, file) in inputs.layers("words").filter(|(name, ..)| is_in(name)) {
                let is_own = inputs.site.contains_key(&path);
                words.add((&language, is_own), &path, file, &mut diagnostics);
            }
        }
        // Words that are missing from a file that could not be read may be in the unread part, so they are
        // not reported.
        if inputs.layers("words").next().is_some() && !diagnostics.has_errors() {
            words.report_untranslated(config, inputs, &mut diagnostics);
        }
        (words, diagnostics)
    }

    fn add(
        &mut self,
        (language, is_own): (&str, bool),
        path: &Arc<str>,
        file: &File,
        diagnostics: &mut Diagnostics,
    ) {
        match file.source(path) {
            Ok(source) => {
                let (table, found) = Table::parse(&source, 0..source.text.len());
                diagnostics.extend(found);
                let mut reader =
                    PhraseReader { language: language.into(), source: &source, is_own, diagnostics };
                self.add_table("", &table, &mut reader);
            }
            Err(problem) => diagnostics.push(problem),
        }
    }

    fn add_table(&mut self, above: &str, table: &Table, reader: &mut PhraseReader) {
        for entry in &table.entries {
            let key = format!("{above}{}", entry.key.value);
            if let WrittenValue::Table(inner) = &entry.value.value
                && !Category::are_all(inner)
            {
                self.add_table(&format!("{key}."), inner, reader);
            } else if let Some(phrases) = reader.phrases(&key, &entry.value) {
                self.put(key, (&reader.language, reader.is_own), phrases);
            }
        }
    }

    fn put(&mut self, key: String, (language, is_own): (&Arc<str>, bool), phrases: Phrases) {
        let places = phrases.placeholders().map(str::to_owned);
        let below = self.messages.remove(&key);
        let is_own = is_own && below.as_ref().is_none_or(|below| below.is_own);
        let is_built_in = below.as_ref().is_some_and(|below| below.is_built_in);
        let places = places.chain(below.into_iter().flat_map(|below| below.places)).collect();
        let language = Arc::clone(language);
        self.messages.insert(key, Message { language, phrases, places, is_own, is_built_in });
    }

    /// Warns of words that are not translated into the site's language.
    fn report_untranslated(&self, config: &Config, inputs: &Inputs, diagnostics: &mut Diagnostics) {
        let primary = primary(&config.language);
        let missing = self.messages.iter().filter(|(_, message)| primary_of(message) != primary);
        let missing: Vec<_> = missing.map(|(key, _)| key.as_str()).collect();
        if !missing.is_empty() {
            let total = self.messages.len();
            diagnostics.push(errors::untranslated(&config.language, &missing, total, &inputs.config));
        }
    }

    /// Returns the words under a key.
    pub fn get(&self, key: &str) -> Option<&Message> {
        self.messages.get(key)
    }

    /// Formats the words under a key with values for their placeholders, in the plural form for a count.
    /// Empty if there are no such words.
    pub fn say(&self, key: &str, count: Option<u64>, values: &[(&str, &str)]) -> String {
        let Some(message) = self.get(key) else { return String::new() };
        let value =
            |name: &String| values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
        let pieces = message.phrase(count).pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Placeholder(name) => value(name),
        });
        pieces.collect()
    }

    /// Returns the text under a key that has no plural forms, with its place.
    pub(crate) fn text(&self, key: &str) -> Option<(&str, Place)> {
        match &self.get(key)?.phrases {
            Phrases::One(phrase) => Some((&phrase.text, phrase.place.clone())),
            Phrases::ByCount(_) => None,
        }
    }

    /// Hashes the words under a section's keys, and their places.
    pub(crate) fn id_of(&self, section: &str) -> Id {
        let said = self
            .messages
            .iter()
            .filter(|(key, _)| key.strip_prefix(section).is_some_and(|rest| rest.starts_with('.')));
        Id::of_all(said)
    }

    /// Lists the keys that only the site has, with their places.
    pub fn own(&self) -> impl Iterator<Item = (&str, &Place)> {
        let own = self.messages.iter().filter(|(_, message)| message.is_own);
        own.map(|(key, message)| (key.as_str(), &message.phrase(None).place))
    }

    /// Lists the keys that the program does not say itself, with their places.
    pub fn for_templates(&self) -> impl Iterator<Item = (&str, &Place)> {
        let said = self.messages.iter().filter(|(_, message)| !message.is_built_in);
        said.map(|(key, message)| (key.as_str(), &message.phrase(None).place))
    }

    /// Returns true if only the site has a key.
    pub fn is_own(&self, key: &str) -> bool {
        self.get(key).is_some_and(|message| message.is_own)
    }

    /// Lists all keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.messages.keys().map(String::as_str)
    }
}

impl Message {
    /// Returns true if the words depend on a count.
    pub fn counts(&self) -> bool {
        matches!(self.phrases, Phrases::ByCount(_))
    }

    /// Returns the phrase for a count; without a count, that of [`Category::Other`].
    pub fn phrase(&self, count: Option<u64>) -> &Phrase {
        match &self.phrases {
            Phrases::One(phrase) => phrase,
            Phrases::ByCount(phrases) => {
                let category = count.map_or(Category::Other, |count| Category::of(&self.language, count));
                phrases.get(&category).unwrap_or(&phrases[&Category::Other])
            }
        }
    }

    /// Lists the names of all placeholders, in any phrase.
    pub fn placeholders(&self) -> BTreeSet<&str> {
        self.phrases.placeholders().collect()
    }

    /// Returns true if templates may pass a value of this name. A translation may leave out placeholders of
    /// the original.
    pub fn takes(&self, name: &str) -> bool {
        self.places.contains(name)
    }
}

impl Phrases {
    fn placeholders(&self) -> impl Iterator<Item = &str> {
        let phrases = match self {
            Self::One(phrase) => vec![phrase],
            Self::ByCount(phrases) => phrases.values().collect(),
        };
        phrases.into_iter().flat_map(|phrase| &phrase.pieces).filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }
}

impl PhraseReader<'_> {
    fn place(&self, value: &Spanned<WrittenValue>) -> Place {
        Place::new(&self.source.path, &value.span)
    }

    fn phrases(&mut self, key: &str, value: &Spanned<WrittenValue>) -> Option<Phrases> {
        let WrittenValue::Table(forms) = &value.value else {
            return self.phrase(key, value).map(Phrases::One);
        };
        let mut phrases = BTreeMap::new();
        for form in &forms.entries {
            if let Some(category) = Category::named(&form.key.value) {
                phrases.insert(category, self.phrase(key, &form.value)?);
            }
        }
        if !phrases.contains_key(&Category::Other) {
            let place = self.place(value);
            self.diagnostics.push(errors::missing_key("other", &format!("\"{key}\""), place));
            return None;
        }
        Some(Phrases::ByCount(phrases))
    }

    fn phrase(&mut self, key: &str, value: &Spanned<WrittenValue>) -> Option<Phrase> {
        let place = self.place(value);
        let WrittenValue::String(text) = &value.value else {
            self.diagnostics.push(errors::wrong_type(&format!("\"{key}\""), "text", &value.value, place));
            return None;
        };
        let Some(pieces) = placeholder::split(text) else {
            self.diagnostics.push(errors::unclosed_placeholder(text, place));
            return None;
        };
        Some(Phrase { pieces, text: text.clone(), place })
    }
}

/// Lists the languages whose files are read, the most special last: `en`, `de`, `de-at`.
fn languages(language: &str) -> Vec<String> {
    let mut languages = vec![ORIGINAL.to_owned()];
    let language = language.to_ascii_lowercase();
    let ends = language.match_indices('-').map(|(at, _)| at).chain([language.len()]);
    for part in ends.map(|end| &language[..end]) {
        if part != ORIGINAL {
            languages.push(part.to_owned());
        }
    }
    languages
}

/// Warns of the site's own files in languages that no page is in. A theme may have many languages.
fn report_unread(inputs: &Inputs, config: &Config, languages: &[String], diagnostics: &mut Diagnostics) {
    for (name, path, _) in inputs.layers("words").filter(|(_, path, _)| inputs.site.contains_key(path)) {
        let language = language_of(name);
        if !languages.iter().any(|known| known.eq_ignore_ascii_case(language)) {
            let nearest = suggest::nearest(language, languages.iter().map(String::as_str));
            diagnostics.push(errors::unread_words(&config.language, nearest, Place::file(&path)));
        }
    }
}

/// Returns the language of a file by its name: that of `de.toml` and `lessons.de.toml` is `de`.
fn language_of(name: &str) -> &str {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(_, language)| language)
}

fn primary(language: &str) -> String {
    language.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

fn primary_of(message: &Message) -> String {
    primary(&message.language)
}
