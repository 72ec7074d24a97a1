//! Queries: files of SQL, and what is declared of their answers.
//!
//! References survive SQL: SQLite says from which table and column a column of an answer comes, through joins, common table
//! expressions and sub-queries. If that is a reference, or a record's slug under another name, the answer holds the record. What is
//! computed has the type that `columns` declares, or else the one that follows from what it is computed of, if that is known.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use indexmap::IndexMap;
use sitegen_parser::{Diagnostic, Diagnostics, Place, Severity, Source, Span};

use super::dataset::{ROW_COLUMNS, key};
use super::field::{Names, read_fields};
use super::pattern::{Columns, Pattern};
use super::relation::{Column, Key, MAX_COLUMNS, is_reserved};
use super::{Reads, Schema, errors, field, shape};
use crate::database::{Answered, Database, Description, QueryRefusal, Reason, meaning};
use crate::ground::{Id, suggest};
use crate::question::{Analysis, Share};
use crate::read::{Inputs, KeyForm, Layers, TableForm, ValueForm};

/// A question to the site's data, as written and declared.
#[derive(Debug)]
pub struct Query {
    /// Its name, which is its file's.
    pub name: String,
    /// Its file.
    pub source: Source,
    /// The id of what its text asks, however it is laid out.
    asks: Id,
    /// The columns of its answer, known before it is asked.
    pub columns: Vec<Column>,
    /// The columns by which rows are looked up.
    pub by: Key,
    /// The sets of columns of which no two rows of its answer have the same values, as its text tells.
    pub(super) keys: Vec<Vec<usize>>,
    /// The share of it that is known before it is asked.
    pub(super) seen: Share,
    /// The relations that it reads.
    pub reads: Reads,
    /// The problem to report for each of its rows; none if rows are no problem.
    pub objects: Option<Objection>,
}

/// The text is hashed by its meaning because layout and comments change no answer.
impl Hash for Query {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The id of its meaning stands for all that its text tells.
        let Self { name, source, asks, columns, by, keys: _, seen: _, reads, objects } = self;
        (name, &source.path, asks, columns, by, reads, objects).hash(state);
    }
}

/// The problem to report for each row of a query.
#[derive(Debug, Hash)]
pub struct Objection {
    /// The severity; an error stops publishing.
    pub(crate) severity: Severity,
    /// The message for a row.
    pub(crate) says: Pattern,
}

/// The keys of a query.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Table, Text, Texts};
    const COLUMNS: TableForm = TableForm::Names(|| field::form(field::keys));
    vec![
        KeyForm::new("columns", Table(COLUMNS), "The types of columns that are computed."),
        KeyForm::new("by", Texts, "The columns by which templates look rows up."),
        KeyForm::new("one", Bool, "If true, at most one row has a key."),
        KeyForm::new("warn", Text, "What is wrong with each row, as a warning."),
        KeyForm::new("refuse", Text, "What is wrong with each row, as an error."),
    ]
}

/// Queries that are being put in order: each after those that it reads.
struct Resolver<'a> {
    sources: BTreeMap<String, Source>,
    declarations: &'a Layers<'a>,
    names: &'a Names<'a>,
    schema: &'a mut Schema,
    database: &'a mut Database,
    /// Those that wait for one another, from the first asked for.
    waiting: Vec<(String, Option<Place>)>,
    /// Those that cannot be asked, which is reported.
    failed: BTreeSet<String>,
    diagnostics: &'a mut Diagnostics,
}

/// Reads the queries into the schema, in an order in which they can be asked, and makes a table for each. Gives the
/// names of those that cannot be asked, which is reported.
pub(super) fn read_all(
    layers: &Layers,
    names: &Names,
    inputs: &Inputs,
    schema: &mut Schema,
    database: &mut Database,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<String> {
    let (sources, mut failed) = read_sources(inputs, diagnostics);
    for (name, place) in &layers.names() {
        if !sources.contains_key(*name) && failed.insert((*name).to_owned()) {
            let nearest = suggest::nearest(name, sources.keys().map(String::as_str));
            diagnostics.push(errors::missing_query(name, nearest, place.clone()));
        }
    }
    let all: Vec<_> = sources.keys().cloned().collect();
    let mut resolver = Resolver {
        sources,
        declarations: layers,
        names,
        schema,
        database,
        waiting: Vec::new(),
        failed,
        diagnostics,
    };
    for name in all {
        resolver.resolve(&name, None);
    }
    resolver.failed
}

/// The queries by name, and the names of those whose files cannot be read, which is reported.
fn read_sources(
    inputs: &Inputs,
    diagnostics: &mut Diagnostics,
) -> (BTreeMap<String, Source>, BTreeSet<String>) {
    let (mut sources, mut unread) = (BTreeMap::new(), BTreeSet::new());
    for (file, (path, content)) in inputs.layered("queries") {
        let Some(name) = file.strip_suffix(".sql") else { continue };
        let name = name.rsplit('/').next().unwrap_or(name).to_owned();
        match content.source(&path) {
            Ok(source) => {
                sources.insert(name, source);
            }
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                unread.insert(name);
            }
        }
    }
    (sources, unread)
}

