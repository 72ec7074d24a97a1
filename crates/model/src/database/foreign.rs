//! Reads a table of an author's database as text: a list of cells in JSON on each line, the first line being the
//! names of columns.
//!
//! The database is a copy in memory that nothing can write to. Only tables are read, because a view or a virtual
//! table runs what its author wrote.

use std::sync::Arc;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB, Row};
use serde_json::Value as Json;
use sitegen_parser::{Diagnostic, Source};

use super::errors;

/// The most bytes of the text, and the most of a cell.
const LIMIT: usize = 1 << 30;
const CELL: i32 = 16 << 20;

/// The place in a database of the versions that write and read it, and the version that writes no log beside it.
const VERSIONS: std::ops::Range<usize> = 18..20;
const WITHOUT_LOG: u8 = 1;

/// Reads the table of a name, or else the only one.
///
/// # Errors
///
/// `unknown-format` if the file is no database, or nothing says which table it is; `too-large`.
pub(crate) fn read(path: &Arc<str>, bytes: &[u8], table: Option<&str>) -> Result<Source, Diagnostic> {
    let connection = open(bytes).map_err(|error| errors::damaged_database(path, &error.to_string()))?;
    let tables = tables(&connection).map_err(|error| errors::damaged_database(path, &error.to_string()))?;
    let chosen = match table {
        Some(table) => tables.iter().find(|name| *name == table),
        None => tables.first().filter(|_| tables.len() == 1),
    };
    let Some(chosen) = chosen else { return Err(errors::no_table(path, table, &tables)) };
    match text(&connection, chosen) {
        Ok(Some(text)) => Ok(Source { path: Arc::clone(path), text: text.into() }),
        Ok(None) => Err(errors::large_table(path)),
        Err(error) => Err(errors::damaged_database(path, &error.to_string())),
    }
}

fn open(bytes: &[u8]) -> rusqlite::Result<Connection> {
    let mut own = bytes.to_vec();
    // A database with a log beside it is whole without the log if its program was closed.
    if let Some(versions) = own.get_mut(VERSIONS) {
        versions.fill(WITHOUT_LOG);
    }
    let mut connection = Connection::open_in_memory()?;
    connection.deserialize_read_exact(MAIN_DB, own.as_slice(), own.len(), true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, CELL)?;
    connection.execute_batch("pragma query_only = on; pragma cell_size_check = on")?;
    Ok(connection)
}

/// Lists the tables that are no virtual ones and none of SQLite's own.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' \
         and sql not like 'create virtual%' order by name",
    )?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// Writes all rows of a table; none if they are too large.
fn text(connection: &Connection, table: &str) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare(&format!("select * from \"{}\"", table.replace('"', "\"\"")))?;
    let names: Vec<_> = statement.column_names().map(Json::from).collect();
    let width = names.len();
    let mut text = Json::from(names).to_string() + "\n";
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        write(row, width, &mut text)?;
        if text.len() > LIMIT {
            return Ok(None);
        }
    }
    Ok(Some(text))
}

fn write(row: &Row, width: usize, text: &mut String) -> rusqlite::Result<()> {
    for column in 0..width {
        text.push(if column == 0 { '[' } else { ',' });
        match row.get_ref(column)? {
            ValueRef::Integer(number) => text.push_str(&number.to_string()),
            ValueRef::Real(number) if number.is_finite() => text.push_str(&number.to_string()),
            ValueRef::Null | ValueRef::Real(_) => text.push_str("null"),
            ValueRef::Text(bytes) => text.push_str(&Json::from(String::from_utf8_lossy(bytes)).to_string()),
            ValueRef::Blob(bytes) => {
                text.push_str(&Json::from(format!("{} bytes that are no text", bytes.len())).to_string());
            }
        }
    }
    text.push_str("]\n");
    Ok(())
}
