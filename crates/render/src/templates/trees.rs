//! The trees of templates, as the checker goes through them.

use sitegen_parser::{Place, Span};

use super::{Sources, TemplateSource};
use crate::syntax::TemplateTree;

impl Sources {
    /// Lists the trees of all templates by the names under which Tera knows them, with gaps where their syntax has faults.
    pub(crate) fn trees(&self) -> impl Iterator<Item = (&str, &TemplateTree)> {
        self.templates.iter().map(|(name, template)| (name.as_str(), &*template.tree))
    }

    /// Returns the template of a whole name.
    pub(crate) fn source(&self, name: &str) -> &TemplateSource {
        &self.templates[name]
    }

    /// Returns the whole name of the template that another one names.
    pub(crate) fn whole_name(&self, name: &str) -> Option<&str> {
        self.get(name).map(|(name, _)| name)
    }
}

impl TemplateSource {
    /// Returns true if the template is a field of a record.
    pub(crate) fn is_field(&self) -> bool {
        self.value.is_some()
    }

    /// Returns the place of a part. In a value with escapes, that is the whole value.
    pub(crate) fn part(&self, span: &Span) -> Place {
        match (&self.value, self.literal) {
            (None, _) => Place::new(&self.path, span),
            (Some(_), Some(start)) => Place::new(&self.path, &(start + span.start..start + span.end)),
            (Some(value), None) => value.clone(),
        }
    }
}
