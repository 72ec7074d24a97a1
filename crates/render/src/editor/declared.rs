//! The places at which the names of a template are declared, and what is known of them.

use std::collections::BTreeMap;

use sitegen_model::{Model, RelationId};
use sitegen_parser::{Place, Span};

use super::subject::{Subject, TextArgument, TextKind};
use super::{NameKind, TemplateName};
use crate::check::CheckedTemplates;
use crate::syntax::{
    ComponentDeclaration, Expr, ExprKind, Invocation, LoopItem, Name, TemplateNode, TemplateTree, TreePart,
    TreeWalk,
};
use crate::templates::{Sources, TemplateSource};
use crate::types::{CallKind, Signature, SiteTypes, Type};

/// The things that the names of a template can stand for, and their declarations.
pub(super) struct KnownNames<'a> {
    pub model: &'a Model,
    pub sources: &'a Sources,
    pub types: SiteTypes<'a>,
    /// The components by their names, each with the template that declares it.
    pub components: BTreeMap<&'a str, (&'a str, &'a ComponentDeclaration)>,
    checked: &'a CheckedTemplates,
    /// The template in which the names stand.
    template: &'a str,
}

impl<'a> KnownNames<'a> {
    pub(super) fn new(
        model: &'a Model,
        sources: &'a Sources,
        checked: &'a CheckedTemplates,
        template: &'a str,
    ) -> Self {
        Self {
            model,
            sources,
            types: SiteTypes::new(&model.schema),
            components: sources.components(),
            checked,
            template,
        }
    }

