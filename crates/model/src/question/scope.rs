//! The names that a part of a question can say: the columns of what it reads, and of the selects around it.

use super::TableShape;
use super::domain::Domain;
use super::group::Grouping;

/// The sources of one select. Those within it see its columns, too.
#[derive(Debug, Default)]
pub(super) struct SelectLevel {
    pub sources: Vec<LevelSource>,
    /// The columns of its answer so far, which `order by` and `group by` can name.
    pub answer: Vec<(String, Domain)>,
    /// For each column of the answer, the column of a source that it is; none if it is computed.
    pub places: Vec<Option<ColumnPlace>>,
    /// Its groups; none before it has any, as in `where`.
    pub grouping: Option<Grouping>,
    /// The number of aggregates that the current term is within.
    pub aggregates: usize,
}

/// Rows that a select reads, under their name.
#[derive(Debug)]
pub(super) struct LevelSource {
    pub name: Option<String>,
    /// Its columns; none if they are not known.
    pub shape: Option<TableShape>,
    /// The columns that are one with those of a source before it.
    pub joined: Vec<String>,
}

/// A column of a source, by the places of both.
pub(super) type ColumnPlace = (usize, usize);

impl LevelSource {
    fn is_called(&self, name: &str) -> bool {
        self.name.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name))
    }

    pub(super) fn column(&self, name: &str) -> Option<usize> {
        let columns = &self.shape.as_ref()?.columns;
        columns.iter().position(|(column, _)| column.eq_ignore_ascii_case(name))
    }
}

impl SelectLevel {
    /// Finds a column by its name, and that of its source if it is said.
    pub(super) fn find(&self, table: Option<&str>, name: &str) -> Option<ColumnPlace> {
        let sources = self.sources.iter().enumerate();
        let mut sources = sources.filter(|(_, source)| table.is_none_or(|table| source.is_called(table)));
        sources.find_map(|(place, source)| source.column(name).map(|column| (place, column)))
    }

    /// Returns true if a name may be that of a column whose source is not known.
    pub(super) fn may_hold(&self, table: Option<&str>) -> bool {
        self.sources
            .iter()
            .any(|source| source.shape.is_none() && table.is_none_or(|table| source.is_called(table)))
    }

    pub(super) fn domain(&self, (source, column): ColumnPlace) -> Domain {
        let shape = self.sources[source].shape.as_ref();
        shape.map_or(Domain::Unknown, |shape| shape.columns[column].1.clone())
    }

    pub(super) fn answered(&self, name: &str) -> Option<&Domain> {
        self.answer.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, domain)| domain)
    }
}
