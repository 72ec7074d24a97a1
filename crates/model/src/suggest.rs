//! "Did you mean …?"

/// The candidate that was most likely meant, if any is near enough.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= word.chars().count().max(candidate.chars().count()) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}
