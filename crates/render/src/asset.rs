//! The references in style sheets and scripts. Each is checked and replaced by the published URL, whose name
//! has a hash. Imported style sheets are put into those that import them, because a browser then makes one
//! request.

mod errors;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sitegen_model::{Inputs, Model, ReferenceTarget, Target};
use sitegen_parser::{Among, Diagnostic, Diagnostics, Import, Place, Reference, ReferenceForm, Source, Span};

/// The texts of the assets that linking has changed, by the paths of their files.
pub(crate) type LinkedTexts = HashMap<Arc<str>, Arc<str>>;

/// Puts the URLs of assets and files into the assets that refer to them, and style sheets into those that import them.
pub(crate) fn link(inputs: &Inputs, model: &Model) -> (LinkedTexts, Diagnostics) {
    let mut bundler = Bundler { inputs, texts: BTreeMap::new(), whole: HashMap::new() };
    let mut diagnostics = Diagnostics::new();
    for (name, path, references) in model.routes.referring() {
        if let Some(Ok(source)) = inputs.file(path).map(|file| file.source(path)) {
            bundler.texts.insert(path, rewrite(source, name, references, model, &mut diagnostics));
        }
    }
    let paths: Vec<_> = bundler.texts.keys().copied().collect();
    let linked = paths.into_iter().filter_map(|path| {
        let text = bundler.whole(path, 0).unwrap_or_else(|| bundler.texts[path].text.as_str().into());
        (*text != *bundler.texts[path].written).then(|| (Arc::clone(path), text))
    });
    (linked.collect(), diagnostics)
}

/// The text of an asset with published URLs.
struct LinkedAsset {
    text: String,
    written: Arc<str>,
    /// Its imports in order; `None` for one that must stay an import.
    imports: Vec<Option<Imported>>,
}

/// An `@import` of a style sheet of the site.
struct Imported {
    /// The range of the statement in the text with published URLs.
    span: Span,
    /// The path of the imported file.
    path: Arc<str>,
    import: Import,
}

fn rewrite(
    source: Source,
    name: &str,
    references: &[Reference],
    model: &Model,
    diagnostics: &mut Diagnostics,
) -> LinkedAsset {
    let mut text = String::with_capacity(source.text.len());
    let mut imports = Vec::new();
    let mut end = 0;
    for (index, reference) in references.iter().enumerate() {
        let referred = model.refer(name, reference);
        text.push_str(&source.text[end..reference.span.start]);
        let start = text.len();
        match &referred {
            ReferenceTarget::Route(route, suffix) => {
                text.push_str(&literal(&format!("{}{suffix}", model.config.base_url.href(&route.url))));
            }
            ReferenceTarget::Away | ReferenceTarget::Nowhere(..) => {
                text.push_str(&source.text[reference.span.clone()]);
            }
        }
        end = reference.span.end;
        if reference.form == ReferenceForm::Import {
            let next = references.get(index + 1).map_or(source.text.len(), |next| next.span.start);
            imports.push(imported(&source.text, reference, &referred, start..text.len(), next));
        }
        if let ReferenceTarget::Nowhere(among, name) = referred {
            diagnostics.push(broken(reference, among, &name, Place::new(&source.path, &reference.span)));
        }
    }
    text.push_str(&source.text[end..]);
    LinkedAsset { text, written: source.text, imports }
}

/// Returns the `@import` of a reference whose URL is now at `url`, if a style sheet can replace it. A statement that
/// goes on over the next reference, at `next`, lacks its end, and cannot be replaced.
fn imported(
    css: &str,
    reference: &Reference,
    referred: &ReferenceTarget,
    url: Span,
    next: usize,
) -> Option<Imported> {
    let ReferenceTarget::Route(route, "") = referred else { return None };
    let Target::Asset { path, .. } = &route.target else { return None };
    let import = Import::read(css, reference).filter(|import| import.span.end <= next)?;
    let span = url.start - (reference.span.start - import.span.start)
        ..url.end + (import.span.end - reference.span.end);
    Some(Imported { span, path: Arc::clone(path), import })
}

