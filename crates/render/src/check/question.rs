//! The answers of functions whose meaning the schema knows: rows of relations, words, pages.

use sitegen_model::{CollectionId, Kind, RelationId, nearest};
use sitegen_parser::{Code, Span};

use super::{CheckPosition, TemplateChecker, errors};
use crate::library::errors as library;
use crate::syntax::{Expr, ExprKind, Invocation, Literal};
use crate::types::{RecordDepth, Type};

/// The arguments of a call, with their types.
pub(super) type GivenValues<'a> = Vec<(&'a str, Type, &'a Expr)>;

impl<'a> TemplateChecker<'a> {
    /// Returns the type of what `rows` or `row` answers, and reports relations and keys that are not there.
    pub(super) fn rows(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a Invocation,
        given: &GivenValues<'a>,
    ) -> Type {
        let is_one = &*call.name.value == "row";
        let Some((_, from, expr)) = given.iter().find(|(name, ..)| *name == "from") else {
            return Type::Unknown;
        };
        let Type::Choice(names) = from else { return Type::Unknown };
        let types: Vec<_> =
            names.iter().map(|name| self.rows_of(at, name, is_one, expr, (call, given))).collect();
        let rows = types.into_iter().fold(Type::Never, Type::union);
        if is_one { rows } else { Type::list(rows) }
    }

    fn rows_of(
        &mut self,
        at: CheckPosition<'a>,
        name: &str,
        is_one: bool,
        from: &'a Expr,
        (call, given): (&'a Invocation, &GivenValues<'a>),
    ) -> Type {
        let schema = &self.model.schema;
        let Some(id) = schema.relations().find(|id| schema.relation_name(*id) == name) else {
            // Of a name that is put together, some may be meant for nothing.
            if matches!(from.kind, ExprKind::Literal(_)) {
                let nearest = nearest(name, schema.relations().map(|id| schema.relation_name(id)));
                self.report(library::unknown_relation(name, nearest).at(at.place(&from.span)));
            }
            return Type::Unknown;
        };
        for (key, known, value) in given.iter().filter(|(key, ..)| *key != "from") {
            let name = call.arguments.iter().find(|argument| &*argument.name.value == *key);
            let span = name.map_or(&value.span, |argument| &argument.name.span);
            self.check_key(at, id, is_one, (key, span), known, value);
        }
        match id {
            RelationId::Collection(id) => Type::Record(id, RecordDepth::Whole),
            RelationId::Dataset(_) | RelationId::Query(_) if is_one => Type::Row(id).perhaps(),
            RelationId::Dataset(_) | RelationId::Query(_) => Type::Row(id),
        }
    }

    /// Returns the type of the records that refer to another one.
    pub(super) fn referring(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a Invocation,
        given: &GivenValues<'a>,
    ) -> Type {
        let Some((_, from, expr)) = given.iter().find(|(name, ..)| *name == "from") else {
            let all = (0..self.model.schema.collections.len()).map(CollectionId);
            let all = all.map(|id| Type::Record(id, RecordDepth::Whole));
            return Type::list(all.fold(Type::Never, Type::union));
        };
        let Type::Choice(names) = from else { return Type::list(Type::Unknown) };
        let none = (call, &GivenValues::new());
        let types: Vec<_> = names.iter().map(|name| self.rows_of(at, name, false, expr, none)).collect();
        Type::list(types.into_iter().fold(Type::Never, Type::union))
    }

