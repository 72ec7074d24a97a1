//! Functions that ask the model: rows of relations, URLs of records and assets.

use std::sync::Arc;

use sitegen_model::{Column, Dataset, Kind, Link, Model, RecordId, RelationId, Scalar, nearest};
use sitegen_parser::{Diagnostic, Place};
use tera::{Kwargs, Map, State, TeraResult, Value};

use super::Library;
use super::argument::{expect, optional, required};
use super::registry::Registry;
use crate::library::asked::{Question, RenderEvent};
use crate::library::errors;
use crate::types::{Gives, Rule, Signature, SignatureArgument, Wants};
use crate::value::record_key;
use crate::value::relation::{Collected, RelationView};
use crate::value::row::RowSet;

const FROM: SignatureArgument = SignatureArgument::required("from", Wants::TEXT);

const ROWS: Signature = Signature::function("rows", &[FROM], Gives::Rule(Rule::Rows)).with_others(Wants::Key);

const ROW: Signature =
    Signature::function("row", &[FROM], Gives::Rule(Rule::Row)).with_others(Wants::Key).for_fields();

const REFERENCED_BY: Signature = Signature::function(
    "referenced_by",
    &[SignatureArgument::required("record", Wants::Record), SignatureArgument::optional("from", Wants::TEXT)],
    Gives::Rule(Rule::ReferencedBy),
);

const SOURCES: Signature = Signature::function(
    "sources",
    &[FROM],
    Gives::List(&Gives::Struct(&[
        ("dataset", Gives::Text),
        ("name", Gives::Text),
        ("url", Gives::OrNone(&Gives::Text)),
        ("licence", Gives::OrNone(&Gives::Text)),
        ("period", Gives::OrNone(&Gives::Text)),
        ("method", Gives::OrNone(&Gives::Text)),
        ("sample", Gives::Bool),
    ])),
);

const ASSET: Signature =
    Signature::function("asset", &[SignatureArgument::required("name", Wants::TEXT)], Gives::Text);

const LINK: Signature = Signature::function(
    "link",
    &[SignatureArgument::required("to", Wants::TEXT)],
    Gives::OrNone(&Gives::Text),
)
.for_fields();

const ABSOLUTE_URL: Signature = Signature::filter("absolute_url", Wants::TEXT, &[], Gives::Text).for_fields();

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.function(&ROWS, move |args: Kwargs, _: &State| of.rows(&args));
    let of = Arc::clone(library);
    registry.function(&ROW, move |args: Kwargs, _: &State| of.row(&args));
    let of = Arc::clone(library);
    registry.function(&REFERENCED_BY, move |args: Kwargs, _: &State| of.referenced_by(&args));
    let of = Arc::clone(library);
    registry.function(&SOURCES, move |args: Kwargs, _: &State| of.sources(required(&args, "from")?));
    let of = Arc::clone(library);
    registry.function(&ASSET, move |args: Kwargs, _: &State| {
        Ok::<_, tera::Error>(of.model.config.base_url.href(&of.asset(required(&args, "name")?)?.url))
    });
    let of = Arc::clone(library);
    registry.function(&LINK, move |args: Kwargs, _: &State| link(&of.model, &args));
    let of = Arc::clone(library);
    registry.filter(&ABSOLUTE_URL, move |path: &str, _: Kwargs, _: &State| {
        let base = &of.model.config.base_url;
        format!("{}{path}", base.origin)
    });
}

impl Library {
    fn relation(&self, name: &str) -> TeraResult<&RelationView> {
        self.relations.get(name).ok_or_else(|| {
            errors::carry(&errors::unknown_relation(name, nearest(name, self.relations.names())))
        })
    }

