//! Suggestions for misspelled names ("did you mean …?"), and relative paths.

mod names;

use sitegen_parser::caseless;

pub use self::names::NameIndex;

/// Finds the candidate that was most likely meant, if at most a third of its characters, and no more than
/// five, differ. Use it for few candidates and few words, and [`NameIndex`] for many.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = Folded::new(word);
    let distance = |candidate: &'a str| Some((word.distance(&Folded::new(candidate))?, candidate));
    candidates.filter_map(distance).min().map(|(_, candidate)| candidate)
}

/// A word in lower case and in Unicode's composed form, with figures that rule out distant words quickly.
#[derive(Debug)]
pub(crate) struct Folded {
    pub(crate) text: String,
    length: usize,
    /// A bit for each of its characters, taken modulo 64.
    letters: u64,
}

impl Folded {
    pub(crate) fn new(word: &str) -> Self {
        let text = caseless(word).into_owned();
        let letters = text.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64));
        Self { length: text.chars().count(), letters, text }
    }

    /// Counts the edits from one word to the other; none if there are too many for a suggestion.
    fn distance(&self, other: &Self) -> Option<usize> {
        let most = (self.length.max(other.length) / 3).min(5);
        // An edit changes the length by at most one and the set of letters by at most two.
        let differing = (self.letters ^ other.letters).count_ones() as usize;
        if self.length.abs_diff(other.length) > most || differing > 2 * most {
            return None;
        }
        Some(strsim::osa_distance(&self.text, &other.text)).filter(|distance| *distance <= most)
    }
}

/// Returns the path of a file relative to another file.
pub(crate) fn relative(from: &str, file: &str) -> String {
    let from = folder(from);
    let shared = from.match_indices('/').map(|(at, _)| at + 1);
    let shared = shared.take_while(|end| file.starts_with(&from[..*end])).last().unwrap_or(0);
    format!("{}{}", "../".repeat(from[shared..].matches('/').count()), &file[shared..])
}

/// Returns the folder of a file, with the slash at its end.
pub(crate) fn folder(file: &str) -> &str {
    file.rfind('/').map_or("", |at| &file[..=at])
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn few_edits_are_a_suggestion_and_many_are_none() {
        let names = ["amazon", "airbnb", "uber"];
        assert_eq!(nearest("Amazn", names.into_iter()), Some("amazon"));
        assert_eq!(nearest("airnbb", names.into_iter()), Some("airbnb"));
        assert_eq!(nearest("netflix", names.into_iter()), None);
    }
}
