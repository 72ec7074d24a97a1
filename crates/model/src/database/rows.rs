//! Compact storage for the rows of datasets and queries.

use std::collections::HashMap;
use std::sync::Arc;

use crate::ground::{CollectionId, Given, Id, RecordId, Scalar};

/// The rows of a dataset or an answer.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    width: usize,
    /// The cells of all rows, row after row.
    cells: Vec<PackedValue>,
    texts: Vec<Arc<str>>,
}

/// A value in sixteen bytes: a million rows of eight columns take 128 MB.
#[derive(Debug, Clone, Copy)]
enum PackedValue {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// An index into [`Rows::texts`].
    Text(u32),
    Reference {
        collection: u32,
        row: u32,
    },
}

impl Rows {
    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    /// Returns true if there are no rows.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Returns the values of a row, one for each column.
    pub fn row(&self, row: usize) -> impl ExactSizeIterator<Item = Scalar<'_>> {
        self.cells[row * self.width..][..self.width].iter().map(|cell| self.scalar(*cell))
    }

    /// Returns the value of a cell.
    pub fn get(&self, row: usize, column: usize) -> Scalar<'_> {
        self.scalar(self.cells[row * self.width + column])
    }

    /// Hashes a column's values, row by row. References are hashed by their places.
    pub(crate) fn column_id(&self, column: usize) -> Id {
        Id::of_all((0..self.len()).map(|row| Given::from(self.get(row, column))))
    }

    fn scalar(&self, cell: PackedValue) -> Scalar<'_> {
        match cell {
            PackedValue::Null => Scalar::Null,
            PackedValue::Bool(value) => Scalar::Bool(value),
            PackedValue::Int(value) => Scalar::Int(value),
            PackedValue::Float(value) => Scalar::Float(value),
            PackedValue::Text(text) => Scalar::Text(&self.texts[text as usize]),
            PackedValue::Reference { collection, row } => Scalar::Reference(RecordId {
                collection: CollectionId(collection as usize),
                row: row as usize,
            }),
        }
    }
}

/// Builds rows value by value.
#[derive(Debug)]
pub(crate) struct Builder {
    rows: Rows,
    known: HashMap<Arc<str>, u32>,
    /// The size of all texts, in bytes.
    text_bytes: usize,
}

impl Builder {
    pub(crate) fn new(width: usize) -> Self {
        Self { rows: Rows { width, ..Rows::default() }, known: HashMap::new(), text_bytes: 0 }
    }

    /// Returns the size of all values so far, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.rows.cells.len() * size_of::<PackedValue>() + self.text_bytes
    }

    /// Adds the next value of the current row.
    pub(crate) fn push(&mut self, given: &Given) {
        let cell = match given {
            Given::Null => PackedValue::Null,
            Given::Bool(value) => PackedValue::Bool(*value),
            Given::Int(value) => PackedValue::Int(*value),
            Given::Float(value) => PackedValue::Float(*value),
            Given::Text(text) => PackedValue::Text(self.text(text)),
            Given::Reference(RecordId { collection, row }) => {
                PackedValue::Reference { collection: small(collection.0), row: small(*row) }
            }
        };
        self.rows.cells.push(cell);
    }

    /// Returns the index of a text, and stores the text only if it is new.
    fn text(&mut self, text: &str) -> u32 {
        if let Some(id) = self.known.get(text) {
            return *id;
        }
        let (id, text) = (small(self.rows.texts.len()), Arc::<str>::from(text));
        self.text_bytes += text.len();
        self.rows.texts.push(Arc::clone(&text));
        self.known.insert(text, id);
        id
    }

    pub(crate) fn finish(mut self) -> Rows {
        self.rows.cells.shrink_to_fit();
        self.rows
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).expect("sources are bounded well below 2^32 values")
}
