//! The place of the call that gave a component something that it cannot show, because the component's own
//! template is right.

use sitegen_parser::{Code, Diagnostic, Place};
use tera::ReportError;

use super::{ErrorContext, Sources};
use crate::syntax::{Expr, ExprKind, Literal, MapElement};

impl Sources {
    /// Finds the nearest call from templates of another folder than that of the component, or from Markdown;
    /// there is none if the problem is not about something that a component was given.
    pub(super) fn caller(
        &self,
        error: &tera::Error,
        report: &ReportError,
        problem: &Diagnostic,
        context: ErrorContext,
    ) -> Option<Place> {
        let is_given = match problem.code {
            Code::InvalidChart => true,
            Code::UnknownRelation => {
                self.argument(report, "from").is_some_and(|(text, _)| !text.starts_with('"'))
            }
            _ => false,
        };
        let folder = |name: &str| Some(self.get(name)?.1.path.rsplit_once('/')?.0);
        let own = folder(report.filename());
        let error = error.to_string();
        let mut calls = error.lines().filter_map(|line| line.strip_prefix("note: called from "));
        let call = calls.find(|call| folder(call.split(':').next().unwrap_or_default()) != own);
        match (call, context) {
            _ if !is_given => None,
            (Some(call), _) => self.in_call(call, &problem.message),
            (None, ErrorContext::Call { place, .. }) => Some(place.clone()),
            (None, _) => None,
        }
    }

    /// Finds the text that a message quotes first among the arguments of the call at `name:line:column`, or else the
    /// call.
    fn in_call(&self, call: &str, message: &str) -> Option<Place> {
        let start = self.line_place(call, "")?.start;
        let (_, template) = self.get(call.split(':').next()?)?;
        let calls = template.tree.exprs().filter_map(|expr| match &expr.kind {
            ExprKind::Component(used) if expr.span.contains(&start) => Some((expr, used)),
            _ => None,
        });
        let (expr, used) = calls.min_by_key(|(expr, _)| expr.span.len())?;
        let quoted = message.split('"').nth(1).filter(|quoted| !quoted.is_empty());
        let texts = used.arguments.iter().filter_map(|argument| match argument {
            MapElement::Entry {
                value: Expr { kind: ExprKind::Literal(Literal::Text(text)), span, .. },
                ..
            } => Some((&**text, span.start + 1..span.end - 1)),
            _ => None,
        });
        let found = texts.into_iter().find(|(text, _)| Some(*text) == quoted);
        Some(template.part(&found.map_or(expr.span.clone(), |(_, span)| span)))
    }
}
