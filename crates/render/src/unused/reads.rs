//! The names that templates read, as far as the types of their expressions tell whose names these are.
//!
//! A name that is computed could be any. So we note of what kind it is, and nothing of that kind counts as unused.

use std::collections::HashSet;

use sitegen_model::{RelationId, Schema};
use sitegen_parser::{Event, Markdown, Tag, WrittenValue};

use crate::build::Build;
use crate::check::CheckedTemplates;
use crate::syntax::{
    BinaryOperator, ComponentUse, Expr, ExprKind, Invocation, Literal, LoopItem, MapElement, MapKey,
    TemplateNode, TreePart, TreeWalk,
};
use crate::templates::overrides::begins_with_text;
use crate::text::markdown_of;
use crate::types::{KindSet, RecordDepth, Type};

/// The calls that do not look into the records and rows that they are given.
const BLIND: [&str; 25] = [
    "rows",
    "row",
    "referenced_by",
    "link",
    "pages",
    "count_pages",
    "t",
    "image",
    "asset",
    "sources",
    "length",
    "first",
    "last",
    "nth",
    "reverse",
    "unique",
    "default",
    "safe",
    "str",
    "join",
    "evaluate",
    "defined",
    "undefined",
    "none",
    "map",
];

/// The calls that read of records and rows what texts name.
const BY_NAME: [&str; 9] =
    ["sort", "group_by", "get", "containing", "points", "cells", "axis", "bins", "place"];

/// Something of which templates can compute a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ComputedName {
    Field,
    /// The fields that refer to a record are asked for, whatever their names.
    Reference,
    Relation,
    Word,
    /// Text is read as Markdown, which can call any component.
    Component,
}

/// The names that templates read.
#[derive(Default)]
pub(super) struct TemplateReads<'a> {
    /// The texts between quotation marks in templates, and those that Markdown gives to components; also their
    /// parts between dots.
    texts: HashSet<&'a str>,
    /// The texts to which templates join others behind.
    beginnings: HashSet<&'a str>,
    /// The names of variables, and those that are read of values of which nothing is known.
    names: HashSet<&'a str>,
    fields: HashSet<(RelationId, &'a str)>,
    /// The relations of which everything is read, as by `json`.
    whole: HashSet<RelationId>,
    computed: HashSet<ComputedName>,
}

impl<'a> TemplateReads<'a> {
    pub(super) fn of(build: &'a Build) -> Self {
        let mut reads = Self::default();
        for (_, record) in build.model.records.iter() {
            for markdown in markdown_of(record) {
                reads.markdown(markdown);
            }
        }
        let checked = &*build.checked;
        let trees: Vec<_> = build.sources.trees().collect();
        let walks: Vec<ReadParts> = trees
            .iter()
            .flat_map(|(template, tree)| {
                let components = tree.components.iter().map(|declared| {
                    (*template, Some(&*declared.name.value), TreeWalk::of_component(declared).collect())
                });
                components.chain([(*template, None, TreeWalk::of_nodes(&tree.body).collect())])
            })
            .collect();
        let schema = &build.model.schema;
        let mut reader = TemplateReader { schema, checked, at: ("", None), fluid: HashSet::new(), reads };
        // A parameter is known to be computed only when all calls have been seen.
        for (template, component, parts) in &walks {
            reader.at = (template, *component);
            reader.pass(parts);
        }
        for (template, component, parts) in &walks {
            reader.at = (template, *component);
            for part in parts {
                reader.part(*part);
            }
        }
        reader.reads
    }

    /// Returns true if names of a kind are computed, so that any could be meant.
    pub(super) fn computes(&self, name: ComputedName) -> bool {
        self.computed.contains(&name)
    }

    /// Returns true if a text is written somewhere.
    pub(super) fn says(&self, text: &str) -> bool {
        self.texts.contains(text)
    }

