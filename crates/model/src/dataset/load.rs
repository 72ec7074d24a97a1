//! Turns the rows of a data file into the rows of a dataset.

use sitegen_parser::{Cell, Code, Data, Datum, Diagnostic, Diagnostics, Place, Row};

use super::cell::{CellReader, is_blank};
use super::errors;
use super::forms::UndeclaredForms;
use super::key::UniqueKeys;
use super::tally::Tally;
use crate::database::{Builder, Rows};
use crate::ground::Given;
use crate::schema::{Dataset, Invalid};

/// Loads rows one by one and counts their problems.
pub(super) struct Loader<'a> {
    dataset: &'a Dataset,
    reader: CellReader<'a>,
    /// The default value of each column, used when a row has none.
    defaults: Vec<Option<Given<'a>>>,
    rows: Builder,
    spans: Vec<(u32, u32)>,
    keys: UniqueKeys,
    /// For each column, true if some row has it.
    seen: Vec<bool>,
    tally: Tally,
    forms: UndeclaredForms,
    /// A problem that makes the rest of the file unreadable.
    broken: Option<Diagnostic>,
}

impl<'a> Loader<'a> {
    /// Creates a loader, with the problems of the columns' defaults.
    pub(super) fn new(dataset: &'a Dataset, reader: CellReader<'a>) -> (Self, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let defaults = dataset.fields.iter().map(|column| {
            let default = column.field.default.as_ref()?;
            match reader.default(column, default) {
                Ok(value) => Some(value),
                Err(problem) => {
                    diagnostics.push(problem);
                    Some(Given::Null)
                }
            }
        });
        let loader = Self {
            defaults: defaults.collect(),
            dataset,
            reader,
            rows: Builder::new(dataset.fields.len()),
            spans: Vec::new(),
            keys: UniqueKeys::new(dataset),
            seen: vec![false; dataset.fields.len()],
            tally: Tally::default(),
            forms: UndeclaredForms::default(),
            broken: None,
        };
        (loader, diagnostics)
    }

    /// Loads all rows. Returns them with their spans in the file and their problems.
    pub(super) fn load(mut self, data: Data) -> (Rows, Vec<(u32, u32)>, Diagnostics) {
        let names_columns = data.header().is_none();
        let mut total = 0;
        for row in data {
            total += 1;
            self.take(row);
        }
        let mut diagnostics = Diagnostics::from_iter(self.broken);
        for (column, advice) in self.forms.advice(self.dataset) {
            self.tally.advise(column, &advice);
        }
        diagnostics.extend(self.tally.report(self.dataset, total));
        if names_columns && !self.spans.is_empty() {
            let unseen = self.dataset.fields.iter().zip(&self.seen).filter(|(_, seen)| !**seen);
            let place = || Place::file(self.reader.path);
            let unseen = unseen.filter_map(|(column, _)| column.locator.name());
            diagnostics.extend(unseen.map(|name| errors::unseen_column(name, place())));
        }
        (self.rows.finish(), self.spans, diagnostics)
    }

    fn take(&mut self, row: Row) {
        let span = (small(row.span.start), small(row.span.end));
        match row.problem {
            // All that follows an unclosed quotation mark is one row, so the lost rows cannot be counted.
            Some(problem) if problem.code == Code::UnclosedQuote => return self.broken = Some(problem),
            Some(problem) => return self.tally.add(None, problem),
            None => {}
        }
        let mut values = Vec::with_capacity(row.cells.len());
        let mut sound = true;
        for (column, cell) in row.cells.iter().enumerate() {
            self.seen[column] |= cell.is_some();
            match self.value(column, cell.as_ref(), span) {
                Ok(value) => values.push(value),
                Err(problem) => {
                    // A row that is left out counts once, however many of its cells are wrong.
                    if sound || self.dataset.invalid == Invalid::Fail {
                        self.report(column, cell.as_ref(), problem);
                    }
                    sound = false;
                }
            }
        }
        if sound {
            self.forms.take_sound(&values);
        }
        if sound && self.is_new(&values, span) {
            for value in &values {
                self.rows.push(value);
            }
            self.spans.push(span);
        }
    }

    fn report(&mut self, column: usize, cell: Option<&Cell>, problem: Diagnostic) {
        let declared = &self.dataset.fields[column];
        if cell.is_some_and(|cell| self.forms.take(column, declared, &cell.value, &problem)) {
            self.tally.add_form(column, problem);
        } else {
            self.tally.add(Some(column), problem);
        }
    }

    fn value<'c>(
        &self,
        column: usize,
        cell: Option<&'c Cell<'c>>,
        row: (u32, u32),
    ) -> Result<Given<'c>, Diagnostic>
    where
        'a: 'c,
    {
        let declared = &self.dataset.fields[column];
        let (value, span) = match cell {
            Some(cell) => (&cell.value, cell.span.clone()),
            None => (&Datum::Null, row.0 as usize..row.1 as usize),
        };
        let place = Place::new(self.reader.path, &span);
        match self.reader.value(declared, value, &place)? {
            Given::Null => match &self.defaults[column] {
                Some(default) => Ok(default.clone()),
                // The cell refers to a record that could not be read, which is reported there.
                None if declared.field.optional || !is_blank(value, declared) => Ok(Given::Null),
                None => Err(errors::missing_value(&declared.field.name, place, &declared.field.place)),
            },
            given => Ok(given),
        }
    }

    /// Returns true if no earlier row has the same values in unique columns; reports the row otherwise.
    fn is_new(&mut self, values: &[Given], span: (u32, u32)) -> bool {
        let Some((columns, taken)) = self.keys.take(values, span) else { return true };
        let place = |(start, end): (u32, u32)| Place::new(self.reader.path, &(start as usize..end as usize));
        let names = columns.iter().map(|column| self.dataset.fields[*column].field.name.as_str());
        let problem = errors::duplicate_key(names, place(span), place(taken));
        self.tally.add(None, problem);
        false
    }
}

fn small(offset: usize) -> u32 {
    u32::try_from(offset).expect("a file of data has at most 1 GiB")
}