impl Resolver<'_> {
    /// Reads a query after all that it reads; `place` is where another names it.
    fn resolve(&mut self, name: &str, place: Option<Place>) {
        if self.schema.query(name).is_some() || self.failed.contains(name) {
            return;
        }
        if let Some(start) = self.waiting.iter().position(|(waiting, _)| waiting == name) {
            self.waiting.push((name.to_owned(), place));
            let problem = errors::query_cycle(&self.waiting[start..]);
            self.diagnostics.push(problem);
            self.failed.extend(self.waiting[start..].iter().map(|(name, _)| name.clone()));
            self.waiting.pop();
            return;
        }
        let Some(source) = self.sources.get(name).cloned() else { return };
        self.waiting.push((name.to_owned(), place));
        match self.describe(&source) {
            Some(description) => self.add(name, source, description),
            None => {
                self.failed.insert(name.to_owned());
            }
        }
        self.waiting.pop();
    }

    /// Returns SQLite's description of a query, after the queries that the query reads have tables.
    fn describe(&mut self, source: &Source) -> Option<Description> {
        loop {
            let refusal = match self.database.describe(&source.text) {
                Ok(description) => return Some(description),
                Err(refusal) => refusal,
            };
            match refusal.reason {
                Reason::MissingTable(ref table) if self.sources.contains_key(table) => {
                    let place = mention(source, table);
                    if !self.failed.contains(table) {
                        self.resolve(&table.clone(), Some(place));
                    }
                    self.schema.query(table)?;
                }
                _ => {
                    self.refuse(source, &refusal);
                    return None;
                }
            }
        }
    }

    fn refuse(&mut self, source: &Source, refusal: &QueryRefusal) {
        let problem = refused(self.schema, source, refusal, 0);
        // A query that is not there because of a reported problem is no news.
        let consequence = matches!(&refusal.reason, Reason::MissingTable(name) if self.failed.contains(name));
        if !consequence {
            self.diagnostics.push(problem);
        }
    }

    fn add(&mut self, name: &str, source: Source, description: Description) {
        let mut declaration = self.declarations.named(name, format!("query \"{name}\""), self.diagnostics);
        let reads = self.schema.reads(&description);
        let mut analysis = self.schema.analyze(&source.text, &|span| Place::new(&source.path, span));
        self.diagnostics.extend(std::mem::take(&mut analysis.found));
        let columns = self.columns(name, description.columns, &analysis, &mut declaration);
        if let Some(problem) = self.unfit_for_table(name, &source, &columns) {
            self.failed.insert(name.to_owned());
            return self.diagnostics.push(problem);
        }
        let position = |name: &str| columns.iter().position(|column| column.name == name);
        let known = columns.iter().map(|column| column.name.as_str());
        let by = key(&mut declaration, name, &position, &known, self.diagnostics);
        let one = declaration.bool("one", self.diagnostics).unwrap_or(false);
        if one && by.is_empty() {
            let place = declaration.value("one").map(|declared| declared.place());
            self.diagnostics.extend(place.map(|place| errors::one_without_by(name, place)));
        }
        let objects = self.objection(&columns, &mut declaration);
        declaration.finish(self.diagnostics);
        self.database.create(name, columns.iter().map(|column| (column.name.as_str(), column.affinity())));
        let (name, asks, by) = (name.to_owned(), Id::of(&meaning(&source.text)), Key { columns: by, one });
        let keys = analysis.answer.map(|answer| answer.keys).unwrap_or_default();
        self.schema.queries.push(Query {
            name,
            source,
            asks,
            columns,
            by,
            keys,
            seen: analysis.seen,
            reads,
            objects,
        });
    }

    /// Reads `warn` and `refuse`, by which each row is a problem; if both are declared, `refuse` counts.
    fn objection(&mut self, columns: &[Column], declaration: &mut Layers) -> Option<Objection> {
        let warned = declaration.string("warn", self.diagnostics);
        let refused = declaration.string("refuse", self.diagnostics);
        let (severity, (text, place)) = match (refused, warned) {
            (Some(says), _) => (Severity::Error, says),
            (None, Some(says)) => (Severity::Warning, says),
            (None, None) => return None,
        };
        let known = Columns { collections: &self.schema.collections, row: Some(columns) };
        let says = Pattern::parse(text, place, &known, self.diagnostics)?;
        Some(Objection { severity, says })
    }

    /// Returns a problem if an answer cannot become a table as well.
    fn unfit_for_table(&self, name: &str, source: &Source, columns: &[Column]) -> Option<Diagnostic> {
        let file = || Place::file(&source.path);
        if let Some(other) = self.schema.relation(name) {
            return Some(errors::equal_names("relation", name, file(), &self.schema.relation_place(other)));
        }
        if columns.len() > MAX_COLUMNS {
            return Some(errors::too_many_columns(name, columns.len(), MAX_COLUMNS, file()));
        }
        if is_reserved(name) {
            return Some(errors::reserved_name("query", name, file()));
        }
        let mut known = BTreeSet::new();
        columns.iter().find_map(|column| {
            let name = column.name.as_str();
            if ROW_COLUMNS.contains(&name) || is_reserved(name) {
                return Some(errors::reserved_name("column", name, mention(source, name)));
            }
            let is_new = known.insert(name.to_ascii_lowercase());
            (!is_new).then(|| errors::duplicate_column(name, mention(source, name)))
        })
    }

    /// The columns of an answer: those declared, else as the columns are that their values are from, else as the
    /// analysis says.
    fn columns(
        &mut self,
        name: &str,
        answered: Vec<Answered>,
        analysis: &Analysis,
        declaration: &mut Layers,
    ) -> Vec<Column> {
        let layers = declaration.section("columns", format!("the columns of \"{name}\""), self.diagnostics);
        let declared = read_fields(&layers, &[], self.names, self.diagnostics);
        let mut declared: IndexMap<_, _> =
            declared.into_iter().map(|field| (field.name.clone(), field)).collect();
        // SQLite is the judge of how many columns there are.
        let width = answered.len();
        let known = analysis.answer.iter().filter(|answer| answer.columns.len() == width);
        let known = known.flat_map(|answer| &answer.columns);
        let mut known = known.map(|(_, domain)| shape::kind(domain));
        let mut columns: Vec<Column> = Vec::new();
        for answered in answered {
            let known = known.next().flatten();
            let declared = declared.shift_remove(&answered.name);
            let optional = declared.as_ref().filter(|field| field.optional).map(|_| true);
            let kind = declared.map(|field| field.kind).or_else(|| self.schema.traced(&answered)).or(known);
            columns.push(Column { name: answered.name, kind, optional });
        }
        for (unknown, field) in declared {
            let nearest = suggest::nearest(&unknown, columns.iter().map(|column| column.name.as_str()));
            self.diagnostics.push(errors::missing_column(&unknown, name, nearest, field.place));
        }
        columns
    }
}

