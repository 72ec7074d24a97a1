//! The types of the values that a site's declarations give templates: records, rows, pages, the site.
//!
//! The values are made elsewhere: in `value/`, `page/context.rs` and `build.rs`. A test holds both together.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use sitegen_model::{CollectionId, Column, Config, FamilyId, Field, Kind, RelationId, Schema};
use sitegen_parser::WrittenValue;

use super::{FieldOrigin, Gives, OtherKeys, Reachability, RecordDepth, Type};

/// The declarations of a site, from which types are looked up.
#[derive(Debug)]
pub(crate) struct SiteTypes<'a> {
    schema: &'a Schema,
    reach: Reachability,
    /// The entries of records and rows, which are looked up for each attribute in a template.
    entries: FxHashMap<Type, FieldTypes>,
    /// The entries of `template` fields.
    of_fields: FieldTypes,
}

/// The names of a map with their types.
type FieldTypes = Vec<(Arc<str>, Type)>;

/// The surroundings of a value, on which its type depends.
#[derive(Clone, Copy)]
enum Surroundings {
    /// A field of a record, which shows so much of itself, by its place among the record's fields.
    Record(CollectionId, RecordDepth, usize),
    /// A row of data, in which whole numbers are never floats.
    Data,
    /// A row that SQL answers, in which anything can be null, too.
    Answer,
}

impl<'a> SiteTypes<'a> {
    pub(crate) fn new(schema: &'a Schema) -> Self {
        let mut types = Self {
            schema,
            reach: Reachability::new(schema),
            entries: FxHashMap::default(),
            of_fields: vec![("template".into(), Type::Text)],
        };
        for id in schema.relations() {
            match id {
                RelationId::Collection(id) => {
                    for depth in [RecordDepth::Whole, RecordDepth::Card, RecordDepth::Name] {
                        types.entries.insert(Type::Record(id, depth), types.record(id, depth));
                    }
                }
                _ => _ = types.entries.insert(Type::Row(id), types.row_fields(id)),
            }
        }
        types
    }

