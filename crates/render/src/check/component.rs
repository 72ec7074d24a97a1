//! Calls of components, and components checked for the types that they are called with.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_parser::Span;

use super::call::meant;
use super::expression::ValueRole;
use super::node::MAX_DEPTH;
use super::scope::{NameScope, ScopeNames};
use super::{CheckPosition, TemplateChecker, errors};
use crate::syntax::{
    ComponentDeclaration, ComponentUse, MapElement, MapKey, Parameter, ParameterType, TreeGaps,
};
use crate::types::{KindSet, Type};

/// The name under which a component sees the text that it is called around.
const BODY: &str = "body";

/// The arguments of a call by name.
type GivenArguments = BTreeMap<Arc<str>, GivenArgument>;

/// An argument of a call.
struct GivenArgument {
    known: Type,
    /// The bytes of its name and of its value.
    name: Span,
    value: Span,
}

impl<'a> TemplateChecker<'a> {
    /// Checks the call of a component; its body sets names of the caller.
    pub(super) fn component(
        &mut self,
        at: CheckPosition<'a>,
        scope: &mut NameScope,
        call: &'a ComponentUse,
    ) -> Type {
        let given = self.component_arguments(at, scope, &call.arguments);
        if let Some(body) = &call.body {
            self.body(at, scope, body);
        }
        let Some((template, declared)) = self.components.get(&*call.name.value).copied() else {
            // A declaration that could not be read may be meant.
            if self.trees.values().any(|tree| tree.gaps == TreeGaps::Components) {
                return Type::Html;
            }
            let names: Vec<_> = self.components.keys().copied().collect();
            self.report(errors::unknown_component(&call.name.value, &names, at.place(&call.name.span)));
            return Type::Html;
        };
        let Some(given) = given else {
            // Something is spread of which the keys are not known.
            return Type::Html;
        };
        let mut names = self.arguments_of(at, scope, call, declared, given);
        names.insert(BODY.into(), if call.body.is_some() { Type::Html } else { Type::Undefined });
        self.check_component(template, declared, names);
        Type::Html
    }

    /// Returns the arguments of a call by name, with their types; none if others may be among them.
    fn component_arguments(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        arguments: &'a [MapElement],
    ) -> Option<GivenArguments> {
        let mut given = Some(BTreeMap::new());
        for argument in arguments {
            match argument {
                MapElement::Entry { key, value } => {
                    let known = self.expr(at, scope, value, ValueRole::Asked);
                    if let (Some(given), MapKey::Text(name)) = (&mut given, &key.value) {
                        let (span, value) = (key.span.clone(), value.span.clone());
                        given.insert(Arc::clone(name), GivenArgument { known, name: span, value });
                    }
                }
                MapElement::Spread(value) => {
                    let known = self.used(at, scope, value);
                    self.expect(at, &known, KindSet::MAP, &value.span);
                    self.read_all(at, &known, &value.span);
                    match (&mut given, self.spread(&known)) {
                        (Some(given), Some(fields)) => {
                            let span = || value.span.clone();
                            given.extend(fields.into_iter().map(|(name, known)| {
                                (name, GivenArgument { known, name: span(), value: span() })
                            }));
                        }
                        _ => given = None,
                    }
                }
            }
        }
        given
    }

    /// Holds the arguments of a call against the parameters, and returns the names that the component sees.
    fn arguments_of(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        call: &'a ComponentUse,
        declared: &'a ComponentDeclaration,
        mut given: GivenArguments,
    ) -> ScopeNames {
        let mut names = ScopeNames::new();
        let mut missing = Vec::new();
        for parameter in &declared.parameters {
            let name = &parameter.name.value;
            let known = match given.remove(name) {
                Some(argument) => self.fit(at, parameter, argument.known, &argument.value),
                None if parameter.is_implicit => match scope.get(name) {
                    Type::Undefined => default(parameter).unwrap_or(Type::Unknown),
                    known => known,
                },
                None => default(parameter).unwrap_or_else(|| {
                    missing.push(&**name);
                    Type::Unknown
                }),
            };
            names.insert(Arc::clone(name), known);
        }
        match &declared.rest {
            Some(rest) => {
                let rest_fields: Vec<_> =
                    given.into_iter().map(|(name, argument)| (name, argument.known)).collect();
                names.insert(Arc::clone(&rest.value), Type::with_fields(rest_fields));
            }
            None => self.unexpected(at, call, declared, &given, &mut missing),
        }
        for name in missing {
            let place = at.place(&call.name.span);
            self.report(errors::missing_component_argument(&call.name.value, name, place));
        }
        names
    }

