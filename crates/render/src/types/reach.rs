//! The collections that lead to each other by references.

use sitegen_model::{CollectionId, Kind, Schema};

/// The collections that lead to each other in circles, by the types of their fields.
#[derive(Debug)]
pub(crate) struct Reachability {
    /// For each collection, those that it leads to, over any number of references.
    reach: Vec<Vec<bool>>,
}

impl Reachability {
    pub(crate) fn new(schema: &Schema) -> Self {
        let count = schema.collections.len();
        let mut reach = vec![vec![false; count]; count];
        for (from, collection) in schema.collections.iter().enumerate() {
            let kinds = collection.fields.iter().flat_map(|field| field.kind.with_inner());
            for kind in kinds {
                if let Kind::Reference(to) = kind {
                    reach[from][to.0] = true;
                }
            }
        }
        // Warshall's transitive closure.
        for via in 0..count {
            let onward = reach[via].clone();
            for from in &mut reach {
                if from[via] {
                    from.iter_mut().zip(&onward).for_each(|(reached, also)| *reached |= also);
                }
            }
        }
        Self { reach }
    }

    /// Returns true if each of two collections leads to the other.
    pub(crate) fn circular(&self, a: CollectionId, b: CollectionId) -> bool {
        self.reach[a.0][b.0] && self.reach[b.0][a.0]
    }

    /// Orders collections by those that they lead to: each comes after them, circles aside, because it leads
    /// to more.
    pub(crate) fn order(&self) -> Vec<CollectionId> {
        let mut order: Vec<_> = (0..self.reach.len()).collect();
        order.sort_by_key(|of| self.reach[*of].iter().filter(|reached| **reached).count());
        order.into_iter().map(CollectionId).collect()
    }
}
