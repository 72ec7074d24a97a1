//! The words of records' texts, with the weight of each.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use sitegen_model::{Id, Model, RecordId, Value, bucket, words};
use sitegen_parser::{Markdown, Within, unescape};

use crate::text::RecordTexts;

/// The number of records in a block.
pub(super) const BLOCK: usize = 64;

/// The words of some neighboring records, by their buckets, those of one bucket in alphabetical order.
#[derive(Debug, Default)]
pub(super) struct InvertedIndex {
    /// The words one after another.
    text: Box<str>,
    words: Box<[Word]>,
    /// For each word in turn, the records in whose texts it stands.
    uses: Box<[Occurrence]>,
    /// The id of everything in these words.
    pub content: Id,
}

#[derive(Debug, Hash)]
struct Word {
    /// The offset of its text.
    start: u32,
    /// The index of its first use.
    uses: u32,
    bucket: u16,
}

/// The use of a word in a record's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Occurrence {
    /// The record's place in the block.
    pub record: u8,
    /// The weight of the word in the record's text, from 0 to 3.
    pub weight: u8,
}

/// The counts of a word in a record's text.
#[derive(Debug, Default)]
struct WordCount {
    record: u8,
    count: usize,
    in_heading: bool,
    in_name: bool,
}

/// The position of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextPosition {
    Name,
    Heading,
    Body,
}

#[derive(Default)]
struct WordCounter {
    /// The number of the record that is read.
    record: u8,
    found: HashMap<String, Vec<WordCount>, BuildHasherDefault<Fnv>>,
}

/// A hash that is quick for short words. It need not withstand words that are made to collide, because nobody
/// gains by such words in a text of their own.
struct Fnv(u64);

/// Returns the id of everything that the words of a record depend on.
pub(super) fn depends_on(id: RecordId, model: &Model, texts: &RecordTexts) -> Id {
    let record = &model.records[id];
    let names = Id::of_all(record.references.iter().map(|id| model.records[*id].name));
    Id::of(&(record.id, texts.of(id).from, names))
}

/// Finds the words of a block of records: of their fields, their bodies, and the titles of records that they
/// refer to.
pub(super) fn words_of(block: &[RecordId], model: &Model, texts: &RecordTexts) -> InvertedIndex {
    let mut counter = WordCounter::default();
    for (number, id) in block.iter().enumerate() {
        counter.record = u8::try_from(number).expect("a block has 64 records at most");
        counter.add_record(*id, model, texts);
    }
    counter.finish()
}

fn is_url(text: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| text.starts_with(scheme))
}

/// Returns a text without its template expressions.
fn without_expressions(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['{', '}']) {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let closing = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")].into_iter();
        let mut closing =
            closing.filter(|(opening, _)| rest.starts_with(opening)).map(|(_, closing)| closing);
        rest = match closing.next() {
            Some(closing) => rest.split_once(closing).map_or("", |(_, after)| after),
            None => &rest[1..],
        };
        plain.push(' ');
    }
    plain.push_str(rest);
    plain
}

impl WordCounter {
    fn add_record(&mut self, id: RecordId, model: &Model, texts: &RecordTexts) {
        let record = &model.records[id];
        let html = |markdown: &Arc<Markdown>| texts.of(id).get(markdown).and_then(|text| text.html.as_str());
        self.add(&record.title, TextPosition::Name);
        self.add_html(record.body.as_ref().and_then(html).unwrap_or_default());
        let mut left: Vec<_> = record.values.iter().collect();
        while let Some(value) = left.pop() {
            match value {
                Value::List(values) | Value::Table(values) => left.extend(values),
                Value::Markdown(markdown) => self.add_html(html(markdown).unwrap_or_default()),
                Value::Template(text, _) => self.add(&without_expressions(text), TextPosition::Body),
                Value::String(text) if !is_url(text) => self.add(text, TextPosition::Body),
                Value::Reference(id) => self.add(&model.records[*id].title, TextPosition::Body),
                _ => {}
            }
        }
    }

    fn add(&mut self, text: &str, position: TextPosition) {
        let record = self.record;
        words(text, |word| {
            let known = match self.found.get_mut(word) {
                Some(known) => known,
                None => self.found.entry(word.to_owned()).or_default(),
            };
            if known.last().is_none_or(|last| last.record != record) {
                known.push(WordCount { record, ..WordCount::default() });
            }
            let last = known.last_mut().expect("there is one");
            last.count += 1;
            last.in_heading |= position == TextPosition::Heading;
            last.in_name |= position == TextPosition::Name;
        });
    }

