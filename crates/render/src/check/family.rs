//! The templates that are checked and the names that each of them sees.

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_model::FamilyId;

use super::node::{Blocks, MAX_NODES};
use super::scope::{NameScope, ScopeNames};
use super::{CheckPosition, TemplateChecker, errors};
use crate::syntax::{BlockNode, TemplateNode, TemplateTree, TreePart, TreeWalk};
use crate::types::SiteTypes;

impl<'a> TemplateChecker<'a> {
    /// Checks the templates of all families, then what only Markdown calls, then what nothing uses.
    pub(super) fn check_all(&mut self) {
        for (id, family) in self.model.schema.families.iter().enumerate() {
            let names = self.names_of(FamilyId(id));
            for template in family.templates() {
                // A template that does not exist is reported where the family is declared.
                if let Some(template) = self.template(template) {
                    self.check_page(template, NameScope::new(names.clone()));
                }
            }
        }
        // Parts that nothing calls may name files and pages that there are not.
        self.guards += 1;
        let declared: Vec<_> = self.components.values().copied().collect();
        for (template, component) in declared {
            if !self.called.iter().any(|(name, _)| *name == &*component.name.value) {
                self.left = MAX_NODES;
                self.check_declared(template, component);
            }
        }
        let names: Vec<_> = self.trees.keys().copied().collect();
        for template in names {
            if !self.reached.contains(template) && self.sources.source(template).is_file() {
                self.check_page(template, NameScope::open(self.global()));
            }
        }
    }

    /// Returns the names that the pages of a family have.
    pub(super) fn names_of(&self, id: FamilyId) -> ScopeNames {
        let mut names = self.global();
        names.insert("page".into(), self.site.page(id));
        names.extend(self.site.names(id).into_iter().map(|(name, known)| (name.into(), known)));
        names
    }

    /// Returns the names that all templates see, but for components.
    fn global(&self) -> ScopeNames {
        [("site".into(), SiteTypes::site(&self.model.config))].into()
    }

    /// Goes through a template as the page of which it is, by the template that it extends first of all.
    pub(super) fn check_page(&mut self, template: &'a str, scope: NameScope) {
        self.left = MAX_NODES;
        let lineage = self.lineage(template);
        let mut shown: Blocks<'a> = HashMap::new();
        for (name, tree) in &lineage {
            self.reached.insert(name);
            for block in blocks(&tree.body) {
                shown.entry(&block.name.value).or_default().push((name, block));
            }
        }
        let has_gaps = lineage.iter().any(|(_, tree)| tree.has_gaps());
        if !has_gaps {
            self.check_blocks(&lineage);
        }
        let Some((root, tree)) = lineage.last() else { return };
        self.pages.push(shown);
        let at = CheckPosition { page: self.pages.len() - 1, ..self.alone(root) };
        self.body(at, &mut scope.open_if(has_gaps), &tree.body);
    }

    /// Lists a template and those that it extends, itself first.
    fn lineage(&mut self, template: &'a str) -> Vec<(&'a str, &'a TemplateTree)> {
        let mut lineage: Vec<(&str, &TemplateTree)> = Vec::new();
        let mut next = Some(template);
        while let Some(name) = next {
            // Tera's compiler reports circles.
            if lineage.iter().any(|(known, _)| *known == name) {
                break;
            }
            let Some(tree) = self.trees.get(name).copied() else { break };
            lineage.push((name, tree));
            next = tree.parent.as_ref().and_then(|parent| {
                let found = self.template(&parent.value);
                if found.is_none() {
                    self.no_template(name, parent);
                }
                found
            });
        }
        lineage
    }

    /// Reports blocks that replace none.
    fn check_blocks(&mut self, lineage: &[(&'a str, &'a TemplateTree)]) {
        let [(name, tree), parents @ ..] = lineage else { return };
        if parents.is_empty() {
            return;
        }
        let known = parents.iter().flat_map(|(_, parent)| blocks(&parent.body));
        let known: Vec<_> = known.map(|block| &*block.name.value).collect();
        let at = self.alone(name);
        for node in &tree.body {
            if let TemplateNode::Block(block) = node
                && !known.contains(&&*block.name.value)
            {
                self.report(errors::unknown_block(&block.name.value, &known, at.place(&block.name.span)));
            }
        }
    }
}

/// Lists the blocks of a body, those within others, too.
fn blocks(nodes: &[TemplateNode]) -> impl Iterator<Item = &BlockNode> {
    TreeWalk::of_nodes(nodes).filter_map(|part| match part {
        TreePart::Node(TemplateNode::Block(block)) => Some(block),
        _ => None,
    })
}

/// Lists the names that a template sets, for conditions that ask for them elsewhere.
pub(super) fn set_names(tree: &TemplateTree) -> impl Iterator<Item = &Arc<str>> {
    tree.walk().filter_map(|part| match part {
        TreePart::Node(TemplateNode::Set(set)) => Some(&set.name.value),
        TreePart::Node(TemplateNode::Capture(capture)) => Some(&capture.name.value),
        _ => None,
    })
}
