//! The words of a record's text, and how much each says of it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use sitegen_model::{Id, Model, RecordId, Value, bucket, words};
use sitegen_parser::Markdown;

use crate::scan::unescape;
use crate::texts::Texts;

/// Different words of a text, by their buckets, those of one bucket in alphabetical order.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The words one after another.
    text: Box<str>,
    words: Box<[Word]>,
}

#[derive(Debug)]
struct Word {
    /// Where it begins.
    start: u32,
    bucket: u16,
    weight: u8,
}

/// How a word stands in a text.
#[derive(Debug, Default)]
struct Uses {
    count: usize,
    in_heading: bool,
    in_name: bool,
}

/// Where a piece of text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Name,
    Heading,
    Body,
}

#[derive(Default)]
struct Finder(HashMap<String, Uses, BuildHasherDefault<Fnv>>);

/// A hash that is quick for short words. Nobody gains by words that collide in a text of their own.
struct Fnv(u64);

/// The id of all that the words of a record depend on.
pub(super) fn depends_on(id: RecordId, model: &Model, texts: &Texts) -> Id {
    let record = &model.records[id];
    let names = Id::of_all(record.references.iter().map(|id| model.records[*id].name));
    Id::of(&(record.from, texts.id(id), names))
}

/// The words of a record: of its fields, its body, and the titles of records that it refers to.
pub(super) fn words_of(id: RecordId, model: &Model, texts: &Texts) -> Words {
    let record = &model.records[id];
    let mut finder = Finder::default();
    finder.add(&record.title, Standing::Name);
    let html = |markdown: &Arc<Markdown>| texts.get(id, markdown).and_then(|text| text.html.as_str());
    if let Some(html) = record.body.as_ref().and_then(html) {
        finder.add_html(html);
    }
    let mut left: Vec<_> = record.values.iter().collect();
    while let Some(value) = left.pop() {
        match value {
            Value::List(values) | Value::Table(values) => left.extend(values),
            Value::Markdown(markdown) => finder.add_html(html(markdown).unwrap_or_default()),
            Value::Template(text, _) => finder.add(&without_expressions(text), Standing::Body),
            Value::String(text) if !is_url(text) => finder.add(text, Standing::Body),
            Value::Reference(id) => finder.add(&model.records[*id].title, Standing::Body),
            _ => {}
        }
    }
    finder.finish()
}

fn is_url(text: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| text.starts_with(scheme))
}

/// What a text with template expressions says without them.
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

impl Finder {
    fn add(&mut self, text: &str, standing: Standing) {
        words(text, |word| {
            let uses = match self.0.get_mut(word) {
                Some(uses) => uses,
                None => self.0.entry(word.to_owned()).or_default(),
            };
            uses.count += 1;
            uses.in_heading |= standing == Standing::Heading;
            uses.in_name |= standing == Standing::Name;
        });
    }

    fn add_html(&mut self, html: &str) {
        for (standing, html) in pieces(html) {
            for text in html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)) {
                self.add(&unescape(text), standing);
            }
        }
    }

    fn finish(self) -> Words {
        let mut found: Vec<_> =
            self.0.iter().map(|(word, uses)| (bucket(word), word, uses.weight())).collect();
        found.sort_unstable();
        let mut text = String::new();
        let words = found.into_iter().map(|(bucket, word, weight)| {
            let start = u32::try_from(text.len()).expect("a file's text is shorter than 4 GiB");
            text.push_str(word);
            Word { start, bucket, weight }
        });
        let words = words.collect();
        Words { text: text.into(), words }
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

impl Uses {
    /// From 0 to 3.
    fn weight(&self) -> u8 {
        match (self.in_name, self.in_heading, self.count) {
            (true, ..) => 3,
            (_, true, _) | (_, _, 4..) => 2,
            (_, _, 2..) => 1,
            _ => 0,
        }
    }
}

/// HTML cut at its headings.
fn pieces(html: &str) -> Vec<(Standing, &str)> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some((start, end)) = heading(rest) {
        pieces.push((Standing::Body, &rest[..start]));
        pieces.push((Standing::Heading, &rest[start..end]));
        rest = &rest[end..];
    }
    pieces.push((Standing::Body, rest));
    pieces
}

/// Where the first heading begins and ends.
fn heading(html: &str) -> Option<(usize, usize)> {
    let is_level = |at: &usize| html.as_bytes().get(at + 2).is_some_and(u8::is_ascii_digit);
    let start = html.match_indices("<h").map(|(at, _)| at).find(is_level)?;
    let length = html[start..].find("</h")?;
    Some((start, start + length))
}

impl Words {
    /// The words of some buckets and their weights.
    pub(super) fn within(&self, buckets: std::ops::Range<u32>) -> impl Iterator<Item = (&str, u8)> {
        let from = self.words.partition_point(|word| u32::from(word.bucket) < buckets.start);
        let to = self.words.partition_point(|word| u32::from(word.bucket) < buckets.end);
        (from..to).map(|at| (self.word(at), self.words[at].weight))
    }

    fn word(&self, at: usize) -> &str {
        let end = self.words.get(at + 1).map_or(self.text.len(), |next| next.start as usize);
        &self.text[self.words[at].start as usize..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_left_out() {
        assert_eq!(without_expressions("Is {{ a }} {% if b %}more{% endif %}?{# c #}"), "Is     more  ? ");
        assert_eq!(without_expressions("{ {{ open"), "   ");
    }

    #[test]
    fn html_is_cut_at_its_headings() {
        let html = "<p>a</p><h2 id=\"b\">b</h2><hr><p>c";
        let expected = [
            (Standing::Body, "<p>a</p>"),
            (Standing::Heading, "<h2 id=\"b\">b"),
            (Standing::Body, "</h2><hr><p>c"),
        ];
        assert_eq!(pieces(html), expected);
    }

    #[test]
    fn words_are_found_by_their_buckets() {
        let mut finder = Finder::default();
        finder.add("Data data", Standing::Body);
        finder.add("lake", Standing::Name);
        let words = finder.finish();
        let all: Vec<_> = words.within(0..0x1_0000).collect();
        assert!(all.contains(&("data", 1)) && all.contains(&("lake", 3)) && all.len() == 2);
        let at = u32::from(bucket("lake"));
        assert_eq!(words.within(at..at + 1).collect::<Vec<_>>(), [("lake", 3)]);
    }
}
