//! Cards: which pages have an image that stands for them where they are linked to.

use std::collections::BTreeMap;
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place, WrittenValue};

use super::errors;
use crate::ground::suggest;
use crate::read::{File, KeyForm, Layers, ValueForm};

/// The default for the most indexed pages that a family may have if they are to have cards.
const LIMIT: usize = 1000;

/// The cards of a family, as declared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Card {
    /// The template that they are made by, by its path below `templates/`.
    pub template: Arc<str>,
    /// The most indexed pages that the family may have if they are to have cards; none if there is no limit.
    pub limit: Option<usize>,
}

/// The section `[cards]`, which holds for all families.
#[derive(Debug)]
pub(super) struct Cards {
    enabled: bool,
    template: Option<Arc<str>>,
    limit: usize,
}

/// The keys of the section.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Count, Text};
    vec![
        KeyForm::new("enabled", Bool, "If false, there are none."),
        KeyForm::new("template", Text, "The template that draws them, by its path below templates/."),
        KeyForm::new("limit", Count(0), "The most pages of a family that has cards without asking."),
    ]
}

/// The templates that there are.
pub(super) type TemplateFiles<'a> = BTreeMap<String, (Arc<str>, &'a File)>;

impl Cards {
    /// Reads the section `[cards]`.
    pub(super) fn read(
        (mut section, enabled): (Layers, bool),
        templates: &TemplateFiles,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let unnamed = ["template", "enabled"].iter().all(|key| section.value(key).is_none());
        if let Some(place) = section.place().filter(|_| unnamed) {
            let problem = errors::missing_key("template", "[cards]", place);
            diagnostics
                .push(problem.help("name the template that draws them, such as template = \"card.svg\""));
        }
        let template = section.string("template", diagnostics);
        let template = template.and_then(|(name, place)| known(name, place, templates, diagnostics));
        let limit = section.count("limit", diagnostics).unwrap_or(LIMIT);
        section.finish(diagnostics);
        Self { enabled, template, limit }
    }

    /// Reads what a family says of its cards.
    pub(super) fn of_family(
        &self,
        declaration: &mut Layers,
        templates: &TemplateFiles,
        diagnostics: &mut Diagnostics,
    ) -> Option<Card> {
        let asked = |template: Arc<str>| Card { template, limit: None };
        let default = self.template.clone();
        let card = match declaration.get("card") {
            None => default.map(|template| Card { template, limit: Some(self.limit) }),
            Some(declared) => match &declared.value.value {
                WrittenValue::Bool(false) => None,
                WrittenValue::Bool(true) => {
                    if default.is_none() {
                        diagnostics.push(errors::missing_key("template", "[cards]", declared.place()));
                    }
                    default.map(asked)
                }
                WrittenValue::String(name) => {
                    known(name, declared.place(), templates, diagnostics).map(asked)
                }
                other => {
                    let expected = "true, false or a template's name";
                    diagnostics.push(errors::wrong_type("\"card\"", expected, other, declared.place()));
                    None
                }
            },
        };
        card.filter(|_| self.enabled)
    }
}

/// A template's name, if it is there.
fn known(
    name: &str,
    place: Place,
    templates: &TemplateFiles,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<str>> {
    if templates.contains_key(name) {
        return Some(name.into());
    }
    let nearest = suggest::nearest(name, templates.keys().map(String::as_str));
    diagnostics.push(errors::missing_template(name, nearest, place));
    None
}
