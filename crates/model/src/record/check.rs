//! Checks the fields of a record against those that its collection declares.

use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{
    Among, Code, Diagnostic, Diagnostics, FrontMatter, Markdown, Place, Source, Span, Spanned, Syntax, Table,
    WrittenValue as Toml, composed,
};

use super::gather::UncheckedRecord;
use super::{Catalog, Record, Records, SlugState, errors, exercise, keys, references};
use crate::ground::{By, CollectionId, Id, Kept, RecordId, Value, suggest};
use crate::schema::{Collection, DefaultValue, Field, FieldContext, Kind, Misfit, RECORD_KEYS, Schema};

/// The checker of one record: all that a check can see, and the diagnostics that it reports.
pub(super) struct Checker<'a> {
    schema: &'a Schema,
    catalog: &'a Catalog,
    /// The path of the file that the values stand in.
    path: &'a Arc<str>,
    /// The record's file; none for a default, which stands in a declaration.
    source: Option<&'a Source>,
    /// The format of the front matter that is checked.
    matter: FrontMatter,
    syntax: &'a Syntax,
    pub diagnostics: Diagnostics,
}

pub(super) fn check_all(
    schema: &Schema,
    catalog: &Kept<Catalog>,
    entries: &[UncheckedRecord],
    syntax: &Syntax,
    previous: &Records,
) -> Vec<Vec<Kept<Record>>> {
    let collections = entries.chunk_by(|a, b| a.collection == b.collection);
    let mut rows: Vec<_> = schema.collections.iter().map(|_| Vec::new()).collect();
    for entries in collections {
        let CollectionId(collection) = entries[0].collection;
        let declared = Id::of(&schema.collections[collection]);
        let checked = entries.par_iter().enumerate().map(|(row, entry)| {
            let given = &entry.given;
            let own = Id::of(&(entry.document, entry.position, given.site, given.listed, given.changed));
            // The id covers only the record's own collection, because other collections show only in error
            // messages, and records with errors are checked again in each build.
            let seen = (By(declared, schema), catalog.by(), By(own, (entry, syntax)));
            // The previous record is found by its row, because a record has the same row as long as the
            // catalog is equal.
            let known = previous.rows.get(collection).and_then(|rows| rows.get(row));
            Kept::or_make(known, seen, |(By(_, schema), By(_, catalog), By(_, (entry, syntax)))| {
                check(schema, catalog, entry, syntax)
            })
        });
        rows[collection] = checked.collect();
    }
    rows
}

fn check(
    schema: &Schema,
    catalog: &Catalog,
    entry: &UncheckedRecord,
    syntax: &Syntax,
) -> (Record, Diagnostics) {
    let (source, matter) = (entry.source, entry.given.document.matter);
    let mut checker = Checker {
        schema,
        catalog,
        path: &source.path,
        source: Some(source),
        matter,
        syntax,
        diagnostics: Diagnostics::new(),
    };
    let collection = &schema[entry.collection];
    let subject = format!("{} \"{}\"", collection.singular, entry.slug);
    let given = entry.given.table(collection, &mut checker.diagnostics);
    let values = checker.table(&given, &collection.fields, &RECORD_KEYS, &subject, &entry.place);
    if checker.matter == FrontMatter::None {
        checker.sum_up_missing(&given, collection, &subject, &entry.place);
    }
    let redirect_from = checker.redirect_from(&given);
    let links_mentions = checker.link_mentions(&given).unwrap_or(collection.link_mentions);
    let top = entry.body.and_then(|body| top(body, collection, &values));
    let text = exercise::ExerciseSource {
        subject: &subject,
        fields: &given,
        body: entry.body.map(|body| &**body),
        source: entry.source,
        place: &entry.place,
    };
    let form = collection.exercises.as_ref();
    let exercise = form.and_then(|form| exercise::read(form, text, &mut checker.diagnostics));
    let title = collection.title.and_then(|field| values[field].text());
    let title = title.map_or_else(|| Arc::clone(&entry.slug), Arc::from);
    let sound = entry.whole && !checker.diagnostics.has_errors();
    let references = references(&values);
    let record = Record {
        keyed: keys::id(&collection.fields, &values, &references, catalog),
        slug: Arc::clone(&entry.slug),
        path: Arc::clone(&entry.path),
        file: Arc::clone(&entry.file),
        name: Id::of(&(&entry.slug, &title)),
        facts: Id::of(&(&entry.slug, &title, &entry.place, sound, &entry.path, &entry.file)),
        title,
        references,
        values,
        body: entry.body.map(|body| match top {
            Some(_) => Arc::new(body.without_opening()),
            None => Arc::clone(body),
        }),
        top,
        exercise: exercise.map(Arc::new),
        source: entry.source.clone(),
        place: entry.place.clone(),
        redirect_from,
        phrases: phrases(&given, collection),
        links_mentions,
        sound,
    };
    // If some fields could not be read, further problems are not reported, because they may be consequences.
    (record, if entry.whole { checker.diagnostics } else { Diagnostics::new() })
}

