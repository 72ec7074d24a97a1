//! Templates checked against the schema, as programs are: every name, type and argument on every branch, before a
//! page is rendered.
//!
//! The checker goes through the template of each page family as Tera would run it, with types in the place of values:
//! from the names that the family's pages have, through parents, includes, loops and components. What cannot be
//! known is `Type::Unknown`, of which nothing is ever reported.

mod scope;
mod narrow;
mod node;
mod expression;
mod operator;
mod call;
mod question;
mod choice;
mod component;
mod family;
mod field;
mod share;
mod read;
mod known;
mod errors;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use sitegen_model::{By, FamilyId, Id, Kept, Model};
use sitegen_parser::{Code, Diagnostic, Diagnostics, Place, Span};

use self::field::FieldTemplates;
use self::known::KnownTypes;
use self::node::Blocks;
pub use self::read::FieldRead;
use self::read::FieldReads;
pub(crate) use self::read::{PageParts, field_reads};
pub(crate) use self::scope::ScopeNames;
pub use self::share::TypeShare;
use crate::syntax::{ComponentDeclaration, TemplateTree};
use crate::templates::{Sources, TemplateSource};
use crate::types::{FieldOrigin, Signatures, SiteTypes, Type};

/// The types of the expressions of all templates.
#[derive(Debug, Default)]
pub(crate) struct CheckedTemplates {
    /// Of each template by its name, the type of each expression; none of those that nothing reaches.
    pub types: BTreeMap<Arc<str>, Vec<Option<Type>>>,
}

/// Checks all templates, unless they, the schema, the words, the settings, the names of assets and the targets of links are
/// the same as before.
pub(crate) fn check(
    model: &Model,
    (sources, templates): (&Sources, Id),
    previous: &Kept<CheckedTemplates>,
) -> Kept<CheckedTemplates> {
    let extra = format!("{:?}", model.config.extra);
    let is_whole = model.records.sound() && model.is_whole();
    let mut assets: Vec<_> = model.routes.asset_names().collect();
    assets.sort_unstable();
    let known = By(Id::of(&(model.links, model.words.id, &extra, is_whole, assets)), model);
    Kept::or_make(Some(previous), (By(templates, sources), known), |(By(_, sources), By(_, model))| {
        let mut checker = TemplateChecker::new(model, sources);
        checker.check_all();
        checker.finish()
    })
}

/// Checks all templates for what is known of an expression of one of them, by its number, and returns the types of
/// all expressions and the names that this one can see.
pub(crate) fn look(
    model: &Model,
    sources: &Sources,
    watched: Option<(&str, u32)>,
) -> (CheckedTemplates, ScopeNames) {
    let mut checker = TemplateChecker { watched, ..TemplateChecker::new(model, sources) };
    checker.check_all();
    let visible = std::mem::take(&mut checker.visible);
    (checker.finish().0, visible)
}

/// The state of a check of all templates.
struct TemplateChecker<'a> {
    model: &'a Model,
    sources: &'a Sources,
    site: SiteTypes<'a>,
    signatures: &'a Signatures,
    trees: BTreeMap<&'a str, &'a TemplateTree>,
    /// The components by their names, each with the template that declares it.
    components: BTreeMap<&'a str, (&'a str, &'a ComponentDeclaration)>,
    /// The components with the types of arguments for which they are checked.
    called: FxHashSet<(&'a str, ScopeNames)>,
    /// The `template` fields of records.
    fields: HashMap<FieldOrigin, FieldTemplates<'a>>,
    /// The fields with the types of names for which they are checked.
    evaluated: FxHashSet<(FieldOrigin, ScopeNames)>,
    /// The templates that pages are made by.
    reached: HashSet<&'a str>,
    /// The blocks of each page that is checked; the first page has none.
    pages: Vec<Blocks<'a>>,
    /// Names that some template sets or some family has. A condition may ask for them anywhere.
    names: HashSet<Arc<str>>,
    /// The numbers of the templates.
    numbers: FxHashMap<&'a str, usize>,
    types: KnownTypes,
    found: BTreeMap<(Option<Place>, Code), Diagnostic>,
    /// The parts that are right for some page or call, though they may be wrong for others.
    passed: FxHashSet<JudgedPart>,
    /// The problems of parts that are wrong for some page or call. They are reported if the part is right for none.
    doubted: BTreeMap<JudgedPart, Diagnostic>,
    /// The count of components around the cursor.
    depth: usize,
    /// The templates in whose includes the cursor is.
    including: Vec<&'a str>,
    /// The blocks in which the cursor is, each with its level.
    showing: Vec<(&'a str, usize)>,
    /// The count of nodes that may still be gone through for this page or component.
    left: usize,
    /// The fields that are read, if they are asked for.
    reads: Option<FieldReads>,
    /// The count of conditions around the cursor that ask for what the site has. A link or a file that they guard
    /// need not be there: `{% if site.search %}{{ link(to="/search/") }}{% endif %}`.
    guards: usize,
    /// True while a part is gone through that will be gone through again.
    is_silent: bool,
    /// The expression whose names are asked for, by its template and number.
    watched: Option<(&'a str, u32)>,
    /// The names that it can see.
    visible: ScopeNames,
}

/// A part of a template by the template's number and its bytes, and a use of it.
type JudgedPart = (usize, usize, usize, JudgedUse);

/// The use of a part of a template for which it can be right on one page and wrong on another. A part that is put to
/// two uses is judged for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum JudgedUse {
    Name,
    Field,
    /// The value that a call is given.
    Given,
    /// A key by which rows are looked up.
    Key,
    /// The key of words, or a value that is put into them.
    Word,
    Compared,
    Calculated,
    Shown,
}

/// A place among the templates.
#[derive(Clone, Copy)]
struct CheckPosition<'a> {
    template: &'a str,
    number: usize,
    source: &'a TemplateSource,
    /// The page, by its place among those that are checked.
    page: usize,
    /// The block that the cursor is in, and its level among those of its name.
    block: Option<(&'a str, usize)>,
}

impl CheckPosition<'_> {
    fn place(&self, span: &Span) -> Place {
        self.source.part(span)
    }
}

