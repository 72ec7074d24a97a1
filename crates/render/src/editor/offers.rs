//! The names that could stand in place of another one.

use sitegen_model::{RelationId, Schema};

use super::TemplateName;
use super::declared::{KnownNames, callable};
use super::subject::{Subject, TextArgument, TextKind};
use crate::check::ScopeNames;
use crate::syntax::{ExprKind, Invocation, Literal};
use crate::types::{CallKind, Signature, Type};

/// Lists the names that could stand where a name stands; `visible` are the variables there.
pub(super) fn offers(known: &KnownNames, subject: &Subject, visible: &ScopeNames) -> Vec<TemplateName> {
    match subject {
        Subject::Variable(expr, _) => {
            let variables = visible.iter().filter(|(_, of)| **of != Type::Undefined);
            let variables = variables.map(|(name, of)| known.variable(name, of, expr.span.start));
            variables.chain(callables(known, CallKind::Function)).collect()
        }
        Subject::Field(of, _) => fields(known, known.of(of)),
        Subject::Callable(kind, _) => callables(known, *kind).collect(),
        Subject::Argument(kind, call, _) => arguments(known, *kind, call),
        Subject::Text(given) => texts(known, given),
        Subject::Component(_) => known.components.keys().map(|name| known.component(name)).collect(),
        Subject::Parameter(call, _) => {
            let component = &call.name.value;
            let declared = known.find_component(component);
            let parameters = declared.into_iter().flat_map(|(declared, _)| &declared.parameters);
            parameters.map(|parameter| known.parameter(component, &parameter.name.value)).collect()
        }
        Subject::Template(_) => {
            let mut names: Vec<_> = known.sources.names().collect();
            names.sort_unstable();
            names.dedup();
            names.into_iter().map(|name| known.named_template(name)).collect()
        }
        Subject::Block(_) => {
            let mut names: Vec<_> = known.blocks().into_iter().map(|(block, _)| &*block.value).collect();
            names.sort_unstable();
            names.dedup();
            names.into_iter().map(|name| known.block(name)).collect()
        }
        Subject::Local(..) => Vec::new(),
    }
}

fn callables(known: &KnownNames, kind: CallKind) -> impl Iterator<Item = TemplateName> {
    let mut signatures: Vec<_> = known.sources.signatures.of(kind).collect();
    signatures.sort_unstable_by_key(|signature| signature.name);
    signatures.into_iter().map(move |signature| callable(kind, signature.name, Some(signature)))
}

/// Lists the arguments that a call does not have yet.
fn arguments(known: &KnownNames, kind: CallKind, call: &Invocation) -> Vec<TemplateName> {
    let declared = known.signature(kind, call).into_iter().flat_map(Signature::argument_names);
    let mut names: Vec<_> = declared.map(str::to_owned).collect();
    if matches!(&*call.name.value, "rows" | "row") {
        let relation = text_of(call, "from").and_then(|name| known.model.schema.relation(name));
        names.extend(relation.into_iter().flat_map(|relation| keys(&known.model.schema, relation)));
    }
    if let Some(words) = text_of(call, "key").and_then(|key| known.model.words.get(key))
        && &*call.name.value == "t"
    {
        names.extend(words.counts().then(|| "count".to_owned()));
        names.extend(words.placeholders().into_iter().filter(|name| *name != "count").map(str::to_owned));
    }
    names.retain(|name| call.argument(name).is_none());
    names.iter().map(|name| known.argument(kind, call, name)).collect()
}

/// Returns the text that is written for an argument of a call.
fn text_of<'t>(call: &'t Invocation, argument: &str) -> Option<&'t str> {
    match &call.argument(argument)?.value.kind {
        ExprKind::Literal(Literal::Text(text)) => Some(text),
        _ => None,
    }
}

/// Lists the names by which rows of a relation are looked up.
fn keys(schema: &Schema, relation: RelationId) -> Vec<String> {
    if let RelationId::Collection(id) = relation {
        let keys = schema[id].fields.iter().filter(|field| field.is_key());
        return keys.map(|field| field.name.clone()).chain(["slug".to_owned()]).collect();
    }
    let columns = schema.columns(relation);
    let by = schema.key(relation).into_iter().flat_map(|key| &key.columns);
    by.map(|column| columns[*column].name.clone()).collect()
}

fn fields(known: &KnownNames, of: &Type) -> Vec<TemplateName> {
    known.types.fields(of).iter().map(|(name, _)| known.field(of, name)).collect()
}

fn texts(known: &KnownNames, given: &TextArgument) -> Vec<TemplateName> {
    let schema = &known.model.schema;
    match given.kind {
        TextKind::Relation => schema.relations().map(|id| known.relation(schema.relation_name(id))).collect(),
        TextKind::Family => schema.families.iter().map(|family| known.family(&family.name)).collect(),
        TextKind::Word => {
            let keys = known.model.words.for_templates().filter(|(key, _)| !key.starts_with("pages."));
            keys.map(|(key, _)| known.word(key)).collect()
        }
        TextKind::Field => fields(known, &known.named_in(given)),
    }
}
