//! The files and declarations of a site that nothing uses. Nothing is said of a name that could be meant by one that
//! is computed.

mod reads;
mod errors;

use std::collections::{BTreeSet, HashSet};

use sitegen_model::{CollectionId, DatasetId, Family, Field, Inputs, RelationId};
use sitegen_parser::{Diagnostic, Diagnostics, Place};

use self::reads::{ComputedName, TemplateReads};
use crate::build::Build;
use crate::templates::Reached;
use crate::templates::overrides::is_said;
use crate::text::{called_components, markdown_of};

/// Warns of templates, components, queries, fields and words that nothing uses, as far as they stand in the files that
/// are asked for by their paths.
pub fn unused(build: &Build, inputs: &Inputs, is_asked: &dyn Fn(&str) -> bool) -> Diagnostics {
    // After an error, something may seem unused only because its user could not be read.
    if build.diagnostics.has_errors() || !build.model.is_whole() {
        return Diagnostics::new();
    }
    let reads = TemplateReads::of(build);
    let called = called(build);
    let reached = reached(build, &called);
    let known: HashSet<_> = build.diagnostics.iter().filter_map(|found| found.place.as_ref()).collect();
    let found = templates(build, &reached)
        .chain(components(build, inputs, &reads, &reached))
        .chain(queries(build, &reads))
        .chain(fields(build, &reads))
        .chain(words(build, &reads));
    let is_news = |found: &Diagnostic| {
        found.place.as_ref().is_some_and(|place| is_asked(&place.path) && !known.contains(place))
    };
    found.filter(is_news).collect()
}

/// Lists the components that the texts of records call.
fn called(build: &Build) -> BTreeSet<String> {
    let markdown = build.model.records.iter().flat_map(|(_, record)| markdown_of(record));
    markdown.flat_map(|piece| called_components(piece, &build.compiled.templates.tera)).collect()
}

/// Follows all pages, `template` fields and texts, which call some components, to the templates and components that
/// they use.
fn reached<'s>(build: &'s Build, called: &'s BTreeSet<String>) -> Reached<'s> {
    let first: Vec<_> = build.model.schema.families.iter().flat_map(Family::templates).collect();
    let called: Vec<_> = called.iter().map(String::as_str).collect();
    build.sources.reached(&first, &called)
}

fn templates<'a>(build: &'a Build, reached: &'a Reached) -> impl Iterator<Item = Diagnostic> + 'a {
    let lost = build.sources.trees().filter(|(name, tree)| {
        // A file of components is not a page, and its components are told by name.
        tree.components.is_empty() && !reached.templates.contains(name)
    });
    let files = lost.map(|(name, _)| build.sources.source(name)).filter(|source| source.is_file());
    files.map(|source| errors::template(source.part(&(0..0))))
}

fn components<'a>(
    build: &'a Build,
    inputs: &'a Inputs,
    reads: &'a TemplateReads,
    reached: &'a Reached,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let lost = build.sources.components().into_iter().filter(|(name, _)| {
        let is_written = || reads.computes(ComputedName::Component) && is_written(name, inputs);
        !reached.components.contains(name) && !is_written()
    });
    lost.map(|(name, (template, declared))| {
        errors::component(name, build.sources.source(template).part(&declared.name.span))
    })
}

/// Returns true if a file of the content could call a component in a text that a template reads as Markdown.
fn is_written(component: &str, inputs: &Inputs) -> bool {
    // Code calls a component by its language, or by the word behind that.
    let call = component.strip_prefix("code_").map_or_else(|| format!("<{component}"), str::to_owned);
    inputs.content().any(|(_, path, file)| file.source(path).is_ok_and(|source| source.text.contains(&call)))
}

fn queries<'a>(build: &'a Build, reads: &'a TemplateReads) -> impl Iterator<Item = Diagnostic> + 'a {
    let schema = &build.model.schema;
    let is_free = !reads.computes(ComputedName::Relation);
    let lost = schema.queries.iter().filter(move |query| {
        let is_asked = schema.query(&query.name).is_some_and(|id| schema.asks(id));
        is_free && !is_asked && query.objects.is_none() && !reads.says(&query.name)
    });
    lost.map(|query| errors::query(&query.name, Place::file(&query.source.path)))
}

fn fields<'a>(build: &'a Build, reads: &'a TemplateReads) -> impl Iterator<Item = Diagnostic> + 'a {
    let schema = &build.model.schema;
    let declared = schema.fields_read();
    let of_collections = schema.collections.iter().enumerate().flat_map(|(id, collection)| {
        let relation = RelationId::Collection(CollectionId(id));
        collection.fields.iter().enumerate().map(move |(at, field)| (relation, at, field))
    });
    let of_datasets = schema.datasets.iter().enumerate().flat_map(|(id, dataset)| {
        let relation = RelationId::Dataset(DatasetId(id));
        dataset.fields.iter().enumerate().map(move |(at, column)| (relation, at, &column.field))
    });
    let lost = of_collections.chain(of_datasets).filter(move |(relation, at, field)| {
        let is_followed = |field: &Field| reads.computes(ComputedName::Reference) && field.refers();
        !declared.contains(&(*relation, *at)) && !reads.field(*relation, &field.name) && !is_followed(field)
    });
    lost.map(|(relation, _, field)| {
        errors::field(schema.relation_name(relation), &field.name, field.place.clone())
    })
}

fn words<'a>(build: &'a Build, reads: &'a TemplateReads) -> impl Iterator<Item = Diagnostic> + 'a {
    let is_free = !reads.computes(ComputedName::Word);
    let words = build.model.words.for_templates();
    let lost = words
        .filter(move |(key, _)| is_free && !reads.begins(key) && !is_said(key, &build.model, reads.texts()));
    lost.map(|(key, place)| errors::word(key, place.clone()))
}