/// Returns the id of the heading that a text begins with, if a field that headings can set has the same text.
fn top(body: &Markdown, collection: &Collection, values: &[Value]) -> Option<String> {
    let mut titles = collection.matter.of_headings().filter_map(|field| values[field].text()).peekable();
    titles.peek()?;
    let (heading, _) = body.opening()?;
    titles.any(|title| title.trim() == heading.text.trim()).then(|| heading.id.clone())
}

/// Returns the phrases by which texts mention a record. Values that are no texts are left out, because the
/// check of their fields reports them.
fn phrases(fields: &Table, collection: &Collection) -> Vec<Spanned<String>> {
    let named = collection.mentions.iter().map(|(field, _)| &collection.fields[*field].name);
    let given = named.filter_map(|name| fields.get(name));
    let items = given.flat_map(|given| match &given.value {
        Toml::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(given),
    });
    let phrase = |item: &Spanned<Toml>| match &item.value {
        Toml::String(text) => Some(Spanned { value: text.clone(), span: item.span.clone() }),
        _ => None,
    };
    items.filter_map(phrase).collect()
}

fn is_from_heading(field: &Field, collection: &Collection) -> bool {
    collection.matter.of_headings().any(|at| collection.fields[at].name == field.name)
}

/// Returns a name for a list of fields, which is the same for all records: the place of the first
/// declaration.
fn scope(fields: &[Field]) -> Arc<str> {
    let place = fields.first().map(|field| &field.place);
    place.map_or_else(|| "".into(), |place| format!("{}:{}", place.path, place.start).into())
}

impl FieldContext for Checker<'_> {
    fn place(&self, span: &Span) -> Place {
        Place::new(self.path, span)
    }

    fn markdown(&mut self, text: &str, given: &Spanned<Toml>) -> Markdown {
        let (markdown, diagnostics) = match self.source {
            Some(source) => {
                let value = Spanned { value: text, span: given.span.clone() };
                Markdown::parse_value(source, &value, self.syntax)
            }
            None => Markdown::parse_at(&self.place(&given.span), text, self.syntax),
        };
        self.diagnostics.extend(diagnostics);
        markdown
    }

    fn find(&self, slug: &str, target: CollectionId, place: Place) -> Result<Option<RecordId>, Diagnostic> {
        match self.catalog.standing(target, slug) {
            Some(SlugState::Record(id)) => Ok(Some(id)),
            Some(SlugState::Unread) => Ok(None),
            Some(SlugState::Held(held)) => {
                Err(errors::reference_to_draft(&self.schema[target].singular, slug, held, place))
            }
            None => Err(self.unknown_reference(slug, target, place)),
        }
    }

    fn value(&mut self, given: &Spanned<Toml>, kind: &Kind, name: &str) -> Value {
        let problem = match kind.rules().read_field(given, name, self) {
            Ok(value) => return value,
            Err(Misfit::Problem(problem)) => problem,
            Err(Misfit::Other) => {
                let place = self.place(&given.span);
                errors::wrong_type(name, &self.expectation(kind), &given.value, place)
            }
        };
        self.diagnostics.push(problem);
        Value::None
    }

    fn fields(&mut self, table: &Table, fields: &[Field], name: &str, place: &Place) -> Vec<Value> {
        self.table(table, fields, &[], name, place)
    }
}

