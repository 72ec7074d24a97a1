//! What stands between quotation marks in templates, and where.

use std::collections::HashMap;

use sitegen_parser::Place;

use super::Sources;

/// The quoted texts of all templates, each looked through once.
pub(crate) struct Literals<'a> {
    sources: &'a Sources,
    /// Where each stands, by its text: in which template, and after how many bytes. Sorted.
    whole: HashMap<&'a str, Vec<(&'a str, usize)>>,
    /// Likewise what follows a `#` in one, that included.
    fragments: HashMap<&'a str, Vec<(&'a str, usize)>>,
}

impl<'a> Literals<'a> {
    /// Those of all templates.
    pub(crate) fn of(sources: &'a Sources) -> Self {
        let mut literals = Self { sources, whole: HashMap::new(), fragments: HashMap::new() };
        let mut names: Vec<_> = sources.0.keys().map(String::as_str).collect();
        names.sort_unstable();
        for name in names {
            let text = &*sources.0[name].text;
            let quotes: Vec<_> = memchr::memchr_iter(b'"', text.as_bytes()).collect();
            for pair in quotes.windows(2) {
                let literal = &text[pair[0] + 1..pair[1]];
                literals.whole.entry(literal).or_default().push((name, pair[0]));
                if let Some(at) = literal.find('#') {
                    literals.fragments.entry(&literal[at..]).or_default().push((name, pair[0] + 1 + at));
                }
            }
        }
        literals
    }

    /// Where templates say a text in quotation marks, the named one first.
    pub(crate) fn find(&self, first: &str, text: &str) -> Option<Place> {
        self.place(self.whole.get(text)?, first, text.len() + 2)
    }

    /// Where templates end a quoted text by `#` and what follows it, the named one first.
    pub(crate) fn find_fragment(&self, first: &str, fragment: &str) -> Option<Place> {
        let fragment = format!("#{fragment}");
        self.place(self.fragments.get(fragment.as_str())?, first, fragment.len() + 1)
    }

    fn place(&self, found: &[(&str, usize)], first: &str, length: usize) -> Option<Place> {
        let own = found.iter().find(|(name, _)| *name == first);
        let (name, start) = own.or(found.first())?;
        self.sources.place(name, &(*start..start + length))
    }
}
