//! Whether texts are lists, by what stands between their items.

use rustc_hash::FxHashSet;

use super::survey::hash;
use crate::ground::trim;

/// What lists are split by, from the surest on.
const SEPARATORS: [&str; 3] = [";", "|", ","];

/// How many different items are told apart.
const MOST: usize = 500;

/// What the texts of a column would be as lists, for each separator.
#[derive(Debug, Default)]
pub(super) struct SplitCounts([Split; SEPARATORS.len()]);

#[derive(Debug, Default)]
struct Split {
    /// How many texts hold the separator.
    texts: usize,
    items: usize,
    distinct: FxHashSet<u64>,
    /// Those that come first in some text, and those that come later in some.
    first: FxHashSet<u64>,
    later: FxHashSet<u64>,
    longest: usize,
    is_wide: bool,
}

impl SplitCounts {
    pub(super) fn take(&mut self, text: &str) {
        for (separator, split) in SEPARATORS.iter().zip(&mut self.0) {
            split.take(text, separator);
        }
    }

    /// The separator by which most texts are lists of few different short items that come again and again.
    pub(super) fn separator(&self, filled: usize) -> Option<&'static str> {
        SEPARATORS
            .into_iter()
            .zip(&self.0)
            .find(|(separator, split)| split.is_clear(separator, filled))
            .map(|it| it.0)
    }
}

impl Split {
    fn take(&mut self, text: &str, separator: &str) {
        if self.is_wide {
            return;
        }
        let before = self.items;
        for item in text.split(separator).map(trim).filter(|item| !item.is_empty()) {
            self.items += 1;
            self.longest = self.longest.max(item.chars().count());
            let item = hash(item);
            self.distinct.insert(item);
            if self.items == before + 1 {
                self.first.insert(item)
            } else {
                self.later.insert(item)
            };
        }
        self.texts += usize::from(self.items > before + 1);
        self.is_wide = self.distinct.len() > MOST || self.longest > 60;
    }

    /// Whether items come now first, now later. What always stands where it does is a part of a name: "Portland, OR", "Smith, John".
    fn is_mixed(&self) -> bool {
        self.first.intersection(&self.later).count() * 5 >= self.distinct.len()
    }

    /// Commas and semicolons stand in sentences and addresses, too.
    fn is_clear(&self, separator: &str, filled: usize) -> bool {
        let distinct = self.distinct.len();
        let (share, recurrence, most, longest) =
            if separator == "," { (3, 5, 60, 25) } else { (10, 2, MOST, 40) };
        !self.is_wide
            && self.texts >= 2
            && self.texts * share >= filled
            && self.items >= recurrence * distinct
            && distinct <= most
            && self.longest <= longest
            && (separator != "," || self.is_mixed())
    }
}
