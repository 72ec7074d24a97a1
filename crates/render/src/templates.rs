//! The templates of the theme and the site, compiled by Tera, and Tera's errors in the author's terms.
//!
//! The id of the fonts is part of that of the templates, because templates can measure text.

pub(crate) mod allow;
mod caller;
mod errors;
pub(crate) mod fields;
mod growth;
mod include;
mod kept;
mod layers;
mod literals;
mod lookup;
mod lower;
mod mark;
pub(crate) mod meter;
pub(crate) mod overrides;
mod report;
mod trees;
mod used;
mod weight;
mod written;

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_model::{By, Id, Inputs, Kept};
use sitegen_parser::{Diagnostic, Diagnostics, Place, Span};
use tera::{ErrorKind, Tera};

pub(crate) use self::literals::Literals;
use self::lower::LoweredText;
pub(crate) use self::mark::{MarkedText, Marks, WrittenBy};
use self::meter::TemplateMeter;
pub(crate) use self::used::Reached;
pub use self::used::{TemplateUse, Used};
use crate::syntax::{self, Expr, ExprKind, Invocation, TemplateTree, TreePart};
use crate::types::{FieldOrigin, Signatures};

/// The sources of templates.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    /// The templates by the names under which Tera knows them.
    templates: HashMap<String, TemplateSource>,
    /// The prefixes of the names of themes' templates, the highest theme first.
    prefixes: Vec<String>,
    /// The whole name of the template that another one overrides, by the name of that one.
    below: HashMap<String, String>,
    /// The signatures of all that they can call.
    pub(crate) signatures: Arc<Signatures>,
}

/// A function that makes known to Tera what templates can call besides Tera's own, and returns the signatures of
/// all that they can call. The library has it, which is a later stage.
pub(crate) type Declare = fn(&mut Tera) -> Signatures;

/// A template and the file that it stands in.
#[derive(Debug, Clone)]
pub(crate) struct TemplateSource {
    path: Arc<str>,
    text: Arc<str>,
    /// The value that the template is; none for a template that is a file.
    value: Option<TemplateValue>,
    tree: Arc<TemplateTree>,
    /// The text that Tera has; none if that is the author's.
    lowered: Option<Arc<LoweredText>>,
    /// True if its syntax has no fault, and it says nothing that it may not.
    is_sound: bool,
}

/// A template that is a value in a file.
#[derive(Debug, Clone)]
struct TemplateValue {
    place: Place,
    /// The offset at which its text stands in the file letter by letter; none if escapes or line endings
    /// intervene.
    start: Option<usize>,
    origin: FieldOrigin,
}

/// The work during which an error came up.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ErrorContext<'a> {
    /// The templates were being put together.
    Compiling,
    /// A page, by its family's template.
    Page { template: &'a str },
    /// A component, called from Markdown.
    Call { component: &'a str, place: &'a Place },
}

/// Compiled templates and their sources.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    pub tera: Tera,
    pub sources: Arc<Sources>,
}

impl Templates {
    /// Compiles the templates of the theme and the site, unless they and the fonts by which they measure text
    /// are the same as before.
    ///
    /// A template that cannot be compiled is left out, so the result can always be used.
    pub(crate) fn compile(inputs: &Inputs, fonts: Id, declare: Declare, previous: &Kept<Self>) -> Kept<Self> {
        let from = Id::of(&(fonts, inputs.layers("templates").collect::<Vec<_>>()));
        Kept::or_make(Some(previous), By(from, (inputs, declare)), |By(_, (inputs, declare))| {
            let (tera, sources, diagnostics) = compile(inputs, declare);
            (Self { tera, sources: Arc::new(sources) }, diagnostics)
        })
    }
}

/// The extensions of templates of plain text. All others write HTML or XML, so values in them are escaped.
const PLAIN: [&str; 14] = [
    ".txt",
    ".md",
    ".json",
    ".jsonl",
    ".webmanifest",
    ".csv",
    ".tsv",
    ".js",
    ".mjs",
    ".css",
    ".toml",
    ".yaml",
    ".yml",
    ".ics",
];

/// The ending of the names of `template` fields.
const FIELD: &str = ".html";

fn compile(inputs: &Inputs, declare: Declare) -> (Tera, Sources, Diagnostics) {
    let (sources, mut diagnostics) = layers::read(inputs);
    let escaped = sources.templates.keys().filter(|name| !PLAIN.iter().any(|plain| name.ends_with(plain)));
    let mut tera = Tera::new();
    tera.set_fallback_prefixes(sources.prefixes.iter().cloned()).expect("there is no template yet");
    tera.autoescape_on(escaped.cloned().chain([FIELD.to_owned()]).collect::<Vec<_>>());
    let mut sources = Sources { signatures: Arc::new(declare(&mut tera)), ..sources };
    let mut sound = sources.sound();
    // A template that would take all memory is left out, because it must not be rendered.
    sound.retain(|name| {
        let found = sources.growth(name);
        let is_bounded = found.is_empty();
        diagnostics.extend(found);
        is_bounded
    });
    let (files, found) = include::bounded(&sources, sound);
    diagnostics.extend(found);
    let files: Vec<_> = files.into_iter().map(str::to_owned).collect();
    sources.lower(&files);
    sources.add_to(&mut tera, files, &mut diagnostics);
    (tera, sources, diagnostics)
}

