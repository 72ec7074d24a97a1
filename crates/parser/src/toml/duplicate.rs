//! Where a key that is given twice was given first.
//!
//! The library tells only the second place. When the second key is renamed and the text is read anew, both stand in
//! one table, so that TOML's rules of what a key belongs to need no second implementation.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::Span;

/// Begins the new names; no author uses a private character in a key.
const MARK: &str = "\u{f8ff}";

/// For each key of `duplicates`, by its start, the key given first, where there is one to point at.
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
    /// Ends of the new names in the new text, and of the old ones in the old.
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

    /// The span in the old text of what was not renamed.
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
