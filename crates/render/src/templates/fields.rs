//! The `template` fields of records, and their compilation as templates on top of the theme's.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_model::{By, CollectionId, Id, Kept, Model, RecordId, Value as Known};
use sitegen_parser::{Diagnostic, Diagnostics, Place, Source, Span, Spanned};

use super::allow::refused;
use super::{TemplateSource, TemplateValue, Templates};
use crate::syntax::{self, TemplateTree};
use crate::templates::errors;
use crate::types::{FieldOrigin, Signatures};

/// A `template` field of a record.
#[derive(Clone, Copy)]
pub(crate) struct TemplateField<'a> {
    pub record: RecordId,
    /// The place of the field among those of the record, which may hold the value in a list or a table.
    pub field: usize,
    pub text: &'a Arc<str>,
    /// The place of its value.
    pub place: &'a Place,
    pub source: &'a Source,
}

/// Lists the `template` fields of all records.
pub(crate) fn templates_of(model: &Model) -> Vec<TemplateField<'_>> {
    let mut found = Vec::new();
    let collections = model.schema.collections.iter().enumerate();
    let holding = collections
        .filter(|(_, collection)| collection.fields.iter().any(|field| field.kind.holds_templates()));
    let ids = holding.map(|(collection, _)| CollectionId(collection)).flat_map(|collection| {
        (0..model.records.of(collection).len()).map(move |row| RecordId { collection, row })
    });
    for id in ids {
        let record = &model.records[id];
        let mut left: Vec<_> = record.values.iter().enumerate().collect();
        while let Some((field, value)) = left.pop() {
            match value {
                Known::Template(text, place) => {
                    found.push(TemplateField { record: id, field, text, place, source: &record.source });
                }
                Known::List(values) | Known::Table(values) => {
                    left.extend(values.iter().map(|value| (field, value)));
                }
                _ => {}
            }
        }
    }
    found
}

/// Returns the name under which Tera knows a `template` field: its place, with the ending of escaped
/// templates.
pub(crate) fn template_name(place: &Place) -> String {
    format!("{}:{}-{}.html", place.path, place.start, place.end)
}

/// Compiles the `template` fields of all records on top of the theme's templates, unless both are the same as
/// before. A field that uses what it may not is left out.
pub(crate) fn with_fields(
    templates: &Kept<Templates>,
    model: &Model,
    previous: &Kept<Templates>,
) -> Kept<Templates> {
    let written = templates_of(model).into_iter();
    let fields: BTreeMap<_, _> = written.map(|field| (template_name(field.place), field)).collect();
    let id = Id::of(&fields.iter().map(|(name, field)| (name, field.text)).collect::<Vec<_>>());
    let seen = (templates.by(), By(id, &fields));
    Kept::or_make(Some(previous), seen, |(By(_, templates), By(_, fields))| {
        let mut sources = (*templates.sources).clone();
        let mut diagnostics = Diagnostics::new();
        let mut allowed = Vec::new();
        for (name, field) in fields {
            let (mut template, mut found) = TemplateSource::of_field(*field);
            if template.is_sound {
                found.extend(refusal(*field, &template.tree, &templates.sources.signatures));
                template.is_sound = found.is_empty();
            }
            if template.is_sound {
                allowed.push(name.clone());
            }
            sources.templates.insert(name.clone(), template);
            diagnostics.extend(found);
        }
        let mut tera = templates.tera.clone();
        sources.lower(&allowed);
        if tera.add_raw_templates(allowed.iter().map(|name| sources.given(name))).is_err() {
            for name in allowed {
                sources.add_to(&mut tera, vec![name], &mut diagnostics);
            }
        }
        (Templates { tera, sources: Arc::new(sources) }, diagnostics)
    })
}

impl TemplateSource {
    /// Reads a `template` field.
    fn of_field(field: TemplateField) -> (Self, Diagnostics) {
        let start = field.literal();
        let (tree, found) = syntax::parse(field.text, &|span| field.part(start, &span));
        let (path, text) = (Arc::clone(&field.place.path), Arc::clone(field.text));
        let (tree, is_sound) = (Arc::new(tree), found.is_empty());
        let origin = FieldOrigin { collection: field.record.collection, field: field.field };
        let value = Some(TemplateValue { place: field.place.clone(), start, origin });
        (Self { path, text, value, tree, lowered: None, is_sound }, found)
    }
}

impl TemplateField<'_> {
    /// Returns the offset at which its text stands in the file letter by letter; none if escapes or line
    /// endings intervene.
    fn literal(&self) -> Option<usize> {
        // A default stands in another file than the record.
        if self.source.path != self.place.path {
            return None;
        }
        let Place { start, end, .. } = *self.place;
        let literal = self.source.literal(&Spanned { value: &**self.text, span: start..end })?;
        (literal.len() == self.text.len()).then_some(literal.start)
    }

    /// Returns the place of a part of its text, or else the whole value.
    fn part(&self, start: Option<usize>, part: &Span) -> Place {
        part_of(self.place, start, part)
    }
}

impl TemplateValue {
    /// Returns the place of a part of the value's text, or else the whole value.
    pub(super) fn part(&self, part: &Span) -> Place {
        part_of(&self.place, self.start, part)
    }
}

/// Returns the place of a part of a text that stands somewhere letter by letter, or else the whole place.
fn part_of(place: &Place, start: Option<usize>, part: &Span) -> Place {
    match start {
        Some(start) => Place::new(&place.path, &(start + part.start..start + part.end)),
        None => place.clone(),
    }
}

/// Reports the first thing that a field may not use; none if the field is allowed.
fn refusal(field: TemplateField, tree: &TemplateTree, signatures: &Signatures) -> Option<Diagnostic> {
    let (refused, span) = refused(tree, signatures)?;
    Some(errors::refused_in_field(refused, field.part(field.literal(), &span)))
}
