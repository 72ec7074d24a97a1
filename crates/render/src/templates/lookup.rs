//! Templates as they are looked up by whoever asks about them: editors, and the search for what nothing uses.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Sources, TemplateSource};
use crate::syntax::{ComponentDeclaration, TemplateTree};

impl Sources {
    /// Returns the components that count by their names, each with the name of the template that declares it: of those
    /// of one name, that in the highest layer. A field of a record can declare none.
    pub(crate) fn components(&self) -> BTreeMap<&str, (&str, &ComponentDeclaration)> {
        let files = self.lowest_first().map(|name| (name, &self.templates[name]));
        let declared = files.filter(|(_, template)| template.is_file()).flat_map(|(name, template)| {
            let components = template.tree.components.iter();
            components.map(move |component| (&*component.name.value, (name, component)))
        });
        declared.collect()
    }

    /// Finds the template that is a file by the path of the file, with its whole name.
    pub(crate) fn of_path(&self, path: &str) -> Option<(&str, &TemplateSource)> {
        let mut files = self.templates.iter().filter(|(_, template)| template.is_file());
        files.find(|(_, template)| &*template.path == path).map(|(name, template)| (name.as_str(), template))
    }

    /// Returns the same templates, but for the text of one, which counts even if its syntax has faults.
    pub(crate) fn with_text(&self, name: &str, text: &str) -> Self {
        let mut sources = self.clone();
        if let Some(template) = sources.templates.get_mut(name) {
            let (changed, _) = TemplateSource::of_file(Arc::clone(&template.path), text.into());
            *template = TemplateSource { is_sound: true, ..changed };
        }
        sources
    }
}

impl TemplateSource {
    /// Returns true if the template is a file, and no field of a record.
    pub(crate) fn is_file(&self) -> bool {
        self.value.is_none()
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn tree(&self) -> &TemplateTree {
        &self.tree
    }
}