    pub(super) fn texts(&self) -> &HashSet<&'a str> {
        &self.texts
    }

    /// Returns true if a template puts together a text that begins as this one does.
    pub(super) fn begins(&self, text: &str) -> bool {
        self.beginnings.iter().any(|beginning| text.starts_with(beginning))
    }

    /// Returns true if a field or a column may be read.
    pub(super) fn field(&self, of: RelationId, name: &str) -> bool {
        self.computes(ComputedName::Field)
            || self.whole.contains(&of)
            || self.fields.contains(&(of, name))
            || self.names.contains(name)
            || self.says(name)
    }

    fn text(&mut self, text: &'a str) {
        self.texts.insert(text);
        self.texts.extend(text.split('.'));
    }

    /// Takes up the texts that Markdown gives to components.
    fn markdown(&mut self, markdown: &'a Markdown) {
        for event in &markdown.events {
            if let Event::Start(Tag::Component(call)) | Event::Component(call) = &event.value {
                for argument in &call.arguments {
                    if let WrittenValue::String(text) = &argument.value.value {
                        self.text(text);
                    }
                }
            }
        }
    }
}

/// The parts of a template, or of a component that it declares.
type ReadParts<'a> = (&'a str, Option<&'a str>, Vec<TreePart<'a>>);

/// A reader of templates for the names that they read.
struct TemplateReader<'a> {
    schema: &'a Schema,
    checked: &'a CheckedTemplates,
    /// The template that is read, and the component in it.
    at: (&'a str, Option<&'a str>),
    /// The parameters of components to which texts are given that are computed.
    fluid: HashSet<(&'a str, &'a str)>,
    reads: TemplateReads<'a>,
}

impl<'a> TemplateReader<'a> {
    /// Takes up the computed texts that are given to components.
    fn pass(&mut self, parts: &[TreePart<'a>]) {
        for part in parts {
            let TreePart::Expr(Expr { kind: ExprKind::Component(call), .. }) = part else { continue };
            for argument in &call.arguments {
                if let MapElement::Entry { key, value } = argument
                    && let MapKey::Text(name) = &key.value
                    && self.is_computed(value)
                {
                    self.fluid.insert((&call.name.value, name));
                }
            }
        }
    }

    fn part(&mut self, part: TreePart<'a>) {
        match part {
            TreePart::Node(TemplateNode::For(each)) => self.over(&each.item, &each.over),
            TreePart::Node(_) => {}
            TreePart::Expr(expr) => self.expr(expr),
        }
    }

    fn expr(&mut self, expr: &'a Expr) {
        match &expr.kind {
            ExprKind::Literal(Literal::Text(text)) => self.reads.text(text),
            ExprKind::Variable(name) => _ = self.reads.names.insert(name),
            ExprKind::Binary { operator: BinaryOperator::Join, left, .. } => {
                if let ExprKind::Literal(Literal::Text(text)) = &left.kind
                    && !text.is_empty()
                {
                    self.reads.beginnings.insert(text);
                }
            }
            ExprKind::Attribute { of, name, .. } => self.read(self.of(of), &name.value),
            ExprKind::Item { of, key, .. } => self.by(&[of], &[key]),
            ExprKind::Filter { of, call } | ExprKind::Test { of, call } => self.call(Some(of), call),
            ExprKind::Function(call) => self.call(None, call),
            ExprKind::Map(elements) => self.spread(elements),
            ExprKind::Component(call) => {
                let ComponentUse { arguments, .. } = &**call;
                self.spread(arguments);
            }
            ExprKind::Comprehension(list) => self.over(&list.item, &list.over),
            _ => {}
        }
    }

    /// Returns the type of an expression; unknown if nothing reaches it.
    fn of(&self, expr: &Expr) -> &'a Type {
        self.checked.known(self.at.0, expr)
    }

    /// Returns true if an expression can be a text that is written nowhere in templates and Markdown.
    fn is_computed(&self, expr: &Expr) -> bool {
        if matches!(expr.kind, ExprKind::Literal(_)) {
            return false;
        }
        if let (ExprKind::Variable(name), (_, Some(component))) = (&expr.kind, self.at) {
            return self.fluid.contains(&(component, &**name));
        }
        let is_text = |of: &Type| of.kinds().meets(KindSet::TEXT) && !matches!(of, Type::Choice(_));
        self.of(expr).members().iter().any(is_text)
    }

