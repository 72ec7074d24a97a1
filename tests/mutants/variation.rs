//! Random variations of a case's database: rows dropped, doubled, shuffled, tied, NULL, off by a little.

use sitegen_model::SqlValue;
use sitegen_tests::Random;

use crate::database::{CaseDatabase, CaseTable, ColumnInfo};

/// The most changes of a variation.
const MOST: usize = 5;

/// Makes the variation of a database that a seed decides.
pub(crate) fn of(database: &CaseDatabase, random: &mut Random) -> CaseDatabase {
    let mut varied = database.clone();
    for _ in 0..=random.below(MOST) {
        let filled: Vec<_> =
            (0..varied.tables.len()).filter(|at| !varied.tables[*at].rows.is_empty()).collect();
        if filled.is_empty() {
            break;
        }
        change(&mut varied.tables[*random.one(&filled)], random);
    }
    varied
}

fn change(table: &mut CaseTable, random: &mut Random) {
    let (row, other) = (random.below(table.rows.len()), random.below(table.rows.len()));
    let column = random.below(table.columns.len());
    match random.below(12) {
        0 | 1 => drop(table.rows.remove(row)),
        2 | 3 => double(table, row, random),
        4 => (1..table.rows.len()).rev().for_each(|at| table.rows.swap(at, random.below(at + 1))),
        5..=7 => table.rows[row][column] = table.rows[other][column].clone(),
        8 => {
            let value = std::mem::replace(&mut table.rows[row][column], SqlValue::Null);
            table.rows[row][column] = std::mem::replace(&mut table.rows[other][column], value);
        }
        9 => set_null(table, row, random),
        _ => nudge(&mut table.rows[row][column], random),
    }
}

/// Adds a row once more, with other numbers in the columns that tell rows apart.
fn double(table: &mut CaseTable, row: usize, random: &mut Random) {
    let mut copy = table.rows[row].clone();
    for (at, ColumnInfo { key, .. }) in table.columns.iter().enumerate() {
        let numbers = table.rows.iter().filter_map(|row| match row[at] {
            SqlValue::Int(number) => Some(number),
            _ => None,
        });
        if let (true, Some(largest), SqlValue::Int(_)) = (*key, numbers.max(), &copy[at]) {
            copy[at] = SqlValue::Int(largest + 1);
        }
    }
    // In half of the cases, another column is changed, too, because otherwise only the key would tell the
    // rows apart.
    if random.below(2) == 0 {
        let column = random.below(copy.len());
        nudge(&mut copy[column], random);
    }
    table.rows.insert(random.below(table.rows.len() + 1), copy);
}

fn set_null(table: &mut CaseTable, row: usize, random: &mut Random) {
    let nullable: Vec<_> = (0..table.columns.len()).filter(|at| table.columns[*at].nullable).collect();
    if !nullable.is_empty() {
        table.rows[row][*random.one(&nullable)] = SqlValue::Null;
    }
}

/// Changes a number to the next one, and a time or day to another of about the same time.
fn nudge(value: &mut SqlValue, random: &mut Random) {
    match value {
        SqlValue::Int(number) => *number += [-1, 1][random.below(2)],
        SqlValue::Real(number) => *number += [-1.0, 1.0, 0.5][random.below(3)],
        SqlValue::Text(text) if is_time(text) => {
            let digits: Vec<_> = free_digits(text).collect();
            if !digits.is_empty() {
                let at = *random.one(&digits);
                // The first of a month is a day, the zeroth is none.
                let digit = if at == 9 { 1 + random.below(9) } else { random.below(10) };
                text.replace_range(at..=at, &digit.to_string());
            }
        }
        SqlValue::Text(_) | SqlValue::Null => {}
    }
}

fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.is_ascii() && bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-'
}

/// Finds the digits of a time that can be any other: the last of days up to the 19th, of hours up to 19, of
/// minutes, of seconds.
fn free_digits(text: &str) -> impl Iterator<Item = usize> {
    let small = |at: usize| matches!(text.as_bytes()[at - 1], b'0' | b'1');
    [9, 12, 15, 18].into_iter().filter(move |at| *at < text.len() && (*at > 12 || small(*at)))
}