    pub(super) fn tree(&self) -> &'a TemplateTree {
        self.sources.source(self.template).tree()
    }

    /// Returns the type of an expression of the template; unknown if nothing reaches it.
    pub(super) fn of(&self, expr: &Expr) -> &'a Type {
        self.checked.known(self.template, expr)
    }

    /// Says what a value is; nothing if nothing is known of it.
    pub(super) fn say(&self, of: &Type) -> Option<String> {
        (*of != Type::Unknown).then(|| of.say(&self.model.schema))
    }

    /// Returns what is known of the name at an offset.
    pub(super) fn name_of(&self, subject: &Subject, offset: usize) -> TemplateName {
        let name = subject.name();
        match subject {
            Subject::Variable(expr, _) => self.variable(name, self.of(expr), offset),
            Subject::Local(_, value) => {
                let value = value.map_or(&Type::Unknown, |value| self.of(value));
                self.variable(name, value, offset)
            }
            Subject::Field(of, _) => self.field(self.of(of), name),
            Subject::Callable(kind, call) => callable(*kind, name, self.signature(*kind, call)),
            Subject::Argument(kind, call, _) => self.argument(*kind, call, name),
            Subject::Text(given) => self.text(given),
            Subject::Component(_) => self.component(name),
            Subject::Parameter(call, _) => self.parameter(&call.name.value, name),
            Subject::Template(_) => self.named_template(name),
            Subject::Block(_) => self.block(name),
        }
    }

    pub(super) fn signature(&self, kind: CallKind, call: &Invocation) -> Option<&'static Signature> {
        self.sources.signatures.find(kind, &call.name.value)
    }

    pub(super) fn variable(&self, name: &str, of: &Type, offset: usize) -> TemplateName {
        let here = || Some(self.place(&local(self.tree(), name, offset)?));
        let declared = here().or_else(|| self.of_page(name, of)).or_else(|| self.set_elsewhere(name));
        TemplateName { name: name.to_owned(), kind: NameKind::Variable, value: self.say(of), declared }
    }

    fn place(&self, span: &Span) -> Place {
        self.sources.source(self.template).part(span)
    }

    /// Finds the declaration of a name that pages have because of the relation that they are made from.
    fn of_page(&self, name: &str, of: &Type) -> Option<Place> {
        let schema = &self.model.schema;
        let is_from = |relation: &RelationId| {
            schema.families.iter().any(|family| family.from == Some(*relation))
                && schema.columns(*relation).iter().any(|column| column.name == name)
        };
        match of {
            Type::Record(id, _) if schema[*id].singular == name => Some(schema[*id].place.clone()),
            _ => schema.relations().find(is_from).map(|relation| self.column(relation, name)),
        }
    }

    /// Finds the only template that sets a name.
    fn set_elsewhere(&self, name: &str) -> Option<Place> {
        let mut found = self.sources.trees().flat_map(|(template, tree)| {
            let sets = tree.walk().filter_map(set_name).filter(move |set| &*set.value == name);
            sets.map(move |set| self.sources.source(template).part(&set.span))
        });
        let first = found.next();
        first.filter(|_| found.next().is_none())
    }

    pub(super) fn field(&self, of: &Type, name: &str) -> TemplateName {
        let schema = &self.model.schema;
        let place = |member: &Type| match member {
            Type::Record(id, _) => {
                schema[*id].field(name).map(|field| schema[*id].fields[field].place.clone())
            }
            Type::Row(relation) => Some(self.column(*relation, name)),
            _ => None,
        };
        let value = self.say(&self.types.field(of, name));
        let declared = of.members().iter().find_map(place);
        TemplateName { name: name.to_owned(), kind: NameKind::Field, value, declared }
    }

    /// Returns the place of a column's declaration, or that of its relation if it has none.
    fn column(&self, relation: RelationId, name: &str) -> Place {
        let schema = &self.model.schema;
        let of_dataset = match relation {
            RelationId::Dataset(id) => schema[id].fields.iter().find(|column| column.field.name == name),
            RelationId::Collection(_) | RelationId::Query(_) => None,
        };
        of_dataset.map_or_else(|| schema.relation_place(relation), |column| column.field.place.clone())
    }

    pub(super) fn argument(&self, kind: CallKind, call: &Invocation, name: &str) -> TemplateName {
        let argument = self.signature(kind, call).and_then(|signature| signature.argument(name));
        let value = argument.map(|argument| argument.wants.say());
        TemplateName { name: name.to_owned(), kind: NameKind::Argument, value, declared: None }
    }

    /// Returns what a text names that is given to an argument.
    fn text(&self, given: &TextArgument) -> TemplateName {
        match given.kind {
            TextKind::Relation => self.relation(given.text),
            TextKind::Family => self.family(given.text),
            TextKind::Word => self.word(given.text),
            TextKind::Field => self.field(&self.named_in(given), given.text),
        }
    }

    /// Returns the type of the values of which a text names a field: those of the input, or its items.
    pub(super) fn named_in(&self, given: &TextArgument) -> Type {
        let input = given.of.map_or(&Type::Unknown, |of| self.of(of));
        match given.argument {
            "attribute" => self.types.item(input).unwrap_or(Type::Unknown),
            _ => input.clone(),
        }
    }

    pub(super) fn relation(&self, name: &str) -> TemplateName {
        let schema = &self.model.schema;
        let id = schema.relation(name);
        let value = id.and_then(|id| self.say(&Type::list(SiteTypes::row(id))));
        let declared = id.map(|id| schema.relation_place(id));
        TemplateName { name: name.to_owned(), kind: NameKind::Relation, value, declared }
    }

    pub(super) fn family(&self, name: &str) -> TemplateName {
        let declared = self.model.schema.families.iter().find(|family| family.name == name);
        let declared = declared.map(|family| family.place.clone());
        TemplateName { name: name.to_owned(), kind: NameKind::Family, value: None, declared }
    }

    pub(super) fn word(&self, key: &str) -> TemplateName {
        let declared = self.model.words.for_templates().find(|(known, _)| *known == key);
        let declared = declared.map(|(_, place)| place.clone());
        TemplateName { name: key.to_owned(), kind: NameKind::Word, value: None, declared }
    }

    pub(super) fn component(&self, name: &str) -> TemplateName {
        let found = self.find_component(name);
        let parameters = found.map(|(declared, _)| {
            let names = declared.parameters.iter().map(|parameter| parameter.name.value.to_string());
            names.collect::<Vec<_>>().join(", ")
        });
        let value = parameters.filter(|parameters| !parameters.is_empty());
        let declared = found.map(|(declared, source)| source.part(&declared.name.span));
        TemplateName { name: name.to_owned(), kind: NameKind::Component, value, declared }
    }

    pub(super) fn find_component(
        &self,
        name: &str,
    ) -> Option<(&'a ComponentDeclaration, &'a TemplateSource)> {
        let (template, declared) = self.components.get(name)?;
        Some((declared, self.sources.source(template)))
    }

    pub(super) fn parameter(&self, component: &str, name: &str) -> TemplateName {
        let found = self.find_component(component);
        let parameter = found.and_then(|(declared, source)| {
            let mut parameters = declared.parameters.iter();
            Some((parameters.find(|parameter| &*parameter.name.value == name)?, source))
        });
        let value = parameter.and_then(|(parameter, _)| parameter.wants);
        let value = value.map(|wants| wants.name().to_owned());
        let declared = parameter.map(|(parameter, source)| source.part(&parameter.name.span));
        TemplateName { name: name.to_owned(), kind: NameKind::Argument, value, declared }
    }

    pub(super) fn named_template(&self, name: &str) -> TemplateName {
        let found = self.sources.whole_name(name).map(|name| self.sources.source(name));
        let declared = found.map(|source| source.part(&(0..0)));
        TemplateName { name: name.to_owned(), kind: NameKind::Template, value: None, declared }
    }

    /// Returns a block with the place of the one that it replaces, or of itself.
    pub(super) fn block(&self, name: &str) -> TemplateName {
        let blocks: Vec<_> = self.blocks().into_iter().filter(|(block, _)| &*block.value == name).collect();
        let declared = blocks.last().map(|(block, source)| source.part(&block.span));
        TemplateName { name: name.to_owned(), kind: NameKind::Block, value: None, declared }
    }

    /// Lists the blocks of the template and of those that it extends, its own first.
    pub(super) fn blocks(&self) -> Vec<(&'a Name, &'a TemplateSource)> {
        let (mut blocks, mut seen) = (Vec::new(), Vec::new());
        let mut next = Some(self.template);
        while let Some(name) = next.filter(|name| !seen.contains(name)) {
            seen.push(name);
            let source = self.sources.source(name);
            let own = source.tree().walk().filter_map(|part| match part {
                TreePart::Node(TemplateNode::Block(block)) => Some(&block.name),
                _ => None,
            });
            blocks.extend(own.map(|block| (block, source)));
            next = source.tree().parent.as_ref().and_then(|parent| self.sources.whole_name(&parent.value));
        }
        blocks
    }
}

