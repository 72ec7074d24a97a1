//! Takes the database of a case apart into rows, and puts it together again.

use std::fmt::Write as _;

use sitegen_model::SqlValue;
use sitegen_prove::{Answer, Outcome, Running};

/// The database that a case's setup makes.
#[derive(Debug, Clone)]
pub(crate) struct CaseDatabase {
    /// The statements that make its tables and indices.
    schema: Vec<String>,
    pub tables: Vec<CaseTable>,
    /// The statements that make the rest.
    others: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct CaseTable {
    name: String,
    pub columns: Vec<ColumnInfo>,
    pub rows: Vec<Vec<SqlValue>>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct ColumnInfo {
    /// True if the column may be NULL.
    pub nullable: bool,
    /// True if the column tells rows apart, alone or with others.
    pub key: bool,
}

const SCHEMA: &str =
    "SELECT type IN ('table', 'index'), sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid";

const COLUMNS: &str =
    "SELECT m.name, c.\"notnull\", c.pk FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
WHERE m.type = 'table' AND m.sql IS NOT NULL ORDER BY m.rowid, c.cid";

impl CaseDatabase {
    /// Reads the database that a setup makes; none if it makes nothing.
    pub(crate) fn read(running: &mut Running<'_>, setup: &str) -> Option<Self> {
        let mut database = Self { schema: Vec::new(), tables: Vec::new(), others: Vec::new() };
        for row in ask(running, setup, SCHEMA)?.rows {
            let [SqlValue::Int(early), SqlValue::Text(sql)] = &row[..] else { return None };
            if *early == 1 { &mut database.schema } else { &mut database.others }.push(sql.clone());
        }
        for row in ask(running, setup, COLUMNS)?.rows {
            let [SqlValue::Text(name), SqlValue::Int(filled), SqlValue::Int(key)] = &row[..] else {
                return None;
            };
            let column = ColumnInfo { nullable: *filled == 0 && *key == 0, key: *key > 0 };
            match database.tables.last_mut().filter(|table| table.name == *name) {
                Some(table) => table.columns.push(column),
                None => {
                    let rows = ask(running, setup, &format!("SELECT * FROM \"{name}\""))?.rows;
                    database.tables.push(CaseTable { name: name.clone(), columns: vec![column], rows });
                }
            }
        }
        Some(database)
    }

    /// Counts the rows of all tables.
    pub(crate) fn size(&self) -> usize {
        self.tables.iter().map(|table| table.rows.len()).sum()
    }

    /// Writes the statements that make the database, without rows that the tables' constraints forbid.
    pub(crate) fn setup(&self) -> String {
        let mut setup = String::new();
        let mut put = |statement: &str| writeln!(setup, "{statement};").expect("memory takes all");
        self.schema.iter().for_each(|statement| put(statement));
        for CaseTable { name, rows, .. } in self.tables.iter().filter(|table| !table.rows.is_empty()) {
            let rows: Vec<_> = rows.iter().map(|row| shown(row)).collect();
            put(&format!("INSERT OR IGNORE INTO \"{name}\" VALUES\n  {}", rows.join(",\n  ")));
        }
        // Tables come after those that they refer to.
        for CaseTable { name, .. } in &self.tables {
            let orphans = format!("SELECT rowid FROM pragma_foreign_key_check('{name}')");
            put(&format!("DELETE FROM \"{name}\" WHERE rowid IN ({orphans})"));
        }
        self.others.iter().for_each(|statement| put(statement));
        setup
    }
}

/// Asks a question of the database that a setup makes.
pub(crate) fn ask(running: &mut Running<'_>, setup: &str, question: &str) -> Option<Answer> {
    match running.run(setup, question) {
        Ok(Outcome::Answered(answer)) => Some(answer),
        _ => None,
    }
}

/// Writes a row in SQL.
fn shown(row: &[SqlValue]) -> String {
    let values: Vec<_> = row.iter().map(value).collect();
    format!("({})", values.join(", "))
}

fn value(value: &SqlValue) -> String {
    match value {
        SqlValue::Null => "NULL".to_owned(),
        SqlValue::Int(number) => number.to_string(),
        SqlValue::Real(number) => format!("{number:?}"),
        SqlValue::Text(text) => format!("'{}'", text.replace('\'', "''")),
    }
}
