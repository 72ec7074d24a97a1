//! Page families: which relation's rows have pages, where, and by which template.

use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place};

use super::pattern::{Columns, Pattern};
use super::{Collection, CollectionId};
use crate::inputs::Inputs;
use crate::layer::Layers;
use crate::{errors, suggest};

/// A family's place in [`Schema::families`](super::Schema).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FamilyId(pub usize);

/// A page family, as declared.
#[derive(Debug)]
pub struct Family {
    /// Its name.
    pub name: String,
    /// The collection whose records have a page each; none for a single page.
    pub from: Option<CollectionId>,
    /// Its pages' paths.
    pub(crate) path: Pattern,
    /// Its pages' titles; none for the record's or the site's.
    pub(crate) title: Option<Pattern>,
    /// The template, by its path below `templates/`.
    pub template: Arc<str>,
    /// Where it is declared.
    pub place: Place,
    /// Where its template is named.
    pub template_place: Place,
}

pub(super) fn read_all(
    layers: &Layers,
    collections: &[Collection],
    inputs: &Inputs,
    diagnostics: &mut Diagnostics,
) -> Vec<Family> {
    let templates = inputs.layered("templates");
    let mut families = Vec::new();
    for (name, place) in layers.names() {
        let mut declaration = layers.named(name, format!("pages \"{name}\""), diagnostics);
        let family = read(name, &place, &mut declaration, collections, diagnostics);
        declaration.finish(diagnostics);
        if let Some(family) = &family
            && !templates.contains_key(&*family.template)
        {
            let nearest = suggest::nearest(&family.template, templates.keys().map(String::as_str));
            diagnostics.push(errors::missing_template(
                &family.template,
                nearest,
                family.template_place.clone(),
            ));
        }
        families.extend(family);
    }
    families
}

fn read(
    name: &str,
    place: &Place,
    declaration: &mut Layers,
    collections: &[Collection],
    diagnostics: &mut Diagnostics,
) -> Option<Family> {
    let from = declaration.string("from", diagnostics);
    let path = required(declaration, "path", name, place, diagnostics);
    let title = declaration.string("title", diagnostics);
    let template = required(declaration, "template", name, place, diagnostics);

    let from = match from {
        None => None,
        Some((relation, place)) => Some(relation_id(relation, place, collections, diagnostics)?),
    };
    let columns = Columns { collections, row: from };
    let title = title.map(|(text, place)| Pattern::parse(text, place, &columns, diagnostics));
    let (path, place_of_path) = path?;
    let path = Pattern::parse(path, place_of_path, &columns, diagnostics);
    let (template, template_place) = template?;
    Some(Family {
        name: name.to_owned(),
        from,
        path: path?,
        title: title.flatten(),
        template: template.into(),
        place: place.clone(),
        template_place,
    })
}

fn required<'a>(
    declaration: &mut Layers<'a>,
    key: &'static str,
    name: &str,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<(&'a str, Place)> {
    if declaration.value(key).is_none() && !declaration.is_empty() {
        diagnostics.push(errors::missing_key(key, &format!("pages \"{name}\""), place.clone()));
    }
    declaration.string(key, diagnostics)
}

fn relation_id(
    name: &str,
    place: Place,
    collections: &[Collection],
    diagnostics: &mut Diagnostics,
) -> Option<CollectionId> {
    let id = collections.iter().position(|collection| collection.name == name).map(CollectionId);
    if id.is_none() {
        let nearest = suggest::nearest(name, collections.iter().map(|collection| collection.name.as_str()));
        diagnostics.push(errors::unknown_collection(name, nearest, place));
    }
    id
}
