//! The place of the call that gave a component something that it cannot show, because the component's own
//! template is right.

use sitegen_parser::{Code, Diagnostic, Place};
use tera::ReportError;

use super::{ErrorContext, Sources};

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

    /// Finds the text that a message quotes first in the call at `name:line:column`, or else the call.
    fn in_call(&self, call: &str, message: &str) -> Option<Place> {
        let start = self.line_place(call, "")?.start;
        let name = call.split(':').next()?;
        let text = &self.get(name)?.1.text[start..];
        let end = text.find("/>").or_else(|| text.find('>')).unwrap_or(text.len());
        let quoted = message.split('"').nth(1).unwrap_or_default();
        let found = Some(quoted).filter(|quoted| !quoted.is_empty());
        let found = found.and_then(|quoted| text[..end].find(&format!("\"{quoted}\"")));
        let range = found.map_or(0..end, |at| at + 1..at + 1 + quoted.len());
        self.place(name, &(start + range.start..start + range.end))
    }
}
