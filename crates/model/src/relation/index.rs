//! Finds rows by key.

use std::collections::HashMap;
use std::hash::Hasher as _;

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use sitegen_parser::{Diagnostic, Place, composed};

use super::errors;
use crate::database::Rows;
use crate::ground::Scalar;
use crate::schema::Query;

/// An index of rows by their key, and by every subset of the key's columns.
#[derive(Debug, Default)]
pub struct KeyIndex(Vec<Level>);

/// An index by one subset of the key's columns: rows with equal values there are a group.
#[derive(Debug, Default)]
struct Level {
    /// The number of each group, by the hash of its values.
    groups: HashMap<u128, u32>,
    /// The start of each group in `rows`, and the end of the last.
    starts: Vec<u32>,
    /// The rows, group after group, in their order within a group.
    rows: Vec<u32>,
}

impl KeyIndex {
    pub(super) fn new(rows: &Rows, key: &[usize]) -> Self {
        let chosen = |choice: usize| {
            let columns = key.iter().enumerate().filter(move |(place, _)| choice & (1 << place) != 0);
            columns.map(|(_, column)| *column).collect::<Vec<_>>()
        };
        Self((1..1 << key.len()).map(|choice| Level::new(rows, &chosen(choice))).collect())
    }

    /// Finds the rows with some values, each given with its place in the key, in their order. No place may
    /// occur twice.
    pub fn find(&self, key: &[(usize, Scalar)]) -> &[u32] {
        let mut key = key.to_vec();
        key.sort_by_key(|(place, _)| *place);
        let choice: usize = key.iter().fold(0, |choice, (place, _)| choice | 1 << place);
        let Some(level) = choice.checked_sub(1).and_then(|level| self.0.get(level)) else {
            return &[];
        };
        let group = level.groups.get(&hash(key.iter().map(|(_, scalar)| *scalar)));
        group.map_or(&[], |group| level.group(*group as usize))
    }

    /// Lists the rows of each whole key.
    fn groups(&self) -> impl Iterator<Item = &[u32]> {
        self.0.last().into_iter().flat_map(|level| (1..level.starts.len()).map(|end| level.group(end - 1)))
    }
}

impl Level {
    fn new(rows: &Rows, columns: &[usize]) -> Self {
        let mut groups = HashMap::new();
        let mut counts: Vec<u32> = Vec::new();
        let mut of_rows: Vec<u32> = Vec::with_capacity(rows.len());
        for row in 0..rows.len() {
            let next = counts.len();
            let key = hash(columns.iter().map(|column| rows.get(row, *column)));
            let group = *groups.entry(key).or_insert_with(|| u32::try_from(next).expect("rows are bounded"));
            counts.resize(counts.len().max(group as usize + 1), 0);
            counts[group as usize] += 1;
            of_rows.push(group);
        }
        let mut starts = vec![0];
        for count in counts {
            starts.push(starts[starts.len() - 1] + count);
        }
        let mut next = starts.clone();
        let mut sorted = vec![0; of_rows.len()];
        for (row, group) in (0..).zip(of_rows) {
            let place = &mut next[group as usize];
            sorted[*place as usize] = row;
            *place += 1;
        }
        Self { groups, starts, rows: sorted }
    }

    fn group(&self, group: usize) -> &[u32] {
        &self.rows[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}

/// Hashes a key with 128 bits, so many that different keys never share a hash by chance.
fn hash<'k>(key: impl Iterator<Item = Scalar<'k>>) -> u128 {
    let mut hasher = SipHasher13::new();
    for scalar in key {
        match scalar {
            Scalar::Null => hasher.write_u8(0),
            Scalar::Bool(value) => hasher.write(&[1, u8::from(value)]),
            Scalar::Int(value) => write_number(&mut hasher, value),
            Scalar::Float(value) => match whole(value) {
                Some(value) => write_number(&mut hasher, value),
                None => hasher.write(&[&[3], value.to_bits().to_le_bytes().as_slice()].concat()),
            },
            Scalar::Text(text) => {
                let text = composed(text);
                hasher.write_u8(4);
                hasher.write_usize(text.len());
                hasher.write(text.as_bytes());
            }
            Scalar::Reference(id) => {
                hasher.write_u8(5);
                hasher.write_usize(id.collection.0);
                hasher.write_usize(id.row);
            }
        }
    }
    hasher.finish128().as_u128()
}

fn write_number(hasher: &mut SipHasher13, value: i64) {
    hasher.write_u8(2);
    hasher.write_i64(value);
}

/// Returns a number as an integer if it is one, so that 2021 and 2021.0 are one key.
fn whole(value: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and at most 2^53")]
    (value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0).then_some(value as i64)
}

/// Reports the first key that several rows of a query have, if the query declares that none may.
pub(super) fn refuse_several(
    query: &Query,
    relation: &super::Relation,
    describe_row: impl Fn(usize) -> String,
) -> Option<Diagnostic> {
    if !query.by.one {
        return None;
    }
    let several = || relation.by.groups().filter(|rows| rows.len() > 1);
    let rows = several().next()?;
    let shown = rows.iter().take(2).map(|row| describe_row(*row as usize));
    let key = query.by.columns.iter().map(|column| query.columns[*column].name.as_str());
    let place = Place::file(&query.source.path);
    Some(errors::several_rows(&query.name, key, rows.len(), shown, several().count() - 1, place))
}