/// Returns something that can be called, with the names of its arguments.
pub(super) fn callable(kind: CallKind, name: &str, signature: Option<&Signature>) -> TemplateName {
    let kind = match kind {
        CallKind::Function => NameKind::Function,
        CallKind::Filter => NameKind::Filter,
        CallKind::Test => NameKind::Test,
    };
    let arguments = signature.map(|signature| signature.argument_names().collect::<Vec<_>>().join(", "));
    let value = arguments.filter(|arguments| !arguments.is_empty());
    TemplateName { name: name.to_owned(), kind, value, declared: None }
}

/// Finds where a template gives a name to a value that can be seen at an offset: the innermost loop or component around
/// it, or the last `set` before it.
fn local(tree: &TemplateTree, name: &str, offset: usize) -> Option<Span> {
    let component = tree.components.iter().find(|declared| {
        let parameters = declared.parameters.iter().map(|parameter| &parameter.name);
        parameters.chain([&declared.name]).any(|name| has(&name.span, offset))
            || holds(TreeWalk::of_component(declared), offset)
    });
    let parts: Vec<_> = match component {
        Some(component) => TreeWalk::of_component(component).collect(),
        None => TreeWalk::of_nodes(&tree.body).collect(),
    };
    let in_loops = parts.iter().rev().find_map(|part| {
        let item = loop_around(*part, offset)?;
        item.key.iter().chain([&item.value]).find(|known| &*known.value == name)
    });
    let is_set = |known: &&Name| &*known.value == name && known.span.start <= offset;
    let set = || parts.iter().copied().filter_map(set_name).rfind(is_set);
    let parameter = || {
        let declared = component?;
        let parameters = declared.parameters.iter().map(|parameter| &parameter.name);
        parameters.chain(&declared.rest).find(|known| &*known.value == name)
    };
    in_loops.or_else(set).or_else(parameter).map(|known| known.span.clone())
}

fn has(span: &Span, offset: usize) -> bool {
    span.start <= offset && offset <= span.end
}

/// Returns true if an expression among some parts is at an offset.
fn holds<'t>(mut parts: impl Iterator<Item = TreePart<'t>>, offset: usize) -> bool {
    parts.any(|part| matches!(part, TreePart::Expr(expr) if has(&expr.span, offset)))
}

/// Returns the names of a loop or a comprehension if an offset is within it.
fn loop_around(part: TreePart<'_>, offset: usize) -> Option<&LoopItem> {
    let (item, is_around) = match part {
        TreePart::Node(TemplateNode::For(each)) => {
            (&each.item, holds(TreeWalk::of_nodes(&each.body), offset))
        }
        TreePart::Expr(Expr { kind: ExprKind::Comprehension(list), span, .. }) => {
            (&list.item, has(span, offset) && !has(&list.over.span, offset))
        }
        _ => return None,
    };
    let is_itself = item.key.iter().chain([&item.value]).any(|name| has(&name.span, offset));
    (is_around || is_itself).then_some(item)
}

fn set_name(part: TreePart<'_>) -> Option<&Name> {
    match part {
        TreePart::Node(TemplateNode::Set(set)) => Some(&set.name),
        TreePart::Node(TemplateNode::Capture(capture)) => Some(&capture.name),
        _ => None,
    }
}