/// Makes the diagnostic for a refused question, at its place. `lead` bytes stand before the author's text in
/// the SQL that was asked.
pub(crate) fn refused(schema: &Schema, source: &Source, refusal: &QueryRefusal, lead: usize) -> Diagnostic {
    let offset = refusal.offset.and_then(|offset| offset.checked_sub(lead));
    let at = |offset: usize| Place::new(&source.path, &word(&source.text, offset));
    let place = offset.map_or_else(|| Place::file(&source.path), at);
    match &refusal.reason {
        Reason::MissingTable(name) => {
            let nearest = suggest::nearest(name, schema.relation_names());
            errors::unknown_relation(name, nearest, mention(source, name))
        }
        Reason::MissingColumn(name) => {
            let bare = name.rsplit('.').next().unwrap_or(name);
            let nearest = suggest::nearest(bare, schema.column_names());
            errors::unknown_sql_column(name, nearest, place)
        }
        Reason::Forbidden => errors::forbidden_sql(place),
        Reason::Clock(_) if offset.is_some() => errors::sql_clock(place),
        Reason::Clock(function) => errors::sql_clock(call(source, function)),
        Reason::TooManySteps => errors::runaway_query("it takes far more steps than there is data", place),
        Reason::TooMuchMemory => errors::runaway_query("it takes more memory than 4 GB", place),
        Reason::TooManyRows(most) => {
            errors::runaway_query(&format!("it has more than {} million rows", most / 1_000_000), place)
        }
        Reason::TooManyBytes(most) => errors::heavy_query(most >> 20, place),
        Reason::TooLong(most) => errors::long_text(most >> 20, place),
        Reason::Call(function, why) if offset.is_none() => errors::invalid_sql(why, call(source, function)),
        Reason::Call(_, message) | Reason::Other(message) => errors::invalid_sql(message, place),
    }
}

/// The place where a text first says a word, or its beginning.
fn mention(source: &Source, name: &str) -> Place {
    let mut found = words(&source.text, name);
    Place::new(&source.path, &found.next().unwrap_or_default())
}

/// The place where a text first calls a function, or its beginning.
fn call(source: &Source, name: &str) -> Place {
    let text = source.text.to_ascii_lowercase();
    // Only `regexp` is an operator, too.
    let is_call = |word: &Span| name == "regexp" || text[word.end..].trim_start().starts_with('(');
    Place::new(&source.path, &words(&text, name).find(is_call).unwrap_or_default())
}

/// Finds the places where a name is a whole word of a text.
fn words(text: &str, name: &str) -> impl Iterator<Item = Span> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).map(|(at, word)| at..at + word.len()).filter(move |word| {
        let after = text[word.end..].chars().next();
        !text[..word.start].ends_with(is_part) && !after.is_some_and(is_part)
    })
}

/// The word at an offset.
fn word(text: &str, offset: usize) -> std::ops::Range<usize> {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let length = text[offset..].find(|c: char| !c.is_alphanumeric() && !"_.".contains(c));
    let length = length.unwrap_or(text.len() - offset);
    offset..offset + length.max(text[offset..].chars().next().map_or(0, char::len_utf8))
}
