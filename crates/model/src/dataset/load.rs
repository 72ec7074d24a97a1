//! Turns the rows of a data file into the rows of a dataset.

use std::sync::Arc;

use sitegen_parser::{Cell, Code, Data, Datum, Diagnostic, Diagnostics, Place, Row};

use super::Loaded;
use super::cell::{CellReader, is_blank, owned};
use super::errors;
use super::files::FoundFile;
use super::forms::UndeclaredForms;
use super::key::UniqueKeys;
use super::tally::Tally;
use crate::database::Builder;
use crate::ground::Given;
use crate::schema::{Dataset, Invalid, Locator};

/// Loads rows one by one and counts their problems.
pub(super) struct Loader<'a> {
    dataset: &'a Dataset,
    reader: CellReader<'a>,
    /// The default value of each column, used when a row has none.
    defaults: Vec<Option<Given<'a>>>,
    /// The file whose rows are loaded, and the texts that placeholders stand for in its name.
    file: Option<LoadedFile<'a>>,
    rows: Builder,
    loaded: Loaded,
    total: usize,
    keys: UniqueKeys,
    /// For each column, true if some row has it.
    seen: Vec<bool>,
    tally: Tally,
    forms: UndeclaredForms,
    /// A problem that makes the rest of the file unreadable.
    broken: Option<Diagnostic>,
}

/// A file whose rows are loaded.
struct LoadedFile<'a> {
    path: &'a Arc<str>,
    /// The texts that the placeholders of the dataset's `file` stand for in the name.
    said: Vec<Datum<'a>>,
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
            file: None,
            rows: Builder::new(dataset.fields.len()),
            loaded: Loaded::default(),
            total: 0,
            keys: UniqueKeys::new(dataset),
            seen: vec![false; dataset.fields.len()],
            tally: Tally::default(),
            forms: UndeclaredForms::default(),
            broken: None,
        };
        (loader, diagnostics)
    }

    /// Loads the rows of a file. Returns the problems of the file as a whole.
    pub(super) fn load(&mut self, data: Data, found: &FoundFile<'a>) -> Diagnostics {
        let names_columns = data.header().is_none();
        let first = self.loaded.spans.len();
        self.loaded.files.push((first, Arc::clone(found.path)));
        let said = found.said.iter().map(|said| Datum::Text(said.clone().into())).collect();
        self.file = Some(LoadedFile { path: found.path, said });
        self.seen.fill(false);
        for row in data {
            self.total += 1;
            self.take(row);
        }
        let mut diagnostics = Diagnostics::from_iter(self.broken.take());
        if names_columns && self.loaded.spans.len() > first {
            let unseen = self.dataset.fields.iter().zip(&self.seen).filter(|(_, seen)| !**seen);
            let unseen = unseen.filter_map(|(column, _)| column.locator.name());
            diagnostics.extend(unseen.map(|name| errors::unseen_column(name, Place::file(found.path))));
        }
        diagnostics
    }

    /// Returns true if no row has had a problem so far.
    pub(super) fn is_sound(&self) -> bool {
        self.tally.is_empty()
    }

    /// Returns all rows, and the problems that rows have.
    pub(super) fn finish(mut self) -> (Loaded, Diagnostics) {
        for (column, advice) in self.forms.advice(self.dataset) {
            self.tally.advise(column, &advice);
        }
        let diagnostics = self.tally.report(self.dataset, self.total).into_iter().collect();
        (Loaded { rows: self.rows.finish(), ..self.loaded }, diagnostics)
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
            self.loaded.spans.push(span);
        }
    }

    /// Returns the place of a span in the file whose rows are loaded.
    fn place(&self, (start, end): (u32, u32)) -> Place {
        let file = self.file.as_ref().expect("rows are those of a file");
        Place::new(file.path, &(start as usize..end as usize))
    }

    /// Returns the text that a placeholder stands for in the name of the file.
    fn said(&self, number: usize) -> &Datum<'a> {
        self.file.as_ref().and_then(|file| file.said.get(number)).unwrap_or(&Datum::Null)
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
        let (value, place) = match cell {
            Some(cell) => (&cell.value, self.place((small(cell.span.start), small(cell.span.end)))),
            None => (&Datum::Null, self.place(row)),
        };
        let (read, is_given) = match declared.locator {
            Locator::FileName(number) => {
                let file = self.place((0, 0));
                (self.reader.value(declared, self.said(number), &file).map(owned), true)
            }
            Locator::Name(_) | Locator::Place(_) => {
                (self.reader.value(declared, value, &place), !is_blank(value, declared))
            }
        };
        match read? {
            Given::Null => match &self.defaults[column] {
                Some(default) => Ok(default.clone()),
                // The cell refers to a record that could not be read, which is reported there.
                None if declared.field.optional || is_given => Ok(Given::Null),
                None => Err(errors::missing_value(&declared.field.name, place, &declared.field.place)),
            },
            given => Ok(given),
        }
    }

    /// Returns true if no earlier row has the same values in unique columns; reports the row otherwise.
    fn is_new(&mut self, values: &[Given], span: (u32, u32)) -> bool {
        let (row, place) = (small(self.loaded.spans.len()), self.place(span));
        let Some((columns, taken)) = self.keys.take(values, row) else { return true };
        let names = columns.iter().map(|column| self.dataset.fields[*column].field.name.as_str());
        let problem = errors::duplicate_key(names, place, self.loaded.place(taken as usize));
        self.tally.add(None, problem);
        false
    }
}

fn small(offset: usize) -> u32 {
    u32::try_from(offset).expect("a file of data has at most 1 GiB")
}
