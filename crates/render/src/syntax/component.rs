//! Reads declarations and calls of components.

use std::sync::Arc;

use sitegen_parser::{Span, Spanned};

use super::cursor::{BodyKind, OpenBody, Parsed, TreeReader};
use super::lexeme::LexemeKind;
use super::{
    ComponentDeclaration, ComponentUse, Expr, ExprKind, Literal, MapElement, MapKey, Name, Parameter,
    ParameterType, TemplateNode, TreeGaps, UnaryOperator, errors,
};

/// The variable that holds the body of a component.
const BODY: &str = "body";

impl TreeReader<'_, '_> {
    /// Reads `<name arguments />` in an expression.
    pub(super) fn component_inline(&mut self) -> Parsed<Expr> {
        let start = self.span().start;
        self.at += 1;
        let name = self.expect_dotted()?;
        let arguments = self.component_arguments()?;
        if self.is_sign(">") {
            let span = start..self.span().end;
            let message = format!(
                "a component around a body is called in a tag: `{{% <{0}> %}}…{{% </{0}> %}}`; without one, it ends in `/>`",
                name.value
            );
            return Err(self.fault(&message, span));
        }
        if !self.take_sign("/") {
            return Err(self.unexpected("an argument or `/>`"));
        }
        self.expect_sign(">")?;
        let call = ComponentUse { name, arguments, body: None };
        Ok(self.expr(start, ExprKind::Component(Box::new(call))))
    }

    /// Reads `{% <name arguments> %}…{% </name> %}`.
    pub(super) fn component_around(&mut self) -> Option<TemplateNode> {
        let start = self.span().start;
        self.at += 1;
        let header = self.header_of_component();
        let span = start..self.end();
        let open = OpenBody { kind: BodyKind::Capture("component's body"), span };
        let name = header.as_ref().map(|(name, _)| name.clone());
        let body = self.closed(&open, &["</"], |reader| {
            let end = reader.expect_dotted()?;
            if let Some(name) = &name {
                reader.expect_same("component", name, &end)?;
            }
            reader.expect_sign(">")
        });
        let (name, arguments) = header?;
        let call = ComponentUse { name, arguments, body: Some(body) };
        Some(TemplateNode::Print(self.expr(start, ExprKind::Component(Box::new(call)))))
    }

    fn header_of_component(&mut self) -> Option<(Name, Vec<MapElement>)> {
        self.header(|reader| {
            let name = reader.expect_dotted()?;
            let arguments = reader.component_arguments()?;
            reader.expect_sign(">")?;
            Ok((name, arguments))
        })
    }

    /// Reads `name="text" other={expression} short {...rest}`.
    fn component_arguments(&mut self) -> Parsed<Vec<MapElement>> {
        let mut arguments = Vec::new();
        loop {
            if matches!(self.peek(), Some(LexemeKind::Word(_))) {
                let name = self.expect_name("the name of an argument")?;
                let value = if self.take_sign("=") {
                    self.component_argument()?
                } else {
                    self.expr(name.span.start, ExprKind::Variable(Arc::clone(&name.value)))
                };
                let key = Spanned { value: MapKey::Text(name.value), span: name.span };
                arguments.push(MapElement::Entry { key, value });
            } else if self.take_sign("{") {
                self.expect_sign("...")?;
                arguments.push(MapElement::Spread(self.expression(0)?));
                self.expect_sign("}")?;
            } else {
                return Ok(arguments);
            }
        }
    }

    fn component_argument(&mut self) -> Parsed<Expr> {
        let start = self.span().start;
        if let Some(LexemeKind::Text(text)) = self.peek() {
            let text = Literal::Text(Arc::from(&**text));
            self.at += 1;
            return Ok(self.expr(start, ExprKind::Literal(text)));
        }
        if !self.take_sign("{") {
            return Err(self.unexpected("a text in quotation marks or an expression in braces"));
        }
        let value = self.expression(0)?;
        self.expect_sign("}")?;
        Ok(value)
    }

    /// Reads `{% component name(parameters) {metadata} %}…{% endcomponent %}`.
    pub(super) fn component_declaration(&mut self, span: Span) {
        if let Some(open) = self.open.last().cloned() {
            let (place, within) = (self.place(span.clone()), self.place(open.span));
            let message = "a component cannot be declared in another statement";
            self.report(errors::misplaced(message, place, within, open.kind.name()));
        }
        let header = self.header(|reader| {
            let name = reader.expect_dotted()?;
            reader.check_component(&name);
            reader.expect_sign("(")?;
            let (parameters, rest) = reader.parameters()?;
            let metadata = reader.metadata()?;
            Ok(ComponentDeclaration { name, parameters, rest, metadata, body: Vec::new() })
        });
        if header.is_none() {
            self.gaps = TreeGaps::Components;
        }
        let open = OpenBody { kind: BodyKind::Component, span };
        let name = header.as_ref().map(|header| header.name.clone());
        let body = self.closed(&open, &["endcomponent"], |reader| {
            if matches!(reader.peek(), Some(LexemeKind::Word(_))) {
                let end = reader.expect_dotted()?;
                if let Some(name) = &name {
                    reader.expect_same("component", name, &end)?;
                }
            }
            Ok(())
        });
        if let Some(header) = header {
            self.components.push(ComponentDeclaration { body, ..header });
        }
    }

