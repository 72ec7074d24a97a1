//! A trigram index, which finds the name nearest to a misspelled one in bounded time.

use std::collections::HashMap;

use super::Folded;

/// Names with an index of their trigrams.
///
/// A search takes the same time however many names there are, because it compares only names that share the
/// rarest trigrams of the word. Among very many similar names, it may miss the nearest.
#[derive(Debug)]
pub struct NameIndex<'a> {
    names: Vec<(Folded, &'a str)>,
    by_trigram: HashMap<Trigram, Vec<u32>>,
}

/// Three neighboring characters. NUL stands for those before the first character.
type Trigram = [char; 3];

/// Up to this number of names, all are compared without an index.
const FEW: usize = 48;

/// The most entries of the index that one search visits, and the most names that it compares.
const VISITED: usize = 1024;
const COMPARED: usize = 16;

impl<'a> FromIterator<&'a str> for NameIndex<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        names.into_iter().map(|name| (name.into(), name)).collect()
    }
}

/// Collects pairs of a text to compare and the name that it stands for.
impl<'a> FromIterator<(String, &'a str)> for NameIndex<'a> {
    fn from_iter<I: IntoIterator<Item = (String, &'a str)>>(names: I) -> Self {
        let names: Vec<_> = names.into_iter().map(|(text, name)| (Folded::new(&text), name)).collect();
        let mut by_trigram: HashMap<Trigram, Vec<u32>> = HashMap::new();
        if names.len() > FEW {
            for (number, (folded, _)) in (0..).zip(&names) {
                for trigram in trigrams(&folded.text) {
                    by_trigram.entry(trigram).or_default().push(number);
                }
            }
        }
        Self { names, by_trigram }
    }
}

impl<'a> NameIndex<'a> {
    /// Finds the name that was most likely meant by a word, if one is as near as [`nearest`](super::nearest)
    /// demands.
    pub fn nearest(&self, word: &str) -> Option<&'a str> {
        self.nearest_other(word, "")
    }

    /// Does the same, but never returns `own`.
    pub(crate) fn nearest_other(&self, word: &str, own: &str) -> Option<&'a str> {
        let word = Folded::new(word);
        let distance = |(folded, name): &(Folded, &'a str)| {
            Some((word.distance(folded).filter(|_| *name != own)?, *name))
        };
        let found = if self.names.len() <= FEW {
            self.names.iter().filter_map(distance).min()
        } else {
            self.alike(&word).filter_map(|number| distance(&self.names[number as usize])).min()
        };
        found.map(|(_, name)| name)
    }

    /// Lists the names that share most of a word's rarest trigrams.
    fn alike(&self, word: &Folded) -> impl Iterator<Item = u32> {
        let mut lists: Vec<_> =
            trigrams(&word.text).filter_map(|trigram| self.by_trigram.get(&trigram)).collect();
        lists.sort_by_key(|list| list.len());
        let mut shared: HashMap<u32, u32> = HashMap::new();
        for number in lists.into_iter().flatten().take(VISITED) {
            *shared.entry(*number).or_default() += 1;
        }
        let mut alike: Vec<_> =
            shared.into_iter().map(|(number, count)| (u32::MAX - count, number)).collect();
        let compared = COMPARED.min(alike.len());
        if compared < alike.len() {
            alike.select_nth_unstable(compared);
        }
        alike.truncate(compared);
        alike.into_iter().map(|(_, number)| number)
    }
}

fn trigrams(text: &str) -> impl Iterator<Item = Trigram> {
    text.chars().scan(['\0'; 2], |before, c| {
        let trigram = [before[0], before[1], c];
        *before = [before[1], c];
        Some(trigram)
    })
}

#[cfg(test)]
mod tests {
    use super::NameIndex;

    #[test]
    fn one_of_many_names_is_found() {
        let numbered: Vec<_> = (0..10_000).map(|number| format!("article-number-{number:05}")).collect();
        let names: NameIndex =
            numbered.iter().map(String::as_str).chain(["introduction", "Über uns"]).collect();
        for (word, name) in [
            ("introdcution", Some("introduction")),
            ("ntroduction", Some("introduction")),
            ("über-uns", Some("Über uns")),
            ("artcle-number-01234", Some("article-number-01234")),
            ("article-number-01234x", Some("article-number-01234")),
            ("nothing-like-it", None),
        ] {
            assert_eq!(names.nearest(word), name, "{word}");
        }
    }
}
