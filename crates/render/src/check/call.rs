//! Calls of functions, filters and tests, held against their signatures.

use sitegen_model::nearest;
use sitegen_parser::Span;

use super::expression::ValueRole;
use super::scope::NameScope;
use super::{CheckPosition, JudgedUse, TemplateChecker, errors};
use crate::library::errors as library;
use crate::syntax::{Expr, Invocation};
use crate::types::{CallKind, Gives, KindSet, Rule, Signature, Type, TypedArgument, TypedCall, Wants};

impl<'a> TemplateChecker<'a> {
    pub(super) fn function(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        call: &'a Invocation,
        span: &Span,
    ) -> Type {
        if &*call.name.value == "super" {
            self.given(at, scope, call, None);
            if self.super_block(at, scope).is_none() && !self.has_gaps(at.template) {
                self.report(errors::no_super(at.place(span)));
            }
            return Type::Html;
        }
        let signature = self.signature(at, CallKind::Function, call);
        let given = self.given(at, scope, call, signature);
        let Some(signature) = signature else { return Type::Unknown };
        match signature.name {
            "rows" => self.check_rows(at, call, &given),
            "referenced_by" => _ = self.check_relation(at, call, &given),
            "row" => {
                self.check_rows(at, call, &given);
                self.check_slug(at, call, &given);
            }
            "link" => self.check_link(at, call, &given),
            "asset" | "image" => self.check_asset(at, call, &given),
            "pages" | "count_pages" => self.check_pages(at, call, &given),
            "t" => self.words(at, call, &given, span),
            _ => {}
        }
        signature.gives.of(&TypedCall { input: &Type::Never, arguments: &given }, &self.site)
    }

    pub(super) fn filter(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        of: &'a Expr,
        call: &'a Invocation,
    ) -> Type {
        let signature = self.signature(at, CallKind::Filter, call);
        let input = self.input(at, scope, of, signature);
        if &*call.name.value == "evaluate" {
            self.evaluated(scope, &input);
        }
        self.filtered(at, scope, &input, call, signature)
    }

    /// Applies a filter to text that a template writes around it.
    pub(super) fn filtered_text(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        input: &Type,
        call: &'a Invocation,
    ) -> Type {
        let signature = self.signature(at, CallKind::Filter, call);
        if let Some(signature) = signature {
            self.check_input(at, signature, input, &call.name.span);
        }
        self.filtered(at, scope, input, call, signature)
    }

    fn filtered(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        input: &Type,
        call: &'a Invocation,
        signature: Option<&'static Signature>,
    ) -> Type {
        let given = self.given(at, scope, call, signature);
        self.read_by_filter(at, input, call);
        match signature {
            Some(signature) => signature.gives.of(&TypedCall { input, arguments: &given }, &self.site),
            None => Type::Unknown,
        }
    }

    pub(super) fn test(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        of: &'a Expr,
        call: &'a Invocation,
    ) -> Type {
        let signature = self.signature(at, CallKind::Test, call);
        self.input(at, scope, of, signature);
        self.given(at, scope, call, signature);
        Type::Bool
    }

    /// Checks the value that a filter or a test is applied to, and returns its type.
    fn input(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        of: &'a Expr,
        signature: Option<&'static Signature>,
    ) -> Type {
        let role = match signature {
            Some(signature) if is_doubting(signature) => ValueRole::Doubted,
            Some(signature) if signature.input.kinds().meets(KindSet::UNDEFINED) => ValueRole::Asked,
            _ => ValueRole::Used,
        };
        let input = self.expr(at, scope, of, role);
        if let Some(signature) = signature {
            self.check_input(at, signature, &input, &of.span);
        }
        input
    }

