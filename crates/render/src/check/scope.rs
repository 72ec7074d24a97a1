//! The names that an expression can see, and what is known of them at its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::syntax::{Expr, ExprKind};
use crate::types::Type;

/// Names and their types.
pub(crate) type ScopeNames = BTreeMap<Arc<str>, Type>;

/// The names at one place of a template, as Tera looks them up: those of loops from the inside out, then those that
/// are set, then those from around, which are the page's or the including template's.
#[derive(Debug, Clone, Default)]
pub(super) struct NameScope {
    loops: Vec<Arc<ScopeNames>>,
    set: Arc<ScopeNames>,
    around: Arc<ScopeNames>,
    /// The types that conditions tell of names and their fields, the newest last.
    facts: Arc<Vec<(Arc<str>, Type)>>,
    /// True if there may be other names, of which nothing is known.
    is_open: bool,
}

impl NameScope {
    pub(super) fn new(around: ScopeNames) -> Self {
        Self { around: Arc::new(around), ..Self::default() }
    }

    /// Makes a scope in which any name may exist.
    pub(super) fn open(around: ScopeNames) -> Self {
        Self { is_open: true, ..Self::new(around) }
    }

    /// Lets any name exist, because a template that gives names could not be read whole.
    pub(super) fn open_if(mut self, has_gaps: bool) -> Self {
        self.is_open |= has_gaps;
        self
    }

    /// Returns true if names may exist of which nothing is known.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Returns the type of a name; `Undefined` if there is none.
    pub(super) fn get(&self, name: &str) -> Type {
        if let Some(known) = self.fact(name) {
            return known.clone();
        }
        let found = self.loops.iter().rev().find_map(|names| names.get(name));
        match found.or_else(|| self.set.get(name)).or_else(|| self.around.get(name)) {
            Some(known) => known.clone(),
            None if self.is_open => Type::Unknown,
            None => Type::Undefined,
        }
    }

    /// Returns true if a name is that from around, which nothing here hides.
    pub(super) fn is_from_around(&self, name: &str) -> bool {
        let is_hidden =
            self.set.contains_key(name) || self.loops.iter().any(|names| names.contains_key(name));
        !is_hidden && self.around.contains_key(name)
    }

