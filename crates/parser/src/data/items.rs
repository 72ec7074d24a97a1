//! Finds the rows of a file of JSON: the items of its list, or of a list within its object.

use serde_json::value::RawValue;

use super::column;
use crate::json::{Member, problem, read, span};
use crate::{Diagnostic, Place, Source, Span, errors};

/// A row of a file of JSON, and its key if it stands in an object instead of a list.
#[derive(Debug)]
pub(super) struct JsonItem {
    pub key: Option<Box<str>>,
    pub span: Span,
}

/// Finds the rows at a path of keys, or else in the only place where there are some.
///
/// # Errors
///
/// The file is no JSON, or nothing says where its rows are.
pub(super) fn find(source: &Source, path: Option<&str>) -> Result<Vec<JsonItem>, Diagnostic> {
    let start = column::start(&source.text);
    let invalid = |error: &serde_json::Error| problem(source, start..source.text.len(), "file", error);
    let mut value: &RawValue =
        serde_json::from_str(&source.text[start..]).map_err(|error| invalid(&error))?;
    let place = |value: &RawValue| {
        let span = span(value, &source.text);
        Place::new(&source.path, &(span.start..span.start + 1))
    };
    for key in path.into_iter().flat_map(|path| path.split('.')) {
        let inner = members(value).and_then(|members| members.into_iter().find(|member| member.key == key));
        value = inner.ok_or_else(|| errors::no_rows_at(place(value), key))?.value;
    }
    if let Some(items) = listed(value, source) {
        return Ok(items);
    }
    let Some(members) = members(value) else { return Err(errors::no_rows(place(value), &[])) };
    let lists: Vec<_> = members.iter().filter(|member| holds_rows(member.value)).collect();
    match lists[..] {
        [list] => Ok(listed(list.value, source).unwrap_or_default()),
        [] if !members.is_empty() && members.iter().all(|member| member.value.get().starts_with('{')) => {
            let item = |member: &Member| JsonItem {
                key: Some(member.key.as_ref().into()),
                span: span(member.value, &source.text),
            };
            Ok(members.iter().map(item).collect())
        }
        _ => {
            let keys: Vec<_> = lists.iter().map(|list| &*list.key).collect();
            Err(errors::no_rows(place(value), &keys))
        }
    }
}

fn listed(value: &RawValue, source: &Source) -> Option<Vec<JsonItem>> {
    let items: Vec<&RawValue> =
        value.get().starts_with('[').then(|| serde_json::from_str(value.get()).ok())??;
    Some(items.into_iter().map(|item| JsonItem { key: None, span: span(item, &source.text) }).collect())
}

fn members(value: &RawValue) -> Option<Vec<Member<'_>>> {
    let mut members = Vec::new();
    let is_object = value.get().starts_with('{');
    (is_object && read(value.get(), &mut members).is_ok()).then_some(members)
}

/// Returns true if a value is a list of objects.
fn holds_rows(value: &RawValue) -> bool {
    value.get().strip_prefix('[').is_some_and(|inner| inner.trim_start().starts_with('{'))
}
