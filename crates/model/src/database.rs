//! The in-memory SQLite database that holds a table for each relation and answers queries and conditions.

mod clock;
pub(crate) mod errors;
pub(crate) mod foreign;
mod function;
mod guard;
mod meaning;
mod refusal;
mod rows;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, Statement, ToSql};

use crate::ground::{Given, TextOrder};

pub(crate) use self::meaning::meaning;
pub(crate) use self::refusal::{QueryRefusal, Reason};
pub(crate) use self::rows::Builder;
pub use self::rows::Rows;

/// A database that no query can change.
pub(crate) struct Database {
    connection: Connection,
    /// The columns that the statement being prepared reads, as the guard reports them.
    reads: Receiver<Read>,
}

/// The facts about a query that are known before it runs.
#[derive(Debug)]
pub(crate) struct Description {
    pub columns: Vec<Answered>,
    /// The columns that the query reads.
    pub reads: BTreeSet<Read>,
}

/// The names of a table and of a column that a query reads; the column is empty if the query only counts
/// rows.
pub(crate) type Read = (String, String);

/// A column of an answer.
#[derive(Debug)]
pub(crate) struct Answered {
    pub name: String,
    /// The table and the column that the values are copied from; none if they are computed.
    pub origin: Option<(String, String)>,
}

/// SQLite's type affinity of a column, which decides how its values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Affinity {
    /// As whole numbers.
    Integer,
    /// As numbers.
    Real,
    /// As texts.
    Text,
    /// Without affinity: each value compares by its own type.
    Each,
}

impl Affinity {
    fn sql(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Text => "text",
            Self::Each => "",
        }
    }
}

/// The most rows that an answer can have.
const MAX_ROWS: usize = 5_000_000;

/// The most bytes that an answer can have.
const MAX_BYTES: usize = 1 << 30;

/// The most bytes that a text can have.
const MAX_TEXT: usize = 16 << 20;

/// Nothing is written to disk, because a build does no I/O; a query that needs more than four gigabytes is
/// refused.
const SETTINGS: &str = "pragma journal_mode = off; pragma synchronous = off; pragma temp_store = memory; \
                        pragma hard_heap_limit = 4294967296";

const IN_RANGE: &str = "the limit is in range";

const KNOWN: &str = "the statement holds nothing but checked names";

