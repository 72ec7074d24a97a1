//! The share of expressions whose types are known, and the places at which knowledge ends.

use sitegen_parser::Place;

use super::CheckedTemplates;
use crate::syntax::{Expr, ExprKind};
use crate::templates::Sources;
use crate::types::Type;

/// The share of a site's expressions whose types are known. Those that no page and no component reaches are not
/// counted, nor are literals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeShare {
    /// The count of expressions.
    pub all: usize,
    /// The count of those whose types are known.
    pub known: usize,
    /// The expressions of which nothing is known though all is known of what they are made of.
    pub begins: Vec<Place>,
}

impl CheckedTemplates {
    /// Returns the share of expressions whose types are known.
    pub(crate) fn share(&self, sources: &Sources) -> TypeShare {
        let mut share = TypeShare::default();
        for (name, tree) in sources.trees() {
            let source = sources.source(name);
            for expr in tree.exprs().filter(|expr| !matches!(expr.kind, ExprKind::Literal(_))) {
                match self.of(name, expr) {
                    None => {}
                    Some(Type::Unknown) => {
                        share.all += 1;
                        let is_known = |part: &Expr| self.of(name, part) != Some(&Type::Unknown);
                        if expr.parts().all(is_known) {
                            share.begins.push(source.part(&expr.span));
                        }
                    }
                    Some(_) => {
                        share.all += 1;
                        share.known += 1;
                    }
                }
            }
        }
        share.begins.sort_unstable();
        share
    }

    /// Returns the type of an expression; unknown if nothing reaches it.
    pub(crate) fn known(&self, template: &str, expr: &Expr) -> &Type {
        self.of(template, expr).unwrap_or(&Type::Unknown)
    }

    /// Returns the type of an expression; none if nothing reaches it.
    pub(crate) fn of(&self, template: &str, expr: &Expr) -> Option<&Type> {
        self.types.get(template)?.get(expr.id as usize)?.as_ref()
    }
}
