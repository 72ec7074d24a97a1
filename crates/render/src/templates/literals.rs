//! The quoted texts in templates, and texts that HTML reads as if they were quoted, with their places.

use std::collections::HashMap;

use sitegen_parser::Place;

use super::Sources;

/// The places of texts: the template, and the offset of the character before the text.
type TextOffsets<'a> = HashMap<&'a str, Vec<(&'a str, usize)>>;

/// An index of the quoted texts of all templates, each of which is read once.
pub(crate) struct Literals<'a> {
    sources: &'a Sources,
    whole: TextOffsets<'a>,
    /// The part of a quoted text from its `#` on.
    fragments: TextOffsets<'a>,
    /// The texts that HTML takes for URLs without double quotation marks: words, and values that are unquoted
    /// or in single marks.
    bare: TextOffsets<'a>,
}

impl<'a> Literals<'a> {
    /// Indexes all templates.
    pub(crate) fn of(sources: &'a Sources) -> Self {
        let (whole, fragments, bare) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut literals = Self { sources, whole, fragments, bare };
        let mut names: Vec<_> = sources.templates.keys().map(String::as_str).collect();
        names.sort_unstable();
        for name in names {
            let text = &*sources.templates[name].text;
            literals.add_quoted(name, text);
            literals.add_bare(name, text);
        }
        literals
    }

    fn add_quoted(&mut self, name: &'a str, text: &'a str) {
        for (start, literal) in between(text, b'"') {
            self.whole.entry(literal).or_default().push((name, start));
            if let Some(at) = literal.find('#') {
                self.fragments.entry(&literal[at..]).or_default().push((name, start + 1 + at));
            }
        }
    }

    fn add_bare(&mut self, name: &'a str, text: &'a str) {
        let mut add = |start, word| self.bare.entry(word).or_default().push((name, start));
        between(text, b'\'').for_each(|(start, literal)| add(start, literal));
        let mut start = 0;
        for word in text.split([' ', '\t', '\n', '\r', '"']) {
            if let Some((before, value)) = word.split_once('=') {
                let value = value.split('>').next().unwrap_or_default();
                add(start + before.len(), value);
            }
            if start > 0 {
                add(start - 1, word);
            }
            start += word.len() + 1;
        }
    }

    /// Finds a text in double quotation marks, in the named template first.
    pub(crate) fn find(&self, first: &str, text: &str) -> Option<Place> {
        self.place(self.whole.get(text)?, first, text.len() + 2)
    }

    /// Finds a text that HTML takes for a URL without double quotation marks, in the named template first.
    pub(crate) fn find_bare(&self, first: &str, text: &str) -> Option<Place> {
        self.place(self.bare.get(text)?, first, text.len() + 2)
    }

    /// Finds a quoted text that ends in `#` and a fragment, in the named template first.
    pub(crate) fn find_fragment(&self, first: &str, fragment: &str) -> Option<Place> {
        let fragment = format!("#{fragment}");
        self.place(self.fragments.get(fragment.as_str())?, first, fragment.len() + 1)
    }

    fn place(&self, found: &[(&str, usize)], first: &str, length: usize) -> Option<Place> {
        let first = self.sources.get(first).map_or(first, |(name, _)| name);
        let own = found.iter().find(|(name, _)| *name == first);
        let (name, start) = own.or(found.first())?;
        self.sources.place(name, &(*start..start + length))
    }
}

/// Lists the texts between each mark and the next one, with the offset of the first mark.
fn between(text: &str, mark: u8) -> impl Iterator<Item = (usize, &str)> {
    let ends = memchr::memchr_iter(mark, text.as_bytes());
    ends.clone().zip(ends.skip(1)).map(|(start, end)| (start, &text[start + 1..end]))
}
