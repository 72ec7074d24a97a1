//! The templates that a page is made by, found in the trees of templates.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::{Sources, TemplateSource};
use crate::syntax::{ComponentDeclaration, ExprKind, TemplateNode, TemplateTree, TreePart, TreeWalk};

/// A template that a page is made by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Its path below `templates/`.
    pub name: String,
    /// The path of its file.
    pub path: Arc<str>,
    /// Its role for the page.
    pub part: TemplateUse,
}

/// The role of a template for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateUse {
    /// The template of the page's family.
    Page,
    /// A template that another one extends.
    Parent,
    /// A template that another one includes.
    Include,
    /// A template that declares these components, which are called. Whether a call is reached depends on the
    /// page's data.
    Components(Vec<String>),
}

/// The templates, by their whole names, and the components that a site uses.
#[derive(Debug, Default)]
pub(crate) struct Reached<'s> {
    pub templates: HashSet<&'s str>,
    pub components: HashSet<&'s str>,
}

/// A reference from a template to another one, or to a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Dependency<'a> {
    Extends(&'a str),
    Includes(&'a str),
    Calls(&'a str),
}

impl Sources {
    /// Lists the templates that a page of the template `first` is made by, with those of the components in
    /// `called`.
    pub(crate) fn used(&self, first: &str, called: &[&str]) -> Vec<Used> {
        let declared = self.components();
        let Some((first, _)) = self.get(first) else { return Vec::new() };
        let mut files: Vec<_> = self.used_as(first, TemplateUse::Page).into_iter().collect();
        let mut components: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let called = called.iter().map(|name| Dependency::Calls(name));
        for used in self.follow(self.uses(first, None).into_iter().chain(called).collect(), &declared) {
            match used {
                Dependency::Extends(name) => files.extend(self.used_as(name, TemplateUse::Parent)),
                Dependency::Includes(name) => files.extend(self.used_as(name, TemplateUse::Include)),
                Dependency::Calls(name) => {
                    components.entry(declared[name].0).or_default().push(name.to_owned());
                }
            }
        }
        let components = components.into_iter();
        files.extend(
            components.filter_map(|(name, called)| self.used_as(name, TemplateUse::Components(called))),
        );
        files
    }

    /// Finds all that pages of the templates in `first`, texts that call the components in `called`, and
    /// `template` fields are made by.
    pub(crate) fn reached<'s>(&'s self, first: &[&'s str], called: &[&'s str]) -> Reached<'s> {
        let declared = self.components();
        let fields = self.templates.values().filter(|template| template.value.is_some());
        let of_fields = fields.flat_map(|template| uses(&template.tree, None));
        // A page uses its template in the way in which one that includes it would.
        let first = first.iter().map(|name| Dependency::Includes(name));
        let called = called.iter().map(|name| Dependency::Calls(name));
        let mut reached = Reached::default();
        for used in self.follow(first.chain(called).chain(of_fields).collect(), &declared) {
            match used {
                Dependency::Extends(name) | Dependency::Includes(name) => {
                    reached.templates.extend(self.whole_name(name));
                }
                Dependency::Calls(name) => _ = reached.components.insert(name),
            }
        }
        reached
    }

    /// Lists dependencies and those of what they lead to, each once, without components that are not declared.
    fn follow<'s>(
        &'s self,
        mut left: Vec<Dependency<'s>>,
        declared: &BTreeMap<&str, (&'s str, &ComponentDeclaration)>,
    ) -> Vec<Dependency<'s>> {
        left.reverse();
        let (mut seen, mut found) = (HashSet::new(), Vec::new());
        while let Some(next) = left.pop() {
            let (name, within) = match next {
                Dependency::Extends(name) | Dependency::Includes(name) => (name, None),
                Dependency::Calls(name) => match declared.get(name) {
                    Some((file, _)) => (*file, Some(name)),
                    None => continue,
                },
            };
            if seen.insert(next) {
                found.push(next);
                left.extend(self.uses(name, within).into_iter().rev());
            }
        }
        found
    }

    /// Lists the components that a template calls.
    pub(crate) fn calls(&self, name: &str) -> Vec<&str> {
        let calls = self.uses(name, None).into_iter().filter_map(|used| match used {
            Dependency::Calls(name) => Some(name),
            Dependency::Extends(_) | Dependency::Includes(_) => None,
        });
        calls.collect()
    }

    /// Lists the templates that others extend or include.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        self.templates.values().flat_map(TemplateSource::names)
    }

    /// Returns true if a template declares a component, which Markdown can call as well.
    pub(crate) fn declares(&self, name: &str) -> bool {
        self.get(name).is_some_and(|(_, template)| !template.tree.components.is_empty())
    }

    fn used_as(&self, name: &str, part: TemplateUse) -> Option<Used> {
        let (name, TemplateSource { path, .. }) = self.get(name)?;
        Some(Used { name: self.short(name).to_owned(), path: Arc::clone(path), part })
    }

    /// Lists the references of a template, or of a component that it declares.
    fn uses(&self, name: &str, within: Option<&str>) -> Vec<Dependency<'_>> {
        self.get(name).map_or_else(Vec::new, |(_, template)| uses(&template.tree, within))
    }
}

impl TemplateSource {
    /// Lists the templates that this one extends or includes.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let used = parent(&self.tree).into_iter().chain(self.tree.walk().filter_map(dependency));
        used.filter_map(|used| match used {
            Dependency::Extends(name) | Dependency::Includes(name) => Some(name),
            Dependency::Calls(_) => None,
        })
    }
}

/// Lists the references of a template outside of the components that it declares, or of one of these.
fn uses<'t>(tree: &'t TemplateTree, within: Option<&str>) -> Vec<Dependency<'t>> {
    let Some(component) = within else {
        return parent(tree)
            .into_iter()
            .chain(TreeWalk::of_nodes(&tree.body).filter_map(dependency))
            .collect();
    };
    let declared = tree.components.iter().filter(|declared| &*declared.name.value == component);
    declared.flat_map(TreeWalk::of_component).filter_map(dependency).collect()
}

fn parent(tree: &TemplateTree) -> Option<Dependency<'_>> {
    tree.parent.as_ref().map(|parent| Dependency::Extends(&parent.value))
}

fn dependency(part: TreePart<'_>) -> Option<Dependency<'_>> {
    match part {
        TreePart::Node(TemplateNode::Include(name)) => Some(Dependency::Includes(&name.value)),
        TreePart::Node(_) => None,
        TreePart::Expr(expr) => match &expr.kind {
            ExprKind::Component(call) => Some(Dependency::Calls(&call.name.value)),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use sitegen_parser::Place;

    use super::*;
    use crate::syntax;

    #[test]
    fn uses_are_those_of_a_body_or_of_a_component() {
        let text = "{%- extends \"base.html\" -%}{% block main %}{# {% include \"no.html\" %} #}{{ a <b }}\
            {% <card a={<to r={x} />}> %}{% include 'a.html' %}{% </card> %}{% endblock %}\
            {% component x(y: map) %}{% include 'z.html' %}{% endcomponent x %}";
        let path = Arc::from("note.html");
        let (tree, found) = syntax::parse(text, &|span| Place::new(&path, &span));
        assert!(found.is_empty(), "{found:?}");
        let of_body = [
            Dependency::Extends("base.html"),
            Dependency::Calls("card"),
            Dependency::Calls("to"),
            Dependency::Includes("a.html"),
        ];
        assert_eq!(uses(&tree, None), of_body);
        assert_eq!(uses(&tree, Some("x")), [Dependency::Includes("z.html")]);
        assert_eq!(uses(&tree, Some("y")), []);
    }
}
