//! The quoted texts in templates, and texts that HTML reads as if they were quoted, with their places.

use std::collections::HashMap;

use sitegen_parser::{Place, Span};

use super::Sources;
use super::written::TemplateText;

/// The places of texts: the template, and the bytes with the marks around the text.
type TextPlaces<'a> = HashMap<&'a str, Vec<(&'a str, Span)>>;

/// An index of the texts of all templates, each of which is read once.
pub(crate) struct Literals<'a> {
    sources: &'a Sources,
    /// Literals, and texts in double quotation marks.
    whole: TextPlaces<'a>,
    /// The part of a quoted text from its `#` on.
    fragments: TextPlaces<'a>,
    /// The texts that HTML takes for URLs without double quotation marks: words, and values that are unquoted
    /// or in single marks.
    bare: TextPlaces<'a>,
}

impl<'a> Literals<'a> {
    /// Indexes all templates.
    pub(crate) fn of(sources: &'a Sources) -> Self {
        let (whole, fragments, bare) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut literals = Self { sources, whole, fragments, bare };
        let mut names: Vec<_> = sources.templates.keys().map(String::as_str).collect();
        names.sort_unstable();
        for name in names {
            for written in sources.templates[name].written() {
                literals.add(name, &written);
            }
        }
        literals
    }

    fn add(&mut self, name: &'a str, written: &TemplateText<'a>) {
        if written.is_literal {
            self.whole.entry(written.text).or_default().push((name, written.span.clone()));
            self.add_fragment(name, written, 0..written.text.len());
        } else {
            self.add_quoted(name, written);
        }
        self.add_bare(name, written);
    }

    fn add_quoted(&mut self, name: &'a str, written: &TemplateText<'a>) {
        for quoted in between(written.text, b'"') {
            let text = &written.text[quoted.clone()];
            let place = written.part(quoted.start - 1..quoted.end + 1);
            self.whole.entry(text).or_default().push((name, place));
            self.add_fragment(name, written, quoted);
        }
        // A value that began before an expression can end in the text behind it.
        if let Some(end) = written.text.find('"') {
            self.add_fragment(name, written, 0..end);
        }
    }

    fn add_fragment(&mut self, name: &'a str, written: &TemplateText<'a>, quoted: Span) {
        let text = &written.text[quoted.clone()];
        if let Some(at) = text.find('#') {
            let place = written.part(quoted.start + at..quoted.end);
            self.fragments.entry(&text[at..]).or_default().push((name, place));
        }
    }

    fn add_bare(&mut self, name: &'a str, written: &TemplateText<'a>) {
        let text = written.text;
        let mut add = |bare: Span| {
            let around = bare.start.saturating_sub(1)..(bare.end + 1).min(text.len());
            self.bare.entry(&text[bare]).or_default().push((name, written.part(around)));
        };
        between(text, b'\'').for_each(&mut add);
        let mut start = 0;
        for word in text.split([' ', '\t', '\n', '\r', '"']) {
            if let Some((before, value)) = word.split_once('=') {
                let value_start = start + before.len() + 1;
                let length = value.find('>').unwrap_or(value.len());
                add(value_start..value_start + length);
            }
            // An expression can stand before the first word of a text, and is a part of it.
            if start > 0 || written.is_literal {
                add(start..start + word.len());
            }
            start += word.len() + 1;
        }
    }

    /// Finds a literal or a text in double quotation marks, in the named template first.
    pub(crate) fn find(&self, first: &str, text: &str) -> Option<Place> {
        self.place(self.whole.get(text)?, first)
    }

    /// Finds a text that HTML takes for a URL without double quotation marks, in the named template first.
    pub(crate) fn find_bare(&self, first: &str, text: &str) -> Option<Place> {
        self.place(self.bare.get(text)?, first)
    }

    /// Finds a quoted text that ends in `#` and a fragment, in the named template first.
    pub(crate) fn find_fragment(&self, first: &str, fragment: &str) -> Option<Place> {
        self.place(self.fragments.get(format!("#{fragment}").as_str())?, first)
    }

    fn place(&self, found: &[(&str, Span)], first: &str) -> Option<Place> {
        let first = self.sources.get(first).map_or(first, |(name, _)| name);
        let own = found.iter().find(|(name, _)| *name == first);
        let (name, span) = own.or(found.first())?;
        self.sources.place(name, span)
    }
}

/// Lists the texts between each mark and the next one.
fn between(text: &str, mark: u8) -> impl Iterator<Item = Span> {
    let marks = memchr::memchr_iter(mark, text.as_bytes());
    marks.clone().zip(marks.skip(1)).map(|(start, end)| start + 1..end)
}