    fn rows(&self, args: &Kwargs) -> TeraResult<Value> {
        let name: &str = required(args, "from")?;
        let keys = keys(args);
        match self.relation(name)? {
            RelationView::Records(records) => match keys[..] {
                [] => {
                    let all = || (0..self.model.records.of(records.id).len()).collect();
                    self.tell(|| vec![about(records, &keys, all())]);
                    Ok(records.rows.clone())
                }
                [(field, value)] => {
                    let rows = self.by_field(name, records, field, value)?;
                    self.tell(|| vec![about(records, &keys, rows.iter().map(|row| *row as usize).collect())]);
                    Ok(rows.iter().map(|row| records.row(*row as usize).clone()).collect::<Vec<_>>().into())
                }
                [(first, _), (second, _), ..] => Err(errors::carry(&errors::second_key(first, second))),
            },
            RelationView::Rows(table) => {
                let found = self.find(name, table, &keys)?.into_iter();
                Ok(found.map(|row| table.row(&self.model, row)).collect::<Vec<_>>().into())
            }
        }
    }

    /// Returns one row: of a collection by the slug of a record, which must exist, else by the key of the
    /// relation; none if no row has the key.
    fn row(&self, args: &Kwargs) -> TeraResult<Value> {
        let name: &str = required(args, "from")?;
        match self.relation(name)? {
            RelationView::Records(records) => {
                expect(args, "row", ["from", "slug"].into_iter())?;
                let slug: &str = required(args, "slug")?;
                let Some(RecordId { row, .. }) = self.model.records.by_slug(records.id, slug) else {
                    return Err(errors::carry(&errors::no_row(name, slug)));
                };
                self.tell(|| vec![about(records, &keys(args), vec![row])]);
                Ok(records.row(row).clone())
            }
            RelationView::Rows(table) => match self.find(name, table, &keys(args))?[..] {
                [] => Ok(Value::none()),
                [row] => Ok(table.row(&self.model, row)),
                ref several => Err(errors::carry(&errors::several_rows(name, several.len()))),
            },
        }
    }

    /// Finds the rows of a table by columns of its key, and reports the question.
    fn find(&self, name: &str, table: &RowSet, keys: &[(&str, &Value)]) -> TeraResult<Vec<usize>> {
        let rows = self.look_up(name, table, keys)?;
        self.tell(|| {
            let place = |key: &str| table.key.columns.iter().position(|at| table.columns[*at].name == key);
            let mut by = key_texts(keys);
            by.sort_by_key(|(column, _)| place(column));
            vec![RenderEvent::Question(Question { relation: table.id, by, rows: rows.clone() })]
        });
        Ok(rows)
    }

    /// Finds the rows of a table by columns of its key; without any, all rows.
    fn look_up(&self, name: &str, table: &RowSet, keys: &[(&str, &Value)]) -> TeraResult<Vec<usize>> {
        let columns: Vec<_> = table.key.columns.iter().map(|column| &table.columns[*column]).collect();
        let by = || columns.iter().map(|column| column.name.as_str());
        let mut scalars = Vec::with_capacity(keys.len());
        for (key, value) in keys {
            let Some(place) = by().position(|column| column == *key) else {
                return Err(errors::carry(&errors::no_table_key(name, key, by())));
            };
            match key_scalar(value, columns[place], &self.model)? {
                Some(scalar) => scalars.push((place, scalar)),
                None => return Ok(Vec::new()),
            }
        }
        let key: Vec<_> = scalars.iter().map(|(place, scalar)| (*place, scalar.scalar())).collect();
        let relation = self.model.relations.rows(table.id);
        Ok(match relation {
            Some(relation) if key.is_empty() => (0..relation.rows.len()).collect(),
            Some(relation) => relation.by.find(&key).iter().map(|row| *row as usize).collect(),
            None => Vec::new(),
        })
    }

