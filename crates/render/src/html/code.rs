//! Code blocks.

use std::sync::Arc;

use sitegen_model::Id;
use sitegen_parser::Span;
use tera::{ComponentInfo, Context};

use super::writer::{Open, Writer};
use crate::errors;
use crate::highlight::{UnknownLanguage, escape, push_escaped};

impl Writer<'_> {
    pub(super) fn end_code(&mut self) {
        let (Some(Open::Code { language, words, span }), code) = self.take_apart() else { return };
        let block = self.code_block(&code, language, words, &span);
        let component = words.first().map(|word| format!("code_{word}"));
        match component.filter(|name| self.renderer.tera.contains_component(name)) {
            Some(name) => {
                let arguments = [
                    ("language", language.unwrap_or_default()),
                    ("title", words.get(1).map_or("", String::as_str)),
                ];
                let arguments = self.declared(&name, &arguments);
                self.render_component(&name, &arguments, Some(&block), &span);
            }
            None => self.html().push_str(&block),
        }
    }

    /// Those arguments that a component takes.
    fn declared(&self, name: &str, arguments: &[(&'static str, &str)]) -> Context {
        let info = self.renderer.tera.get_component_definition(name);
        let declared = |name: &str| info.iter().flat_map(ComponentInfo::args).any(|arg| arg.name() == name);
        let mut context = Context::new();
        for (name, value) in arguments.iter().filter(|(name, _)| declared(name)) {
            context.insert(*name, value);
        }
        context
    }

    fn code_block(&mut self, code: &str, language: Option<&str>, words: &[String], span: &Span) -> String {
        let mut html = "<pre class=\"code".to_owned();
        let is_class = |word: &&String| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if let Some(word) = words.first().filter(is_class) {
            html.push_str(" code-");
            push_escaped(&mut html, word);
        }
        html.push_str("\" tabindex=\"0\"><code");
        if let Some(language) = language {
            html.push_str(" class=\"language-");
            push_escaped(&mut html, language);
            html.push('"');
        }
        html.push('>');
        html.push_str(&self.highlighted(code, language, span));
        html.push_str("</code></pre>\n");
        html
    }

    fn highlighted(&mut self, code: &str, language: Option<&str>, span: &Span) -> String {
        let Some(language) = language else { return escape(code) };
        let id = Id::of(&(language, code));
        let html = match self.coloured.get(&id) {
            Some(html) => Arc::clone(html),
            None => match self.renderer.highlighter.highlight(code, language) {
                Ok(html) => html.into(),
                Err(UnknownLanguage) => {
                    let place = self.place(span);
                    self.diagnostics.push(errors::unknown_language(language, place));
                    return escape(code);
                }
            },
        };
        self.codes.insert(id, Arc::clone(&html));
        html.to_string()
    }
}
