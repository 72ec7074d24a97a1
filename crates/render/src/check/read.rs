//! The fields that expressions read, for the explanation of a page.

use std::collections::BTreeSet;
use std::sync::Arc;

use sitegen_model::{FamilyId, Model, RelationId};
use sitegen_parser::{Place, Span};

use super::scope::NameScope;
use super::{CheckPosition, TemplateChecker};
use crate::syntax::{Expr, ExprKind, Invocation, Literal};
use crate::templates::Sources;
use crate::types::{SiteTypes, Type};

/// A field that an expression of a template reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldRead {
    /// The name of what has the field: a relation, `page`, `site` or `site.extra`.
    pub of: Arc<str>,
    /// The name of the field.
    pub field: Arc<str>,
    /// The place at which a template names it.
    pub place: Place,
}

/// The reads of the templates of one family.
pub(super) struct FieldReads {
    found: BTreeSet<FieldRead>,
    /// The names of the `template` fields that the page evaluates.
    evaluated: Vec<String>,
    /// The maps that have a name of their own, by their types.
    maps: Vec<(Type, &'static str)>,
    /// The relation of which the family's pages show a row, and the names that the row gives to templates.
    row: Option<(RelationId, Vec<String>)>,
}

/// The parts of a page that templates read fields for.
pub(crate) struct PageParts<'p> {
    pub family: FamilyId,
    /// The name of its template.
    pub template: &'p str,
    /// The names of the `template` fields that it evaluates.
    pub evaluated: &'p [String],
    /// The components that the Markdown of its record calls.
    pub called: &'p [&'p str],
}

/// Lists the fields that expressions of a page's templates read, on every branch that pages of its family can take.
pub(crate) fn field_reads(model: &Model, sources: &Sources, page: &PageParts) -> BTreeSet<FieldRead> {
    let mut checker = TemplateChecker::new(model, sources);
    checker.reads = Some(checker.no_reads(page));
    let names = checker.names_of(page.family);
    if let Some(template) = checker.template(page.template) {
        checker.check_page(template, NameScope::new(names.clone()));
    }
    // A field also sees what the template sets where it evaluates the field.
    for field in page.evaluated.iter().filter_map(|name| sources.whole_name(name)) {
        checker.check_page(field, NameScope::open(names.clone()));
    }
    for name in page.called {
        if let Some((template, component)) = checker.components.get(name).copied() {
            checker.check_declared(template, component);
        }
    }
    checker.reads.map(|reads| reads.found).unwrap_or_default()
}

impl<'a> TemplateChecker<'a> {
    fn no_reads(&self, page: &PageParts) -> FieldReads {
        let family = page.family;
        let site = SiteTypes::site(&self.model.config);
        let extra = self.site.field(&site, "extra");
        let columns = || self.site.names(family).into_iter().map(|(name, _)| name).collect();
        let row = match self.model.schema[family].from {
            // The one name is that of the record itself, which is no field.
            None | Some(RelationId::Collection(_)) => None,
            Some(relation) => Some((relation, columns())),
        };
        let maps = vec![(site, "site"), (extra, "site.extra"), (self.site.page(family), "page")];
        FieldReads { found: BTreeSet::new(), evaluated: page.evaluated.to_vec(), maps, row }
    }

    /// Takes up that a field of a value is read.
    pub(super) fn read_field(&mut self, at: CheckPosition<'a>, of: &Type, field: &str, span: &Span) {
        let Some(reads) = &mut self.reads else { return };
        // A field is checked wherever one of its name is evaluated, though the page may evaluate that of another record.
        if at.source.origin().is_some() && !reads.evaluated.iter().any(|name| name == at.template) {
            return;
        }
        for of in of.members() {
            let owner = match of {
                Type::Record(id, _) => self.model.schema[*id].name.as_str(),
                Type::Row(relation) => self.model.schema.relation_name(*relation),
                of => match reads.maps.iter().find(|(known, _)| known == of) {
                    Some((_, name)) => name,
                    None => continue,
                },
            };
            let (of, field) = (Arc::from(owner), Arc::from(field));
            reads.found.insert(FieldRead { of, field, place: at.place(span) });
        }
    }

    /// Takes up that a name is read, which can be a column of the row that the page shows.
    pub(super) fn read_name(&mut self, at: CheckPosition<'a>, scope: &NameScope, name: &str, span: &Span) {
        let Some(FieldReads { row: Some((relation, columns)), .. }) = &self.reads else { return };
        if self.depth == 0 && scope.is_from_around(name) && columns.iter().any(|column| column == name) {
            self.read_field(at, &Type::Row(*relation), name, span);
        }
    }

    /// Takes up that the rows of a relation are looked up by a column.
    pub(super) fn read_key(&mut self, at: CheckPosition<'a>, relation: RelationId, key: &str, span: &Span) {
        let of = SiteTypes::row(relation);
        self.read_field(at, &of, key, span);
    }

    /// Takes up the field of a filter's input, or of its items, that an argument names.
    pub(super) fn read_by_filter(&mut self, at: CheckPosition<'a>, input: &Type, call: &'a Invocation) {
        if self.reads.is_none() {
            return;
        }
        for argument in &call.arguments {
            let Expr { kind: ExprKind::Literal(Literal::Text(path)), span, .. } = &argument.value else {
                continue;
            };
            match &*argument.name.value {
                "attribute" => {
                    let mut of = self.site.item(input).unwrap_or(Type::Unknown);
                    for name in path.split('.') {
                        self.read_field(at, &of, name, span);
                        of = self.site.field(&of, name);
                    }
                }
                "key" => self.read_field(at, input, path, span),
                _ => {}
            }
        }
    }

    /// Takes up that a map is spread, which reads all of its fields.
    pub(super) fn read_all(&mut self, at: CheckPosition<'a>, map: &Type, span: &Span) {
        if self.reads.is_none() {
            return;
        }
        for (name, _) in self.site.fields(map) {
            self.read_field(at, map, &name, span);
        }
    }
}
