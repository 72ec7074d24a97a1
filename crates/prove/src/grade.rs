//! Compares the answer of a query with the rows that its case expects.

use sitegen_model::{Grade, SqlValue};

use crate::answer::Answer;

/// Describes the first difference between the expected and the given rows, in a sentence without its full
/// stop. Returns none if there is none that the grade counts.
pub fn difference(
    grade: &Grade,
    columns: Option<&[String]>,
    expected: &[Vec<SqlValue>],
    answer: &Answer,
) -> Option<String> {
    let width = columns.map(<[_]>::len).or_else(|| expected.first().map(Vec::len));
    if let Some(width) = width.filter(|width| *width != answer.columns.len()) {
        return Some(format!("it has {} instead of {width}", count(answer.columns.len(), "column")));
    }
    let named = columns.filter(|_| grade.named).unwrap_or_default();
    let other =
        named.iter().zip(&answer.columns).find(|(expected, given)| !expected.eq_ignore_ascii_case(given));
    if let Some((expected, given)) = other {
        return Some(format!("a column is called \"{given}\" instead of \"{expected}\""));
    }
    if expected.len() != answer.rows.len() {
        let (given, expected) = (count(answer.rows.len(), "row"), expected.len());
        return Some(format!("it has {given} instead of {expected}"));
    }
    if grade.ordered { in_order(grade, expected, answer) } else { in_any_order(grade, expected, answer) }
}

fn in_order(grade: &Grade, expected: &[Vec<SqlValue>], answer: &Answer) -> Option<String> {
    let at = expected.iter().zip(&answer.rows).position(|(row, given)| !same_row(grade, row, given))?;
    Some(format!("row {} is {} instead of {}", at + 1, shown(&answer.rows[at]), shown(&expected[at])))
}

/// Searches row by row, because expected rows are written by hand and therefore few.
fn in_any_order(grade: &Grade, expected: &[Vec<SqlValue>], answer: &Answer) -> Option<String> {
    let mut left: Vec<_> = answer.rows.iter().collect();
    let mut missing = None;
    for row in expected {
        match left.iter().position(|given| same_row(grade, row, given)) {
            Some(at) => drop(left.remove(at)),
            None => missing = missing.or(Some(row)),
        }
    }
    let (missing, surplus) = (missing?, left.first()?);
    Some(format!("the row {} is missing, and there is {}", shown(missing), shown(surplus)))
}

fn same_row(grade: &Grade, expected: &[SqlValue], given: &[SqlValue]) -> bool {
    expected.len() == given.len() && expected.iter().zip(given).all(|(a, b)| same(grade, a, b))
}

fn same(grade: &Grade, expected: &SqlValue, given: &SqlValue) -> bool {
    match (expected, given) {
        (SqlValue::Null, SqlValue::Null) => true,
        (SqlValue::Text(expected), SqlValue::Text(given)) => expected == given,
        (SqlValue::Int(expected), SqlValue::Int(given)) => expected == given,
        _ => match (number(expected), number(given)) {
            (Some(a), Some(b)) => {
                (a - b).abs() <= grade.tolerance * a.abs().max(b.abs()).max(1.0) || a.total_cmp(&b).is_eq()
            }
            _ => false,
        },
    }
}

/// Loses the last digits of whole numbers beyond 2^53. Two whole numbers are never compared this way.
#[expect(clippy::cast_precision_loss)]
fn number(value: &SqlValue) -> Option<f64> {
    match value {
        SqlValue::Int(value) => Some(*value as f64),
        SqlValue::Real(value) => Some(*value),
        SqlValue::Null | SqlValue::Text(_) => None,
    }
}

fn count(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// The most characters of a row that a message shows.
const SHOWN: usize = 120;

/// Writes a row as its author would write it in a case.
fn shown(row: &[SqlValue]) -> String {
    let cells: Vec<_> = row.iter().map(shown_value).collect();
    let text = format!("[{}]", cells.join(", "));
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn shown_value(value: &SqlValue) -> String {
    match value {
        SqlValue::Null => "null".to_owned(),
        SqlValue::Int(value) => value.to_string(),
        SqlValue::Real(value) => format!("{value:?}"),
        SqlValue::Text(text) => serde_json::to_string(text).unwrap_or_else(|_| text.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SqlValue::{Int, Null, Real, Text};

    fn answer(rows: &[&[SqlValue]]) -> Answer {
        let rows = rows.iter().map(|row| row.to_vec()).collect();
        Answer { columns: vec!["a".to_owned(), "b".to_owned()], rows }
    }

    fn graded(grade: &Grade, expected: &[&[SqlValue]], given: &[&[SqlValue]]) -> Option<String> {
        let expected: Vec<_> = expected.iter().map(|row| row.to_vec()).collect();
        difference(grade, Some(&["A".to_owned(), "b".to_owned()]), &expected, &answer(given))
    }

    #[test]
    fn numbers_are_compared_by_value_and_rows_as_a_bag() {
        let any = Grade::default();
        let rows: [&[SqlValue]; 2] = [&[Int(1), Null], &[Real(2.0), Text("x".to_owned())]];
        let turned: [&[SqlValue]; 2] = [&[Int(2), Text("x".to_owned())], &[Real(1.0 + 1e-12), Null]];
        assert_eq!(graded(&any, &rows, &turned), None);
        let strict = Grade { ordered: true, ..any };
        let message = graded(&strict, &rows, &turned).expect("differs");
        assert_eq!(message, "row 1 is [2, \"x\"] instead of [1, null]");
        let twice: [&[SqlValue]; 2] = [rows[0], rows[0]];
        let message = graded(&any, &twice, &rows).expect("differs");
        assert_eq!(message, "the row [1, null] is missing, and there is [2.0, \"x\"]");
    }

    #[test]
    fn null_is_no_empty_text_and_a_number_no_text() {
        let any = Grade::default();
        for (expected, given) in [(Null, Text(String::new())), (Int(1), Text("1".to_owned())), (Null, Int(0))]
        {
            assert!(graded(&any, &[&[expected, Null]], &[&[given, Null]]).is_some());
        }
    }
}
