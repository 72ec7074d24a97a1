//! Comparisons of fields that have a few values with texts that are none of these.

use std::sync::Arc;

use sitegen_model::Kind;

use super::scope::NameScope;
use super::{CheckPosition, JudgedUse, TemplateChecker, errors};
use crate::syntax::{Expr, ExprKind, ListElement, Literal};
use crate::types::Type;

impl<'a> TemplateChecker<'a> {
    /// Reports a text that a field is compared with and that it never is.
    pub(super) fn check_choice(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        field: &'a Expr,
        text: &'a Expr,
    ) {
        let ExprKind::Literal(Literal::Text(written)) = &text.kind else { return };
        let Some((name, choices)) = self.choices(scope, field) else { return };
        let choices: Vec<_> = choices.iter().map(|choice| &**choice).collect();
        let problem = (!choices.contains(&&**written))
            .then(|| errors::unknown_choice(name, written, &choices, at.place(&text.span)));
        self.judge(at, &text.span, JudgedUse::Compared, problem);
    }

    /// Reports texts of a list that a field is never one of, or a text that a list of such values never holds.
    pub(super) fn check_choices(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        one: &'a Expr,
        list: &'a Expr,
    ) {
        match &list.kind {
            ExprKind::List(elements) => {
                for element in elements {
                    if let ListElement::One(text) = element {
                        self.check_choice(at, scope, one, text);
                    }
                }
            }
            _ => self.check_choice(at, scope, list, one),
        }
    }

    /// Returns the name of a field and the texts that it, or each of its items, is one of. Names of other values are
    /// not declared, so a template can compare them with what they are elsewhere.
    fn choices(&self, scope: &NameScope, field: &'a Expr) -> Option<(&'a str, Vec<Arc<str>>)> {
        let ExprKind::Attribute { of, name, .. } = &field.kind else { return None };
        let mut choices = Vec::new();
        for member in self.look_up(scope, of).members() {
            let kind = match member {
                Type::Record(id, _) => {
                    let mut fields = self.model.schema[*id].fields.iter();
                    fields.find(|field| *field.name == *name.value).map(|field| field.kind.clone())
                }
                Type::Row(id) => {
                    let mut columns = self.model.schema.columns(*id).into_iter();
                    columns.find(|column| *column.name == *name.value).and_then(|column| column.kind)
                }
                Type::None | Type::Undefined => continue,
                _ => return None,
            };
            let kind = kind.map(|kind| if let Kind::List(item) = kind { *item } else { kind });
            let Some(Kind::Enum(words)) = kind else { return None };
            choices.extend(words.iter().map(|word| Arc::from(word.as_str())));
        }
        (!choices.is_empty()).then_some((&*name.value, choices))
    }
}
