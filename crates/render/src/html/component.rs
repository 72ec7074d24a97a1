//! Components that Markdown calls, their arguments checked against their declarations.

use sitegen_model::nearest;
use sitegen_parser::{Argument, Call, Diagnostic, Span, Spanned, Value as Given};
use tera::{ComponentArg, ComponentArgType, ComponentInfo, Context, Value};

use super::writer::{Open, Writer};
use crate::bounded::{Bounded, is_full};
use crate::errors;
use crate::templates::Origin;

impl Writer<'_> {
    pub(super) fn end_component(&mut self) {
        if let (Some(Open::Component(call)), body) = self.take_apart() {
            self.component(call, Some(&body));
        }
    }

    pub(super) fn component(&mut self, call: &Call, body: Option<&str>) {
        let Some(info) = self.renderer.tera.get_component_definition(&call.name.value) else {
            let names = self.renderer.tera.get_component_names();
            let nearest = nearest(&call.name.value, names);
            let place = self.place(&call.name.span);
            self.diagnostics.push(errors::unknown_component(&call.name.value, nearest, place));
            return;
        };
        let before = self.diagnostics.len();
        let arguments = self.arguments(call, &info);
        if self.diagnostics.len() == before {
            self.render_component(&call.name.value, &arguments, body, &call.name.span);
        }
    }

    fn arguments(&mut self, call: &Call, info: &ComponentInfo) -> Context {
        let mut context = Context::new();
        for argument in &call.arguments {
            match self.argument(argument, info) {
                Ok(value) => context.insert_value(argument.name.value.clone(), value),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        let given = |name: &str| call.arguments.iter().any(|argument| argument.name.value == name);
        for missing in info.args().iter().filter(|arg| arg.is_required() && !given(arg.name())) {
            let place = self.place(&call.name.span);
            self.diagnostics.push(errors::missing_argument(info.name(), missing.name(), place));
        }
        context
    }

    fn argument(&self, argument: &Argument, info: &ComponentInfo) -> Result<Value, Diagnostic> {
        let name = argument.name.value.as_str();
        let declared = info.args().iter().find(|arg| arg.name() == name);
        if declared.is_none() && info.rest_param().is_none() {
            let nearest = nearest(name, info.args().iter().map(ComponentArg::name));
            let place = self.place(&argument.name.span);
            return Err(errors::unknown_argument(info.name(), name, nearest, place));
        }
        let value = self.value(&argument.value)?;
        match declared.and_then(ComponentArg::arg_type).filter(|kind| !fits(&value, *kind)) {
            None => Ok(value),
            Some(kind) => {
                let place = self.place(&argument.value.span);
                Err(errors::wrong_argument(info.name(), name, kind.as_str(), place))
            }
        }
    }

    /// A name that begins with `@` is the record itself.
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
        match self.renderer.tera.render_component_to(name, arguments, body, true, &mut html) {
            Ok(()) => self.html().push_str(&html.into_text()),
            Err(error) if is_full(&error) => {
                let place = self.place(span);
                self.diagnostics.push(errors::page_too_large(Some(place)));
            }
            Err(error) => {
                let origin = Origin::Call { component: name, place: &self.place(span) };
                let found = self.renderer.sources.diagnose(&error, origin);
                self.diagnostics.push(found);
            }
        }
    }
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
