//! The origin of a dataset, as declared: publisher, license, period and method.

use std::collections::BTreeSet;

use sitegen_parser::Diagnostics;

use super::{Schema, errors};
use crate::ground::url::whole_objection;
use crate::ground::{DatasetId, RelationId};
use crate::read::{KeyForm, Layers, ValueForm};

/// The origin of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The publisher, with the publisher's title for the data.
    pub name: String,
    /// The URL at which the data was published.
    pub url: Option<String>,
    /// The license, which says what readers may do with the data.
    pub licence: Option<String>,
    /// The time that it is about, such as `May 2025`.
    pub period: Option<String>,
    /// The method by which the data was gathered and changed.
    pub method: Option<String>,
    /// True if the data only shows what such data looks like; nothing in a sample is true of anyone.
    pub sample: bool,
}

/// The keys of a dataset's source.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Text};
    vec![
        KeyForm::new("name", Text, "Who published the data, or what it is called there."),
        KeyForm::new("url", Text, "The URL at which the data was published."),
        KeyForm::new("licence", Text, "What readers may do with the data."),
        KeyForm::new("period", Text, "The time that the data is about."),
        KeyForm::new("method", Text, "How the data was gathered, and what was done to it."),
        KeyForm::new("sample", Bool, "If true, the data is made up, and true of nobody."),
    ]
}

pub(super) fn read(dataset: &str, declaration: &mut Layers, diagnostics: &mut Diagnostics) -> Option<Origin> {
    let mut source = declaration.section("source", format!("the source of \"{dataset}\""), diagnostics);
    let place = source.place()?;
    let name = text(&mut source, "name", diagnostics);
    let url = source.string("url", diagnostics);
    if let Some((url, place)) = &url
        && let Some(objection) = whole_objection(url)
    {
        diagnostics.push(errors::invalid_url("url", url, objection, place.clone()));
    }
    let origin = Origin {
        name: name.clone().unwrap_or_default(),
        url: url.map(|(url, _)| url.to_owned()),
        licence: text(&mut source, "licence", diagnostics),
        period: text(&mut source, "period", diagnostics),
        method: text(&mut source, "method", diagnostics),
        sample: source.bool("sample", diagnostics).unwrap_or(false),
    };
    source.finish(diagnostics);
    if name.is_none() {
        diagnostics.push(errors::missing_key("name", &format!("the source of \"{dataset}\""), place));
    }
    Some(origin)
}

fn text(source: &mut Layers, key: &'static str, diagnostics: &mut Diagnostics) -> Option<String> {
    source.string(key, diagnostics).map(|(text, _)| text.to_owned())
}

impl Schema {
    /// The datasets that a relation rests on: itself, or those that a query reads, also through other queries; in order of declaration.
    pub fn datasets_of(&self, relation: RelationId) -> Vec<DatasetId> {
        let mut seen = BTreeSet::from([relation]);
        let mut open = vec![relation];
        while let Some(next) = open.pop() {
            if let RelationId::Query(id) = next {
                open.extend(self[id].reads.relations().filter(|read| seen.insert(*read)));
            }
        }
        let dataset = |relation| match relation {
            RelationId::Dataset(id) => Some(id),
            RelationId::Collection(_) | RelationId::Query(_) => None,
        };
        seen.into_iter().filter_map(dataset).collect()
    }
}
