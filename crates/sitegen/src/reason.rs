//! The reasons why a condition does not hold for a row: the values of the columns that it names.

use std::borrow::Cow;

use sitegen_model::{Column, Condition, Family, Model, Records, RelationId, Rows, Scalar};

/// The number of values of a row to show for a condition that names no column.
const SHOWN: usize = 6;

/// The number of characters to show of a text.
const LONGEST: usize = 60;

/// The rows of a relation, to be described in words.
pub(crate) struct DescribedRows<'a> {
    columns: Vec<Column>,
    rows: Cow<'a, Rows>,
    records: &'a Records,
}

impl<'a> DescribedRows<'a> {
    pub(crate) fn new(model: &'a Model, relation: RelationId) -> Self {
        let (columns, rows) = model.table(relation);
        Self { columns, rows, records: &model.records }
    }

    /// Describes the values that a condition names, such as `n = 12`. For a condition that names none,
    /// describes the row.
    pub(crate) fn reason(&self, condition: &Condition, row: usize) -> String {
        let named = self.named(condition);
        if named.is_empty() { self.row(row) } else { self.values(row, &named) }
    }

    /// Describes the values in the path of a row's page, and those that a condition names.
    pub(crate) fn example(&self, family: &Family, condition: &Condition, row: usize) -> String {
        let mut columns: Vec<usize> = Vec::new();
        for column in family.path_columns().chain(self.named(condition)) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        self.values(row, &columns)
    }

    /// Describes the first values of a row.
    pub(crate) fn row(&self, row: usize) -> String {
        let shown: Vec<_> = (0..self.columns.len().min(SHOWN)).collect();
        let more = if self.columns.len() > SHOWN { ", …" } else { "" };
        format!("{}{more}", self.values(row, &shown))
    }

    fn values(&self, row: usize, columns: &[usize]) -> String {
        let value = |column: &usize| {
            let value = shown(self.rows.get(row, *column), self.records);
            format!("{} = {value}", self.columns[*column].name)
        };
        columns.iter().map(value).collect::<Vec<_>>().join(", ")
    }

    fn named(&self, condition: &Condition) -> Vec<usize> {
        let words = names(&condition.text);
        let is_named = |column: &Column| words.iter().any(|word| word.eq_ignore_ascii_case(&column.name));
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, column)| is_named(column)).map(|(position, _)| position).collect()
    }
}

/// Returns the words in an SQL expression that can be names, because they are not in a string.
fn names(expression: &str) -> Vec<&str> {
    let outside = expression.split('\'').step_by(2);
    let words = outside.flat_map(|part| part.split(|c: char| !c.is_alphanumeric() && c != '_'));
    words.filter(|word| !word.is_empty()).collect()
}

fn shown(value: Scalar, records: &Records) -> String {
    match value {
        Scalar::Null => "NULL".to_owned(),
        Scalar::Bool(value) => value.to_string(),
        Scalar::Int(value) => value.to_string(),
        Scalar::Float(value) => value.to_string(),
        Scalar::Reference(id) => format!("\"{}\"", records[id].slug),
        Scalar::Text(text) if text.chars().count() > LONGEST => {
            format!("\"{}…\"", text.chars().take(LONGEST).collect::<String>())
        }
        Scalar::Text(text) => format!("\"{text}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_do_not_stand_in_texts() {
        assert_eq!(names("n >= 5 and country <> 'it''s n2'"), ["n", "5", "and", "country"]);
    }
}
