//! Templates as they are looked up by whoever asks about them.

use std::collections::BTreeMap;

use super::{Sources, TemplateSource};
use crate::syntax::ComponentDeclaration;

impl Sources {
    /// Lists the components that count, each with the template that declares it: of those of one name the highest.
    pub(crate) fn components(&self) -> impl Iterator<Item = (&ComponentDeclaration, &TemplateSource)> {
        let mut highest = BTreeMap::new();
        for template in self.lowest_first().map(|name| &self.templates[name]) {
            let declared = template.tree.components.iter();
            highest.extend(declared.map(|component| (&*component.name.value, (component, template))));
        }
        highest.into_values()
    }
}

impl TemplateSource {
    /// Returns true if the template is a file, and no field of a record.
    pub(crate) fn is_file(&self) -> bool {
        self.value.is_none()
    }
}
