//! The rows that a question reads: their columns and types.

use sitegen_parser::Span;

use super::compare::Side;
use super::domain::Domain;
use super::scope::LevelSource;
use super::tree::{SqlBinary, SqlForm, SqlLiteral, SqlOrigin, SqlSource, SqlTerm};
use super::walk::Analyst;
use super::{TableShape, errors};

impl Analyst<'_> {
    pub(super) fn source(&mut self, source: &SqlSource) {
        let shape = match &source.of {
            SqlOrigin::Table(name) => self.table(name),
            SqlOrigin::Function(name, arguments) => {
                let taken: Vec<_> = arguments.iter().map(|term| self.term(term)).collect();
                function_rows(name, arguments, &taken)
            }
            SqlOrigin::Select(select) => self.select(select),
        };
        let mut new = LevelSource { name: source.name.clone(), shape, joined: Vec::new() };
        for term in &source.using {
            let SqlForm::Column { name, .. } = &term.form else { continue };
            let before = self.level().find(None, name).map(|place| self.level().domain(place));
            let own = new.column(name).zip(new.shape.as_ref()).map(|(at, shape)| shape.columns[at].1.clone());
            if let (Some(before), Some(own)) = (before, own) {
                let sides = [Side::column(before, &term.span), Side::column(own, &term.span)];
                self.compare(SqlBinary::Equal, &sides, &term.span);
            }
            new.joined.push(name.clone());
        }
        if source.natural {
            let shape = new.shape.iter().flat_map(|shape| &shape.columns).map(|(name, _)| name);
            new.joined = shape.filter(|name| self.level().find(None, name).is_some()).cloned().collect();
        }
        self.level().sources.push(new);
    }

    pub(super) fn table(&self, name: &str) -> Option<TableShape> {
        let mut named = self.named.iter().rev();
        match named.find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, shape)) => shape.clone(),
            None => (self.around.table)(name),
        }
    }

    /// Adds all columns of some rows to the answer; false if not all are known.
    pub(super) fn all_columns(&mut self, of: Option<&str>, span: &Span) -> bool {
        let level = self.level();
        if level.may_hold(of) {
            return false;
        }
        let mut all = Vec::new();
        for (place, source) in level.sources.iter().enumerate() {
            let is_meant =
                of.is_none_or(|of| source.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(of)));
            let columns = source.shape.iter().flat_map(|shape| shape.columns.iter().enumerate());
            let columns = columns.filter(|(_, (name, _))| of.is_some() || !source.joined.contains(name));
            all.extend(columns.filter(|_| is_meant).map(|(at, column)| ((place, at), column.clone())));
        }
        let mut news = None;
        for (place, column) in all {
            if level.grouping.as_mut().is_some_and(|grouping| grouping.is_news(place)) {
                news.get_or_insert_with(|| column.0.clone());
            }
            level.answer.push(column);
            level.places.push(Some(place));
        }
        if let Some(name) = news {
            self.found.push(errors::bare_column(&name, (self.around.place)(span)));
        }
        true
    }
}

/// A record's slug under another name is the record.
pub(super) fn under(name: &str, domain: Domain) -> Domain {
    match domain {
        Domain::Slug(collection) if !name.is_empty() && !name.eq_ignore_ascii_case("slug") => {
            Domain::Record(collection)
        }
        domain => domain,
    }
}

pub(super) fn renamed(shape: TableShape, names: &[String]) -> TableShape {
    let mut names = names.iter();
    let rename = |(name, domain): (String, Domain)| match names.next() {
        Some(new) => (new.clone(), under(new, domain)),
        None => (name, domain),
    };
    TableShape { columns: shape.columns.into_iter().map(rename).collect(), ..shape }
}

/// The shape of the rows of two parts; none if one is not known.
pub(super) fn joined(one: Option<TableShape>, other: Option<TableShape>) -> Option<TableShape> {
    let (one, other) = (one?, other?);
    let columns = one.columns.into_iter().zip(other.columns);
    let columns = columns.map(|((name, one), (_, other))| (name, one.join(other))).collect();
    Some(TableShape { columns, keys: Vec::new() })
}

pub(super) fn forget_differing(answer: &mut TableShape, first: Option<&TableShape>, is_named: bool) {
    let first = first.into_iter().flat_map(|first| &first.columns);
    for ((_, domain), (_, assumed)) in answer.columns.iter_mut().zip(first) {
        if is_named && domain != assumed && !domain.is_text() {
            *domain = Domain::Unknown;
        }
    }
}

/// The rows that `json_each` and `json_tree` give.
pub(super) fn function_rows(name: &str, arguments: &[SqlTerm], taken: &[Domain]) -> Option<TableShape> {
    let path = match arguments.get(1).map(|path| &path.bare().form) {
        Some(SqlForm::Literal(SqlLiteral::Text(path))) => Some(path.as_str()),
        Some(_) => Some(""),
        None => None,
    };
    let of = taken.first().cloned().unwrap_or(Domain::Unknown);
    let of = path.map_or(of.clone(), |path| of.at(path));
    let (item, key) = match (name, &of) {
        ("json_each", Domain::List(_)) => (of.item(), Domain::Int),
        _ => (Domain::Unknown, Domain::Unknown),
    };
    let columns = [
        ("key", key),
        ("value", item.clone()),
        ("type", Domain::Text),
        ("atom", if item.is_json() { Domain::Unknown } else { item }),
        ("id", Domain::Int),
        ("parent", Domain::Int),
        ("fullkey", Domain::Text),
        ("path", Domain::Text),
    ];
    let columns = columns.map(|(name, domain)| (name.to_owned(), domain)).into();
    ["json_each", "json_tree"].contains(&name).then_some(TableShape { columns, keys: Vec::new() })
}