    /// Reports a key by which a relation has no rows to look up.
    fn check_key(
        &mut self,
        at: CheckPosition<'a>,
        id: RelationId,
        is_one: bool,
        (key, span): (&'a str, &'a Span),
        known: &Type,
        value: &'a Expr,
    ) {
        let schema = &self.model.schema;
        let relation = schema.relation_name(id);
        let place = at.place(span);
        let kind = match id {
            RelationId::Collection(_) if is_one => return,
            RelationId::Collection(id) => {
                let field = schema[id].fields.iter().find(|field| field.name == key);
                let Some(field) = field.filter(|field| field.is_key()) else {
                    let keys = schema[id].fields.iter().filter(|field| field.is_key());
                    let nearest = nearest(key, keys.map(|field| field.name.as_str()));
                    return self.report(library::no_key(relation, key, nearest).at(place));
                };
                Some(field.kind.clone())
            }
            RelationId::Dataset(_) | RelationId::Query(_) => {
                let by = match id {
                    RelationId::Dataset(id) => &schema[id].by,
                    RelationId::Query(id) => &schema[id].by,
                    RelationId::Collection(_) => return,
                };
                let columns = schema.columns(id);
                let names = || by.columns.iter().map(|column| columns[*column].name.as_str());
                let Some(column) = by.columns.iter().find(|column| columns[**column].name == key) else {
                    return self.report(library::no_table_key(relation, key, names()).at(place));
                };
                columns[*column].kind.clone()
            }
        };
        self.check_key_type(at, relation, key, kind, known, value);
    }

    /// Reports a key of a type of which no row has a value.
    fn check_key_type(
        &mut self,
        at: CheckPosition<'a>,
        relation: &str,
        key: &str,
        kind: Option<Kind>,
        known: &Type,
        value: &'a Expr,
    ) {
        let Some(Kind::Reference(wanted)) = kind.map(|kind| match kind {
            Kind::List(inner) => *inner,
            kind => kind,
        }) else {
            return;
        };
        let is_other = |known: &Type| matches!(known, Type::Record(collection, _) if *collection != wanted);
        let is_wrong = *known != Type::Never && known.members().iter().all(is_other);
        let problem = is_wrong.then(|| {
            let wanted = &self.model.schema[wanted].singular;
            errors::wrong_key(relation, key, wanted, &self.say(known), at.place(&value.span))
        });
        self.judge(at, &value.span, Code::WrongType, problem);
    }

    /// Checks the words that `t` says, if their key is known.
    pub(super) fn words(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a Invocation,
        given: &GivenValues<'a>,
        span: &Span,
    ) {
        let Some((_, Type::Choice(keys), key)) = given.iter().find(|(name, ..)| *name == "key") else {
            return;
        };
        for name in keys.iter() {
            self.word(at, name, key, call, given, span);
        }
    }

    fn word(
        &mut self,
        at: CheckPosition<'a>,
        key: &str,
        expr: &'a Expr,
        call: &'a Invocation,
        given: &GivenValues<'a>,
        span: &Span,
    ) {
        let Some(message) = self.model.words.get(key) else {
            // Of a key that is put together, some may be meant for other texts.
            if matches!(expr.kind, ExprKind::Literal(_)) {
                self.report(library::unknown_word(key).at(at.place(&expr.span)));
            }
            return;
        };
        let mut wanted = message.placeholders();
        if message.counts() {
            wanted.insert("count");
        }
        for argument in call.arguments.iter().filter(|argument| &*argument.name.value != "key") {
            let name = &*argument.name.value;
            if !wanted.contains(name) && !message.takes(name) {
                let nearest = nearest(name, wanted.iter().copied());
                let of = format!("t(key=\"{key}\")");
                let problem = library::unexpected_argument(&of, name, nearest);
                self.report(problem.at(at.place(&argument.name.span)));
            }
        }
        if let Some(missing) = wanted.iter().find(|name| !given.iter().any(|(known, ..)| known == *name)) {
            self.report(library::missing_word_argument(key, missing).at(at.place(span)));
        }
    }

    /// Checks the family that `pages` lists, if it is written out.
    pub(super) fn pages(&mut self, at: CheckPosition<'a>, given: &GivenValues<'a>) {
        for (_, known, expr) in given.iter().filter(|(name, ..)| *name == "family") {
            let Type::Choice(names) = known else { continue };
            for name in names.iter().filter(|name| self.model.schema.family(name).is_none()) {
                let families = self.model.schema.families.iter().map(|family| family.name.as_str());
                let problem = library::unknown_family(name, nearest(name, families));
                self.found_at(at, expr, problem);
            }
        }
    }

    fn found_at(&mut self, at: CheckPosition<'a>, expr: &'a Expr, problem: sitegen_parser::Diagnostic) {
        let is_written = matches!(expr.kind, ExprKind::Literal(Literal::Text(_)));
        if is_written {
            self.report(problem.at(at.place(&expr.span)));
        }
    }
}
