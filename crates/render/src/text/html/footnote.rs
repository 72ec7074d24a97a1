//! Footnotes.

use std::collections::HashMap;
use std::fmt::Write;

use sitegen_model::Words;
use sitegen_parser::Markdown;

use super::writer::{OpenTag, Writer};
use crate::ground::escape::escape;

/// The footnotes of a piece of Markdown.
pub(super) struct FootnoteSection<'a> {
    /// The suffix of their ids, which is unique on the site.
    suffix: String,
    indexes: HashMap<&'a str, usize>,
    notes: Vec<Footnote>,
}

#[derive(Default, Clone)]
struct Footnote {
    body: String,
    /// The number of references to it.
    references: usize,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        if let Some(html) = self.footnotes.refer(label) {
            self.html().push_str(&html);
        }
    }

    pub(super) fn end_footnote(&mut self) {
        if let (Some(OpenTag::Footnote(label)), body) = self.take_apart() {
            self.footnotes.define(label, body);
        }
    }
}

impl<'a> FootnoteSection<'a> {
    /// Prepares the footnotes of a piece.
    pub(super) fn new(markdown: &'a Markdown, name: &str) -> Self {
        let indexes = markdown.footnotes.iter().enumerate().map(|(index, label)| (label.as_str(), index));
        let notes = vec![Footnote::default(); markdown.footnotes.len()];
        Self { suffix: escape(name), indexes: indexes.collect(), notes }
    }

    fn define(&mut self, label: &str, body: String) {
        if let Some(index) = self.indexes.get(label) {
            self.notes[*index].body = body;
        }
    }

    /// Writes one more reference to a footnote.
    fn refer(&mut self, label: &str) -> Option<String> {
        let index = *self.indexes.get(label)?;
        self.notes[index].references += 1;
        let (number, name) = (index + 1, &self.suffix);
        let id = self.reference_id(index, self.notes[index].references);
        Some(format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{name}-{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
        ))
    }

    /// Returns the id of the first, second … reference to a footnote.
    fn reference_id(&self, index: usize, time: usize) -> String {
        let again = if time == 1 { String::new() } else { time.to_string() };
        format!("fnref{again}-{}-{}", self.suffix, index + 1)
    }

    /// Writes the footnotes, in order of their numbers.
    pub(super) fn section(&self, words: &Words) -> String {
        if self.notes.is_empty() {
            return String::new();
        }
        let label = escape(&words.say("footnotes.label", None, &[]));
        let mut html =
            format!("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{label}\">\n<ol>\n");
        for (index, note) in self.notes.iter().enumerate() {
            let back: String = (1..=note.references).map(|time| self.back(index, time, words)).collect();
            let body = match note.body.trim_end().strip_suffix("</p>") {
                Some(body) => format!("{body}{back}</p>"),
                None => format!("{}{back}", note.body),
            };
            let _ = writeln!(html, "<li id=\"fn-{}-{}\">{body}</li>", self.suffix, index + 1);
        }
        html.push_str("</ol>\n</section>\n");
        html
    }

    /// Writes a link back to a reference; only the first needs no number.
    fn back(&self, index: usize, time: usize, words: &Words) -> String {
        let (number, sign) = match time {
            1 => ((index + 1).to_string(), String::new()),
            _ => (format!("{}-{time}", index + 1), format!("<sup>{time}</sup>")),
        };
        let label = escape(&words.say("footnotes.back", None, &[("number", &number)]));
        let id = self.reference_id(index, time);
        format!(
            " <a class=\"footnote-back\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{label}\">↩{sign}</a>"
        )
    }
}
