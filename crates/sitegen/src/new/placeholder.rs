//! A new record for its author to fill in. It is a draft, so that nothing made up is published by mistake.

use std::fmt::Write as _;

use sitegen_model::{Collection, CollectionId, Constraints, Field, Kind, Model};
use sitegen_parser::Date;

/// The number of records to name in the comment on a reference.
const NAMED: usize = 5;

/// Writes a record's file: a draft with the title from its slug, and the other fields as comments to fill in.
/// Missing fields are reported once the record is no draft, or drafts are built.
pub(super) fn record(model: &Model, id: CollectionId, slug: &str, today: Option<Date>) -> String {
    let collection = &model.schema[id];
    let known = |at: &usize| known(collection, *at, slug, today);
    let mut text = String::from(
        "+++\n# A draft, which only --drafts shows: remove this line when it is done.\ndraft = true\n",
    );
    for at in 0..collection.fields.len() {
        if let Some(value) = known(&at) {
            let _infallible = writeln!(text, "{} = {value}", collection.fields[at].name);
        }
    }
    let left = (0..collection.fields.len()).filter(|at| known(at).is_none());
    let (wanted, others): (Vec<_>, Vec<_>) = left.partition(|at| is_required(collection, *at));
    for (heading, fields) in [("What it must say", wanted), ("What it may say", others)] {
        if !fields.is_empty() {
            let _infallible = writeln!(text, "\n# {heading}:");
        }
        for at in fields {
            text.push_str(&asked(model, &collection.fields[at]));
        }
    }
    text.push_str("+++\n\n");
    text
}

/// Returns the names of the fields that an author has to fill in.
pub(super) fn wanted(collection: &Collection) -> Vec<&str> {
    let is_wanted = |at: &usize| is_required(collection, *at) && known(collection, *at, "", None).is_none();
    let wanted = (0..collection.fields.len()).filter(is_wanted);
    wanted.map(|at| collection.fields[at].name.as_str()).collect()
}

fn is_required(collection: &Collection, at: usize) -> bool {
    let field = &collection.fields[at];
    let has_fallback = collection.matter.fallbacks.iter().any(|(field, _)| *field == at);
    !field.optional && field.default.is_none() && !has_fallback
}

/// Returns the value of a field that can be known: the title, and today's date in a collection that is sorted
/// by date.
fn known(collection: &Collection, at: usize, slug: &str, today: Option<Date>) -> Option<String> {
    let is_text = |kind: &Kind| matches!(kind, Kind::String | Kind::Markdown | Kind::Template);
    match &collection.fields[at].kind {
        kind if collection.title == Some(at) && is_text(kind) => Some(quote(&title(slug))),
        Kind::Date if collection.sort.is_some_and(|sort| sort.field == at) => {
            Some(today.map(|day| day.to_string()).unwrap_or_default())
        }
        _ => None,
    }
}

/// Turns a slug into words: `Senior data engineer`.
fn title(slug: &str) -> String {
    let words = slug.rsplit('/').next().unwrap_or_default().replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Writes a field as a comment that explains it: `# minutes =       # a whole number, at least 10`.
fn asked(model: &Model, field: &Field) -> String {
    let written = format!("# {} = {}", field.name, field.kind.blank());
    let mut wanted = expectation(model, &field.kind) + &bounds(field);
    if let Some(description) = &field.description {
        let _infallible = write!(wanted, ": {}", description.replace('\n', " "));
    }
    format!("{written:<24} # {wanted}\n")
}

fn expectation(model: &Model, kind: &Kind) -> String {
    match kind {
        Kind::Reference(id) => {
            let records = model.records.of(*id);
            let mut names: Vec<_> = records.iter().take(NAMED).map(|record| &*record.slug).collect();
            if records.len() > NAMED {
                names.push("…");
            }
            let singular = &model.schema[*id].singular;
            match names.as_slice() {
                [] => format!("the slug of a {singular}, of which there is none yet"),
                names => format!("the slug of a {singular} ({})", names.join(", ")),
            }
        }
        Kind::List(item) => format!("a list, each {}", expectation(model, item)),
        Kind::Table(fields) => {
            let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
            format!("a table of {}", names.join(", "))
        }
        Kind::Markdown => "Markdown".to_owned(),
        other => other.expectation(&model.schema),
    }
}

fn bounds(field: &Field) -> String {
    let bound =
        |word: &str, value: Option<f64>| value.map(|value| format!(", {word} {}", field.kind.bound(value)));
    let Constraints { min, max, .. } = field.constraints;
    [bound("at least", min), bound("at most", max)].into_iter().flatten().collect()
}

/// Quotes a text for TOML, whose strings are those of JSON.
fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