    fn add_html(&mut self, html: &str) {
        for (position, html) in pieces(html) {
            // The source of a formula is left out, because readers do not see it.
            let shown = html.split('<').filter(|piece| !piece.starts_with("annotation "));
            for text in shown.map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)) {
                self.add(&unescape(text, Within::Text), position);
            }
        }
    }

    fn finish(self) -> InvertedIndex {
        let mut found: Vec<_> =
            self.found.iter().map(|(word, counts)| (bucket(word), word, counts)).collect();
        found.sort_unstable_by_key(|(bucket, word, _)| (*bucket, *word));
        let place = |length| u32::try_from(length).expect("64 files' texts are shorter than 4 GiB");
        let (mut text, mut uses) = (String::new(), Vec::new());
        let words = found.into_iter().map(|(bucket, word, counts)| {
            let found = Word { start: place(text.len()), uses: place(uses.len()), bucket };
            text.push_str(word);
            uses.extend(counts.iter().map(|uses| Occurrence { record: uses.record, weight: uses.weight() }));
            found
        });
        let words: Box<[_]> = words.collect();
        let content = Id::of(&(&text, &words, &uses));
        InvertedIndex { text: text.into(), words, uses: uses.into(), content }
    }
}

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        self.0 =
            bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl WordCount {
    /// Returns the weight, from 0 to 3.
    fn weight(&self) -> u8 {
        match (self.in_name, self.in_heading, self.count) {
            (true, ..) => 3,
            (_, true, _) | (_, _, 4..) => 2,
            (_, _, 2..) => 1,
            _ => 0,
        }
    }
}

/// Cuts HTML at its headings.
pub(super) fn pieces(html: &str) -> Vec<(TextPosition, &str)> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some((start, end)) = heading(rest) {
        pieces.push((TextPosition::Body, &rest[..start]));
        pieces.push((TextPosition::Heading, &rest[start..end]));
        rest = &rest[end..];
    }
    pieces.push((TextPosition::Body, rest));
    pieces
}

/// Finds the beginning and the end of the first heading.
fn heading(html: &str) -> Option<(usize, usize)> {
    let is_level = |at: &usize| html.as_bytes().get(at + 2).is_some_and(u8::is_ascii_digit);
    let start = html.match_indices("<h").map(|(at, _)| at).find(is_level)?;
    let length = html[start..].find("</h")?;
    Some((start, start + length))
}

impl InvertedIndex {
    /// Lists the words of some buckets, with the records in whose texts they stand.
    pub(super) fn within(
        &self,
        buckets: std::ops::Range<u32>,
    ) -> impl Iterator<Item = (&str, &[Occurrence])> {
        let from = self.words.partition_point(|word| u32::from(word.bucket) < buckets.start);
        let to = self.words.partition_point(|word| u32::from(word.bucket) < buckets.end);
        (from..to).map(|at| self.word(at))
    }

    fn word(&self, at: usize) -> (&str, &[Occurrence]) {
        let (word, next) = (&self.words[at], self.words.get(at + 1));
        let end = next.map_or(self.text.len(), |next| next.start as usize);
        let last = next.map_or(self.uses.len(), |next| next.uses as usize);
        (&self.text[word.start as usize..end], &self.uses[word.uses as usize..last])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_left_out() {
        assert_eq!(without_expressions("Is {{ a }} {% if b %}more{% endif %}?{# c #}"), "Is    more ? ");
        assert_eq!(without_expressions("{ {{ open"), "   ");
    }

    #[test]
    fn html_is_cut_at_its_headings() {
        let html = "<p>a</p><h2 id=\"b\">b</h2><hr><p>c";
        let expected = [
            (TextPosition::Body, "<p>a</p>"),
            (TextPosition::Heading, "<h2 id=\"b\">b"),
            (TextPosition::Body, "</h2><hr><p>c"),
        ];
        assert_eq!(pieces(html), expected);
    }

    #[test]
    fn words_are_found_by_their_buckets() {
        let mut counter = WordCounter::default();
        counter.add("Data data", TextPosition::Body);
        counter.record = 1;
        counter.add("lake", TextPosition::Name);
        counter.add("data", TextPosition::Body);
        let words = counter.finish();
        let (first, second) = (Occurrence { record: 0, weight: 1 }, Occurrence { record: 1, weight: 0 });
        let lake = ("lake", &[Occurrence { record: 1, weight: 3 }][..]);
        let all: Vec<_> = words.within(0..0x1_0000).collect();
        assert!(all.contains(&("data", &[first, second])) && all.contains(&lake) && all.len() == 2);
        let at = u32::from(bucket("lake"));
        assert_eq!(words.within(at..at + 1).collect::<Vec<_>>(), [lake]);
    }
}