    fn read(&mut self, of: &Type, name: &'a str) {
        for member in of.members() {
            match member {
                Type::Record(id, _) => _ = self.reads.fields.insert((RelationId::Collection(*id), name)),
                Type::Row(id) => _ = self.reads.fields.insert((*id, name)),
                Type::Unknown | Type::Map(_) => _ = self.reads.names.insert(name),
                _ => {}
            }
        }
    }

    /// Takes up that values are read by names.
    fn by(&mut self, values: &[&'a Expr], names: &[&'a Expr]) {
        for name in names {
            for member in self.of(name).members() {
                if let Type::Choice(words) = member {
                    words.iter().for_each(|word| self.reads.text(word));
                }
            }
        }
        if names.iter().any(|name| self.is_computed(name)) {
            for value in values {
                self.whole(self.of(value));
            }
        }
    }

    fn call(&mut self, input: Option<&'a Expr>, call: &'a Invocation) {
        let arguments: Vec<_> = call.arguments.iter().map(|argument| &argument.value).collect();
        let (from, key) = (call.argument("from"), call.argument("key"));
        let computed = match &*call.name.value {
            "referenced_by" => Some(ComputedName::Reference),
            "t" => key
                .filter(|key| !begins_with_text(&key.value) && self.is_computed(&key.value))
                .map(|_| ComputedName::Word),
            "markdown" => input.filter(|input| self.is_computed(input)).map(|_| ComputedName::Component),
            _ => None,
        };
        self.reads.computed.extend(computed);
        if let Some(from) = from {
            self.relation_name(&from.value);
        }
        if matches!(&*call.name.value, "rows" | "row") {
            self.reads.names.extend(call.arguments.iter().map(|argument| &*argument.name.value));
        }
        let values: Vec<_> = input.into_iter().chain(arguments.iter().copied()).collect();
        match &*call.name.value {
            name if BLIND.contains(&name) => {}
            name if BY_NAME.contains(&name) => self.by(&values, &arguments),
            _ => values.iter().for_each(|value| self.whole(self.of(value))),
        }
    }

    fn relation_name(&mut self, from: &'a Expr) {
        if self.is_computed(from) {
            self.reads.computed.insert(ComputedName::Relation);
        }
        self.by(&[], &[from]);
    }

    fn spread(&mut self, elements: &'a [MapElement]) {
        for element in elements {
            if let MapElement::Spread(value) = element {
                self.whole(self.of(value));
            }
        }
    }

    /// Takes up that a loop goes over all values of a map.
    fn over(&mut self, item: &LoopItem, over: &'a Expr) {
        let known = self.of(over);
        let is_map = |of: &Type| item.key.is_some() || matches!(of, Type::Record(..) | Type::Row(_));
        known.members().iter().filter(|of| is_map(of)).for_each(|of| self.whole(of));
    }

    /// Takes up that anything in a value may be read.
    fn whole(&mut self, of: &Type) {
        match of {
            Type::Unknown => _ = self.reads.computed.insert(ComputedName::Field),
            Type::List(inner) | Type::Map(inner) => self.whole(inner),
            Type::Struct(of) => of.fields.iter().for_each(|(_, of)| self.whole(of)),
            Type::OneOf(_) | Type::Perhaps(_) => of.members().iter().for_each(|of| self.whole(of)),
            Type::Record(_, RecordDepth::Name) => {}
            Type::Record(id, _) => self.relation(RelationId::Collection(*id)),
            Type::Row(id) => self.relation(*id),
            _ => {}
        }
    }

    /// Takes up that all of a relation is read, and with it the records that it refers to.
    fn relation(&mut self, id: RelationId) {
        if self.reads.whole.insert(id) {
            self.schema.referred(id).into_iter().for_each(|to| self.relation(RelationId::Collection(to)));
        }
    }
}
