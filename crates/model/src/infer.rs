//! Infers the declaration of a data file: its format, and the name, type and peculiarities of each column.
//!
//! All rows are read, by the functions that load datasets, so that what is inferred holds for the whole file.

mod first;
mod kind;
mod key;
mod list;
mod look;
mod name;
mod null;
mod survey;
pub(crate) mod errors;

use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{Code, Data, Diagnostic, Encoding, ForeignFormat, Format, Layout, Place, Source};

use crate::database::foreign;
use crate::schema::{Kind, Locator, MAX_COLUMNS, Notation};

use self::survey::Survey;

pub use self::look::Look;
pub use self::name::{dataset_name, snake};
pub use self::survey::Seen;

/// The inferred declaration of a data file.
#[derive(Debug)]
pub struct Inferred {
    /// The layout, with or without a header.
    pub layout: Layout<'static>,
    /// The encoding of its characters.
    pub encoding: Encoding,
    /// The number of rows that can be read.
    pub rows: usize,
    /// The rows that cannot be read.
    pub unread: Unread,
    /// The columns, in the file's order.
    pub columns: Vec<Inference>,
    /// The headings of columns that no dataset can have, and why.
    pub left_out: Vec<(String, &'static str)>,
    /// The column that identifies rows best; no two rows have the same value in it.
    pub key: Option<usize>,
}

/// Rows that cannot be read.
#[derive(Debug, Default)]
pub struct Unread {
    /// The number of these rows.
    pub count: usize,
    /// The line numbers of the first such rows, each with its problem.
    pub first: Vec<(usize, String)>,
}

/// The facts about a column.
#[derive(Debug)]
pub struct Inference {
    /// A valid name for the column.
    pub name: String,
    /// The column's key or place in the file.
    pub locator: Locator,
    /// The type of its values.
    pub kind: Kind,
    /// True if some row has no value.
    pub optional: bool,
    /// The words that stand for a missing value.
    pub null: Vec<String>,
    /// The notation of its numbers, truth values or dates.
    pub notation: Notation,
    /// The separator of the items of a list.
    pub split: Option<&'static str>,
    /// The least value, if it is worth declaring.
    pub min: Option<f64>,
    /// True if all values differ, and the column's name suggests that they should.
    pub unique: bool,
    /// The number of rows that have a value.
    pub filled: usize,
    /// Its values, the most frequent first; only some of them if there are many different ones.
    pub seen: Vec<Seen>,
    /// The number of different values; none if there are too many to count.
    pub distinct: Option<usize>,
    /// The least and the greatest value, for numbers and dates.
    pub range: Option<(String, String)>,
    /// The length of its longest value, in characters.
    pub longest: usize,
    /// The values that differ in type from most.
    pub odd: Option<Odd>,
    /// A known notation, such as an amount with its currency, that can only be read as text.
    pub look: Option<Look>,
    /// The reason why it is no number, or another type that it may be meant to have.
    pub note: Option<Note>,
}

impl Inference {
    /// Returns the column's heading in the file, or its name if the file has none of its own.
    pub fn heading(&self) -> &str {
        match &self.locator {
            Locator::Name(name) => name,
            Locator::Place(_) | Locator::FileName(_) => &self.name,
        }
    }
}

/// Values that differ in type from most of a column's.
#[derive(Debug, Clone)]
pub struct Odd {
    /// The type of most values.
    pub most: Kind,
    /// The number of values of other types.
    pub count: usize,
    /// The first different ones, with their line numbers.
    pub first: Vec<(String, usize)>,
    /// True if the rows with these values are left out, so that the column has the type of the others.
    pub left_out: bool,
}

/// The reason why a column has its type, where that may surprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Digits stay text because some begin with a zero.
    LeadingZeros,
    /// Fractions stay text because two different ones would be the same number: the versions 1.1 and 1.10.
    TrailingZeros,
    /// Digits stay text because the column's name says that they are codes.
    Code,
    /// Digits stay text because they are too long for a number.
    LongDigits,
    /// Zeros and ones, which may mean no and yes.
    ZeroOne,
    /// Whole numbers written with `.0`, as programs do whose whole numbers cannot be missing.
    Dotted,
    /// Days, some with a time.
    MixedDates,
    /// Numbers whose commas can stand between thousands or before a fraction.
    EitherMark,
}

/// The number of rows in memory at a time.
const ROWS_AT_ONCE: usize = 1_024;

/// The number of unreadable rows that are listed.
const NAMED: usize = 3;

