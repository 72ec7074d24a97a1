//! The texts between quotation marks in the tags of templates, which can be printed elsewhere.

use std::collections::HashMap;

use sitegen_parser::{Place, Span};

use super::Sources;

/// The places of texts: the template, and the bytes with the marks around the text.
type TextPlaces<'a> = HashMap<&'a str, Vec<(&'a str, Span)>>;

/// An index of the literal texts of all templates, each of which is read once.
pub(crate) struct Literals<'a> {
    sources: &'a Sources,
    whole: TextPlaces<'a>,
    /// The part of a text from its `#` on.
    fragments: TextPlaces<'a>,
}

impl<'a> Literals<'a> {
    /// Indexes all templates.
    pub(crate) fn of(sources: &'a Sources) -> Self {
        let mut literals = Self { sources, whole: HashMap::new(), fragments: HashMap::new() };
        let mut names: Vec<_> = sources.templates.keys().map(String::as_str).collect();
        names.sort_unstable();
        for name in names {
            for written in sources.templates[name].written() {
                if !written.is_literal {
                    continue;
                }
                literals.whole.entry(written.text).or_default().push((name, written.span.clone()));
                if let Some(at) = written.text.find('#') {
                    let place = written.part(at..written.text.len());
                    literals.fragments.entry(&written.text[at..]).or_default().push((name, place));
                }
            }
        }
        literals
    }

    /// Finds a literal, in the named template first.
    pub(crate) fn find(&self, first: &str, text: &str) -> Option<Place> {
        self.place(self.whole.get(text)?, first)
    }

    /// Finds a literal that ends in `#` and a fragment, in the named template first.
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
