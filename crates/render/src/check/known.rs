//! The types that expressions have on pages and in calls, put together when all are known.

use rustc_hash::FxHashMap;

use crate::syntax::TemplateTree;
use crate::types::Type;

/// The types of each expression, by the number of its template and its own.
#[derive(Debug)]
pub(super) struct KnownTypes(Vec<Vec<Vec<Type>>>);

/// The most types of an expression that are kept apart. There is one for each family with a page of its own, mostly.
const MOST_APART: usize = 128;

/// The least types whose union is kept, for other expressions that have the same ones: `page` has as many as there are
/// families, wherever it stands.
const LEAST_SHARED: usize = 4;

impl KnownTypes {
    pub(super) fn new<'t>(trees: impl Iterator<Item = &'t TemplateTree>) -> Self {
        Self(trees.map(|tree| vec![Vec::new(); tree.expressions as usize]).collect())
    }

    /// Adds a type to those that an expression has.
    pub(super) fn add(&mut self, template: usize, expr: u32, known: &Type) {
        let types = &mut self.0[template][expr as usize];
        // Mostly an expression has a type again that it had on other pages.
        if types.contains(known) {
            return;
        }
        if types.len() == MOST_APART {
            *types = vec![Type::of_all(types)];
        }
        types.push(known.clone());
    }

    /// Returns the type of each expression of each template; none of those that nothing reached.
    pub(super) fn joined(self) -> impl Iterator<Item = Vec<Option<Type>>> {
        let mut shared = FxHashMap::default();
        self.0.into_iter().map(move |types| {
            let joined = types.into_iter().map(|mut types| match types.len() {
                0 | 1 => types.pop(),
                2..LEAST_SHARED => Some(Type::of_all(&types)),
                _ => Some(shared.entry(types).or_insert_with_key(|types| Type::of_all(types)).clone()),
            });
            joined.collect()
        })
    }
}
