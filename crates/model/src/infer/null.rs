//! Words that stand for nothing.

/// The certainty that a word stands for a missing value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// In any column.
    Sure,
    /// Only among numbers, dates and the like: among texts, `NA` may be Namibia.
    AmongValues,
}

const SURE: [&str; 12] =
    ["-", "--", "---", "–", "—", "n/a", "#n/a", "null", "(null)", "nan", "<na>", "not available"];

const AMONG_VALUES: [&str; 17] = [
    "na", "none", "nil", ".", "..", "...", "…", "?", "unknown", "missing", "tbd", "tba", "#value!",
    "#div/0!", "#ref!", "#name?", "#num!",
];

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

fn strength(text: &str) -> Option<Strength> {
    let is_among = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_among(&SURE) {
        Some(Strength::Sure)
    } else {
        is_among(&AMONG_VALUES).then_some(Strength::AmongValues)
    }
}
