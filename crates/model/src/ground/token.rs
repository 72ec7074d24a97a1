//! Splits texts into words for the search index. A theme's `search.js` must split texts the same way.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a word; longer runs of letters are skipped.
const LONGEST: usize = 40;

fn is_word(run: &str) -> bool {
    run.len() <= LONGEST || run.chars().count() <= LONGEST
}

/// Finds the words of a text: runs of letters, marks and digits, without case and accents. In scripts that
/// put no spaces between words, every pair of neighboring characters counts as a word.
pub fn words(text: &str, mut found: impl FnMut(&str)) {
    if text.is_ascii() {
        let folded = text.to_ascii_lowercase().replace('\'', "");
        let runs = folded.split(|c: char| !c.is_ascii_alphanumeric());
        return runs.filter(|run| !run.is_empty() && is_word(run)).for_each(found);
    }
    let folded = fold(text);
    for run in folded.split(|c: char| !is_part(c)).filter(|run| !run.is_empty()) {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let unspaced = is_unspaced(first);
            let end = rest.find(|c| is_unspaced(c) != unspaced).unwrap_or(rest.len());
            let (same, after) = rest.split_at(end);
            rest = after;
            if unspaced {
                pairs(same, &mut found);
            } else if is_word(same) {
                found(same);
            }
        }
    }
}

/// Returns a word's place among all words, from 0 to 65,535, by its first three characters, so words with the
/// same beginning share a place.
pub fn bucket(word: &str) -> u16 {
    let start = word.chars().take(3);
    let hash = start.fold(0x811c_9dc5_u32, |hash, c| (hash ^ c as u32).wrapping_mul(0x0100_0193));
    let mixed = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    let [first, second, ..] = mixed.to_be_bytes();
    u16::from_be_bytes([first, second])
}

/// Removes case, and the marks that people leave out when they type.
fn fold(text: &str) -> String {
    let bare = text.nfkd().filter(|c| !is_left_out(*c)).collect::<String>();
    bare.to_uppercase().to_lowercase().replace('ς', "σ")
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Apostrophes, accents, and the points of Hebrew and Arabic.
fn is_left_out(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}')
}

/// Returns true for characters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana and
/// Chinese.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{20000}'..='\u{323af}'
    )
}

/// Finds each pair of neighboring characters; a single character if it stands alone.
fn pairs(run: &str, found: &mut impl FnMut(&str)) {
    let starts: Vec<_> = run.char_indices().map(|(start, _)| start).chain([run.len()]).collect();
    if starts.len() == 2 {
        found(run);
    }
    for bounds in starts.windows(3) {
        found(&run[bounds[0]..bounds[2]]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn words_have_no_case_and_no_accents() {
        assert_eq!(split("Don't panic, C3PO: São-Paulo!"), ["dont", "panic", "c3po", "sao", "paulo"]);
        assert_eq!(split("Straße ΟΔΟΣ οδός ﬁne"), ["strasse", "οδοσ", "οδοσ", "fine"]);
        assert_eq!(split("हिन्दी שָׁלוֹם"), ["हिन्दी", "שלום"]);
    }

    #[test]
    fn scripts_without_spaces_are_taken_in_pairs() {
        assert_eq!(split("東京タワー"), ["東京", "京タ", "タワ", "ワー"]);
        assert_eq!(split("AI版 字"), ["ai", "版", "字"]);
    }

    #[test]
    fn buckets_are_even() {
        let words = ["con", "int", "com", "pro", "pre", "dis", "str", "tra", "sta", "par", "per", "for"];
        let halves = words.iter().filter(|word| bucket(word) < 0x8000).count();
        assert!((3..=9).contains(&halves), "{halves} of {}", words.len());
        assert_eq!(bucket("interview"), bucket("int"));
    }
}