    pub(super) fn schema(&self) -> &'a Schema {
        self.schema
    }

    /// Lists the collections with records that can refer to those of another.
    pub(super) fn referring(&self, to: CollectionId) -> impl Iterator<Item = CollectionId> {
        let refers = move |field: &Field| {
            field
                .kind
                .with_inner()
                .iter()
                .any(|kind| matches!(kind, Kind::Reference(target) if *target == to))
        };
        let collections = self.schema.collections.iter().enumerate();
        let found = collections.filter(move |(_, collection)| collection.fields.iter().any(refers));
        found.map(|(id, _)| CollectionId(id))
    }

    /// The type of `site`.
    pub(crate) fn site(config: &Config) -> Type {
        let url = || Type::Url.or_none();
        Type::with_fields([
            ("title", Type::Text),
            ("description", Type::Text.or_none()),
            ("language", Type::Text),
            ("url", Type::Url),
            ("sitemap", url()),
            ("search", Type::Text.or_none()),
            ("extra", of_written(&WrittenValue::Table(config.extra.clone()))),
        ])
    }

    /// The type of `page` on the pages of a family.
    pub(crate) fn page(&self, id: FamilyId) -> Type {
        let family = &self.schema[id];
        let link = || Type::with_fields([("title", Type::Text), ("url", Type::Text)]);
        let size = [("url", Type::Url), ("width", Type::Int), ("height", Type::Int)];
        let is_record = matches!(family.from, Some(RelationId::Collection(_))) && family.paginate.is_none();
        let name = [Arc::from(family.name.as_str())];
        let mut fields = listed(Type::Choice(name.into()));
        fields.extend([
            ("indexed", Type::Bool),
            ("description", Type::Text.or_none()),
            ("image", if family.card.is_some() { Type::with_fields(size).or_none() } else { Type::None }),
            ("breadcrumbs", Type::list(link())),
            ("neighbours", Type::with_fields([("previous", link().or_none()), ("next", link().or_none())])),
            ("source", if is_record { Type::Text } else { Type::None }),
        ]);
        if let Some(relation) = family.from.filter(|_| family.paginate.is_some()) {
            let url = || Type::Text.or_none();
            fields.extend([
                ("rows", Type::list(Self::row(relation))),
                ("number", Type::Int),
                ("total", Type::Int),
                ("first", Type::Text),
                ("previous", url()),
                ("next", url()),
                ("last", Type::Text),
                ("parts", Type::list(Type::Text)),
            ]);
        }
        Type::with_fields(fields)
    }

    /// The names that the template of a family sees besides `site` and `page`.
    pub(crate) fn names(&self, id: FamilyId) -> Vec<(String, Type)> {
        let family = &self.schema[id];
        let Some(relation) = family.from else { return Vec::new() };
        let columns = self.schema.columns(relation);
        let shown: Vec<_> = match family.paginate {
            Some(_) if matches!(relation, RelationId::Collection(_)) => Vec::new(),
            Some(_) => family.path_columns().collect(),
            None => (0..columns.len()).collect(),
        };
        let column = |at: usize| (columns[at].name.clone(), self.column(relation, &columns[at]));
        shown.into_iter().map(column).collect()
    }

    /// The type of a row of a relation.
    pub(crate) fn row(relation: RelationId) -> Type {
        match relation {
            RelationId::Collection(id) => Type::Record(id, RecordDepth::Whole),
            _ => Type::Row(relation),
        }
    }

    /// The type of a page in the lists that `pages` gives.
    pub(crate) fn listed_page(&self) -> Type {
        let families = self.schema.families.iter().map(|family| Arc::from(family.name.as_str()));
        let family = Type::Choice(families.collect());
        let fields = listed(family).into_iter().chain([("description", Type::Text.or_none())]);
        Type::with_fields(fields)
    }

    /// The type of `of.name`: undefined if there is no such entry in any value of the type.
    pub(crate) fn field(&self, of: &Type, name: &str) -> Type {
        match of {
            Type::Unknown => Type::Unknown,
            Type::Map(value) => (**value).clone(),
            Type::OneOf(_) | Type::Perhaps(_) => {
                let members = of.members().iter().map(|member| self.field(member, name));
                members.fold(Type::Never, Type::union)
            }
            of => {
                let found = self.entries(of).iter().find(|(known, _)| **known == *name);
                let missing = if has_any_key(of) { Type::Unknown } else { Type::Undefined };
                found.map_or(missing, |(_, of)| of.clone())
            }
        }
    }

    /// The names in a value with their types; none if the value has no names, or any.
    pub(crate) fn fields(&self, of: &Type) -> FieldTypes {
        match of {
            Type::OneOf(_) | Type::Perhaps(_) => {
                let mut fields: FieldTypes = Vec::new();
                for (name, of) in of.members().iter().flat_map(|member| self.fields(member)) {
                    match fields.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, known)) => *known = known.clone().union(of),
                        None => fields.push((name, of)),
                    }
                }
                fields
            }
            of => self.entries(of).to_vec(),
        }
    }

    /// The names in a value of a single type with their types; none if the value has no names, or any.
    fn entries<'t>(&'t self, of: &'t Type) -> &'t [(Arc<str>, Type)] {
        match of {
            Type::Struct(of) => &of.fields,
            Type::Field(_) => &self.of_fields,
            of => self.entries.get(of).map_or(&[], Vec::as_slice),
        }
    }

    /// The type of what a loop goes through; none if no value of the type can be looped over.
    pub(crate) fn item(&self, of: &Type) -> Option<Type> {
        Some(match of {
            Type::Unknown | Type::Never => of.clone(),
            Type::List(item) | Type::Map(item) => (**item).clone(),
            Type::Text | Type::Choice(_) | Type::Date | Type::DateTime | Type::Url | Type::Html => Type::Text,
            of if has_any_key(of) => Type::Unknown,
            Type::Struct(_) | Type::Record(..) | Type::Row(_) | Type::Field(_) => {
                self.entries(of).iter().map(|(_, of)| of.clone()).fold(Type::Never, Type::union)
            }
            Type::OneOf(_) | Type::Perhaps(_) => {
                of.members().iter().filter_map(|of| self.item(of)).reduce(Type::union)?
            }
            _ => return None,
        })
    }

    fn record(&self, id: CollectionId, depth: RecordDepth) -> FieldTypes {
        let collection = &self.schema[id];
        let mut fields: FieldTypes = vec![
            ("collection".into(), Type::Choice([Arc::from(collection.name.as_str())].into())),
            ("slug".into(), Type::Text),
            ("title".into(), Type::Text),
            ("url".into(), self.url(RelationId::Collection(id))),
        ];
        if depth == RecordDepth::Name {
            return fields;
        }
        for (at, field) in collection.fields.iter().enumerate() {
            put(&mut fields, &field.name, self.declared(field, Surroundings::Record(id, depth, at)));
        }
        let heading = [("level", Type::Int), ("id", Type::Text), ("title", Type::Text)];
        put(&mut fields, "body", Type::Html.perhaps());
        put(&mut fields, "toc", Type::list(Type::with_fields(heading)));
        if collection.exercises.is_some() {
            put(&mut fields, "exercise", exercise().perhaps());
        }
        fields
    }

    fn row_fields(&self, relation: RelationId) -> FieldTypes {
        let columns = self.schema.columns(relation);
        let mut fields: FieldTypes = Vec::with_capacity(columns.len() + 1);
        for column in &columns {
            put(&mut fields, &column.name, self.column(relation, column));
        }
        put(&mut fields, "url", self.url(relation));
        fields
    }

    /// The path of the page of a row. A condition can leave out the page.
    fn url(&self, relation: RelationId) -> Type {
        let is_anchored =
            matches!(relation, RelationId::Collection(id) if self.schema[id].anchored.is_some());
        let has_pages = is_anchored || self.schema.home(relation).is_some();
        if has_pages { Type::Text.perhaps() } else { Type::None }
    }

    fn column(&self, relation: RelationId, column: &Column) -> Type {
        let within = match relation {
            RelationId::Query(_) => Surroundings::Answer,
            _ => Surroundings::Data,
        };
        let Some(kind) = &column.kind else { return Type::number().union(Type::Text).perhaps() };
        let of = self.kind(kind, within);
        match column.optional {
            Some(true) => of.or_none(),
            Some(false) => of,
            None => of.perhaps(),
        }
    }

    fn declared(&self, field: &Field, within: Surroundings) -> Type {
        let of = self.kind(&field.kind, within);
        match within {
            _ if field.optional && field.default.is_none() => of.or_none(),
            Surroundings::Answer => of.perhaps(),
            _ => of,
        }
    }

    /// The type of a value of a declared type.
    fn kind(&self, kind: &Kind, within: Surroundings) -> Type {
        match kind {
            Kind::String | Kind::Path => Type::Text,
            Kind::Markdown => Type::Html,
            Kind::Template => Type::Field(match within {
                Surroundings::Record(collection, _, field) => Some(FieldOrigin { collection, field }),
                _ => None,
            }),
            Kind::Int | Kind::Duration => Type::Int,
            Kind::Float => match within {
                Surroundings::Record(..) => Type::Float,
                Surroundings::Data | Surroundings::Answer => Type::number(),
            },
            Kind::Bool => Type::Bool,
            Kind::Date => Type::Date,
            Kind::Datetime => Type::DateTime,
            Kind::Url => Type::Url,
            Kind::Enum(words) => Type::Choice(words.iter().map(|word| word.as_str().into()).collect()),
            Kind::Reference(to) => Type::Record(*to, self.depth(*to, within)),
            Kind::List(item) => {
                let item = self.kind(item, within);
                Type::list(if matches!(within, Surroundings::Answer) { item.perhaps() } else { item })
            }
            Kind::Table(fields) => Type::with_fields(
                fields.iter().map(|field| (field.name.as_str(), self.declared(field, within))),
            ),
            Kind::Any => Type::Unknown,
        }
    }

    /// The part of a record that is seen where another value refers to it.
    fn depth(&self, to: CollectionId, within: Surroundings) -> RecordDepth {
        match within {
            Surroundings::Record(_, RecordDepth::Card | RecordDepth::Name, _) => RecordDepth::Name,
            Surroundings::Record(from, RecordDepth::Whole, _) if self.reach.circular(from, to) => {
                RecordDepth::Card
            }
            _ => RecordDepth::Whole,
        }
    }
}

