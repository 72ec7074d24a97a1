//! Formulas.

use std::sync::Arc;

use sitegen_model::Id;
use sitegen_parser::{Span, Spanned};

use super::writer::Writer;
use crate::ground::escape::escape;
use crate::text::errors;
use crate::text::math::{MathStyle, mathml};

impl Writer<'_> {
    pub(super) fn formula(&mut self, formula: &Spanned<String>, style: MathStyle) {
        let html = self.mathml(&formula.value, &formula.span, style);
        self.html().push_str(&html);
    }

    /// Writes the formula of a block of code; `span` is that of the code without the fences.
    pub(super) fn formula_block(&mut self, latex: &str, span: &Span) -> String {
        let shown = latex.trim_end();
        let span =
            if span.len() == latex.len() { span.start..span.start + shown.len() } else { span.clone() };
        format!("<p>{}</p>\n", self.mathml(shown, &span, MathStyle::Display))
    }

    /// Converts a formula to MathML, or to code if it cannot be read.
    fn mathml(&mut self, latex: &str, span: &Span, style: MathStyle) -> Arc<str> {
        let id = Id::of(&(style, latex));
        if let Some(html) = self.made_before(id) {
            return html;
        }
        let html: Arc<str> = match mathml(latex, style) {
            Ok(html) => html.into(),
            Err(fault) => {
                // The span is not exact if lines of the formula begin with marks of lists or quotes.
                let is_literal = span.len() == latex.len();
                let within = span.start + fault.span.start..span.start + fault.span.end;
                let place = self.place(if is_literal { &within } else { span });
                self.diagnostics.push(errors::invalid_formula(&fault.message, place));
                return format!("<code>{}</code>", escape(latex.trim())).into();
            }
        };
        self.codes.insert(id, Arc::clone(&html));
        html
    }
}
