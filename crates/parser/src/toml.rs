//! Reads TOML, with a span on every key and value.

mod depth;
mod duplicate;
mod problem;
mod read;

use ::toml::de::DeTable;

use crate::excerpt::Excerpt;
use crate::table::MAX_DEPTH;
use crate::{Diagnostics, Source, Span, Table, errors};

pub(crate) use self::read::moment;

impl Table {
    /// Reads the part `span` of a file as TOML; spans are those of the file.
    ///
    /// Text that cannot be read is left out and reported as `invalid-toml`, with as many problems as can be
    /// told apart. A file that nests deeper than 64 levels is `too-deep` and left out as a whole.
    pub fn parse(source: &Source, span: Span) -> (Self, Diagnostics) {
        let excerpt = Excerpt::new(source, span);
        if let Some(place) = depth::too_deep(excerpt.text, MAX_DEPTH) {
            let problem = errors::too_deep(excerpt.place(&place), MAX_DEPTH);
            return (Self::default(), Diagnostics::from_iter([problem]));
        }
        let (table, errors) = DeTable::parse_recoverable(excerpt.text);
        let problems = problem::problems(excerpt.text, &errors);
        let mut converter = read::TableConverter::new(&excerpt, &problems);
        let table = converter.table(table.into_inner());
        let mut diagnostics = converter.diagnostics;
        diagnostics.extend(problem::diagnose(&excerpt, &problems));
        (table, diagnostics)
    }
}