    /// Lists the names that can be seen, for suggestions.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let loops = self.loops.iter().rev().flat_map(|names| names.keys());
        loops.chain(self.set.keys()).chain(self.around.keys()).map(|name| &**name)
    }

    /// Returns the names that can be seen with their types.
    pub(super) fn visible(&self) -> ScopeNames {
        self.names().map(|name| (Arc::from(name), self.get(name))).collect()
    }

    /// Flattens the scope to the names that an included template sees around it.
    pub(super) fn included(&self) -> Self {
        let mut around: ScopeNames = (*self.around).clone();
        around.extend((*self.set).clone());
        for names in &self.loops {
            around.extend((**names).clone());
        }
        Self {
            around: Arc::new(around),
            facts: Arc::clone(&self.facts),
            is_open: self.is_open,
            ..Self::default()
        }
    }

    /// Makes the scope of a field that is evaluated here. Others are evaluated under other conditions, so what these
    /// say is not seen, but for the types of the names that the field uses.
    pub(super) fn evaluating(&self, names: ScopeNames) -> Self {
        let mut around = self.included();
        around.facts = Arc::default();
        let known = names.into_iter().filter(|(_, known)| *known != Type::Undefined);
        Arc::make_mut(&mut around.around).extend(known);
        around
    }

    /// Sets a name for the rest of the round of a loop, or of the template.
    pub(super) fn set(&mut self, name: &Arc<str>, to: Type) {
        self.forget(name);
        Arc::make_mut(self.loops.last_mut().unwrap_or(&mut self.set)).insert(Arc::clone(name), to);
    }

    pub(super) fn set_global(&mut self, name: &Arc<str>, to: Type) {
        self.forget(name);
        Arc::make_mut(&mut self.set).insert(Arc::clone(name), to);
    }

    pub(super) fn enter_loop(&mut self, names: ScopeNames) {
        for name in names.keys() {
            self.forget(name);
        }
        self.loops.push(Arc::new(names));
    }

    pub(super) fn leave_loop(&mut self) {
        if let Some(names) = self.loops.pop() {
            for name in names.keys() {
                self.forget(name);
            }
        }
    }

    /// Returns true if all names that are set have the same types as in another scope.
    pub(super) fn has_set_as(&self, other: &Self) -> bool {
        self.set == other.set && self.loops == other.loops
    }

    /// Takes names that are set for unknown where another scope has another type.
    pub(super) fn forget_changes(&mut self, other: &Self) {
        for (name, known) in Arc::make_mut(&mut self.set) {
            if other.set.get(name) != Some(known) {
                *known = Type::Unknown;
            }
        }
    }

    /// Returns what a condition says of a path, such as `company.offer`.
    fn fact(&self, path: &str) -> Option<&Type> {
        self.facts.iter().rev().find(|(known, _)| **known == *path).map(|(_, known)| known)
    }

    /// Returns what a condition says of an expression.
    pub(super) fn fact_of(&self, expr: &Expr) -> Option<&Type> {
        self.facts.iter().rev().find(|(known, _)| is_path(known, expr)).map(|(_, known)| known)
    }

    pub(super) fn assume(&mut self, path: String, known: Type) {
        Arc::make_mut(&mut self.facts).push((path.into(), known));
    }

    /// Forgets what conditions said of a name, because it now has another value.
    fn forget(&mut self, name: &str) {
        let is_of =
            |path: &str| path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        if self.facts.iter().any(|(path, _)| is_of(path)) {
            Arc::make_mut(&mut self.facts).retain(|(path, _)| !is_of(path));
        }
    }

    /// Takes up what is set on two ways that lead to this place. What conditions said on one of them is forgotten.
    pub(super) fn join(&mut self, one: Self, other: &Self) {
        self.loops = one.loops.into_iter().zip(&other.loops).map(|(one, other)| join(one, other)).collect();
        let set = join(one.set, &other.set);
        let before = std::mem::replace(&mut self.set, Arc::clone(&set));
        if !Arc::ptr_eq(&before, &set) {
            for name in before.keys().chain(set.keys()).filter(|name| before.get(*name) != set.get(*name)) {
                self.forget(name);
            }
        }
    }
}

/// Joins the names of two ways. A name that only one of them sets may be undefined.
fn join(mut one: Arc<ScopeNames>, other: &Arc<ScopeNames>) -> Arc<ScopeNames> {
    if Arc::ptr_eq(&one, other) {
        return one;
    }
    let names = Arc::make_mut(&mut one);
    for (name, known) in &mut *names {
        match other.get(name) {
            Some(also) if also == known => {}
            also => *known = known.clone().union(also.cloned().unwrap_or(Type::Undefined)),
        }
    }
    for (name, known) in &**other {
        names.entry(Arc::clone(name)).or_insert_with(|| known.clone().union(Type::Undefined));
    }
    one
}

/// Returns true if a path is that of a name and its fields.
fn is_path(written: &str, expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Variable(name) => *written == **name,
        ExprKind::Attribute { of, name, .. } => {
            let rest = written.strip_suffix(&*name.value).and_then(|rest| rest.strip_suffix('.'));
            rest.is_some_and(|rest| is_path(rest, of))
        }
        _ => false,
    }
}

/// Returns the path of a name and its fields, such as `company.offer`; none of anything else.
pub(super) fn path(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Variable(name) => Some(name.to_string()),
        ExprKind::Attribute { of, name, .. } => {
            let mut path = path(of)?;
            path.push('.');
            path.push_str(&name.value);
            Some(path)
        }
        _ => None,
    }
}
