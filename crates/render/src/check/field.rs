//! The `template` fields of records, checked where templates evaluate them, with the names that these have there.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::TemplateChecker;
use super::node::MAX_NODES;
use super::scope::{NameScope, ScopeNames};
use crate::syntax::{ExprKind, TemplateTree, TreePart};
use crate::templates::Sources;
use crate::types::{FieldOrigin, Type};

/// The values of a field in all records.
#[derive(Debug, Default)]
pub(super) struct FieldTemplates<'a> {
    templates: Vec<&'a str>,
    /// The names that they use.
    names: BTreeSet<&'a Arc<str>>,
}

impl<'a> TemplateChecker<'a> {
    /// Lists the `template` fields of all records.
    pub(super) fn fields_of(sources: &'a Sources) -> HashMap<FieldOrigin, FieldTemplates<'a>> {
        let mut fields: HashMap<_, FieldTemplates> = HashMap::new();
        for (name, tree) in sources.trees() {
            if let Some(origin) = sources.source(name).origin() {
                let field = fields.entry(origin).or_default();
                field.templates.push(name);
                field.names.extend(variables(tree));
            }
        }
        // Problems are found in the same order in each run.
        for field in fields.values_mut() {
            field.templates.sort_unstable();
        }
        fields
    }

    /// Checks the fields of which one is evaluated, once for all places at which their names have the same types.
    pub(super) fn evaluated(&mut self, scope: &NameScope, input: &Type) {
        if self.is_silent {
            return;
        }
        for member in input.members() {
            let Type::Field(Some(origin)) = member else { continue };
            let Some(field) = self.fields.get(origin) else { continue };
            let seen: ScopeNames =
                field.names.iter().map(|name| (Arc::clone(name), scope.get(name))).collect();
            if !self.evaluated.insert((*origin, seen.clone())) {
                continue;
            }
            let scope = scope.evaluating(seen);
            let left = self.left;
            for template in field.templates.clone() {
                self.left = MAX_NODES;
                if let Some(tree) = self.trees.get(template).copied() {
                    self.body(self.alone(template), &mut scope.clone(), &tree.body);
                }
            }
            self.left = left;
        }
    }
}

fn variables(tree: &TemplateTree) -> impl Iterator<Item = &Arc<str>> {
    tree.walk().filter_map(|part| match part {
        TreePart::Expr(expr) => match &expr.kind {
            ExprKind::Variable(name) => Some(name),
            _ => None,
        },
        TreePart::Node(_) => None,
    })
}