    /// Finds the records of a collection whose field is or contains a value.
    fn by_field(&self, name: &str, records: &Collected, field: &str, value: &Value) -> TeraResult<&[u32]> {
        let key = key_text(value)?;
        let collection = &self.model.schema[records.id];
        let rows =
            collection.field(field).and_then(|field| self.model.records.by_key(records.id, field, &key));
        rows.ok_or_else(|| {
            let keys = collection.fields.iter().filter(|field| field.is_key());
            let nearest = nearest(field, keys.map(|field| field.name.as_str()));
            errors::carry(&errors::no_key(name, field, nearest))
        })
    }

    /// Returns the declared sources of the datasets that a relation rests on.
    fn sources(&self, from: &str) -> TeraResult<Value> {
        let relation = match self.relation(from)? {
            RelationView::Records(records) => RelationId::Collection(records.id),
            RelationView::Rows(table) => table.id,
        };
        let datasets = self.model.schema.datasets_of(relation).into_iter();
        Ok(datasets.filter_map(|id| origin(&self.model.schema[id])).collect::<Vec<_>>().into())
    }

    fn referenced_by(&self, args: &Kwargs) -> TeraResult<Value> {
        let record: &Value = required(args, "record")?;
        let Some((collection, slug)) = record_key(record) else {
            return Err(tera::Error::message("the argument \"record\" must be a record"));
        };
        let target = self.model.schema.collection(&collection);
        let target = target.and_then(|collection| self.model.records.by_slug(collection, &slug));
        let from = optional::<&str>(args, "from")?;
        let collections: Vec<_> = match from {
            Some(name) => match self.relation(name)? {
                RelationView::Records(records) => vec![records],
                RelationView::Rows(_) => {
                    return Err(errors::carry(&errors::no_table_key(name, "record", [].into_iter())));
                }
            },
            None => self.relations.collections().collect(),
        };
        let rows =
            |records: &Collected| target.map_or(&[][..], |id| self.model.records.referring(records.id, id));
        self.tell(|| {
            let all = collections.iter().map(|records| (records, rows(records)));
            let told = all.filter(|(_, rows)| from.is_some() || !rows.is_empty());
            let rows = |rows: &[u32]| rows.iter().map(|row| *row as usize).collect();
            told.map(|(records, found)| about(records, &[("record", record)], rows(found))).collect()
        });
        let found = collections
            .iter()
            .flat_map(|records| rows(records).iter().map(|row| records.row(*row as usize).clone()));
        Ok(found.collect::<Vec<_>>().into())
    }
}

/// Returns the declared source of a dataset as templates see it.
fn origin(dataset: &Dataset) -> Option<Value> {
    let origin = dataset.source.as_ref()?;
    let mut seen = Map::new();
    seen.insert("dataset".into(), Value::from(dataset.name.as_str()));
    seen.insert("name".into(), Value::from(origin.name.as_str()));
    for (key, text) in [
        ("url", &origin.url),
        ("licence", &origin.licence),
        ("period", &origin.period),
        ("method", &origin.method),
    ] {
        seen.insert(key.into(), text.as_deref().map_or_else(Value::none, Value::from));
    }
    seen.insert("sample".into(), Value::from(origin.sample));
    Some(seen.into())
}

/// Makes the report of a question for records.
fn about(records: &Collected, keys: &[(&str, &Value)], rows: Vec<usize>) -> RenderEvent {
    RenderEvent::Question(Question {
        relation: RelationId::Collection(records.id),
        by: key_texts(keys),
        rows,
    })
}

/// Returns the arguments by which rows are looked up.
fn keys(args: &Kwargs) -> Vec<(&str, &Value)> {
    let keys = args.iter().filter_map(|(key, value)| Some((key.as_str()?, value)));
    keys.filter(|(key, _)| *key != "from").collect()
}

/// Returns a key as texts, without values that cannot be keys.
fn key_texts(keys: &[(&str, &Value)]) -> Vec<(String, String)> {
    let text = |(name, value): &(&str, &Value)| Some(((*name).to_owned(), key_text(value).ok()?));
    keys.iter().filter_map(text).collect()
}