    /// Reports arguments that a component does not take, and leaves out those that are missing of which it is likely
    /// that they are meant.
    fn unexpected(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a ComponentUse,
        declared: &'a ComponentDeclaration,
        given: &GivenArguments,
        missing: &mut Vec<&'a str>,
    ) {
        let wanted: Vec<_> = declared.parameters.iter().map(|parameter| &*parameter.name.value).collect();
        for (name, argument) in given {
            let meant = meant(name, &wanted, missing);
            let place = at.place(&argument.name);
            self.report(errors::unexpected_component_argument(&call.name.value, name, meant, place));
        }
    }

    /// Reports an argument of another type than that of its parameter. A name that nothing has was reported itself.
    fn fit(&mut self, at: CheckPosition<'a>, parameter: &Parameter, known: Type, span: &Span) -> Type {
        let Some(wants) = parameter.wants else { return known };
        if known == Type::Undefined {
            return of_parameter(wants);
        }
        let is_fit = self.expect(at, &known, kinds(wants), span);
        if is_fit && known != Type::Unknown { known.among(kinds(wants)) } else { of_parameter(wants) }
    }

    /// Goes through a component once for each combination of types.
    fn check_component(&mut self, template: &'a str, declared: &'a ComponentDeclaration, names: ScopeNames) {
        // A component sets nothing that its caller sees, so it need not be gone through before it is for good.
        if self.is_silent
            || self.depth == MAX_DEPTH
            || !self.called.insert((&declared.name.value, names.clone()))
        {
            return;
        }
        self.depth += 1;
        let mut scope = NameScope::new(names).open_if(self.has_gaps(template));
        self.body(self.alone(template), &mut scope, &declared.body);
        self.depth -= 1;
    }

    /// Goes through a component as Markdown may call it, with all that its parameters take.
    pub(super) fn check_declared(&mut self, template: &'a str, declared: &'a ComponentDeclaration) {
        let mut names: ScopeNames = declared
            .parameters
            .iter()
            .map(|parameter| (Arc::clone(&parameter.name.value), declared_type(parameter)))
            .collect();
        if let Some(rest) = &declared.rest {
            names.insert(Arc::clone(&rest.value), Type::Map(Type::Unknown.into()));
        }
        names.insert(BODY.into(), Type::Html.union(Type::Undefined));
        self.check_component(template, declared, names);
    }
}

/// Returns the type of an argument that is not given; none if it must be.
fn default(parameter: &Parameter) -> Option<Type> {
    parameter.default.as_ref().map(|default| match default.parameter_type() {
        Some(wants) => of_parameter(wants),
        None => Type::None,
    })
}

fn declared_type(parameter: &Parameter) -> Type {
    match (parameter.wants, default(parameter)) {
        (Some(wants), Some(Type::None)) => of_parameter(wants).or_none(),
        (Some(wants), _) => of_parameter(wants),
        (None, _) => Type::Unknown,
    }
}

fn of_parameter(wants: ParameterType) -> Type {
    match wants {
        ParameterType::String => Type::Text,
        ParameterType::Bool => Type::Bool,
        ParameterType::Integer => Type::Int,
        ParameterType::Float => Type::Float,
        ParameterType::Number => Type::number(),
        ParameterType::Array => Type::list(Type::Unknown),
        ParameterType::Map => Type::Map(Type::Unknown.into()),
        ParameterType::Bytes => Type::Unknown,
    }
}

/// Returns the kinds of values that a parameter takes.
fn kinds(wants: ParameterType) -> KindSet {
    match wants {
        ParameterType::String => KindSet::TEXT,
        ParameterType::Bool => KindSet::BOOL,
        ParameterType::Integer => KindSet::INT,
        ParameterType::Float => KindSet::FLOAT,
        ParameterType::Number => KindSet::NUMBER,
        ParameterType::Array => KindSet::LIST,
        ParameterType::Map => KindSet::MAP,
        ParameterType::Bytes => KindSet::ANY,
    }
}
