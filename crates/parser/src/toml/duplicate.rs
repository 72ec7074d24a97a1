//! Finds the first place of a key that is given twice.
//!
//! The library tells only the second place. So we rename the second key and read the text again: then both
//! stand in one table, and TOML's rules of which table a key belongs to need no second implementation.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::Span;

/// The beginning of the new names, a private character that no author uses in a key.
const MARK: &str = "\u{f8ff}";

/// Maps each key of `duplicates`, by its start, to the key given first, if that has a place.
///
/// `duplicates` are the spans of keys, in order.
pub(super) fn first_places(text: &str, duplicates: &[Span]) -> BTreeMap<usize, Span> {
    if duplicates.is_empty() {
        return BTreeMap::new();
    }
    let renamed = Renamed::new(text, duplicates);
    let (root, _) = DeTable::parse_recoverable(&renamed.text);
    let mut places = BTreeMap::new();
    for table in tables(root.get_ref()) {
        for start in table.keys().filter_map(|key| key.get_ref().strip_prefix(MARK)?.parse().ok()) {
            let first = name_at(text, duplicates, start).and_then(|name| table.get_key_value(name));
            if let Some((key, _)) = first {
                places.insert(start, renamed.original(&key.span()));
            }
        }
    }
    places
}

fn name_at<'t>(text: &'t str, duplicates: &[Span], start: usize) -> Option<&'t str> {
    let index = duplicates.binary_search_by_key(&start, |span| span.start).ok()?;
    Some(text[duplicates[index].clone()].trim_matches(['"', '\'']))
}

/// A text in which the second keys have names of their own.
struct Renamed {
    text: String,
    /// The end of each new name in the new text, and of its old name in the old one.
    ends: Vec<(usize, usize)>,
}

impl Renamed {
    fn new(text: &str, keys: &[Span]) -> Self {
        let mut renamed = Self { text: String::with_capacity(text.len()), ends: Vec::new() };
        let mut end = 0;
        for key in keys {
            renamed.text.push_str(&text[end..key.start]);
            renamed.text.extend(["\"", MARK, &key.start.to_string(), "\""]);
            end = key.end;
            renamed.ends.push((renamed.text.len(), end));
        }
        renamed.text.push_str(&text[end..]);
        renamed
    }

    /// Translates a span of the new text, outside new names, to the old one.
    fn original(&self, span: &Span) -> Span {
        let before = self.ends.partition_point(|(new, _)| *new <= span.start).checked_sub(1);
        let (new, old) = before.map_or((0, 0), |index| self.ends[index]);
        span.start - new + old..span.end - new + old
    }
}

fn tables<'t, 'i>(root: &'t DeTable<'i>) -> Vec<&'t DeTable<'i>> {
    let mut tables = vec![root];
    let mut values: Vec<_> = root.values().collect();
    while let Some(value) = values.pop() {
        match value.get_ref() {
            DeValue::Table(table) => {
                tables.push(table);
                values.extend(table.values());
            }
            DeValue::Array(array) => values.extend(array.iter()),
            _ => {}
        }
    }
    tables
}
