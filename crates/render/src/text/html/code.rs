//! Code blocks.

use std::fmt::Write;
use std::sync::Arc;

use sitegen_model::{Id, external, nearest};
use sitegen_parser::{CodeOrigin, Info, LineMark, Span};
use tera::{ComponentInfo, Context};

use super::attributes::push;
use super::component_of_code;
use super::writer::{OpenTag, Writer};
use crate::ground::escape::{escape, push_escaped};
use crate::text::errors;
use crate::text::highlight::{Uncoloured, lines};

impl Writer<'_> {
    pub(super) fn end_code(&mut self) {
        let (Some(OpenTag::Code { info, span, text }), code) = self.take_apart() else { return };
        self.check_info(info, &code);
        let component = component_of_code(info, |name| self.renderer.tera.contains_component(name));
        let language = info.language.as_ref().map_or("", |name| &name.value);
        let block = if language.eq_ignore_ascii_case("math") {
            self.formula_block(&code, &text.unwrap_or_else(|| span.clone()))
        } else {
            self.pre(info, &code, component.as_deref())
        };
        let second = || info.words.get(1).map_or("", |word| word.value.as_str());
        let title = info.title.as_deref().unwrap_or_else(second);
        let Some(name) = component else {
            let block = self.captioned(block, info);
            return self.html().push_str(&block);
        };
        let arguments = self.declared(&name, &[("language", language), ("title", title), ("text", &code)]);
        let block = if arguments.contains_key("title") { block } else { self.captioned(block, info) };
        self.render_component(&name, &arguments, Some(&block), &span);
    }

    /// Reports the parts of an info string that mean nothing.
    fn check_info(&mut self, info: &Info, code: &str) {
        for name in &info.unknown {
            let nearest = nearest(&name.value, Info::NAMES.into_iter());
            let place = self.place(&name.span);
            self.diagnostics.push(errors::unknown_code_attribute(&name.value, nearest, place));
        }
        if info.lines.is_empty() {
            return;
        }
        let count = code.lines().count();
        for lines in info.lines.iter().filter(|lines| lines.last > count) {
            let place = self.place(&lines.span);
            self.diagnostics.push(errors::no_such_line(lines.last, count, place));
        }
    }

    /// Returns those of the arguments that a component takes.
    fn declared(&self, name: &str, arguments: &[(&'static str, &str)]) -> Context {
        let info = self.renderer.tera.get_component_definition(name);
        let declared = |name: &str| info.iter().flat_map(ComponentInfo::args).any(|arg| arg.name() == name);
        let mut context = Context::new();
        for (name, value) in arguments.iter().filter(|(name, _)| declared(name)) {
            context.insert(*name, value);
        }
        context
    }

    fn pre(&mut self, info: &Info, code: &str, component: Option<&str>) -> String {
        let mut html = "<pre class=\"code".to_owned();
        let is_class = |word: &&str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if let Some(word) = info.words.first().map(|word| word.value.as_str()).filter(is_class) {
            html.push_str(" code-");
            push_escaped(&mut html, word);
        }
        html.push('"');
        if let Some(id) = &info.id {
            push(&mut html, "id", &id.name);
        }
        html.push_str(" tabindex=\"0\"><code");
        if let Some(language) = &info.language {
            html.push_str(" class=\"language-");
            push_escaped(&mut html, &language.value);
            html.push('"');
        }
        html.push('>');
        let source = code;
        let code = self.highlighted(source, info, component);
        if info.is_about_lines() {
            push_lines(&mut html, &code, source, info);
        } else {
            html.push_str(&code);
        }
        html.push_str("</code></pre>\n");
        html
    }

    fn highlighted(&mut self, code: &str, info: &Info, component: Option<&str>) -> Arc<str> {
        let Some(language) = &info.language else { return escape(code).into() };
        let config = &self.renderer.model.config.markdown;
        if !config.highlight || config.plain_languages.contains(&language.value.to_lowercase()) {
            return escape(code).into();
        }
        let id = Id::of(&(&language.value, code));
        if let Some(html) = self.made_before(id) {
            return html;
        }
        let html: Arc<str> = match self.renderer.highlighter.highlight(code, &language.value) {
            Ok(html) => html.into(),
            Err(why) => {
                let is_shown_otherwise = component.is_some() && why == Uncoloured::UnknownLanguage;
                if !is_shown_otherwise {
                    self.uncoloured(why, &language.value, &language.span);
                }
                return escape(code).into();
            }
        };
        self.codes.insert(id, Arc::clone(&html));
        html
    }

    /// Puts a block below its title, with a link to the file that the code was taken from.
    fn captioned(&self, block: String, info: &Info) -> String {
        let Some(title) = info.title.as_deref().map(escape) else { return block };
        let mut html = "<figure class=\"code-block\"><figcaption>".to_owned();
        let url = self.renderer.model.config.markdown.source_url.as_deref();
        match url.zip(info.origin.as_ref()) {
            Some((url, origin)) => {
                html.push_str("<a");
                push(&mut html, "href", &address(url, origin));
                let _ = write!(html, ">{title}</a>");
            }
            None => html.push_str(&title),
        }
        let _ = writeln!(html, "</figcaption>\n{block}</figure>");
        html
    }

    fn uncoloured(&mut self, why: Uncoloured, language: &str, name: &Span) {
        let place = self.place(name);
        let found = match why {
            Uncoloured::UnknownLanguage => {
                errors::unknown_language(language, self.meant(language).as_deref(), place)
            }
            Uncoloured::LongLine(bytes) => errors::code_too_long("a line of this code", bytes, place),
            Uncoloured::Long(bytes) => errors::code_too_long("this code", bytes, place),
        };
        self.diagnostics.push(found);
    }

    /// Returns the HTML of code or a formula that was made before: for an earlier build, or earlier in the
    /// text.
    pub(super) fn made_before(&mut self, id: Id) -> Option<Arc<str>> {
        let html = self.coloured.get(&id).or_else(|| self.codes.get(&id)).cloned()?;
        self.codes.insert(id, Arc::clone(&html));
        Some(html)
    }

    /// Returns the language that an unknown name may stand for.
    fn meant(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.meant.get(name) {
            return known.clone();
        }
        let has_room = self.meant.len() < MAX_MEANT;
        let nearest = has_room.then(|| self.renderer.highlighter.nearest(name).map(str::to_owned))?;
        self.meant.insert(name.to_owned(), nearest.clone());
        nearest
    }
}

/// The most unknown languages of a text for which a suggestion is sought, because that takes as long as
/// coloring much code.
const MAX_MEANT: usize = 100;

/// Returns the URL where readers find the file that code was taken from.
fn address(url: &str, origin: &CodeOrigin) -> String {
    // These characters would end a path.
    let path = origin.path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    let url = url.replace("{start}", &origin.first.to_string()).replace("{end}", &origin.last.to_string());
    external(&url.replace("{path}", &path))
}

/// Writes code with an element for each line: `mark`, `ins` or `del` if the line is marked so, with its
/// number as `data-line`.
fn push_lines(html: &mut String, coloured: &str, code: &str, info: &Info) {
    let lines = lines::split(coloured).unwrap_or_else(|| code.lines().map(escape).collect());
    for (index, line) in lines.iter().enumerate() {
        let said = info.lines.iter().rfind(|lines| (lines.first..=lines.last).contains(&(index + 1)));
        let tag = match said.map(|lines| lines.mark) {
            None => "span",
            Some(LineMark::Marked) => "mark",
            Some(LineMark::Inserted) => "ins",
            Some(LineMark::Deleted) => "del",
        };
        let _ = write!(html, "<{tag} class=\"line\"");
        if let Some(first) = info.first_number {
            let _ = write!(html, " data-line=\"{}\"", first.saturating_add(index));
        }
        let _ = writeln!(html, ">{line}</{tag}>");
    }
}
