//! Uniqueness of rows, by the dataset's key and by each column that is declared unique.

use std::collections::HashMap;
use std::hash::Hasher as _;

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use sitegen_parser::composed;

use crate::ground::Given;
use crate::schema::Dataset;

/// The values seen so far of the dataset's key and of each unique column.
pub(super) struct UniqueKeys(Vec<UniqueKey>);

struct UniqueKey {
    columns: Vec<usize>,
    /// The number of the row that has each value, by the value's hash.
    taken: HashMap<u128, u32>,
}

impl UniqueKeys {
    pub(super) fn new(dataset: &Dataset) -> Self {
        let unique = dataset.fields.iter().enumerate();
        let unique = unique.filter(|(_, column)| column.field.constraints.unique);
        let keys = unique.map(|(column, _)| vec![column]).chain([dataset.unique.clone()]);
        let keys = keys.filter(|columns| !columns.is_empty());
        Self(keys.map(|columns| UniqueKey { columns, taken: HashMap::new() }).collect())
    }

    /// Records a row's values. If another row has the same, returns the columns in which they agree, and that
    /// row's number.
    pub(super) fn take(&mut self, values: &[Given], row: u32) -> Option<(&[usize], u32)> {
        let hashes: Vec<_> = self.0.iter().map(|key| hash(&key.columns, values)).collect();
        let taken = self.0.iter().zip(&hashes).position(|(key, hash)| key.taken.contains_key(hash));
        if let Some(place) = taken {
            let key = &self.0[place];
            return Some((&key.columns, key.taken[&hashes[place]]));
        }
        for (key, hash) in self.0.iter_mut().zip(hashes) {
            key.taken.insert(hash, row);
        }
        None
    }
}

fn hash(columns: &[usize], values: &[Given]) -> u128 {
    let mut hasher = SipHasher13::new();
    for column in columns {
        let value = format!("{:?}\0", values[*column]);
        hasher.write(composed(&value).as_bytes());
    }
    hasher.finish128().as_u128()
}
