//! Files and words of a site that override nothing of its theme. They are reported, because a misspelled
//! override changes nothing and nobody would notice.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use sitegen_model::{By, Family, File, Id, Inputs, Kept, Model, nearest};
use sitegen_parser::{Diagnostic, Place};

use crate::syntax::{BinaryOperator, Expr, ExprKind, Invocation, Literal};
use crate::templates::Sources;
use crate::templates::errors;

/// The result of the check of words and templates, which is nothing but its diagnostics.
#[derive(Debug, Default)]
pub(crate) struct Overrides;

/// Reports overrides of nothing. Words and templates are checked again only if something that they depend on
/// has changed.
pub(crate) fn check(
    inputs: &Inputs,
    model: &Model,
    (sources, templates): (&Sources, Id),
    previous: &Kept<Overrides>,
) -> (Kept<Overrides>, Vec<Diagnostic>) {
    let theirs: Vec<_> = their_names("templates/", inputs).collect();
    let known = By(Id::of(&(model.words.id, model.schema.id)), model);
    let seen = (By(Id::of(&theirs), inputs), By(templates, sources), known);
    let kept = Kept::or_make(Some(previous), seen, |(By(_, inputs), By(_, sources), By(_, model))| {
        let words = lost_words(model, sources).into_iter();
        (Overrides, words.chain(lost_templates(inputs, model, sources)).collect())
    });
    let files = ["queries", "assets"].into_iter().flat_map(|folder| lost_in(folder, inputs, model, sources));
    let found = kept.diagnostics.iter().cloned().chain(files).collect();
    (kept, found)
}

/// Reports the keys of words that only the site has and that nothing says.
fn lost_words(model: &Model, sources: &Sources) -> Vec<Diagnostic> {
    let is_open = sources.function_calls().any(|call| &*call.name.value == "t" && takes_key_from_data(call));
    let literals = literals(sources);
    let of_pages = |family: &Family| SAID_OF_PAGES.map(|what| format!("pages.{}.{what}", family.name));
    let of_pages: Vec<_> = model.schema.families.iter().flat_map(of_pages).collect();
    let known = model.words.keys().filter(|key| !model.words.is_own(key));
    let known: Vec<_> = known.chain(of_pages.iter().map(String::as_str)).collect();
    let lost = model.words.own().filter(|(key, _)| !is_said(key, model, &literals));
    let lost = lost.filter_map(|(key, place)| {
        let nearest = nearest_part(key, &known);
        // If templates take keys from data, only a misspelled key is known to be used by none.
        (nearest.is_some() || !is_open).then(|| errors::unused_word(key, nearest, place.clone()))
    });
    lost.collect()
}

/// Returns true if the key of words that a call asks for does not begin with a text that is written out, such
/// as in `t(key=way.name)`.
fn takes_key_from_data(call: &Invocation) -> bool {
    let mut keys = call.arguments.iter().filter(|argument| &*argument.name.value == "key");
    keys.any(|key| !begins_with_text(&key.value))
}

/// Returns true if an expression is a text that begins with one that is written out.
pub(crate) fn begins_with_text(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(Literal::Text(_)) => true,
        ExprKind::Binary { operator: BinaryOperator::Join, left, .. } => begins_with_text(left),
        ExprKind::Ternary { yes, no, .. } => begins_with_text(yes) && begins_with_text(no),
        _ => false,
    }
}

/// Collects the texts between quotation marks in the tags of templates.
fn literals(sources: &Sources) -> HashSet<&str> {
    sources.written().filter(|written| written.is_literal).map(|written| written.text).collect()
}

/// Returns the key that was most likely meant: one that is nearly the same, or whose last part is.
fn nearest_part<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let last = |key: &'k str| key.rsplit('.').next().unwrap_or(key);
    nearest(key, known.iter().copied()).or_else(|| {
        let known = || known.iter().copied().filter(|known| !known.starts_with("pages."));
        let meant = nearest(key.rsplit('.').next()?, known().map(last))?;
        known().find(|known| last(known) == meant)
    })
}