    fn check_component(&mut self, name: &Name) {
        if let Some(first) = self.components.iter().find(|known| known.name.value == name.value) {
            let (first, place) = (self.place(first.name.span.clone()), self.place(name.span.clone()));
            self.report(errors::again("component", &name.value, place, first));
        }
    }

    fn metadata(&mut self) -> Parsed<Option<Expr>> {
        let start = self.span().start;
        if !self.take_sign("{") {
            return Ok(None);
        }
        let map = self.map(start)?;
        if map.is_constant() {
            return Ok(Some(map));
        }
        Err(self.fault("the metadata of a component can only hold values that are written out", map.span))
    }

    fn parameters(&mut self) -> Parsed<(Vec<Parameter>, Option<Name>)> {
        let mut parameters: Vec<Parameter> = Vec::new();
        while self.next_element(")", parameters.is_empty())? {
            if self.take_sign("...") {
                let rest = self.rest_parameter(&parameters)?;
                return Ok((parameters, Some(rest)));
            }
            let parameter = self.parameter(&parameters)?;
            parameters.push(parameter);
        }
        Ok((parameters, None))
    }

    fn rest_parameter(&mut self, before: &[Parameter]) -> Parsed<Name> {
        let rest = self.parameter_name(before)?;
        if !self.take_sign(")") {
            return Err(self.unexpected("`)`, since the parameter for all other arguments is the last"));
        }
        Ok(rest)
    }

    fn parameter_name(&mut self, before: &[Parameter]) -> Parsed<Name> {
        let name = self.expect_name("the name of a parameter")?;
        if &*name.value == BODY {
            return Err(self.fault("`body` is what stands between a component's tags", name.span));
        }
        if let Some(first) = before.iter().find(|known| known.name.value == name.value) {
            let (first, place) = (self.place(first.name.span.clone()), self.place(name.span));
            return Err(self.report(errors::again("parameter", &name.value, place, first)));
        }
        Ok(name)
    }

    fn parameter(&mut self, before: &[Parameter]) -> Parsed<Parameter> {
        let is_implicit = self.take_sign("@");
        let name = self.parameter_name(before)?;
        let mut wants = None;
        if self.take_sign(":") {
            wants = Some(self.parameter_type()?);
        }
        let mut default = None;
        if self.take_sign("=") {
            let value = self.default()?;
            let given = value.parameter_type();
            if let (Some(wants), Some(given)) = (wants, given)
                && !wants.takes(given)
            {
                let message = format!(
                    "the default is of type {}, the parameter of type {}",
                    given.name(),
                    wants.name()
                );
                return Err(self.fault(&message, value.span));
            }
            wants = wants.or(given);
            default = Some(value);
        }
        Ok(Parameter { name, is_implicit, wants, default })
    }

    fn parameter_type(&mut self) -> Parsed<ParameterType> {
        let names = ParameterType::NAMES.map(|(name, _)| name).join(", ");
        let expected = format!("a type: {names}");
        let name = match self.peek() {
            Some(LexemeKind::Word(word)) => *word,
            _ => return Err(self.unexpected(&expected)),
        };
        let Some(wants) = ParameterType::read(name) else { return Err(self.unexpected(&expected)) };
        self.at += 1;
        Ok(wants)
    }

    fn default(&mut self) -> Parsed<Expr> {
        let start = self.span().start;
        let literal = match self.peek() {
            Some(LexemeKind::Bool(value)) => Literal::Bool(*value),
            Some(LexemeKind::Text(text)) => Literal::Text(Arc::from(&**text)),
            Some(LexemeKind::Int(number)) => Literal::Int(*number),
            Some(LexemeKind::Float(number)) => Literal::Float(*number),
            Some(LexemeKind::Word("none" | "None" | "null")) => Literal::None,
            Some(LexemeKind::Sign("-")) => {
                self.at += 1;
                let number = self.number()?;
                return Ok(self
                    .expr(start, ExprKind::Unary { operator: UnaryOperator::Minus, of: Box::new(number) }));
            }
            Some(LexemeKind::Sign(sign @ ("[" | "{"))) => {
                let is_list = *sign == "[";
                self.at += 1;
                let value = if is_list { self.list(start) } else { self.map(start) }?;
                if value.is_constant() {
                    return Ok(value);
                }
                return Err(self.fault("a default can only hold values that are written out", value.span));
            }
            _ => {
                return Err(self.unexpected(
                    "a default that is written out: a text, a number, true, false, none, a list or a map",
                ));
            }
        };
        self.at += 1;
        Ok(self.expr(start, ExprKind::Literal(literal)))
    }

    fn number(&mut self) -> Parsed<Expr> {
        let start = self.span().start;
        let literal = match self.peek() {
            Some(LexemeKind::Int(number)) => Literal::Int(*number),
            Some(LexemeKind::Float(number)) => Literal::Float(*number),
            _ => return Err(self.unexpected("a number")),
        };
        self.at += 1;
        Ok(self.expr(start, ExprKind::Literal(literal)))
    }
}
