//! Tera's errors as diagnostics.

use sitegen_model::nearest;
use sitegen_parser::{Diagnostic, Place};
use tera::{ErrorKind, ReportError};

use super::{ErrorContext, Sources};
use crate::syntax::ExprKind;
use crate::templates::errors;
use crate::types::CallKind;

impl Sources {
    /// Converts an error of Tera to diagnostics. It can be several problems only while templates are
    /// compiled.
    pub(super) fn diagnose_all(&self, error: &tera::Error, context: ErrorContext) -> Vec<Diagnostic> {
        match error.kind() {
            ErrorKind::SyntaxError(report) => vec![self.syntax(report)],
            ErrorKind::RenderingError(report) => vec![self.rendering(error, report, context)],
            ErrorKind::MissingParent { current, parent } => {
                let nearest = nearest(parent, self.names());
                vec![errors::missing_parent(parent, nearest, self.parent(current))]
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain } => {
                vec![errors::extends_cycle(tpl, inheritance_chain, self.below(tpl), self.file(tpl))]
            }
            ErrorKind::CircularInclude { tpl, include_chain } => {
                vec![errors::extends_cycle(tpl, include_chain, self.below(tpl), self.file(tpl))]
            }
            ErrorKind::Msg(message) if matches!(context, ErrorContext::Compiling) => {
                self.missing_names(message)
            }
            _ => vec![errors::template_error(&error.to_string(), self.context_place(context))],
        }
    }

    /// Returns the place where a template names the one that it extends.
    fn parent(&self, name: &str) -> Option<Place> {
        let parent = self.get(name)?.1.tree.parent.as_ref()?;
        self.place(name, &parent.span)
    }

    fn context_place(&self, context: ErrorContext) -> Option<Place> {
        match context {
            ErrorContext::Compiling => None,
            ErrorContext::Page { template } => self.file(template),
            ErrorContext::Call { place, .. } => Some(place.clone()),
        }
    }

    /// Returns the place where an error was raised.
    pub(crate) fn raised(&self, error: &tera::Error) -> Option<Place> {
        let ErrorKind::RenderingError(report) = error.kind() else { return None };
        self.reported(report)
    }

    /// Returns the place of an error of Tera.
    fn reported(&self, report: &ReportError) -> Option<Place> {
        let (_, template) = self.get(report.filename())?;
        match template.unlowered(&report.span().range) {
            Some(written) => Some(template.part(&written)),
            None => self.file(report.filename()),
        }
    }

    fn syntax(&self, report: &ReportError) -> Diagnostic {
        errors::template_syntax(report.message(), self.reported(report))
    }

    fn rendering(&self, error: &tera::Error, report: &ReportError, context: ErrorContext) -> Diagnostic {
        let message = report.message();
        let place = self.reported(report);
        if let Some(carried) = errors::uncarry(message) {
            if let Some(argument) = errors::undefined_argument_of(&carried) {
                let (variable, place) = self.argument(report, argument).unzip();
                return errors::undefined_argument(argument, variable).at(place);
            }
            let caller = || self.caller(error, report, &carried, context);
            let place = carried.place.clone().or_else(caller).or(place);
            return Diagnostic { place, ..carried };
        }
        let diagnostic = match undefined(message) {
            Some((name, available)) => {
                errors::undefined_variable(name, nearest(name, available.into_iter()), place)
            }
            None => errors::template_error(message, place),
        };
        match context {
            ErrorContext::Call { component, place } => {
                diagnostic.related(place.clone(), format!("\"{component}\" is called here"))
            }
            _ => diagnostic,
        }
    }

    /// Finds the expression that is given for an argument in the call that failed, and its place.
    pub(super) fn argument(&self, report: &ReportError, name: &str) -> Option<(&str, Place)> {
        let (_, template) = self.get(report.filename())?;
        let written = template.unlowered(&report.span().range)?;
        let calls = template.tree.exprs().filter_map(|expr| match &expr.kind {
            ExprKind::Function(call) | ExprKind::Filter { call, .. } => Some((&expr.span, call)),
            _ => None,
        });
        let around = calls.filter(|(span, _)| span.start <= written.start && written.end <= span.end);
        let given = around.filter_map(|(span, call)| Some((span.len(), call.argument(name)?)));
        let (_, argument) = given.min_by_key(|(len, _)| *len)?;
        let span = &argument.value.span;
        Some((&template.text[span.clone()], template.part(span)))
    }

    /// Reports names that do not exist. Tera puts them all in one text, each with its place in a line of its
    /// own.
    fn missing_names(&self, text: &str) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut message = None;
        for line in text.lines() {
            if let Some(said) = line.strip_prefix("error: ") {
                message = Some(said);
            } else if let Some(place) = line.trim_start().strip_prefix("--> ")
                && let Some(message) = message.take()
            {
                let nearest = self.nearest_name(message);
                found.push(errors::missing_name(message, nearest, self.line_place(place, message)));
            }
        }
        if found.is_empty() {
            found.push(self.duplicate_component(text).unwrap_or_else(|| errors::template_error(text, None)));
        }
        found
    }

    /// Reports a component that is declared twice. Tera's message quotes its name first, and then the two
    /// templates.
    fn duplicate_component(&self, text: &str) -> Option<Diagnostic> {
        let mut quoted = text.strip_prefix("Component ")?.split('`').skip(1).step_by(2);
        let (name, first, second) = (quoted.next()?, quoted.next()?, quoted.next()?);
        let declaration = |template| {
            let components = &self.get(template)?.1.tree.components;
            let declared = components.iter().find(|declared| &*declared.name.value == name)?;
            self.place(template, &declared.name.span)
        };
        Some(errors::duplicate_component(name, declaration(second), declaration(first)))
    }

    /// Returns the name that was most likely meant by the one that a message quotes after its kind.
    fn nearest_name(&self, message: &str) -> Option<&str> {
        let quoted = message.split('`').nth(1)?;
        match message.split(' ').nth(1)? {
            "template" => nearest(quoted, self.names()),
            "filter" => nearest(quoted, self.signatures.names(CallKind::Filter)),
            "test" => nearest(quoted, self.signatures.names(CallKind::Test)),
            "function" => nearest(quoted, self.signatures.names(CallKind::Function)),
            _ => None,
        }
    }

    /// Returns the place of `name:line:column`, as long as the name that the message quotes.
    pub(super) fn line_place(&self, text: &str, message: &str) -> Option<Place> {
        let mut parts = text.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let name = parts.next()?;
        let (_, template) = self.get(name)?;
        let text = template.given();
        let line_start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let in_line = &text[line_start..];
        let start = in_line.char_indices().nth(column - 1).map_or(0, |(at, _)| at);
        let quoted = message.split('`').nth(1).unwrap_or_default();
        let start = line_start + start + in_line[start..].find(quoted).unwrap_or(0);
        Some(template.part(&template.unlowered(&(start..start + quoted.len()))?))
    }
}

/// Reads the name that a message says is not defined, and those that are.
fn undefined(message: &str) -> Option<(&str, Vec<&str>)> {
    let (said, available) =
        message.split_once("is not defined").or_else(|| message.split_once("exists but"))?;
    let name = said.split('`').nth(1)?;
    let names = available.rsplit(": ").next().unwrap_or_default();
    Some((name, names.split(", ").collect()))
}