/// The most bytes of a style sheet with its imports put in. A longer one keeps its imports.
const MAX_SIZE: usize = 1 << 20;

/// The most levels of imports that are put together.
const MAX_DEPTH: usize = 32;

/// The style sheets and scripts of a site.
struct Bundler<'a> {
    inputs: &'a Inputs,
    /// The assets with references, by the paths of their files.
    texts: BTreeMap<&'a Arc<str>, LinkedAsset>,
    /// The style sheets with their imports put in, by the paths of files; `None` for one that cannot stand in
    /// another.
    whole: HashMap<Arc<str>, Option<Arc<str>>>,
}

impl Bundler<'_> {
    /// Returns a style sheet with its imports put in. There is none if it cannot stand in another one: it
    /// imports from elsewhere, or itself, or is too long. Imports must come before all rules, so one import
    /// that stays keeps the others.
    fn whole(&mut self, path: &Arc<str>, depth: usize) -> Option<Arc<str>> {
        if let Some(known) = self.whole.get(path) {
            return known.clone();
        }
        // Until it is done, a style sheet counts as one that cannot stand in another, because asking for it
        // again means a circle.
        self.whole.insert(Arc::clone(path), None);
        let whole = self.put_together(path, depth).filter(|text| text.len() <= MAX_SIZE);
        self.whole.insert(Arc::clone(path), whole.clone());
        whole
    }

    fn put_together(&mut self, path: &Arc<str>, depth: usize) -> Option<Arc<str>> {
        let Some(LinkedAsset { text, imports, .. }) = self.texts.get(path) else {
            return Some(self.inputs.file(path)?.source(path).ok()?.text);
        };
        if imports.is_empty() {
            return Some(text.as_str().into());
        }
        let paths: Option<Vec<_>> =
            imports.iter().map(|import| Some(Arc::clone(&import.as_ref()?.path))).collect();
        let paths = paths.filter(|_| depth < MAX_DEPTH)?;
        let sheets: Option<Vec<_>> = paths.iter().map(|path| self.whole(path, depth + 1)).collect();
        let LinkedAsset { text, imports, .. } = &self.texts[path];
        let (mut put, mut end) = (String::with_capacity(text.len()), 0);
        for (Imported { span, import, .. }, sheet) in imports.iter().flatten().zip(sheets?) {
            put.push_str(&text[end..span.start]);
            put.push_str(&wrapped(import, without_charset(&sheet)?));
            end = span.end;
        }
        Some((put + &text[end..]).into())
    }
}

/// Prepares a style sheet to stand in another: removes `@charset`, and gives up on `@namespace`, because both
/// hold for whole files only.
fn without_charset(sheet: &str) -> Option<&str> {
    let rest = sheet.strip_prefix("@charset").and_then(|rest| rest.split_once(';'));
    let rest = rest.map_or(sheet, |(_, rest)| rest);
    (!rest.contains("@namespace")).then_some(rest)
}

/// Wraps the rules of a style sheet in the conditions of its import.
fn wrapped(import: &Import, sheet: &str) -> String {
    let mut text = sheet.trim().to_owned();
    if let Some(name) = &import.layer {
        text = block(&format!("@layer {name}"), &text);
    }
    if let Some(condition) = &import.supports {
        text = block(&format!("@supports ({condition})"), &text);
    }
    if !import.media.is_empty() {
        text = block(&format!("@media {}", import.media), &text);
    }
    text
}

fn block(head: &str, rules: &str) -> String {
    format!("{} {{\n{rules}\n}}", head.trim_end())
}

fn broken(reference: &Reference, among: Among, name: &str, place: Place) -> Diagnostic {
    match reference.form {
        ReferenceForm::SourceMap => errors::missing_source_map(&reference.to, place),
        ReferenceForm::Url | ReferenceForm::Import | ReferenceForm::Module => {
            errors::broken_link(&reference.to, among, name, Some(place))
        }
    }
}

/// Escapes the characters of a URL that would end it, quoted or not.
fn literal(url: &str) -> String {
    url.replace('\'', "%27").replace('"', "%22").replace('(', "%28").replace(')', "%29")
}
