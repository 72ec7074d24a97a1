//! Questions to the site: the relations, keys, words and families that calls name must exist.

use std::sync::Arc;

use sitegen_model::{Kind, RelationId, nearest};
use sitegen_parser::{Diagnostic, Place, Severity, Span};

use super::{CheckPosition, JudgedUse, TemplateChecker, errors};
use crate::library::errors as library;
use crate::syntax::{Expr, ExprKind, Invocation, Literal, NamedArgument};
use crate::types::{KindSet, Type, TypedArgument, Wants};

/// The values that can stand in the places that words have.
const SAYABLE: Wants = Wants::Kinds(KindSet::TEXT.and(KindSet::NUMBER));

/// The kinds of values that name no record.
const NO_REFERENCE: KindSet = KindSet::NUMBER.and(KindSet::BOOL).and(KindSet::LIST);

/// The key by which rows are looked up.
struct WantedKey {
    name: String,
    /// The kinds of values by which no row is found.
    never: KindSet,
}

impl<'a> TemplateChecker<'a> {
    /// Reports a relation of `rows` or `row` that does not exist, and keys that it does not have.
    pub(super) fn check_rows(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a Invocation,
        given: &[TypedArgument<'a>],
    ) {
        let is_one = &*call.name.value == "row";
        for id in self.check_relation(at, call, given) {
            for (argument, given) in call.arguments.iter().zip(given) {
                if given.name != "from" {
                    self.read_key(at, id, given.name, &argument.name.span);
                    self.check_key(at, id, is_one, argument, &given.of);
                }
            }
        }
    }

    /// Reports a relation of a call that does not exist, and returns those that do.
    pub(super) fn check_relation(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a Invocation,
        given: &[TypedArgument<'a>],
    ) -> Vec<RelationId> {
        let Some((names, from)) = texts_of("from", call, given) else { return Vec::new() };
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            match self.site.relation(name) {
                Some(id) => found.push(id),
                None => {
                    let relations = self.model.schema.relations();
                    let nearest = nearest(name, relations.map(|id| self.model.schema.relation_name(id)));
                    self.report_written(at, from, library::unknown_relation(name, nearest));
                }
            }
        }
        found
    }

    /// Reports a key by which a relation has no rows to look up.
    fn check_key(
        &mut self,
        at: CheckPosition<'a>,
        id: RelationId,
        is_one: bool,
        argument: &'a NamedArgument,
        known: &Type,
    ) {
        let schema = &self.model.schema;
        let (key, relation) = (&*argument.name.value, schema.relation_name(id));
        let place = at.place(&argument.name.span);
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
                let columns = schema.columns(id);
                let by = || schema.key(id).into_iter().flat_map(|by| &by.columns).map(|by| &columns[*by]);
                let Some(column) = by().find(|column| column.name == key) else {
                    let names = by().map(|column| column.name.as_str());
                    return self.report(library::no_table_key(relation, key, names).at(place));
                };
                column.kind.clone()
            }
        };
        self.check_key_type(at, id, argument, kind.as_ref(), known);
    }

    /// Reports a key of a type of which no row has a value.
    fn check_key_type(
        &mut self,
        at: CheckPosition<'a>,
        id: RelationId,
        argument: &'a NamedArgument,
        kind: Option<&Kind>,
        known: &Type,
    ) {
        let kind = match kind {
            Some(Kind::List(inner)) => Some(&**inner),
            kind => kind,
        };
        let Some(wanted) = kind.and_then(|kind| self.wanted_key(id, kind)) else { return };
        let is_other = |known: &Type| match (known, kind) {
            (Type::Record(collection, _), Some(Kind::Reference(target))) => collection != target,
            (known, _) => wanted.never.has(known.kinds()),
        };
        let is_wrong = *known != Type::Never && known.members().iter().all(is_other);
        let (key, place) = (&*argument.name.value, at.place(&argument.value.span));
        let relation = self.model.schema.relation_name(id);
        let problem =
            is_wrong.then(|| errors::wrong_key(relation, key, &wanted.name, &self.say(known), place.clone()));
        let problem = problem.or_else(|| match (kind, &argument.value.kind) {
            (Some(Kind::Enum(words)), ExprKind::Literal(Literal::Text(word))) => {
                let words: Vec<_> = words.iter().map(String::as_str).collect();
                (!words.contains(&&**word)).then(|| errors::unknown_choice(key, word, &words, place))
            }
            _ => None,
        });
        self.judge(at, &argument.value.span, JudgedUse::Key, problem);
    }

    /// Returns what rows of a relation are looked up by, for a column of a type.
    fn wanted_key(&self, id: RelationId, kind: &Kind) -> Option<WantedKey> {
        const LIST: KindSet = KindSet::BOOL.and(KindSet::LIST);
        let (name, never) = match (kind, id) {
            (Kind::Reference(target), _) => {
                let name = self.model.schema[*target].singular.clone();
                return Some(WantedKey { name, never: NO_REFERENCE });
            }
            // Records are looked up by what a field says as text, so that any value can be a key.
            (Kind::Enum(_), RelationId::Collection(_)) => ("text", KindSet::LIST),
            (_, RelationId::Collection(_)) | (Kind::List(_) | Kind::Table(_) | Kind::Any, _) => return None,
            (Kind::Int | Kind::Duration, _) => ("whole number", LIST.and(KindSet::TEXT)),
            (Kind::Float, _) => ("number", LIST.and(KindSet::TEXT)),
            (Kind::Bool, _) => ("truth value", KindSet::NUMBER.and(KindSet::TEXT).and(KindSet::LIST)),
            _ => ("text", LIST.and(KindSet::NUMBER)),
        };
        Some(WantedKey { name: name.to_owned(), never })
    }

    /// Checks the words that `t` says, if their key is known.
    pub(super) fn words(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a Invocation,
        given: &[TypedArgument<'a>],
        span: &Span,
    ) {
        let Some((keys, expr)) = texts_of("key", call, given) else { return };
        // Of keys that are put together, some may be meant for other texts.
        let are_all_unknown = keys.iter().all(|key| self.model.words.get(key).is_none());
        let unknown = keys.first().filter(|_| are_all_unknown);
        let problem = unknown.map(|key| library::unknown_word(key).at(at.place(&expr.span)));
        self.judge(at, &expr.span, JudgedUse::Word, problem);
        for key in keys {
            self.word(at, key, call, given, span);
        }
    }

    /// Holds the arguments of a call against the places that words have.
    fn word(
        &mut self,
        at: CheckPosition<'a>,
        key: &str,
        call: &'a Invocation,
        given: &[TypedArgument<'a>],
        span: &Span,
    ) {
        let Some(message) = self.model.words.get(key) else { return };
        let mut wanted = message.placeholders();
        if message.counts() {
            wanted.insert("count");
        }
        let others = call.arguments.iter().zip(given).filter(|(_, given)| given.name != "key");
        for (argument, TypedArgument { name, of }) in others {
            if *name == "count" && message.counts() {
                self.check_wants(at, Wants::Whole, of, (&argument.value.span, JudgedUse::Word));
            } else if wanted.contains(*name) {
                self.check_wants(at, SAYABLE, of, (&argument.value.span, JudgedUse::Word));
            } else if !message.takes(name) {
                let nearest = nearest(name, wanted.iter().copied());
                let of = format!("t(key=\"{key}\")");
                let problem = library::unexpected_argument(&of, name, nearest);
                self.report(problem.at(at.place(&argument.name.span)));
            }
        }
        if let Some(missing) = wanted.iter().find(|name| call.argument(name).is_none()) {
            self.report(library::missing_word_argument(key, missing).at(at.place(span)));
        }
    }

    /// Reports a family of `pages` that does not exist.
    pub(super) fn check_pages(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a Invocation,
        given: &[TypedArgument<'a>],
    ) {
        let Some((names, expr)) = texts_of("family", call, given) else { return };
        let schema = &self.model.schema;
        for name in names.iter().filter(|name| schema.family(name).is_none()) {
            let nearest = nearest(name, schema.families.iter().map(|family| family.name.as_str()));
            self.report_written(at, expr, library::unknown_family(name, nearest));
        }
    }

    /// Reports a record that `row` asks for by name and that does not exist.
    pub(super) fn check_slug(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a Invocation,
        given: &[TypedArgument<'a>],
    ) {
        let Some((froms, _)) = texts_of("from", call, given) else { return };
        let Some((slugs, expr)) = texts_of("slug", call, given) else { return };
        let ([from], [slug]) = (froms, slugs) else { return };
        let Some(RelationId::Collection(id)) = self.site.relation(from) else { return };
        if self.must_be_there() && self.model.records.by_slug(id, slug).is_none() {
            self.report_written(at, expr, library::no_row(from, slug));
        }
    }

    /// Reports a link that leads nowhere.
    pub(super) fn check_link(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a Invocation,
        given: &[TypedArgument<'a>],
    ) {
        let Some(([to], expr)) = texts_of("to", call, given) else { return };
        if let Err(problem) = self.model.resolve(to, &Place::file(&"".into())) {
            // A site can lower a problem, which is then told where pages show the link.
            let is_error =
                self.model.config.links.weighed_in_markdown(problem.clone()).severity == Severity::Error;
            if is_error && self.must_be_there() {
                self.report_written(at, expr, problem);
            }
        }
    }

    /// Reports an asset that does not exist.
    pub(super) fn check_asset(
        &mut self,
        at: CheckPosition<'a>,
        call: &'a Invocation,
        given: &[TypedArgument<'a>],
    ) {
        let Some(([name], expr)) = texts_of("name", call, given) else { return };
        if self.must_be_there() && self.model.routes.asset(name).is_none() {
            self.report_written(at, expr, library::unknown_asset(name));
        }
    }

    /// Returns true if whatever is named at the cursor must be there: no condition guards it, and what is missing is
    /// really missing.
    fn must_be_there(&self) -> bool {
        self.guards == 0 && self.model.is_whole() && self.model.records.sound()
    }

    /// Reports a name that nothing has if it is written out. Of names that are put together, some may be meant for
    /// nothing.
    fn report_written(&mut self, at: CheckPosition<'a>, expr: &'a Expr, problem: Diagnostic) {
        if matches!(expr.kind, ExprKind::Literal(_)) {
            self.report(problem.at(at.place(&expr.span)));
        }
    }
}

/// Returns the texts that an argument can be, and its expression; none if it is not given or can be any text.
fn texts_of<'a, 'g>(
    name: &str,
    call: &'a Invocation,
    given: &'g [TypedArgument],
) -> Option<(&'g [Arc<str>], &'a Expr)> {
    let (argument, given) = call.arguments.iter().zip(given).find(|(_, given)| given.name == name)?;
    match &given.of {
        Type::Choice(texts) => Some((texts, &argument.value)),
        _ => None,
    }
}