/// A value by which rows are looked up. It owns its text.
enum LookupValue {
    Plain(Scalar<'static>),
    Text(Arc<str>),
}

impl LookupValue {
    fn scalar(&self) -> Scalar<'_> {
        match self {
            Self::Plain(scalar) => *scalar,
            Self::Text(text) => Scalar::Text(text),
        }
    }
}

/// Converts a value to one of a column; there is none if no row can have it.
fn key_scalar(value: &Value, column: &Column, model: &Model) -> TeraResult<Option<LookupValue>> {
    let record = record_key(value);
    if let Some(Kind::Reference(target)) = column.kind {
        let text = || value.as_str().map(|slug| (model.schema[target].name.clone(), slug.into()));
        let Some((collection, slug)) = record.or_else(text) else { return Err(not_a_key()) };
        let id = model.schema.collection(&collection).and_then(|id| model.records.by_slug(id, &slug));
        return Ok(id.map(|id| LookupValue::Plain(Scalar::Reference(id))));
    }
    let scalar = match (record, value.as_str()) {
        (Some((_, slug)), _) => LookupValue::Text(slug),
        (None, Some(text)) => LookupValue::Text(text.into()),
        (None, None) => LookupValue::Plain(match (value.as_bool(), value.as_i64(), value.as_f64()) {
            (Some(value), ..) => Scalar::Bool(value),
            (_, Some(value), _) => Scalar::Int(value),
            (_, _, Some(value)) => Scalar::Float(value),
            _ => return Err(not_a_key()),
        }),
    };
    match misfit(&scalar, column.kind.as_ref()) {
        Some(wanted) => {
            let shown =
                value.as_str().map_or_else(|| value.to_string(), |text| format!("the text \"{text}\""));
            Err(tera::Error::message(format!("\"{}\" is looked up by {wanted}, not by {shown}", column.name)))
        }
        None => Ok(Some(scalar)),
    }
}

/// Returns what a column is looked up by, if no row can have a value of this type.
fn misfit(key: &LookupValue, kind: Option<&Kind>) -> Option<&'static str> {
    let (is_number, is_bool) = match key.scalar() {
        Scalar::Int(_) | Scalar::Float(_) => (true, false),
        Scalar::Bool(_) => (false, true),
        _ => (false, false),
    };
    match kind? {
        Kind::Int | Kind::Float | Kind::Duration => (!is_number).then_some("a number"),
        Kind::Bool => (!is_bool).then_some("a truth value"),
        Kind::Any | Kind::List(_) | Kind::Table(_) | Kind::Reference(_) => None,
        _ => (is_number || is_bool).then_some("a text"),
    }
}

fn not_a_key() -> tera::Error {
    tera::Error::message("a key is a record, a text, a number or a truth value")
}

/// Converts a key to the text by which records are indexed: a record to its slug, anything else to its text.
fn key_text(value: &Value) -> TeraResult<String> {
    if let Some((_, slug)) = record_key(value) {
        return Ok(slug.to_string());
    }
    if value.is_map() || value.is_array() || value.is_none() || value.is_undefined() {
        return Err(not_a_key());
    }
    Ok(value.to_string())
}

/// Resolves a link that a template names.
fn link(model: &Model, args: &Kwargs) -> TeraResult<Value> {
    let to: &str = required(args, "to")?;
    match model.resolve(to, &Place::file(&"".into())) {
        Ok(Link::Route { url, suffix, .. }) => {
            Ok(format!("{}{suffix}", model.config.base_url.href(&url)).into())
        }
        Ok(Link::Here { href, .. } | Link::Elsewhere { href, .. }) => Ok(href.into()),
        Ok(Link::External) => Ok(to.into()),
        Ok(Link::Nowhere) => Ok(Value::none()),
        Err(diagnostic) => Err(errors::carry(&Diagnostic { place: None, ..diagnostic })),
    }
}
