//! Records as templates see them.
//!
//! Tera's values are trees, while records refer to each other in any way. So each record has three forms: its name
//! alone, with its own fields, and whole, where references are whole records in turn. Where references lead in a
//! circle, those around it have the middle form, which ends the tree. Every form is made once and shared.

mod exercise;
pub(crate) mod listing;
pub(crate) mod pieces;
pub(crate) mod relation;
pub(crate) mod row;

use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::{CollectionId, Field, Id, Kind, Model, Record, RecordId, Value as Known};
use sitegen_parser::Markdown;
use tera::{Map, Value};

use self::pieces::HtmlOf;
use crate::types::Reachability;

/// Every record of a site, as templates see it.
#[derive(Debug, Default)]
pub(crate) struct Values {
    names: Forms,
    cards: Forms,
    whole: Forms,
}

/// A form of every record, by collection and row.
#[derive(Debug, Default)]
struct Forms(Vec<Vec<RecordForm>>);

/// A form of a record, and the id of what it was made from.
#[derive(Debug, Clone)]
struct RecordForm {
    from: Id,
    value: Value,
}

impl Values {
    /// Makes the values of all records, and reuses those whose inputs are the same as before.
    pub(crate) fn new<'a>(model: &'a Model, html: HtmlOf<'a>, previous: &Self) -> Self {
        let maker = Maker { model, html };
        let collections = || (0..model.schema.collections.len()).map(CollectionId);
        let names = collections().map(|collection| {
            maker.forms(collection, &previous.names, |id| maker.name_id(id), |id| maker.name(id).into())
        });
        let names = Forms(names.collect());
        let cards = collections().map(|collection| maker.nested(collection, &previous.cards, |_| &names));
        let cards = Forms(cards.collect());
        let reach = Reachability::new(&model.schema);
        let mut whole = Forms(collections().map(|_| Vec::new()).collect());
        for collection in reach.order() {
            whole.0[collection.0] = maker.nested(collection, &previous.whole, |target| {
                if reach.circular(collection, target) { &cards } else { &whole }
            });
        }
        Self { names, cards, whole }
    }

    /// Returns a record with everything that it refers to.
    pub(crate) fn whole(&self, id: RecordId) -> &Value {
        &self.whole.0[id.collection.0][id.row].value
    }

    /// Returns the id of all records of a collection.
    pub(crate) fn id(&self, collection: CollectionId) -> Id {
        Id::of_all(self.whole.0[collection.0].iter().map(|form| form.from))
    }
}

impl Forms {
    fn get(&self, id: RecordId) -> Option<&RecordForm> {
        self.0.get(id.collection.0)?.get(id.row)
    }
}

/// A function that returns the value of a record that another refers to.
type ReferenceLookup<'f> = &'f dyn Fn(RecordId) -> Option<Value>;

struct Maker<'a> {
    model: &'a Model,
    html: HtmlOf<'a>,
}

