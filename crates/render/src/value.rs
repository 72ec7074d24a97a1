//! Records as templates see them.
//!
//! Tera's values are trees, while records refer to each other in any way. So each record has three forms: its name
//! alone, with its own fields, and whole, where references are whole records in turn. Where references lead in a
//! circle, those around it have the middle form, which ends the tree. Every form is made once and shared.

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_model::{CollectionId, Field, Kind, Model, Record, RecordId, Schema, Value as Known};
use tera::{Map, Value};

use crate::texts::Texts;

/// Every record of a site, as templates see it.
#[derive(Debug, Default)]
pub(crate) struct Values(Vec<Vec<Value>>);

/// A form of every record.
type Forms = HashMap<RecordId, Value>;

impl Values {
    pub(crate) fn new(model: &Model, texts: &Texts) -> Self {
        let maker = Maker { model, texts };
        let names: Forms =
            model.records.iter().map(|(id, record)| (id, maker.name(id, record).into())).collect();
        let cards: Forms =
            model.records.iter().map(|(id, record)| (id, maker.form(id, record, &names))).collect();
        let groups = Groups::new(&model.schema);
        let mut whole: Forms = HashMap::with_capacity(cards.len());
        for collection in groups.order() {
            let rows = model.records.of(collection).iter().enumerate();
            let made: Vec<_> = rows
                .map(|(row, record)| {
                    let id = RecordId { collection, row };
                    let around = |target: RecordId| groups.circular(collection, target.collection);
                    let referred = record.references().into_iter().filter_map(|target| {
                        let forms = if around(target) { &cards } else { &whole };
                        Some((target, forms.get(&target)?.clone()))
                    });
                    (id, maker.form(id, record, &referred.collect()))
                })
                .collect();
            whole.extend(made);
        }
        let row = |collection, row| whole.remove(&RecordId { collection, row });
        Self(rows_of(model, row))
    }

    /// A record with all that it refers to.
    pub(crate) fn whole(&self, id: RecordId) -> &Value {
        &self.0[id.collection.0][id.row]
    }
}

fn rows_of(model: &Model, mut value: impl FnMut(CollectionId, usize) -> Option<Value>) -> Vec<Vec<Value>> {
    let collections = (0..model.schema.collections.len()).map(CollectionId);
    let rows = collections.map(|collection| {
        let rows = 0..model.records.of(collection).len();
        rows.map(|row| value(collection, row).unwrap_or_else(Value::none)).collect()
    });
    rows.collect()
}

struct Maker<'a> {
    model: &'a Model,
    texts: &'a Texts,
}

impl Maker<'_> {
    fn name(&self, id: RecordId, record: &Record) -> Map {
        let route = self.model.routes.of_record(id);
        let url = route.map(|route| self.model.config.base_url.href(&route.url));
        let mut map = Map::new();
        map.insert("collection".into(), Value::from(self.model.schema[id.collection].name.as_str()));
        map.insert("slug".into(), Value::from(&*record.slug));
        map.insert("title".into(), Value::from(&*record.title));
        map.insert("url".into(), Value::from(url));
        map
    }

    fn form(&self, id: RecordId, record: &Record, references: &Forms) -> Value {
        let mut map = self.name(id, record);
        let fields = &self.model.schema[id.collection].fields;
        for (field, value) in fields.iter().zip(&record.values) {
            map.insert(field.name.clone().into(), self.value(value, &field.kind, references));
        }
        let body = record.body.as_ref().and_then(|body| self.texts.get(body));
        map.insert("body".into(), body.map(|text| text.html.clone()).into());
        let no_headings = || Value::from(Vec::<Value>::new());
        map.insert("toc".into(), body.map_or_else(no_headings, |text| text.toc.clone()));
        map.into()
    }

    /// Types nest as deep as the theme declares them, which the parser bounds.
    fn value(&self, value: &Known, kind: &Kind, references: &Forms) -> Value {
        match (value, kind) {
            (Known::Bool(value), _) => (*value).into(),
            (Known::Int(value), _) => (*value).into(),
            (Known::Float(value), _) => (*value).into(),
            (Known::String(text), _) => Value::from(&**text),
            (Known::Date(date), _) => date.to_string().into(),
            (Known::Datetime(datetime), _) => datetime.to_string().into(),
            (Known::Template(_, place), _) => {
                let mut map = Map::new();
                map.insert("template".into(), crate::texts::template_name(place).into());
                map.into()
            }
            (Known::Markdown(markdown), _) => match self.texts.get(markdown) {
                Some(text) => text.html.clone(),
                None => markdown.plain_text().into(),
            },
            (Known::Reference(id), _) => references.get(id).cloned().into(),
            (Known::List(items), Kind::List(kind)) => {
                items.iter().map(|item| self.value(item, kind, references)).collect::<Vec<_>>().into()
            }
            (Known::Table(values), Kind::Table(fields)) => self.table(values, fields, references),
            _ => Value::none(),
        }
    }

    fn table(&self, values: &[Known], fields: &[Field], references: &Forms) -> Value {
        let entries = fields
            .iter()
            .zip(values)
            .map(|(field, value)| (field.name.clone().into(), self.value(value, &field.kind, references)));
        entries.collect::<Map>().into()
    }
}

