//! The `template` fields of records, and their compilation as templates on top of the theme's.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_model::{By, CollectionId, Id, Kept, Model, RecordId, Value as Known};
use sitegen_parser::{Diagnostic, Diagnostics, Place, Source, Spanned};
use tera::{ErrorKind, Tera};

use super::allow::{Refused, refused};
use super::{ErrorContext, TemplateSource, Templates};
use crate::templates::errors;

/// A `template` field of a record.
#[derive(Clone, Copy)]
pub(crate) struct TemplateField<'a> {
    pub record: RecordId,
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
        let mut left: Vec<_> = record.values.iter().collect();
        while let Some(value) = left.pop() {
            match value {
                Known::Template(text, place) => {
                    found.push(TemplateField { record: id, text, place, source: &record.source });
                }
                Known::List(values) | Known::Table(values) => left.extend(values),
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
    let written = templates_of(model);
    let fields: BTreeMap<_, _> =
        written.iter().map(|field| (template_name(field.place), (field.text, field.place))).collect();
    let seen = (templates.by(), By(Id::of(&fields), (&fields, &written)));
    Kept::or_make(Some(previous), seen, |(By(_, templates), By(_, (fields, written)))| {
        let mut sources = (*templates.sources).clone();
        for (name, (text, place)) in fields {
            let value = Some((*place).clone());
            let template = TemplateSource { path: Arc::clone(&place.path), text: Arc::clone(text), value };
            sources.templates.insert(name.clone(), template);
        }
        let mut tera = templates.tera.clone();
        let mut diagnostics: Diagnostics = written.iter().filter_map(|field| refusal(*field)).collect();
        let is_allowed = |text: &str| refused(text).is_none();
        let allowed: Vec<_> = fields.iter().filter(|(_, (text, _))| is_allowed(text)).collect();
        if tera.add_raw_templates(allowed.iter().map(|(name, (text, _))| (name, &***text))).is_err() {
            for (name, (text, _)) in allowed {
                if let Err(error) = tera.add_raw_template(name, text) {
                    diagnostics.extend(sources.diagnose_all(&error, ErrorContext::Compiling));
                }
            }
        }
        (Templates { tera, sources: Arc::new(sources) }, diagnostics)
    })
}

/// Reports the first thing that a field may not use; none if the field is allowed.
fn refusal(TemplateField { text, place, source, .. }: TemplateField) -> Option<Diagnostic> {
    let (refused, tag) = refused(text)?;
    if refused == Refused::Unread
        && let Err(error) = Tera::new().add_raw_template("", text)
        && let ErrorKind::SyntaxError(report) = error.kind()
    {
        // Tera says better why the tag cannot be read.
        return Some(errors::template_syntax(report.message(), Some(place.clone())));
    }
    let literal = source.literal(&Spanned { value: &**text, span: place.start..place.end });
    let literal = literal.filter(|literal| literal.len() == text.len());
    let tag =
        literal.map(|literal| Place::new(&place.path, &(literal.start + tag.start..literal.start + tag.end)));
    Some(errors::refused_in_field(refused, tag.unwrap_or_else(|| place.clone())))
}