impl Maker<'_> {
    /// Makes a form of each record of a collection, or reuses the one of the previous build.
    fn forms(
        &self,
        collection: CollectionId,
        previous: &Forms,
        from: impl Fn(RecordId) -> Id + Sync,
        make: impl Fn(RecordId) -> Value + Sync,
    ) -> Vec<RecordForm> {
        let rows = 0..self.model.records.of(collection).len();
        let form = |row| {
            let id = RecordId { collection, row };
            let from = from(id);
            let known = previous.get(id).filter(|form| form.from == from);
            known.cloned().unwrap_or_else(|| RecordForm { from, value: make(id) })
        };
        rows.into_par_iter().map(form).collect()
    }

    /// Makes a form of each record of a collection, with forms of the records that it refers to.
    fn nested<'f>(
        &self,
        collection: CollectionId,
        previous: &Forms,
        forms: impl Fn(CollectionId) -> &'f Forms + Sync,
    ) -> Vec<RecordForm> {
        let referred = |id: RecordId| forms(id.collection).get(id);
        // This id is made once, because a collection has more records than fields.
        let own = Id::of(&(&self.model.schema[collection], &self.model.config.base_url.path));
        let from = |id| {
            let record = &self.model.records[id];
            let targets = record.references.iter().filter_map(|id| Some(referred(*id)?.from));
            let engines = record.exercise.as_ref().map(|_| self.model.routes.engines_id());
            Id::of(&(own, record.id, (self.html)(id).from, self.url(id), engines, Id::of_all(targets)))
        };
        let value = |id: RecordId| Some(referred(id)?.value.clone());
        self.forms(collection, previous, from, |id| self.form(id, &self.model.records[id], &value))
    }

    /// Returns the path of a record's page, and the place on it.
    fn url(&self, id: RecordId) -> Option<(&str, &str)> {
        let routes = &self.model.routes;
        routes.of_record(id).map(|route| (&*route.url, routes.fragment_of(id)))
    }

    fn name_id(&self, id: RecordId) -> Id {
        let base = &self.model.config.base_url.path;
        let name = self.model.records[id].name;
        Id::of(&(&self.model.schema[id.collection].name, name, base, self.url(id)))
    }

    fn name(&self, id: RecordId) -> Map {
        let record = &self.model.records[id];
        let base = &self.model.config.base_url;
        let url = self.url(id).map(|(page, fragment)| base.href(page) + fragment);
        let mut map = Map::new();
        map.insert("collection".into(), Value::from(self.model.schema[id.collection].name.as_str()));
        map.insert("slug".into(), Value::from(&*record.slug));
        map.insert("title".into(), Value::from(&*record.title));
        map.insert("url".into(), Value::from(url));
        map
    }

    fn form(&self, id: RecordId, record: &Record, referred: ReferenceLookup) -> Value {
        let mut map = self.name(id);
        let pieces = (self.html)(id);
        let text = |markdown: &Arc<Markdown>| pieces.get(markdown);
        let fields = &self.model.schema[id.collection].fields;
        for (field, value) in fields.iter().zip(&record.values) {
            map.insert(field.name.clone().into(), self.value(id, value, &field.kind, referred));
        }
        let body = record.body.as_ref().and_then(text);
        map.insert("body".into(), body.map(|text| text.html.clone()).into());
        let no_headings = || Value::from(Vec::<Value>::new());
        map.insert("toc".into(), body.map_or_else(no_headings, |text| text.toc.clone()));
        if self.model.schema[id.collection].exercises.is_some() {
            let html = |markdown: &Arc<Markdown>| text(markdown).map(|text| text.html.clone()).into();
            let shown = record.exercise.as_deref().map(|known| exercise::value(known, self.model, html));
            map.insert("exercise".into(), shown.into());
        }
        map.into()
    }

    /// Converts a field's value. Types nest as deep as the theme declares them, which the parser bounds.
    fn value(&self, of: RecordId, value: &Known, kind: &Kind, referred: ReferenceLookup) -> Value {
        match (value, kind) {
            (Known::Bool(value), _) => (*value).into(),
            (Known::Int(value), _) => (*value).into(),
            (Known::Float(value), _) => (*value).into(),
            (Known::String(text), _) => Value::from(&**text),
            (Known::Date(date), _) => date.to_string().into(),
            (Known::Datetime(datetime), _) => datetime.to_string().into(),
            (Known::Template(_, place), _) => {
                let mut map = Map::new();
                map.insert("template".into(), crate::templates::fields::template_name(place).into());
                map.into()
            }
            (Known::Markdown(markdown), _) => match (self.html)(of).get(markdown) {
                Some(text) => text.html.clone(),
                None => markdown.plain_text().into(),
            },
            (Known::Reference(id), _) => referred(*id).into(),
            (Known::Any(given), _) => of_given(given),
            (Known::List(items), Kind::List(kind)) => {
                items.iter().map(|item| self.value(of, item, kind, referred)).collect::<Vec<_>>().into()
            }
            (Known::Table(values), Kind::Table(fields)) => self.table(of, values, fields, referred),
            _ => Value::none(),
        }
    }

    fn table(&self, of: RecordId, values: &[Known], fields: &[Field], referred: ReferenceLookup) -> Value {
        let entries = fields
            .iter()
            .zip(values)
            .map(|(field, value)| (field.name.clone().into(), self.value(of, value, &field.kind, referred)));
        entries.collect::<Map>().into()
    }
}

/// Returns the collection and the slug of a value that is a record.
pub(crate) fn record_key(value: &Value) -> Option<(String, Arc<str>)> {
    let map = value.as_map()?;
    let text = |key: &'static str| map.get(&tera::value::Key::Str(key)).and_then(Value::as_str);
    Some((text("collection")?.to_owned(), text("slug")?.into()))
}

/// Converts a table of the author's own values.
pub(crate) fn of_table(table: &sitegen_parser::Table) -> Value {
    let entries = table.entries.iter();
    entries
        .map(|entry| (entry.key.value.clone().into(), of_given(&entry.value.value)))
        .collect::<Map>()
        .into()
}

/// Converts a value. The parser bounds how deep values nest.
fn of_given(value: &sitegen_parser::WrittenValue) -> Value {
    use sitegen_parser::WrittenValue as Given;
    match value {
        Given::Bool(value) => (*value).into(),
        Given::Int(value) => (*value).into(),
        Given::Float(value) => (*value).into(),
        Given::String(text) => text.as_str().into(),
        Given::Date(date) => date.to_string().into(),
        Given::Datetime(datetime) => datetime.to_string().into(),
        Given::Array(items) => items.iter().map(|item| of_given(&item.value)).collect::<Vec<_>>().into(),
        Given::Table(table) => of_table(table),
    }
}
