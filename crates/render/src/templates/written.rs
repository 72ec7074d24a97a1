//! The texts that templates write: those between their tags, and those between quotation marks in tags.

use sitegen_parser::{Place, Span};

use super::{Sources, TemplateSource};
use crate::syntax::{Expr, ExprKind, Literal, MapElement, MapKey, TemplateNode, TreePart};

/// A text that a template writes.
#[derive(Debug)]
pub(super) struct TemplateText<'a> {
    pub text: &'a str,
    /// Its bytes, with the quotation marks of a literal.
    pub span: Span,
    /// True of a text between quotation marks in a tag.
    pub is_literal: bool,
}

impl TemplateText<'_> {
    /// Returns the bytes of a part of the text, or of the whole if escapes intervene.
    pub(super) fn part(&self, part: Span) -> Span {
        let marks = usize::from(self.is_literal);
        if self.span.len() != self.text.len() + 2 * marks {
            return self.span.clone();
        }
        let start = self.span.start + marks;
        start + part.start..start + part.end
    }
}

impl TemplateSource {
    /// Lists the texts that the template writes, in their order.
    pub(super) fn written(&self) -> Vec<TemplateText<'_>> {
        let mut found = Vec::new();
        for part in self.tree.walk() {
            match part {
                TreePart::Node(TemplateNode::Text(span)) => {
                    let text = &self.text[span.clone()];
                    found.push(TemplateText { text, span: span.clone(), is_literal: false });
                }
                TreePart::Node(_) => {}
                TreePart::Expr(expr) => found.extend(literals(expr)),
            }
        }
        found.sort_by_key(|written| written.span.start);
        found
    }
}

/// Lists the literal texts of an expression itself: it is one, or a map with such keys.
fn literals(expr: &Expr) -> impl Iterator<Item = TemplateText<'_>> {
    let literal = match &expr.kind {
        ExprKind::Literal(Literal::Text(text)) => Some((&**text, &expr.span)),
        _ => None,
    };
    let elements = if let ExprKind::Map(elements) = &expr.kind { &elements[..] } else { &[] };
    let keys = elements.iter().filter_map(|element| match element {
        MapElement::Entry { key, .. } => match &key.value {
            MapKey::Text(text) => Some((&**text, &key.span)),
            MapKey::Int(_) | MapKey::Bool(_) => None,
        },
        MapElement::Spread(_) => None,
    });
    let found = literal.into_iter().chain(keys);
    found.map(|(text, span)| TemplateText { text, span: span.clone(), is_literal: true })
}

impl Sources {
    /// Lists the texts that all templates write.
    pub(super) fn written(&self) -> impl Iterator<Item = TemplateText<'_>> {
        self.templates.values().flat_map(TemplateSource::written)
    }

    /// Finds a part of a text that a template itself writes.
    pub(crate) fn find_in(&self, name: &str, text: &str) -> Option<Place> {
        let (_, template) = self.get(name)?;
        let found = template.written().into_iter().find_map(|written| {
            let start = written.text.find(text)?;
            Some(written.part(start..start + text.len()))
        });
        self.place(name, &found?)
    }
}