impl TemplateSource {
    /// Reads a template that is a file.
    fn of_file(path: Arc<str>, text: Arc<str>) -> (Self, Diagnostics) {
        let (tree, found) = syntax::parse(&text, &|span| Place::new(&path, &span));
        let (tree, is_sound) = (Arc::new(tree), found.is_empty());
        (Self { path, text, value: None, tree, lowered: None, is_sound }, found)
    }
}

impl Sources {
    /// Lists the names of the templates whose syntax has no fault.
    fn sound(&self) -> Vec<&str> {
        let sound = self.templates.iter().filter(|(_, template)| template.is_sound);
        let mut names: Vec<_> = sound.map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// Puts counts into templates.
    fn lower(&mut self, names: &[String]) {
        // Counting weighs all templates, and most sites have no `template` fields.
        if names.is_empty() {
            return;
        }
        let sources = &*self;
        let mut meter = TemplateMeter::of(sources);
        let lowered = names.iter().map(|name| meter.lower(name, sources.source(name)));
        let lowered: Vec<_> = lowered.map(Arc::new).collect();
        for (name, lowered) in names.iter().zip(lowered) {
            let template = self.templates.get_mut(name).expect("the names are those of templates");
            template.lowered = Some(lowered);
        }
    }

    /// Returns texts that stand for templates, with counts in them.
    pub(crate) fn lowered<'t>(
        &self,
        texts: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Vec<(&'t str, String)> {
        let read =
            |(name, text): (&'t str, &'t str)| (name, TemplateSource::of_file(name.into(), text.into()).0);
        let read: Vec<_> = texts.map(read).collect();
        if read.is_empty() {
            return Vec::new();
        }
        let mut meter = TemplateMeter::of(self);
        read.iter().map(|(name, template)| (*name, meter.lower(name, template).text)).collect()
    }

    /// Has Tera compile templates. A template that Tera cannot read, though we can, is left out.
    fn add_to(&mut self, tera: &mut Tera, mut names: Vec<String>, diagnostics: &mut Diagnostics) {
        while let Err(error) = tera.add_raw_templates(names.iter().map(|name| self.given(name))) {
            let unread = match error.kind() {
                ErrorKind::SyntaxError(report) => names.iter().position(|name| name == report.filename()),
                _ => None,
            };
            // Counts make an expression longer, which can be more than Tera takes.
            let lowered = unread.and_then(|unread| self.templates.get_mut(&names[unread])?.lowered.take());
            if lowered.is_some() {
                continue;
            }
            // After other errors, missing names are not reported, because they may follow from these.
            if unread.is_some() || diagnostics.is_empty() {
                diagnostics.extend(self.diagnose_all(&error, ErrorContext::Compiling));
            }
            let Some(unread) = unread else { return };
            names.remove(unread);
        }
    }

    /// Returns a template for Tera: its name and its text.
    fn given(&self, name: &str) -> (String, &str) {
        (name.to_owned(), self.templates[name].given())
    }

    /// Returns the place of a part of a template.
    fn place(&self, name: &str, part: &Span) -> Option<Place> {
        Some(self.get(name)?.1.part(part))
    }

    /// Returns the text of a `template` field by its name; none if there is no such field.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|(_, template)| template.value.is_some()).map(|(_, template)| &*template.text)
    }

    /// Returns the place of a whole template.
    pub(crate) fn file(&self, name: &str) -> Option<Place> {
        let (_, template) = self.get(name)?;
        Some(match &template.value {
            Some(value) => value.place.clone(),
            None => Place::file(&template.path),
        })
    }

    /// Lists the calls of functions in all templates.
    pub(crate) fn function_calls(&self) -> impl Iterator<Item = &Invocation> {
        let parts = self.templates.values().flat_map(|template| template.tree.walk());
        parts.filter_map(|part| match part {
            TreePart::Expr(Expr { kind: ExprKind::Function(call), .. }) => Some(call),
            _ => None,
        })
    }

    /// Converts an error of Tera that is one problem to a diagnostic.
    pub(crate) fn diagnose(&self, error: &tera::Error, context: ErrorContext) -> Diagnostic {
        self.diagnose_all(error, context)
            .into_iter()
            .next()
            .unwrap_or_else(|| errors::template_error(&error.to_string(), None))
    }
}