/// Infers the declaration of a data file.
///
/// # Errors
///
/// No valid declaration is possible: the file is not text, has an unsupported format, has no rows, or has a
/// quotation mark that is never closed.
pub fn infer(path: &Arc<str>, bytes: &[u8]) -> Result<Inferred, Diagnostic> {
    if let Some(form) = ForeignFormat::of(path, bytes) {
        return Err(errors::unread_form(path, form, &Place::file(path)));
    }
    let (source, encoding) = match Format::of(path) {
        Some(Format::Sqlite) => (foreign::read(path, bytes, None)?, Encoding::default()),
        _ => Source::sniff(path, bytes)?,
    };
    let layout = first::with_header(&source, Layout::sniff(&source));
    let headings = headings(&source, layout);
    let wanted: Vec<_> = headings.iter().take(MAX_COLUMNS).map(|(_, wanted)| wanted.wanted()).collect();
    let mut surveys: Vec<_> = wanted.iter().map(|_| Survey::default()).collect();
    let mut unread = Unread::default();
    let rows = read(&source, Data::open(&source, layout, &wanted), &mut surveys, &mut unread)?;
    let mut found =
        Inferred { layout, encoding, rows, unread, columns: Vec::new(), left_out: Vec::new(), key: None };
    let names = name::all(headings.iter().map(|(name, _)| name.as_str()));
    let mut surveys = surveys.into_iter();
    for ((header, locator), name) in headings.into_iter().zip(names) {
        match surveys.next().map(|survey| survey.conclude(name, locator, rows)) {
            Some(Ok(column)) => found.columns.push(column),
            Some(Err(why)) => found.left_out.push((header, why)),
            None => found.left_out.push((header, "a dataset has at most 1,000 columns")),
        }
    }
    kind::settle_odd(&mut found);
    key::declare(&mut found);
    Ok(found)
}

/// Returns each column's heading, with the key or place by which it is found.
fn headings(source: &Source, layout: Layout) -> Vec<(String, Locator)> {
    let data = Data::open(source, layout, &[]);
    let Some(width) = data.width() else {
        let keys = Data::keys(source, layout, MAX_COLUMNS + 1).into_iter();
        return keys.map(|key| (key.clone(), Locator::Name(key))).collect();
    };
    let names = data.header().unwrap_or_default();
    let names: Vec<_> = (0..width).map(|column| names.get(column).map_or("", |name| &name.value)).collect();
    let is_alone = |name: &str| !name.is_empty() && names.iter().filter(|other| **other == name).count() == 1;
    let heading = |(column, name): (usize, &&str)| {
        let place = || Locator::Place(column + 1);
        let locator = if is_alone(name) { Locator::Name((*name).to_owned()) } else { place() };
        ((*name).to_owned(), locator)
    };
    names.iter().enumerate().map(heading).collect()
}

/// Surveys all rows, and returns the number of those that could be read.
fn read(
    source: &Source,
    mut data: Data,
    surveys: &mut [Survey],
    unread: &mut Unread,
) -> Result<usize, Diagnostic> {
    if let Some(problem) = data.problems().first() {
        return Err(problem.clone());
    }
    let mut lines = LineCounter::new(&source.text);
    let mut problem = None;
    let mut total = 0;
    loop {
        let rows: Vec<_> =
            data.by_ref().take(ROWS_AT_ONCE).map(|row| (lines.of(row.span.start), row)).collect();
        if rows.is_empty() {
            break;
        }
        for (line, row) in &rows {
            match &row.problem {
                Some(broken) if broken.code == Code::UnclosedQuote => return Err(broken.clone()),
                Some(wrong) => {
                    unread.add(*line, wrong);
                    problem.get_or_insert_with(|| wrong.clone());
                }
                None => total += 1,
            }
        }
        let rows: Vec<_> = rows.iter().filter(|(_, row)| row.problem.is_none()).collect();
        surveys.par_iter_mut().enumerate().for_each(|(column, survey)| {
            for (line, row) in &rows {
                survey.take(row.cells[column].as_ref(), *line);
            }
        });
    }
    if total > 0 { Ok(total) } else { Err(problem.unwrap_or_else(|| errors::no_rows(&source.path))) }
}

impl Unread {
    fn add(&mut self, line: usize, problem: &Diagnostic) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push((line, problem.message.clone()));
        }
    }
}

/// Counts lines up to places that are given in increasing order.
struct LineCounter<'t> {
    text: &'t [u8],
    ending: u8,
    at: usize,
    line: usize,
}

impl<'t> LineCounter<'t> {
    fn new(text: &'t str) -> Self {
        let ending = if text.contains('\n') { b'\n' } else { b'\r' };
        Self { text: text.as_bytes(), ending, at: 0, line: 1 }
    }

    fn of(&mut self, place: usize) -> usize {
        let between = &self.text[self.at..place];
        self.line += between.split(|byte| *byte == self.ending).count() - 1;
        self.at = place;
        self.line
    }
}