/// The properties of a family's pages that words can say.
const SAID_OF_PAGES: [&str; 3] = ["description", "group", "title"];

/// Returns true if a template, or a family's title or description, may say a key. `literals` are the texts
/// between quotation marks in templates.
pub(crate) fn is_said(key: &str, model: &Model, literals: &HashSet<&str>) -> bool {
    if let Some((family, what)) = key.strip_prefix("pages.").and_then(|rest| rest.rsplit_once('.')) {
        return model.schema.family(family).is_some() && SAID_OF_PAGES.contains(&what);
    }
    // Templates may build a key from its beginning and a value.
    let mut beginnings = key.match_indices('.').map(|(at, _)| &key[..=at]);
    literals.contains(key) || beginnings.any(|beginning| literals.contains(beginning))
}

/// Reports the templates that only the site has and that no page is made by.
fn lost_templates(inputs: &Inputs, model: &Model, sources: &Sources) -> Vec<Diagnostic> {
    let used = model.schema.families.iter().flat_map(Family::templates);
    let used: BTreeSet<_> = used.chain(sources.named()).collect();
    let theirs = || their_names("templates/", inputs);
    let lost =
        own(inputs, "templates").filter(|(name, _)| !used.contains(&**name) && !sources.declares(name));
    let lost = lost.filter_map(|(name, path)| {
        let nearest = nearest(&name, theirs());
        // The template of a card may be unused, because cards can be turned off for one build.
        let is_card = ending(&name) == Some("svg");
        (nearest.is_some() || !is_card).then(|| errors::unused_template(nearest, Place::file(&path)))
    });
    lost.collect()
}

/// Reports the files of a folder that only the site has, whose names are nearly those of its theme's, and
/// that nothing names.
fn lost_in(folder: &str, inputs: &Inputs, model: &Model, sources: &Sources) -> Vec<Diagnostic> {
    let start = format!("{folder}/");
    let theirs = || their_names(&start, inputs);
    let lost = own(inputs, folder).filter_map(|(name, path)| {
        let nearest = nearest(&name, theirs().filter(|other| ending(other) == ending(&name)))?;
        // A file that the site has as well is not the one that was meant.
        let is_meant = !inputs.site.contains_key(&*format!("{start}{nearest}"));
        let is_lost = is_meant && !is_named(&name, inputs, model, sources);
        is_lost.then(|| errors::unused_override(folder, nearest, Place::file(&path)))
    });
    lost.collect()
}

/// Lists the names of the themes' files below a folder.
fn their_names<'i>(folder: &'i str, inputs: &'i Inputs) -> impl Iterator<Item = &'i str> {
    inputs.of_themes().filter_map(move |(path, _)| path.strip_prefix(folder))
}

fn ending(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, ending)| ending)
}

/// Returns true if a template, another asset or a record names an asset, or if anything asks a query.
fn is_named(name: &str, inputs: &Inputs, model: &Model, sources: &Sources) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    if let Some(query) = file.strip_suffix(".sql") {
        let is_written = sources.written().any(|written| written.is_literal && written.text == query);
        return is_written || model.schema.query(query).is_none_or(|id| model.schema.asks(id));
    }
    let stem = file.split('.').next().unwrap_or(file);
    let says =
        |path: &Arc<str>, file: &File| file.source(path).is_ok_and(|source| source.text.contains(stem));
    let may_say = |path: &str| path.starts_with("assets/") || inputs.folders.name(path).is_some();
    let mut files = inputs.site.iter().chain(inputs.of_themes()).filter(|(path, _)| may_say(path));
    sources.written().any(|written| written.text.contains(stem)) || files.any(|(path, file)| says(path, file))
}

/// Lists the files of a folder that the site has and its theme has not, by name.
fn own<'i>(inputs: &'i Inputs, folder: &'i str) -> impl Iterator<Item = (String, Arc<str>)> + use<'i> {
    let files = inputs.layered(folder).into_iter();
    let is_own = move |name: &String| !inputs.in_themes(&format!("{folder}/{name}"));
    files.filter(move |(name, _)| is_own(name)).map(|(name, (path, _))| (name, path))
}
