//! A file of words, with the texts in which each stands and its weight in them.

use std::collections::BTreeMap;

use super::text::{BLOCK, InvertedIndex};

/// The part of the texts beyond which a word is common, because it tells them apart too little.
const COMMON: f64 = 0.5;
/// The number of texts below which no word is common.
const FEW: usize = 20;

/// Writes a part of the words of blocks, whose records are shown by numbered pages:
/// `{"word": [4 × distance + weight, …]}`, where the distance is that from the page before; `0` instead of the list for a
/// word that is common.
pub(super) fn write(
    blocks: &[(&InvertedIndex, &[Option<u32>; BLOCK])],
    part: usize,
    parts: usize,
) -> Vec<u8> {
    let buckets = start(part, parts)..start(part + 1, parts);
    let mut found: BTreeMap<&str, Vec<(u32, u8)>> = BTreeMap::new();
    for (words, pages) in blocks {
        for (word, uses) in words.within(buckets.clone()) {
            let shown = uses.iter().filter_map(|used| Some((pages[usize::from(used.record)]?, used.weight)));
            let mut shown = shown.peekable();
            if shown.peek().is_some() {
                found.entry(word).or_default().extend(shown);
            }
        }
    }
    let count = blocks.iter().flat_map(|(_, pages)| pages.iter().flatten()).count();
    let mut json = String::from("{");
    for (word, texts_of_word) in &found {
        if json.len() > 1 {
            json.push(',');
        }
        // Words hold no characters that JSON escapes.
        json.extend(["\"", word, "\":"]);
        if is_common(texts_of_word.len(), count) {
            json.push('0');
        } else {
            push_list(&mut json, texts_of_word);
        }
    }
    json.push('}');
    json.into_bytes()
}

/// Returns the first bucket of a part. The part of a bucket is `bucket × parts / 65,536`, rounded down.
fn start(part: usize, parts: usize) -> u32 {
    u32::try_from((part << 16).div_ceil(parts)).expect("it is one of 65,536 or one past them")
}

#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^53 texts")]
fn is_common(count: usize, all: usize) -> bool {
    all >= FEW && count as f64 > COMMON * all as f64
}

fn push_list(json: &mut String, texts: &[(u32, u8)]) {
    let mut before = 0;
    for (index, (number, weight)) in texts.iter().enumerate() {
        json.push(if index == 0 { '[' } else { ',' });
        json.push_str(&(4 * (number - before) + u32::from(*weight)).to_string());
        before = *number;
    }
    json.push(']');
}

#[cfg(test)]
mod tests {
    use super::start;

    #[test]
    fn each_bucket_is_in_the_part_that_browsers_look_into() {
        for parts in [1, 3, 7, 150, 1000] {
            for part in 0..parts {
                let (first, end) = (start(part, parts) as usize, start(part + 1, parts) as usize);
                assert!(first < end);
                assert_eq!(((first * parts) >> 16, ((end - 1) * parts) >> 16), (part, part));
            }
            assert_eq!(start(parts, parts), 0x1_0000);
        }
    }
}