fn has_any_key(of: &Type) -> bool {
    matches!(of, Type::Struct(of) if of.others == OtherKeys::Any)
}

/// Sets the type of a name. A later value of the same name takes the place of an earlier one.
fn put(fields: &mut FieldTypes, name: &str, of: Type) {
    match fields.iter_mut().find(|(known, _)| **known == *name) {
        Some((_, known)) => *known = of,
        None => fields.push((name.into(), of)),
    }
}

/// The entries that lists of pages and the pages themselves show of a page.
fn listed(family: Type) -> Vec<(&'static str, Type)> {
    vec![
        ("url", Type::Text),
        ("absolute_url", Type::Url),
        ("title", Type::Text),
        ("family", family),
        ("updated", Type::Text.or_none()),
        ("twin", Type::Url.or_none()),
    ]
}

/// The type of a record's `exercise`.
fn exercise() -> Type {
    const PROGRAM: Gives = Gives::Struct(&[
        ("title", Gives::OrNone(&Gives::Text)),
        ("text", Gives::Text),
        ("code", Gives::Html),
    ]);
    const ENGINE: Gives =
        Gives::Struct(&[("title", Gives::Text), ("url", Gives::Text), ("loads", Gives::OrNone(&Gives::Int))]);
    const EXERCISE: Gives = Gives::Struct(&[
        ("language", Gives::Text),
        ("entry", Gives::OrNone(&Gives::Text)),
        ("ordered", Gives::Bool),
        ("prompt", Gives::Html),
        ("rest", Gives::Html),
        ("starter", Gives::OrNone(&PROGRAM)),
        ("solutions", Gives::List(&PROGRAM)),
        ("mistakes", Gives::List(&PROGRAM)),
        ("engine", Gives::OrNone(&ENGINE)),
        ("data", Gives::Text),
    ]);
    EXERCISE.fixed()
}

/// The type of a value that the author wrote without declaring it.
fn of_written(value: &WrittenValue) -> Type {
    match value {
        WrittenValue::Bool(_) => Type::Bool,
        WrittenValue::Int(_) => Type::Int,
        WrittenValue::Float(_) => Type::Float,
        WrittenValue::String(_) => Type::Text,
        WrittenValue::Date(_) => Type::Date,
        WrittenValue::Datetime(_) => Type::DateTime,
        WrittenValue::Array(items) => {
            // An empty list says nothing of what its author may put there.
            let items = items.iter().map(|item| of_written(&item.value));
            Type::list(items.reduce(Type::union).unwrap_or(Type::Unknown))
        }
        // The author may leave out any key.
        WrittenValue::Table(table) => Type::with_keys(
            table.entries.iter().map(|entry| (entry.key.value.as_str(), of_written(&entry.value.value))),
            OtherKeys::Any,
        ),
    }
}
