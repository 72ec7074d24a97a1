//! Words and phrases that the search takes for one another.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use sitegen_parser::{Diagnostics, Place, Spanned, WrittenValue};

use super::errors;
use crate::ground::token;
use crate::read::{Declared, Layers};

/// The places at which phrases are declared, by the words of each phrase.
type Known = HashMap<Vec<String>, Place>;

/// Reads `synonyms`: lists of what means the same.
pub(super) fn read(layers: &mut Layers, diagnostics: &mut Diagnostics) -> Vec<Vec<String>> {
    let Some(declared) = layers.get("synonyms") else { return Vec::new() };
    let mut known = Known::new();
    let lists = items(declared, declared.value, diagnostics).iter();
    lists.map(|list| read_list(declared, list, &mut known, diagnostics)).collect()
}

/// Reads one list of at least two phrases.
fn read_list(
    declared: Declared,
    list: &Spanned<WrittenValue>,
    known: &mut Known,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let phrases = items(declared, list, diagnostics);
    if matches!(&list.value, WrittenValue::Array(all) if all.len() < 2) {
        diagnostics.push(errors::too_few_synonyms(phrases.len(), Place::new(declared.path, &list.span)));
    }
    let read = phrases.iter().filter_map(|phrase| read_phrase(declared, phrase, known, diagnostics));
    read.collect()
}

fn read_phrase(
    declared: Declared,
    phrase: &Spanned<WrittenValue>,
    known: &mut Known,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let place = Place::new(declared.path, &phrase.span);
    let WrittenValue::String(text) = &phrase.value else {
        diagnostics.push(errors::wrong_type("a synonym", "a string", &phrase.value, place));
        return None;
    };
    let mut words = Vec::new();
    token::words(text, |word| words.push(word.to_owned()));
    if words.is_empty() {
        diagnostics.push(errors::synonym_without_words(text, place));
        return None;
    }
    match known.entry(words) {
        Entry::Vacant(free) => free.insert(place),
        Entry::Occupied(taken) => {
            diagnostics.push(errors::synonym_twice(text, taken.get().clone(), place));
            return None;
        }
    };
    // They are published line by line.
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The items of a list.
fn items<'a>(
    declared: Declared<'a>,
    list: &'a Spanned<WrittenValue>,
    diagnostics: &mut Diagnostics,
) -> &'a [Spanned<WrittenValue>] {
    if let WrittenValue::Array(items) = &list.value {
        return items;
    }
    let expected = "lists of words that mean the same";
    let place = Place::new(declared.path, &list.span);
    diagnostics.push(errors::wrong_type("\"synonyms\" of [search]", expected, &list.value, place));
    &[]
}
