//! Remembers values that have anchors, and repeats them for aliases, within a bound.

use std::collections::HashMap;

use crate::table::MAX_DEPTH;
use crate::{Spanned, Table, WrittenValue};

/// The most values that aliases can repeat in one file: more than an author needs, and little memory.
const MAX_REPEATED: usize = 10_000;

/// The nodes that have anchors.
#[derive(Default)]
pub(super) struct AnchoredNodes {
    nodes: HashMap<usize, Node>,
    /// The number of values that aliases have repeated.
    repeated: usize,
}

/// A node that was read: its value, or none if the value is absent, and its text if it is a scalar.
#[derive(Clone)]
pub(super) struct Node {
    pub value: Option<Spanned<WrittenValue>>,
    pub text: Option<String>,
}

/// A reason why an alias is not replaced by its value.
pub(super) enum UnresolvedAlias {
    /// The alias stands within the value that it would repeat.
    Circle,
    /// All aliases together would repeat too much.
    Repeats,
    /// The repeated value would nest too deeply.
    Deep,
}

impl AnchoredNodes {
    pub(super) fn add(&mut self, id: usize, node: &Node) {
        if id != 0 {
            self.nodes.insert(id, node.clone());
        }
    }

    /// Returns the value for an alias at a depth.
    pub(super) fn find(&mut self, id: usize, depth: usize) -> Result<Node, UnresolvedAlias> {
        // A node is added once it was read whole, so an unknown anchor is one that is still open.
        let node = self.nodes.get(&id).ok_or(UnresolvedAlias::Circle)?;
        let (size, levels) = node.value.as_ref().map_or((1, 0), |value| measure(&value.value));
        self.repeated += size;
        if self.repeated > MAX_REPEATED {
            return Err(UnresolvedAlias::Repeats);
        }
        if depth + levels > MAX_DEPTH { Err(UnresolvedAlias::Deep) } else { Ok(node.clone()) }
    }
}

/// Counts the values in a value, including itself, and its levels of tables and lists.
fn measure(value: &WrittenValue) -> (usize, usize) {
    let within: &mut dyn Iterator<Item = &WrittenValue> = match value {
        WrittenValue::Array(items) => &mut items.iter().map(|item| &item.value),
        WrittenValue::Table(Table { entries }) => &mut entries.iter().map(|entry| &entry.value.value),
        _ => return (1, 0),
    };
    within.map(measure).fold((1, 1), |(size, levels), (more, below)| (size + more, levels.max(below + 1)))
}
