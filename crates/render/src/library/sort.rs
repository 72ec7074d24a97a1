//! Filters that sort and group values, with texts in the order of the site's language. Tera's filters sort by
//! code points, and their groups come in a random order.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use sitegen_model::{TextKey, TextOrder};
use tera::value::Key;
use tera::{Error, Kwargs, Map, State, TeraResult, Value};

use super::Library;
use super::argument::{optional, required};
use super::registry::Registry;
use crate::types::{Gives, Rule, Signature, SignatureArgument, Wants};

const SORT: Signature = Signature::filter(
    "sort",
    Wants::LIST,
    &[SignatureArgument::optional("attribute", Wants::TEXT)],
    Gives::Input,
)
.for_fields();

const GROUP_BY: Signature = Signature::filter(
    "group_by",
    Wants::LIST,
    &[SignatureArgument::required("attribute", Wants::TEXT)],
    Gives::Rule(Rule::Groups),
);

const LETTER: Signature = Signature::filter("letter", Wants::TEXT, &[], Gives::Text).for_fields();

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.filter(&SORT, move |values: &[Value], args: Kwargs, _: &State| {
        sort(values, optional::<&str>(&args, "attribute")?, &of.model.schema.order)
    });
    registry.filter(&GROUP_BY, |values: &[Value], args: Kwargs, _: &State| {
        group_by(values, required(&args, "attribute")?)
    });
    let of = Arc::clone(library);
    registry.filter(&LETTER, move |name: &str, _: Kwargs, _: &State| of.model.schema.order.letter(name));
}

/// A value with the attribute that it is sorted by.
struct Ranked<'v> {
    value: &'v Value,
    by: &'v Value,
    key: Option<TextKey>,
}

impl Ranked<'_> {
    fn compare(&self, other: &Self) -> Ordering {
        match (&self.key, &other.key) {
            (Some(key), Some(other)) => key.cmp(other),
            _ => self.by.cmp(other.by),
        }
    }
}

fn sort(values: &[Value], attribute: Option<&str>, order: &TextOrder) -> TeraResult<Vec<Value>> {
    let rank = |(place, value)| {
        let by = attribute.map_or(Ok(value), |path| attribute_of(value, path, place))?;
        Ok(Ranked { value, by, key: by.as_str().map(|text| order.key(text)) })
    };
    let mut ranked = values.iter().enumerate().map(rank).collect::<TeraResult<Vec<_>>>()?;
    ranked.sort_by(Ranked::compare);
    expect_comparable(&ranked)?;
    Ok(ranked.into_iter().map(|ranked| ranked.value.clone()).collect())
}

fn attribute_of<'v>(value: &'v Value, path: &'v str, place: usize) -> TeraResult<&'v Value> {
    value.get_from_path(path).ok_or_else(|| {
        Error::message(format!(
            "Value at index {place} (a {}) does not have an attribute at path: {path}",
            value.name()
        ))
    })
}

/// Refuses values that cannot be compared with each other. Nulls can be, and come last.
fn expect_comparable(ranked: &[Ranked]) -> TeraResult<()> {
    let is_odd = |pair: &&[Ranked]| {
        let nothing = pair.iter().any(|ranked| ranked.by.is_none());
        !nothing && pair[0].by.partial_cmp(pair[1].by).is_none()
    };
    ranked.windows(2).find(is_odd).map_or(Ok(()), |pair| {
        let names = (pair[0].by.name(), pair[1].by.name());
        Err(Error::message(format!("Cannot sort: `{}` and `{}` are not comparable", names.0, names.1)))
    })
}

/// Groups values by their attribute at a path, in the order in which the first of each group stands.
fn group_by(values: &[Value], path: &str) -> TeraResult<Value> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<(&Value, Vec<Value>)> = Vec::new();
    for (place, value) in values.iter().enumerate() {
        let by = attribute_of(value, path, place)?;
        if by.is_none() {
            continue;
        }
        let place = *places.entry(format!("{} {by}", by.name())).or_insert(groups.len());
        if place == groups.len() {
            groups.push((by, Vec::new()));
        }
        groups[place].1.push(value.clone());
    }
    let mut map = Map::new();
    for (by, group) in groups {
        map.insert(key(by)?, group.into());
    }
    Ok(map.into())
}

/// Converts a value to the key of a map.
fn key(value: &Value) -> TeraResult<Key<'static>> {
    if let Some(text) = value.as_str() {
        return Ok(text.to_owned().into());
    }
    if let Some(truth) = value.as_bool() {
        return Ok(Key::Bool(truth));
    }
    value
        .as_i128()
        .filter(|_| !value.is_f64())
        .map(Into::into)
        .ok_or_else(|| Error::message("Not a valid key type".to_owned()))
}