    /// Finds what is called, and reports a name that nothing has.
    fn signature(
        &mut self,
        at: CheckPosition<'a>,
        kind: CallKind,
        call: &'a Invocation,
    ) -> Option<&'static Signature> {
        let found = self.signatures.find(kind, &call.name.value);
        if found.is_none() {
            let what = match kind {
                CallKind::Function => "function",
                CallKind::Filter => "filter",
                CallKind::Test => "test",
            };
            let nearest = nearest(&call.name.value, self.signatures.names(kind));
            self.report(errors::unknown_callable(what, &call.name.value, nearest, at.place(&call.name.span)));
        }
        found
    }

    fn check_input(&mut self, at: CheckPosition<'a>, signature: &Signature, input: &Type, span: &Span) {
        if *input != Type::Never && *input != Type::Undefined {
            self.check_wants(at, signature.input, input, (span, JudgedUse::Given));
        }
    }

    /// Reports a value of which nothing can be taken where it is given.
    pub(super) fn check_wants(
        &mut self,
        at: CheckPosition<'a>,
        wants: Wants,
        known: &Type,
        (span, usage): (&Span, JudgedUse),
    ) {
        let refused = wants.refused(known).unwrap_or(Type::Never);
        let is_all = known.members().iter().all(|member| refused.members().contains(member));
        let problem = (is_all && *known != Type::Never)
            .then(|| errors::unfit(&wants.say(), &self.say(known), at.place(span)));
        self.judge(at, span, usage, problem);
    }

    /// Checks the arguments of a call, and returns them in the same order with their types.
    fn given(
        &mut self,
        at: CheckPosition<'a>,
        scope: &NameScope,
        call: &'a Invocation,
        signature: Option<&'static Signature>,
    ) -> Vec<TypedArgument<'a>> {
        let name = &*call.name.value;
        let mut given = Vec::with_capacity(call.arguments.len());
        let mut missing = signature.map_or_else(Vec::new, |signature| missing(signature, call));
        for argument in &call.arguments {
            let declared = signature.and_then(|signature| signature.argument(&argument.name.value));
            let wants =
                declared.map(|declared| declared.wants).or_else(|| signature.and_then(|known| known.others));
            let role = match wants {
                Some(wants) if !wants.kinds().meets(KindSet::UNDEFINED) => ValueRole::Used,
                _ => ValueRole::Asked,
            };
            let known = self.expr(at, scope, &argument.value, role);
            match (wants, signature) {
                (Some(wants), _) => {
                    self.check_wants(at, wants, &known, (&argument.value.span, JudgedUse::Given));
                }
                (None, Some(signature)) => {
                    let wanted: Vec<_> = signature.argument_names().collect();
                    let meant = meant(&argument.name.value, &wanted, &mut missing);
                    let problem = library::unexpected_argument(name, &argument.name.value, meant);
                    self.report(problem.at(at.place(&argument.name.span)));
                }
                (None, None) => {}
            }
            given.push(TypedArgument { name: &argument.name.value, of: known });
        }
        for missing in missing {
            self.report(errors::missing_argument(name, missing, at.place(&call.name.span)));
        }
        given
    }
}

/// Lists the arguments that a call must give and does not.
fn missing(signature: &Signature, call: &Invocation) -> Vec<&'static str> {
    let required = signature.arguments.iter().filter(|argument| argument.is_required);
    required.map(|argument| argument.name).filter(|name| call.argument(name).is_none()).collect()
}

/// Returns the name that was most likely meant by one that a call has no use for, one that is alike or the only one that
/// is missing, and takes it from the missing ones.
pub(super) fn meant<'n>(name: &str, wanted: &[&'n str], missing: &mut Vec<&'n str>) -> Option<&'n str> {
    let only = if let [only] = missing[..] { Some(only) } else { None };
    let meant = nearest(name, wanted.iter().copied()).or(only);
    missing.retain(|missing| Some(*missing) != meant);
    meant
}

/// Returns true of the filter and the tests that are there for what may be missing.
fn is_doubting(signature: &Signature) -> bool {
    let is_of_being = matches!(signature.name, "defined" | "undefined");
    signature.gives == Gives::Rule(Rule::Default) || signature.kind == CallKind::Test && is_of_being
}
