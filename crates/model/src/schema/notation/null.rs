//! Words that stand for nothing.

/// The certainty that a word stands for a missing value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strength {
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

/// Returns how certain it is that a word stands for a missing value; none if it does not.
pub(crate) fn strength(text: &str) -> Option<Strength> {
    let is_among = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_among(&SURE) {
        Some(Strength::Sure)
    } else {
        is_among(&AMONG_VALUES).then_some(Strength::AmongValues)
    }
}
