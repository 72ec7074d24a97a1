//! Questions that editors ask of templates: what a name is, and which names could stand at a place.
//!
//! Editors ask while a template is being typed, so its syntax has faults. The reader of the tree goes on after each,
//! and the checker takes what there is.

mod subject;
mod declared;
mod offers;
mod repair;

use sitegen_parser::Place;

use self::declared::KnownNames;
use self::subject::{Subject, subject_at};
use crate::build::Build;
use crate::check;

/// A name that stands in a template, or could stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateName {
    /// The name as it is written.
    pub name: String,
    /// The kind of thing that has it.
    pub kind: NameKind,
    /// Its value in the author's words, or the arguments of what is called; none if nothing is known.
    pub value: Option<String>,
    /// The place of its declaration; none if the program declares it, or nobody.
    pub declared: Option<Place>,
}

/// The kinds of things that have names in templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// An entry of a value.
    Field,
    /// A variable.
    Variable,
    /// An argument of a call.
    Argument,
    /// A function.
    Function,
    /// A filter.
    Filter,
    /// A test.
    Test,
    /// A component.
    Component,
    /// A template.
    Template,
    /// A block of a template.
    Block,
    /// A collection, a dataset or a query.
    Relation,
    /// A page family.
    Family,
    /// The key of words.
    Word,
}

impl NameKind {
    /// Returns the kind's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Variable => "variable",
            Self::Argument => "argument",
            Self::Function => "function",
            Self::Filter => "filter",
            Self::Test => "test",
            Self::Component => "component",
            Self::Template => "template",
            Self::Block => "block",
            Self::Relation => "relation",
            Self::Family => "family",
            Self::Word => "word",
        }
    }
}

/// Returns the name at an offset of a template's file, and its place; none if no name of the site stands there.
pub fn name_at(build: &Build, path: &str, offset: usize) -> Option<(Place, TemplateName)> {
    let (name, template) = build.sources.of_path(path)?;
    let sources = build.sources.with_text(name, template.text());
    let tree = sources.source(name).tree();
    let (span, subject) = subject_at(tree, offset)?;
    let (checked, _) = check::look(&build.model, &sources, None);
    let known = KnownNames::new(&build.model, &sources, &checked, name);
    Some((template.part(&span), known.name_of(&subject, offset)))
}

/// Lists the names that could stand at an offset of a template's file and begin as the name there begins.
pub fn completions(build: &Build, path: &str, offset: usize) -> Vec<TemplateName> {
    let Some((name, template)) = build.sources.of_path(path) else { return Vec::new() };
    let Some((text, mark)) = repair::repaired(template.text(), offset) else { return Vec::new() };
    let sources = build.sources.with_text(name, &text);
    let Some((_, subject)) = subject_at(sources.source(name).tree(), mark) else { return Vec::new() };
    let watched = match subject {
        Subject::Variable(expr, _) => Some((name, expr.id)),
        _ => None,
    };
    let (checked, visible) = check::look(&build.model, &sources, watched);
    let known = KnownNames::new(&build.model, &sources, &checked, name);
    let begun = subject.name().split(repair::MARK).next().unwrap_or_default();
    let mut offered = offers::offers(&known, &subject, &visible);
    offered.retain(|offer| offer.name.starts_with(begun) && !offer.name.contains(repair::MARK));
    offered
}
