//! The values of a site held against the types that its declarations give them.

use std::collections::HashSet;

use sitegen_model::Target;
use tera::value::Key;
use tera::{Map, Value};

use crate::build::{Build, site};
use crate::page::context;
use crate::types::{OtherKeys, SiteTypes, Type};
use crate::value::listing::Choice;
use crate::value::relation::RelationView;

/// Lists the values that templates would see of a site and that do not have the type that is declared of them.
///
/// There is none, whatever is declared: that is what templates are checked by.
pub fn misfits(build: &Build) -> Vec<String> {
    let types = SiteTypes::new(&build.model.schema);
    let mut comparison = Comparison { types: &types, seen: HashSet::new(), found: Vec::new() };
    comparison.compare("site", &site(&build.model), &SiteTypes::site(&build.model.config));
    comparison.relations(build);
    comparison.pages(build);
    comparison.found
}

/// A comparison of values with types.
struct Comparison<'a> {
    types: &'a SiteTypes<'a>,
    /// The maps that were compared, by their addresses, with their types: values share them.
    seen: HashSet<(usize, Type)>,
    found: Vec<String>,
}

impl Comparison<'_> {
    /// Compares all records and rows.
    fn relations(&mut self, build: &Build) {
        let model = &build.model;
        for id in model.schema.relations() {
            let name = model.schema.relation_name(id);
            let of = SiteTypes::row(id);
            match build.seen_by_pages.relations.get(name) {
                Some(RelationView::Records(records)) => {
                    for row in 0..model.records.of(records.id).len() {
                        self.compare(&format!("{name}[{row}]"), records.row(row), &of);
                    }
                }
                Some(RelationView::Rows(rows)) => {
                    for row in 0..model.relations.rows(id).map_or(0, |relation| relation.rows.len()) {
                        self.compare(&format!("{name}[{row}]"), &rows.row(model, row), &of);
                    }
                }
                None => self.found.push(format!("{name} is no relation of templates")),
            }
        }
    }

    /// Compares what the templates of pages see, and the lists of pages.
    fn pages(&mut self, build: &Build) {
        let listed = self.types.listed_page();
        let pages = build.listing.pages(None, Choice::First(usize::MAX), &build.model);
        self.compare("pages()", &pages, &Type::list(listed));
        for route in build.model.routes.iter() {
            let Target::Page { family, .. } = route.target else { continue };
            let context = context::context(build, route);
            let names = self.types.names(family).into_iter();
            let names = names.chain([("page".to_owned(), self.types.page(family))]);
            for (name, of) in names {
                let value = context.get(&name).cloned().unwrap_or_else(Value::undefined);
                self.compare(&format!("{name} of {}", route.url), &value, &of);
            }
        }
    }

    /// Compares a value with a type. `at` is what messages call the value.
    fn compare(&mut self, at: &str, value: &Value, of: &Type) {
        let fits = match of {
            Type::Unknown => true,
            Type::Never => false,
            Type::Undefined => value.is_undefined(),
            Type::None => value.is_none(),
            Type::Bool => value.is_bool(),
            Type::Int => value.is_number() && !value.is_f64(),
            Type::Float => value.is_f64(),
            Type::Html => value.is_string() && value.is_safe(),
            Type::Text => value.is_string() && !value.is_safe(),
            Type::Choice(words) => {
                value.as_str().is_some_and(|text| words.iter().any(|word| **word == *text))
            }
            Type::Date => value.as_str().is_some_and(|text| text.len() == 10 && is_day(text)),
            Type::DateTime => value.as_str().is_some_and(|text| text.get(..10).is_some_and(is_day)),
            Type::Url => value.as_str().is_some_and(|text| text.contains(':')),
            Type::List(item) => return self.list(at, value, item),
            Type::OneOf(members) => members.iter().any(|member| self.fits(value, member)),
            Type::Perhaps(_) if value.is_none() => true,
            Type::Perhaps(of) => return self.compare(at, value, of),
            Type::Map(_) | Type::Struct(_) | Type::Record(..) | Type::Row(_) | Type::Field(_) => {
                return self.map(at, value, of);
            }
        };
        if !fits {
            self.found.push(format!("{at} is {}, not {of:?}", said(value)));
        }
    }

    /// Returns true if a value has a type.
    fn fits(&self, value: &Value, of: &Type) -> bool {
        let mut other = Comparison { types: self.types, seen: HashSet::new(), found: Vec::new() };
        other.compare("", value, of);
        other.found.is_empty()
    }

    fn list(&mut self, at: &str, value: &Value, item: &Type) {
        let Some(items) = value.as_array() else {
            return self.found.push(format!("{at} is {}, not a list", said(value)));
        };
        for (index, value) in items.iter().enumerate() {
            self.compare(&format!("{at}[{index}]"), value, item);
        }
    }

    fn map(&mut self, at: &str, value: &Value, of: &Type) {
        let Some(map) = value.as_map() else {
            return self.found.push(format!("{at} is {}, not {of:?}", said(value)));
        };
        if !self.seen.insert((std::ptr::from_ref::<Map>(map).addr(), of.clone())) {
            return;
        }
        let fields = self.types.fields(of);
        let is_open =
            matches!(of, Type::Map(_)) || matches!(of, Type::Struct(of) if of.others == OtherKeys::Any);
        for (name, of) in &fields {
            match map.get(&Key::Str(name)) {
                Some(value) => self.compare(&format!("{at}.{name}"), value, of),
                None => self.found.push(format!("{at}.{name} is not there")),
            }
        }
        if !is_open && map.len() != fields.len() {
            let names: Vec<_> = map.keys().map(ToString::to_string).collect();
            self.found.push(format!("{at} has {}, not the names of {of:?}", names.join(", ")));
        }
        if let Type::Map(item) = of {
            for (name, value) in map {
                self.compare(&format!("{at}.{name}"), value, item);
            }
        }
    }
}

/// Says what a value is: its kind, or itself if it is short.
fn said(value: &Value) -> String {
    match value.name() {
        kind @ ("array" | "map/struct") => kind.to_owned(),
        kind => format!("{kind} {:?}", value.to_string().chars().take(40).collect::<String>()),
    }
}

/// Returns true if a text is a day such as `2026-01-31`.
fn is_day(text: &str) -> bool {
    text.bytes()
        .enumerate()
        .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}
