//! The words of a column that stand for nothing.

use crate::schema::{Strength, strength};

/// The words of a column that stand for nothing, as they are first spelled, and how often each stands there.
#[derive(Debug, Default)]
pub(super) struct Nulls(pub Vec<Null>);

#[derive(Debug)]
pub(super) struct Null {
    pub word: String,
    pub strength: Strength,
    pub count: usize,
}

impl Nulls {
    /// Counts a word if it stands for nothing.
    pub(super) fn take(&mut self, text: &str) -> bool {
        if text.len() > 16 {
            return false;
        }
        if let Some(known) = self.0.iter_mut().find(|null| null.word.eq_ignore_ascii_case(text)) {
            known.count += 1;
            return true;
        }
        let Some(strength) = strength(text) else { return false };
        self.0.push(Null { word: text.to_owned(), strength, count: 1 });
        true
    }
}