impl Checker<'_> {
    fn table(
        &mut self,
        table: &Table,
        fields: &[Field],
        also: &[&str],
        subject: &str,
        place: &Place,
    ) -> Vec<Value> {
        // If a key is misspelled, its field is not reported as missing, too.
        let mut misspelt = Vec::new();
        for entry in &table.entries {
            let key = entry.key.value.as_str();
            if !also.contains(&key) && !fields.iter().any(|field| field.name == key) {
                let known = fields.iter().map(|field| field.name.as_str()).chain(also.iter().copied());
                misspelt.extend(suggest::nearest(key, known.clone()));
                let place = self.place(&entry.key.span);
                let problem = errors::unknown_key(key, subject, known, place);
                self.diagnostics.push(problem.cause(Among::Of(scope(fields)), key));
            }
        }
        let values = fields.iter().map(|field| match table.get(&field.name) {
            None if misspelt.contains(&field.name.as_str()) => Value::None,
            given => self.field(given, field, subject, place),
        });
        values.collect()
    }

    /// Reports missing front matter as one problem instead of one for each field that is missing with it.
    fn sum_up_missing(&mut self, given: &Table, collection: &Collection, subject: &str, place: &Place) {
        let fields = &collection.fields;
        let is_missing = |field: &&Field| field.is_wanted() && given.get(&field.name).is_none();
        let missing = || fields.iter().filter(is_missing);
        let Some(first) = missing().next() else { return };
        let others = std::mem::take(&mut self.diagnostics).into_iter();
        self.diagnostics = others.filter(|found| found.code != Code::MissingField).collect();
        let names = missing().map(|field| field.name.as_str());
        let problem = errors::no_front_matter(subject, names, place, &first.place);
        let from_heading = missing().all(|field| is_from_heading(field, collection));
        self.diagnostics.push(if from_heading { errors::or_a_heading(problem) } else { problem });
    }

    fn field(&mut self, given: Option<&Spanned<Toml>>, field: &Field, subject: &str, place: &Place) -> Value {
        match (given, &field.default) {
            (Some(given), _) => self.constrained(given, field),
            (None, Some(default)) => self.default(field, default),
            (None, None) => {
                if !field.optional {
                    self.diagnostics.push(errors::missing_field(&field.name, subject, place, &field.place));
                }
                Value::None
            }
        }
    }

    /// Checks a default like a value of the record, but reports problems where the default is declared.
    fn default(&mut self, field: &Field, default: &DefaultValue) -> Value {
        let (path, matter) = (&default.path, FrontMatter::Toml);
        let mut checker = Checker { path, source: None, matter, diagnostics: Diagnostics::new(), ..*self };
        let value = checker.constrained(&default.value, field);
        self.diagnostics.extend(checker.diagnostics);
        value
    }

    fn expectation(&self, kind: &Kind) -> String {
        match self.matter {
            FrontMatter::Yaml | FrontMatter::Json => kind.rules().expectation(self.schema),
            _ => kind.expectation(self.schema),
        }
    }

    fn unknown_reference(&self, slug: &str, target: CollectionId, place: Place) -> Diagnostic {
        let singular = &self.schema[target].singular;
        let elsewhere = (0..self.schema.collections.len())
            .map(CollectionId)
            .find(|other| self.catalog.by_slug(*other, slug).is_some());
        match elsewhere {
            Some(other) => errors::wrong_collection(slug, singular, &self.schema[other].singular, place),
            None => errors::unknown_reference(&self.schema[target], slug, place),
        }
    }

    fn link_mentions(&mut self, fields: &Table) -> Option<bool> {
        let given = fields.get("link_mentions")?;
        match given.value {
            Toml::Bool(links) => Some(links),
            _ => {
                let place = self.place(&given.span);
                let problem = errors::no_bool("\"link_mentions\"", &given.value, place);
                self.diagnostics.push(problem);
                None
            }
        }
    }

    fn redirect_from(&mut self, fields: &Table) -> Vec<Spanned<String>> {
        let Some(given) = fields.get("redirect_from") else { return Vec::new() };
        let Toml::Array(items) = &given.value else {
            let place = self.place(&given.span);
            self.diagnostics.push(errors::wrong_type("\"redirect_from\"", "a list", &given.value, place));
            return Vec::new();
        };
        let mut paths = Vec::new();
        for item in items {
            match &item.value {
                Toml::String(path) => {
                    paths.push(Spanned { value: composed(path).into_owned(), span: item.span.clone() });
                }
                other => self.diagnostics.push(errors::wrong_type(
                    "each item of \"redirect_from\"",
                    "a path such as \"/old/\"",
                    other,
                    self.place(&item.span),
                )),
            }
        }
        paths
    }
}
