//! Style sheets and scripts among the assets: what they refer to has a hash in its name, and is there; and style sheets that others
//! import stand in these, so that a browser asks once.

mod errors;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sitegen_model::{Inputs, Model, ReferenceTarget, Target};
use sitegen_parser::{Among, Diagnostic, Diagnostics, Import, Place, Reference, ReferenceForm, Source, Span};

/// The assets whose texts are not as their authors wrote them, by the paths of their files.
pub(crate) type Linked = HashMap<Arc<str>, Arc<str>>;

/// Puts the URLs of assets and files into the assets that refer to them, and style sheets into those that import them.
pub(crate) fn link(inputs: &Inputs, model: &Model) -> (Linked, Diagnostics) {
    let mut sheets = Sheets { inputs, texts: BTreeMap::new(), whole: HashMap::new() };
    let mut diagnostics = Diagnostics::new();
    for (name, path, references) in model.routes.referring() {
        if let Some(Ok(source)) = inputs.file(path).map(|file| file.source(path)) {
            sheets.texts.insert(path, rewrite(source, name, references, model, &mut diagnostics));
        }
    }
    let paths: Vec<_> = sheets.texts.keys().copied().collect();
    let linked = paths.into_iter().filter_map(|path| {
        let text = sheets.whole(path, 0).unwrap_or_else(|| sheets.texts[path].text.as_str().into());
        (*text != *sheets.texts[path].written).then(|| (Arc::clone(path), text))
    });
    (linked.collect(), diagnostics)
}

/// The text of an asset in which URLs are those of the site.
struct Text {
    text: String,
    written: Arc<str>,
    /// What it imports, in its order; none where that is not to be had within the site.
    imports: Vec<Option<Imported>>,
}

/// An `@import` of a style sheet of the site.
struct Imported {
    /// Where it stands in the text with URLs.
    span: Span,
    /// The file that is imported.
    path: Arc<str>,
    import: Import,
}

fn rewrite(
    source: Source,
    name: &str,
    references: &[Reference],
    model: &Model,
    diagnostics: &mut Diagnostics,
) -> Text {
    let mut text = String::with_capacity(source.text.len());
    let mut imports = Vec::new();
    let mut end = 0;
    for reference in references {
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
            imports.push(imported(&source.text, reference, &referred, start, text.len()));
        }
        if let ReferenceTarget::Nowhere(among, name) = referred {
            diagnostics.push(broken(reference, among, &name, Place::new(&source.path, &reference.span)));
        }
    }
    text.push_str(&source.text[end..]);
    Text { text, written: source.text, imports }
}

/// An `@import`, whose URL stands at `start..end` now.
fn imported(
    css: &str,
    reference: &Reference,
    referred: &ReferenceTarget,
    start: usize,
    end: usize,
) -> Option<Imported> {
    let ReferenceTarget::Route(route, "") = referred else { return None };
    let Target::Asset { path, .. } = &route.target else { return None };
    let import = Import::read(css, reference)?;
    let span =
        start - (reference.span.start - import.span.start)..end + (import.span.end - reference.span.end);
    Some(Imported { span, path: Arc::clone(path), import })
}

/// How many bytes a style sheet may have with all that it imports. What would be longer asks for its parts.
const MAX_SIZE: usize = 1 << 20;

/// How deep imports may nest to be put together.
const MAX_DEPTH: usize = 32;

/// The style sheets and scripts of a site.
struct Sheets<'a> {
    inputs: &'a Inputs,
    /// Those that refer to something, by the paths of their files.
    texts: BTreeMap<&'a Arc<str>, Text>,
    /// What was put together, by the paths of files; none of what cannot stand in another.
    whole: HashMap<Arc<str>, Option<Arc<str>>>,
}

impl Sheets<'_> {
    /// A style sheet with all that it imports in the place of the statements; none if it could not stand so in another: it
    /// imports what is elsewhere, or itself, or it is too long. All imports come before all rules, so one that stays keeps the rest.
    fn whole(&mut self, path: &Arc<str>, depth: usize) -> Option<Arc<str>> {
        if let Some(known) = self.whole.get(path) {
            return known.clone();
        }
        // Whoever comes back here goes in a circle.
        self.whole.insert(Arc::clone(path), None);
        let whole = self.put_together(path, depth).filter(|text| text.len() <= MAX_SIZE);
        self.whole.insert(Arc::clone(path), whole.clone());
        whole
    }

    fn put_together(&mut self, path: &Arc<str>, depth: usize) -> Option<Arc<str>> {
        let Some(Text { text, imports, .. }) = self.texts.get(path) else {
            return Some(self.inputs.file(path)?.source(path).ok()?.text);
        };
        if imports.is_empty() {
            return Some(text.as_str().into());
        }
        let paths: Option<Vec<_>> =
            imports.iter().map(|import| Some(Arc::clone(&import.as_ref()?.path))).collect();
        let paths = paths.filter(|_| depth < MAX_DEPTH)?;
        let sheets: Option<Vec<_>> = paths.iter().map(|path| self.whole(path, depth + 1)).collect();
        let Text { text, imports, .. } = &self.texts[path];
        let (mut put, mut end) = (String::with_capacity(text.len()), 0);
        for (Imported { span, import, .. }, sheet) in imports.iter().flatten().zip(sheets?) {
            put.push_str(&text[end..span.start]);
            put.push_str(&wrapped(import, without_charset(&sheet)?));
            end = span.end;
        }
        Some((put + &text[end..]).into())
    }
}

/// A style sheet that stands in another: a namespace or a character set holds for whole files only.
fn without_charset(sheet: &str) -> Option<&str> {
    let rest = sheet.strip_prefix("@charset").and_then(|rest| rest.split_once(';'));
    let rest = rest.map_or(sheet, |(_, rest)| rest);
    (!rest.contains("@namespace")).then_some(rest)
}

/// The rules of a style sheet under the conditions by which it is imported.
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

/// A URL without what would end it, with or without quotation marks around it.
fn literal(url: &str) -> String {
    url.replace('\'', "%27").replace('"', "%22").replace('(', "%28").replace(')', "%29")
}
