//! Detects lists in the texts of a column, and the separator of their items.

use rustc_hash::FxHashSet;

use super::survey::hash;
use crate::ground::trim;

/// The separators of lists, the surest first.
const SEPARATORS: [&str; 3] = [";", "|", ","];

/// The most different items that a column of lists may have.
const MOST: usize = 500;

/// For each separator, the counts of the items into which it splits the texts of a column.
#[derive(Debug, Default)]
pub(super) struct SplitCounts([Split; SEPARATORS.len()]);

#[derive(Debug, Default)]
struct Split {
    /// The number of texts that the separator splits into several items.
    texts: usize,
    items: usize,
    distinct: FxHashSet<u64>,
    /// The items that come first in some text, and those that come later in some.
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

    /// Returns the separator that splits enough texts into few different short items that recur.
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

    /// Returns true if enough items come first in some texts and later in others. An item with a fixed
    /// position is a part of a name: "Portland, OR", "Smith, John".
    fn is_mixed(&self) -> bool {
        self.first.intersection(&self.later).count() * 5 >= self.distinct.len()
    }

    /// Returns true if the texts are lists by this separator. The limits for commas are stricter, because
    /// commas stand in sentences and addresses, too.
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
