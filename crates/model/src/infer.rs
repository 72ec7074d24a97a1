//! Finds out what a data file holds: how it is written, and the name, type and peculiarities of each column.
//!
//! All rows are read, so that what is found holds for the file, by the functions that load datasets.

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
use sitegen_parser::{Code, Data, Diagnostic, Encoding, ForeignFormat, Format, Place, Source};

use crate::schema::{Kind, Locator, MAX_COLUMNS};

use self::survey::Survey;

pub use self::look::Look;
pub use self::name::{dataset_name, snake};
pub use self::survey::Seen;

/// What a data file holds.
#[derive(Debug)]
pub struct Inferred {
    /// How it is laid out, with or without a header.
    pub format: Format,
    /// How it writes characters.
    pub encoding: Encoding,
    /// How many rows can be read.
    pub rows: usize,
    /// The rows that cannot be read as such.
    pub unread: Unread,
    /// The columns, in the order of the file.
    pub columns: Vec<Inference>,
    /// The columns that no dataset can have, and why.
    pub left_out: Vec<(String, &'static str)>,
    /// The column by which rows are best known, of which no two rows have the same value.
    pub key: Option<usize>,
}

/// Rows that cannot be read.
#[derive(Debug, Default)]
pub struct Unread {
    /// How many.
    pub count: usize,
    /// The lines of the first of them, and what is wrong there.
    pub first: Vec<(usize, String)>,
}

/// What is known of a column.
#[derive(Debug)]
pub struct Inference {
    /// A name that it can have.
    pub name: String,
    /// What the file knows it by.
    pub locator: Locator,
    /// What its values are.
    pub kind: Kind,
    /// Whether some row has no value.
    pub optional: bool,
    /// The words that stand for no value.
    pub null: Vec<String>,
    /// What stands between the items of a list.
    pub split: Option<&'static str>,
    /// The least value that is worth declaring.
    pub min: Option<f64>,
    /// Whether all values differ, as those of a column of this name should.
    pub unique: bool,
    /// How many rows have a value.
    pub filled: usize,
    /// Its values, the most frequent first; of many different ones, some.
    pub seen: Vec<Seen>,
    /// How many different values there are; none if there are too many to be told apart.
    pub distinct: Option<usize>,
    /// The least and the greatest, of numbers and dates.
    pub range: Option<(String, String)>,
    /// How many characters its longest value has.
    pub longest: usize,
    /// The values that are not what most are.
    pub odd: Option<Odd>,
    /// What cannot be read as more than text, though it means more.
    pub look: Option<Look>,
    /// Why it is no number, or what it may be besides.
    pub note: Option<Note>,
}

impl Inference {
    /// What the file calls it; where it calls it nothing of its own, its name.
    pub fn heading(&self) -> &str {
        match &self.locator {
            Locator::Name(name) => name,
            Locator::Place(_) => &self.name,
        }
    }
}

/// Values that are not what most of a column are.
#[derive(Debug, Clone)]
pub struct Odd {
    /// What most are.
    pub most: Kind,
    /// How many are not.
    pub count: usize,
    /// The first different ones, and their lines.
    pub first: Vec<(String, usize)>,
    /// Whether their rows are left out, and the column has the type of the others.
    pub left_out: bool,
}

/// Why a column has its type, where that is not plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Digits that are no number, since some begin with a zero.
    LeadingZeros,
    /// Fractions that are no numbers, since two would be one: 1.1 and 1.10, as versions are.
    TrailingZeros,
    /// Digits that are no number, by the column's name.
    Code,
    /// Digits that are more than numbers hold.
    LongDigits,
    /// Zeros and ones that may mean no and yes.
    ZeroOne,
    /// Whole numbers that are written with `.0`, as programs do that know no empty whole number.
    Dotted,
    /// Days, and days with a time.
    MixedDates,
}

/// How many rows are held at once.
const ROWS_AT_ONCE: usize = 1_024;

/// How many rows that cannot be read are named.
const NAMED: usize = 3;

/// Finds out what a data file holds.
///
/// # Errors
///
/// Why nothing can be declared that would hold: the file is no text, is none that datasets are read from, has no rows,
/// or has a quotation mark that is never closed.
pub fn infer(path: &Arc<str>, bytes: &[u8]) -> Result<Inferred, Diagnostic> {
    if let Some(form) = ForeignFormat::of(path, bytes) {
        return Err(errors::unread_form(path, form, &Place::file(path)));
    }
    let (source, encoding) = Source::sniff(path, bytes)?;
    let format = first::with_header(&source, Format::sniff(&source));
    let headings = headings(&source, format);
    let wanted: Vec<_> = headings.iter().take(MAX_COLUMNS).map(|(_, wanted)| wanted.wanted()).collect();
    let mut surveys: Vec<_> = wanted.iter().map(|_| Survey::default()).collect();
    let mut unread = Unread::default();
    let rows = read(&source, Data::open(&source, format, &wanted), &mut surveys, &mut unread)?;
    let mut found =
        Inferred { format, encoding, rows, unread, columns: Vec::new(), left_out: Vec::new(), key: None };
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

/// What the file calls each column, and what it is known by.
fn headings(source: &Source, format: Format) -> Vec<(String, Locator)> {
    let data = Data::open(source, format, &[]);
    let Some(width) = data.width() else {
        let keys = Data::keys(source, MAX_COLUMNS + 1).into_iter();
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

/// Looks at all rows, and says how many could be read.
fn read(
    source: &Source,
    mut data: Data,
    surveys: &mut [Survey],
    unread: &mut Unread,
) -> Result<usize, Diagnostic> {
    if let Some(problem) = data.problems().first() {
        return Err(problem.clone());
    }
    let mut lines = Lines::new(&source.text);
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

/// Counts lines up to places that are asked for in order.
struct Lines<'t> {
    text: &'t [u8],
    ending: u8,
    at: usize,
    line: usize,
}

impl<'t> Lines<'t> {
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