/// Which collections lead in a circle to which, by the types of their fields.
struct Groups {
    /// For each collection, those that it leads to, over any number of references.
    reach: Vec<Vec<bool>>,
}

impl Groups {
    fn new(schema: &Schema) -> Self {
        let count = schema.collections.len();
        let mut reach = vec![vec![false; count]; count];
        for (from, collection) in schema.collections.iter().enumerate() {
            let mut kinds: Vec<_> = collection.fields.iter().map(|field| &field.kind).collect();
            while let Some(kind) = kinds.pop() {
                match kind {
                    Kind::Reference(to) => reach[from][to.0] = true,
                    Kind::List(item) => kinds.push(item),
                    Kind::Table(fields) => kinds.extend(fields.iter().map(|field| &field.kind)),
                    _ => {}
                }
            }
        }
        // Warshall's transitive closure.
        for via in 0..count {
            let onward = reach[via].clone();
            for from in &mut reach {
                if from[via] {
                    from.iter_mut().zip(&onward).for_each(|(reached, also)| *reached |= also);
                }
            }
        }
        Self { reach }
    }

    fn circular(&self, a: CollectionId, b: CollectionId) -> bool {
        self.reach[a.0][b.0] && self.reach[b.0][a.0]
    }

    /// Every collection after those that it leads to, circles aside: what leads to more comes later.
    fn order(&self) -> Vec<CollectionId> {
        let mut order: Vec<_> = (0..self.reach.len()).collect();
        order.sort_by_key(|of| self.reach[*of].iter().filter(|reached| **reached).count());
        order.into_iter().map(CollectionId).collect()
    }
}

/// Whether a value is a record, and which: its collection and slug.
pub(crate) fn record_key(value: &Value) -> Option<(String, Arc<str>)> {
    let map = value.as_map()?;
    let text = |key: &'static str| map.get(&tera::value::Key::Str(key)).and_then(Value::as_str);
    Some((text("collection")?.to_owned(), text("slug")?.into()))
}

/// Values of the author's own.
pub(crate) fn of_table(table: &sitegen_parser::Table) -> Value {
    let entries = table.entries.iter();
    entries.map(|entry| (entry.key.value.clone().into(), of_toml(&entry.value.value))).collect::<Map>().into()
}

/// The parser bounds how deep values nest.
fn of_toml(value: &sitegen_parser::Value) -> Value {
    use sitegen_parser::Value as Toml;
    match value {
        Toml::Bool(value) => (*value).into(),
        Toml::Int(value) => (*value).into(),
        Toml::Float(value) => (*value).into(),
        Toml::String(text) => text.as_str().into(),
        Toml::Date(date) => date.to_string().into(),
        Toml::Datetime(datetime) => datetime.to_string().into(),
        Toml::Array(items) => items.iter().map(|item| of_toml(&item.value)).collect::<Vec<_>>().into(),
        Toml::Table(table) => of_table(table),
    }
}
