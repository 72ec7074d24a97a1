//! Components that Markdown calls, their arguments checked against their declarations.

use std::fmt::Write;

use sitegen_model::{Id, nearest};
use sitegen_parser::{
    Argument, Call, Diagnostic, Span, Spanned, Spelling, Within, WrittenValue as Given, component_name,
    ignored_shortcode, unescape,
};
use tera::{ComponentArg, ComponentArgType, ComponentInfo, Context, Value};

use super::alert;
use super::writer::{OpenTag, Writer};
use crate::ground::bounded::{Bounded, is_full};
use crate::ground::budget::PAGE_STEPS;
use crate::templates::ErrorContext;
use crate::text::errors;

impl Writer<'_> {
    pub(super) fn end_component(&mut self) {
        if let (Some(OpenTag::Component { call, title, .. }), body) = self.take_apart() {
            self.component(call, title, Some(&body));
        }
    }

    pub(super) fn end_title(&mut self) {
        let (_, html) = self.take_apart();
        if let Some(OpenTag::Component { title, .. }) = self.last_open() {
            *title = Some(html);
        }
    }

    pub(super) fn component(&mut self, call: &Call, title: Option<String>, body: Option<&str>) {
        if call.spelling == Spelling::Shortcode {
            return self.shortcode(call, body);
        }
        let enclosing = self.enclosing();
        match self.renderer.tera.get_component_definition(&call.name.value) {
            Some(info) => self.declared_component(call, title, body, &info, enclosing),
            None if alert::is_built_in(call) => self.alert(call, title, body.unwrap_or_default()),
            None => match alert::kin(call) {
                Some((kin, named)) => self.component(&kin, Some(title.unwrap_or(named)), body),
                None => {
                    self.unknown_component(call);
                    self.bare(title, body);
                }
            },
        }
    }

    /// Writes a shortcode of another program: the component that stands for it, or else the content between
    /// its tags.
    fn shortcode(&mut self, call: &Call, body: Option<&str>) {
        let enclosing = self.enclosing();
        let mut known = call.clone();
        known.name.value = component_name(&call.name.value);
        let info = self.renderer.tera.get_component_definition(&known.name.value);
        let is_given =
            |arg: &ComponentArg| known.arguments.iter().any(|given| given.name.value == arg.name());
        let has_all =
            |info: &ComponentInfo| info.args().iter().all(|arg| !arg.is_required() || is_given(arg));
        let Some(info) = info.filter(has_all) else {
            let place = self.place(&call.name.span);
            self.diagnostics.push(ignored_shortcode(place, &call.name.value));
            return self.html().push_str(body.unwrap_or_default());
        };
        let is_taken = |argument: &Argument| takes(&info, &argument.name.value);
        if let Some(lost) = call.arguments.iter().find(|argument| !is_taken(argument)) {
            let place = self.place(&lost.value.span);
            self.diagnostics.push(errors::lost_arguments(&call.name.value, place));
        }
        known.arguments.retain(is_taken);
        // A shortcode without an end tag has no content.
        self.declared_component(&known, None, Some(body.unwrap_or_default()), &info, enclosing);
    }

    fn unknown_component(&mut self, call: &Call) {
        let (name, place) = (&call.name.value, self.place(&call.name.span));
        let names = self.renderer.tera.get_component_names();
        self.diagnostics.push(if call.spelling == Spelling::Tag {
            errors::unknown_component(name, nearest(name, names), place)
        } else {
            let mut names: Vec<_> = names.filter(|name| self.is_callout(name)).chain(alert::NAMES).collect();
            names.sort_unstable();
            names.dedup();
            errors::unknown_directive(name, nearest(name, names.iter().copied()), &names, place)
        });
    }

    /// Writes the content of a call whose component does not exist, because a site may be published all the
    /// same.
    fn bare(&mut self, title: Option<String>, body: Option<&str>) {
        if let Some(title) = title {
            let _ = writeln!(self.html(), "<p>{title}</p>");
        }
        self.html().push_str(body.unwrap_or_default());
    }

    /// Returns true if a component can be called with a title and a body, and nothing else.
    fn is_callout(&self, name: &str) -> bool {
        let info = self.renderer.tera.get_component_definition(name);
        let is_given = |arg: &ComponentArg| arg.name() == "title" || !arg.is_required() && !arg.is_implicit();
        !name.starts_with("code_")
            && info.is_some_and(|info| takes(&info, "title") && info.args().iter().all(is_given))
    }

    fn declared_component(
        &mut self,
        call: &Call,
        title: Option<String>,
        body: Option<&str>,
        info: &ComponentInfo,
        enclosing: Option<(&Call, usize)>,
    ) {
        let before = self.diagnostics.len();
        let mut arguments = self.arguments(call, title.is_some(), info);
        if let Some((outer, number)) = enclosing {
            self.place_among(call, outer, number, info, &mut arguments);
        }
        if let Some(title) = title {
            if takes(info, "title") {
                arguments.insert_value("title", inline(&title));
            } else {
                let place = self.place(&call.name.span);
                self.diagnostics.push(errors::unknown_argument(info.name(), "title", None, place));
            }
        }
        if self.diagnostics.len() == before {
            self.render_component(&call.name.value, &arguments, body, &call.name.span);
        }
    }

    fn arguments(&mut self, call: &Call, has_title: bool, info: &ComponentInfo) -> Context {
        let mut context = Context::new();
        for argument in &call.arguments {
            match self.argument(argument, call.spelling, info) {
                Ok(value) => context.insert_value(argument.name.value.clone(), value),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        let given = |name: &str| {
            has_title && name == "title" || call.arguments.iter().any(|argument| argument.name.value == name)
        };
        for missing in info.args().iter().filter(|arg| arg.is_required() && !given(arg.name())) {
            let place = self.place(&call.name.span);
            self.diagnostics.push(errors::missing_argument(info.name(), missing.name(), place));
        }
        context
    }

    /// Tells a component that asks for it the call around it, by a name that is unique on the page, and its
    /// number in that call.
    fn place_among(&self, call: &Call, outer: &Call, number: usize, info: &ComponentInfo, to: &mut Context) {
        let asks = |name: &str| {
            let is_given = call.arguments.iter().any(|argument| argument.name.value == name);
            !is_given && info.args().iter().any(|arg| arg.name() == name)
        };
        if asks("within") {
            let place = (&**self.path, &outer.name.span, &outer.name.value);
            to.insert("within", &Id::of(&place).digits());
        }
        if asks("nth") {
            to.insert("nth", &number);
        }
    }

    fn argument(
        &self,
        argument: &Argument,
        spelling: Spelling,
        info: &ComponentInfo,
    ) -> Result<Value, Diagnostic> {
        let name = argument.name.value.as_str();
        let declared = info.args().iter().find(|arg| arg.name() == name);
        if !takes(info, name) {
            let nearest = nearest(name, info.args().iter().map(ComponentArg::name));
            let place = self.place(&argument.name.span);
            if spelling == Spelling::Alert {
                return Err(errors::not_foldable(info.name(), place));
            }
            return Err(errors::unknown_argument(info.name(), name, nearest, place));
        }
        let kind = declared.and_then(ComponentArg::arg_type);
        let value = match (&argument.value.value, spelling) {
            (Given::String(text), Spelling::Directive) if !text.starts_with('@') => word(text, kind),
            (Given::String(text), Spelling::Shortcode) => word(text, kind),
            _ => self.value(&argument.value)?,
        };
        match kind.filter(|kind| !fits(&value, *kind)) {
            None => Ok(value),
            Some(kind) => {
                let place = self.place(&argument.value.span);
                Err(errors::wrong_argument(info.name(), name, kind.as_str(), place))
            }
        }
    }

    /// Converts an argument's value. A name that begins with `@` becomes the record itself.
    fn value(&self, given: &Spanned<Given>) -> Result<Value, Diagnostic> {
        Ok(match &given.value {
            Given::Bool(value) => (*value).into(),
            Given::Int(value) => (*value).into(),
            Given::Float(value) => (*value).into(),
            Given::String(text) => match text.strip_prefix('@') {
                Some(key) => self.record_value(key, &given.span)?,
                None => text.as_str().into(),
            },
            _ => Value::none(),
        })
    }

    fn record_value(&self, key: &str, span: &Span) -> Result<Value, Diagnostic> {
        let model = &self.renderer.model;
        let Some(id) = model.record(key, &self.place(span))? else { return Ok(Value::none()) };
        Ok(self.renderer.values.whole(id).clone())
    }

    pub(super) fn render_component(
        &mut self,
        name: &str,
        arguments: &Context,
        body: Option<&str>,
        span: &Span,
    ) {
        let mut html = Bounded::default();
        let (tera, budgets) = (&self.renderer.tera, &self.renderer.budgets);
        let render = || tera.render_component_to(name, arguments, body, true, &mut html);
        match budgets.render(PAGE_STEPS, render) {
            Ok(()) => self.html().push_str(&html.into_text()),
            Err(error) if is_full(&error) => {
                let place = self.place(span);
                self.diagnostics.push(errors::page_too_large(Some(place)));
            }
            Err(error) => {
                let context = ErrorContext::Call { component: name, place: &self.place(span) };
                let found = self.renderer.sources.diagnose(&error, context);
                self.diagnostics.push(found);
            }
        }
    }
}

/// Returns true if a component takes an argument of a name.
fn takes(info: &ComponentInfo, name: &str) -> bool {
    info.rest_param().is_some() && !name.is_empty() || info.args().iter().any(|arg| arg.name() == name)
}

/// Converts the HTML of a line to an argument, which is plain text if the HTML is no more than that.
fn inline(html: &str) -> Value {
    if html.contains('<') { Value::safe_string(html) } else { unescape(html, Within::Text).as_ref().into() }
}

/// Converts a word to the declared type, or else to the number or truth value that it is written as.
fn word(text: &str, kind: Option<ComponentArgType>) -> Value {
    let is_wanted = |wanted: &[ComponentArgType]| kind.is_none_or(|kind| wanted.contains(&kind));
    if let Ok(value) = text.parse::<bool>()
        && is_wanted(&[ComponentArgType::Bool])
    {
        return value.into();
    }
    if let Ok(value) = text.parse::<i64>()
        && (kind.is_some() || value.to_string() == text)
        && is_wanted(&[ComponentArgType::Integer, ComponentArgType::Number])
    {
        return value.into();
    }
    if let Ok(value) = text.parse::<f64>()
        && value.is_finite()
        && (kind.is_some() || value.to_string() == text)
        && is_wanted(&[ComponentArgType::Float, ComponentArgType::Number])
    {
        return value.into();
    }
    text.into()
}

fn fits(value: &Value, kind: ComponentArgType) -> bool {
    match kind {
        ComponentArgType::String => value.is_string(),
        ComponentArgType::Bool => value.is_bool(),
        ComponentArgType::Integer => value.as_i128().is_some() && !value.is_f64(),
        ComponentArgType::Float => value.is_f64(),
        ComponentArgType::Number => value.is_number(),
        ComponentArgType::Array => value.is_array(),
        ComponentArgType::Map => value.is_map(),
        _ => true,
    }
}
