//! What anchors name, and what aliases repeat of it, within a bound.

use std::collections::HashMap;

use crate::table::MAX_DEPTH;
use crate::{Spanned, Table, Value};

/// How many values aliases can repeat in one file: more than an author needs, and little memory.
const MAX_REPEATED: usize = 10_000;

/// The nodes that have anchors.
#[derive(Default)]
pub(super) struct Anchors {
    nodes: HashMap<usize, Node>,
    /// How many values aliases have repeated.
    repeated: usize,
}

/// A node that was read: its value, none if that is absent, and its text if it is a scalar.
#[derive(Clone)]
pub(super) struct Node {
    pub value: Option<Spanned<Value>>,
    pub text: Option<String>,
}

/// Why an alias stands for nothing.
pub(super) enum Refusal {
    /// It stands within what it would repeat.
    Circle,
    /// All aliases together would repeat too much.
    Repeats,
    /// What it repeats would nest too deeply.
    Deep,
}

impl Anchors {
    pub(super) fn add(&mut self, id: usize, node: &Node) {
        if id != 0 {
            self.nodes.insert(id, node.clone());
        }
    }

    /// What an alias at a depth stands for.
    pub(super) fn find(&mut self, id: usize, depth: usize) -> Result<Node, Refusal> {
        // A node is known once it was read whole.
        let node = self.nodes.get(&id).ok_or(Refusal::Circle)?;
        let (size, levels) = node.value.as_ref().map_or((1, 0), |value| measure(&value.value));
        self.repeated += size;
        if self.repeated > MAX_REPEATED {
            return Err(Refusal::Repeats);
        }
        if depth + levels > MAX_DEPTH { Err(Refusal::Deep) } else { Ok(node.clone()) }
    }
}

/// How many values there are in one, itself included, and how many levels of tables and lists.
fn measure(value: &Value) -> (usize, usize) {
    let within: &mut dyn Iterator<Item = &Value> = match value {
        Value::Array(items) => &mut items.iter().map(|item| &item.value),
        Value::Table(Table { entries }) => &mut entries.iter().map(|entry| &entry.value.value),
        _ => return (1, 0),
    };
    within.map(measure).fold((1, 1), |(size, levels), (more, below)| (size + more, levels.max(below + 1)))
}