impl Database {
    /// Opens an empty database, in which `collate site` compares texts by `order`.
    pub(crate) fn open(order: &Arc<TextOrder>) -> Self {
        let mut connection = Connection::open_in_memory().expect("SQLite opens a database in memory");
        connection.execute_batch(SETTINGS).expect(KNOWN);
        for misfeature in [DbConfig::SQLITE_DBCONFIG_DQS_DML, DbConfig::SQLITE_DBCONFIG_DQS_DDL] {
            // Otherwise SQLite would take an unknown column in double quotation marks for a text.
            connection.set_db_config(misfeature, false).expect("the option exists");
        }
        connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).expect(IN_RANGE);
        function::register(&connection, order).expect("the functions are well-formed");
        clock::register(&connection).expect("the functions are well-formed");
        let (send, reads) = channel();
        guard::watch(&mut connection, send);
        Self { connection, reads }
    }

    /// Makes an empty table.
    pub(crate) fn create<'a>(&mut self, table: &str, columns: impl Iterator<Item = (&'a str, Affinity)>) {
        let columns = columns.map(|(name, affinity)| format!("{} {}", quote(name), affinity.sql()));
        let columns = columns.collect::<Vec<_>>().join(", ");
        self.change(&format!("create table {} ({columns})", quote(table)));
    }

    /// Creates an index, so that rows are found fast by the values of a column.
    pub(crate) fn index(&mut self, table: &str, column: &str) {
        // No relation can have this name, so the index cannot clash with a table.
        let name = quote(&format!("_rowid_ {table}"));
        self.change(&format!("create index {name} on {} ({})", quote(table), quote(column)));
    }

    fn change(&mut self, sql: &str) {
        guard::trust(&mut self.connection);
        self.connection.execute_batch(sql).expect(KNOWN);
        let (send, reads) = channel();
        guard::watch(&mut self.connection, send);
        self.reads = reads;
    }

    /// Inserts rows into a table. Each row's `_rowid_` is its number, counted from 0.
    pub(crate) fn fill<'r>(
        &mut self,
        table: &str,
        width: usize,
        rows: usize,
        value: impl Fn(usize, usize) -> Given<'r>,
    ) {
        self.change("begin");
        guard::trust(&mut self.connection);
        let places = vec!["?"; width + 1].join(", ");
        let columns = self.columns_of(table);
        let sql = format!("insert into {} (_rowid_, {columns}) values ({places})", quote(table));
        let mut insert = self.connection.prepare(&sql).expect(KNOWN);
        for row in 0..rows {
            let number = Given::Int(i64::try_from(row).expect("rows are counted in memory"));
            insert.raw_bind_parameter(1, number).expect(KNOWN);
            for column in 0..width {
                insert.raw_bind_parameter(column + 2, value(row, column)).expect("the table is as wide");
            }
            insert.raw_execute().expect("a row fits");
        }
        drop(insert);
        self.change("commit");
    }

    fn columns_of(&self, table: &str) -> String {
        let sql = format!("select * from {} limit 0", quote(table));
        let statement = self.connection.prepare(&sql).expect(KNOWN);
        statement.column_names().map(quote).collect::<Vec<_>>().join(", ")
    }

    /// Prepares a query without running it, and describes its columns and what it reads.
    ///
    /// # Errors
    ///
    /// The text is not a single `select`, or names something that does not exist or is not allowed.
    pub(crate) fn describe(&self, sql: &str) -> Result<Description, QueryRefusal> {
        self.reads.try_iter().for_each(drop);
        let statement = self.prepare(sql)?;
        let columns = statement.columns_with_metadata();
        let columns = columns.into_iter().map(|column| Answered {
            name: column.name().to_owned(),
            origin: column
                .table_name()
                .zip(column.origin_name())
                .map(|(table, origin)| (table.into(), origin.into())),
        });
        Ok(Description { columns: columns.collect(), reads: self.reads.try_iter().collect() })
    }

    fn prepare(&self, sql: &str) -> Result<Statement<'_>, QueryRefusal> {
        let statement = self.connection.prepare(sql).map_err(|error| QueryRefusal::new(&error))?;
        if statement.column_count() == 0 {
            return Err(QueryRefusal::other("there is no question in it"));
        }
        if statement.is_explain() > 0 {
            return Err(QueryRefusal::other("`explain` is not a question to the data"));
        }
        Ok(statement)
    }

    /// Runs a query and hands each row of the answer to `take`, which returns the bytes that all rows so far
    /// take. `over` is the number of rows in the tables, for the limit on steps.
    ///
    /// # Errors
    ///
    /// The query is refused, or takes too long, or its answer is too large.
    pub(crate) fn ask(
        &mut self,
        sql: &str,
        over: usize,
        mut take: impl FnMut(&[Given]) -> usize,
    ) -> Result<(), QueryRefusal> {
        let refuse = |reason| Err(QueryRefusal { reason, offset: None });
        guard::limit(&mut self.connection, over);
        let mut statement = self.prepare(sql)?;
        let width = statement.column_count();
        let mut rows = statement.raw_query();
        let mut number = 0;
        while let Some(row) = rows.next().map_err(|error| QueryRefusal::new(&error))? {
            if number == MAX_ROWS {
                return refuse(Reason::TooManyRows(MAX_ROWS));
            }
            if take(&values(row, width)?) > MAX_BYTES {
                return refuse(Reason::TooManyBytes(MAX_BYTES));
            }
            number += 1;
        }
        Ok(())
    }
}

fn values<'r>(row: &'r Row<'_>, width: usize) -> Result<Vec<Given<'r>>, QueryRefusal> {
    (0..width)
        .map(|column| match row.get_ref(column).map_err(|error| QueryRefusal::new(&error))? {
            ValueRef::Null => Ok(Given::Null),
            ValueRef::Integer(value) => Ok(Given::Int(value)),
            ValueRef::Real(value) => Ok(Given::Float(value)),
            ValueRef::Text(text) => Ok(Given::Text(String::from_utf8_lossy(text))),
            ValueRef::Blob(_) => Err(QueryRefusal::other("a column holds bytes, which are not text")),
        })
        .collect()
}

impl ToSql for Given<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null | Self::Reference(_) => ValueRef::Null,
            Self::Bool(value) => ValueRef::Integer(i64::from(*value)),
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Float(value) => ValueRef::Real(*value),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

/// Quotes a name for SQL.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