impl<'a> TemplateChecker<'a> {
    fn new(model: &'a Model, sources: &'a Sources) -> Self {
        let trees: BTreeMap<_, _> = sources.trees().collect();
        let mut checker = Self {
            model,
            sources,
            site: SiteTypes::new(&model.schema),
            signatures: &sources.signatures,
            components: sources.components(),
            called: FxHashSet::default(),
            fields: Self::fields_of(sources),
            evaluated: FxHashSet::default(),
            reached: HashSet::new(),
            pages: vec![Blocks::new()],
            names: HashSet::new(),
            numbers: trees.keys().enumerate().map(|(number, name)| (*name, number)).collect(),
            types: KnownTypes::new(trees.values().copied()),
            found: BTreeMap::new(),
            passed: FxHashSet::default(),
            doubted: BTreeMap::new(),
            depth: 0,
            including: Vec::new(),
            showing: Vec::new(),
            left: 0,
            reads: None,
            guards: 0,
            is_silent: false,
            watched: None,
            visible: ScopeNames::new(),
            trees,
        };
        checker.collect_names();
        checker
    }

    fn collect_names(&mut self) {
        for id in 0..self.model.schema.families.len() {
            let names = self.names_of(FamilyId(id));
            self.names.extend(names.into_keys());
        }
        self.names.extend(self.trees.values().flat_map(|tree| family::set_names(tree)).cloned());
    }

    /// Returns the position in a template that is not a part of another one.
    fn alone(&self, template: &'a str) -> CheckPosition<'a> {
        let (number, source) = (self.numbers[template], self.sources.source(template));
        CheckPosition { template, number, source, page: 0, block: None }
    }

    /// Returns the whole name of a template that another one names.
    fn template(&self, name: &str) -> Option<&'a str> {
        self.sources.whole_name(name)
    }

    /// Returns true if a template or one that it extends could not be read whole, so that there may be more than its
    /// tree says.
    fn has_gaps(&self, template: &str) -> bool {
        self.trees.get(template).is_some_and(|tree| {
            let parent = tree.parent.as_ref();
            tree.has_gaps() || parent.is_some_and(|parent| self.template(&parent.value).is_none())
        })
    }

    fn report(&mut self, problem: Diagnostic) {
        if !self.is_silent {
            self.found.entry((problem.place.clone(), problem.code)).or_insert(problem);
        }
    }

    /// Takes up how a check came out on a page or for a call. Others can come out otherwise, because a component
    /// is called with this and with that, and decides by conditions of which we do not see that they belong
    /// together.
    fn judge(&mut self, at: CheckPosition<'a>, span: &Span, usage: JudgedUse, problem: Option<Diagnostic>) {
        if self.is_silent {
            return;
        }
        let part = (at.number, span.start, span.end, usage);
        match problem {
            None => _ = self.passed.insert(part),
            Some(problem) => _ = self.doubted.entry(part).or_insert(problem),
        }
    }

    fn finish(self) -> (CheckedTemplates, Diagnostics) {
        let types = self.trees.into_keys().map(Arc::from).zip(self.types.joined()).collect();
        let mut found = self.found;
        let doubted = self.doubted.into_iter().filter(|(part, _)| !self.passed.contains(part));
        for (_, problem) in doubted {
            found.entry((problem.place.clone(), problem.code)).or_insert(problem);
        }
        (CheckedTemplates { types }, found.into_values().collect())
    }
}
