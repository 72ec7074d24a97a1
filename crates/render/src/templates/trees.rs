//! The trees of templates, as the checker goes through them.

use sitegen_parser::{Place, Span};

use super::{Sources, TemplateSource};
use crate::syntax::TemplateTree;
use crate::types::FieldOrigin;

impl Sources {
    /// Lists the trees of all templates by the names under which Tera knows them, with gaps where their syntax has
    /// faults, and without those of fields that say what they may not.
    pub(crate) fn trees(&self) -> impl Iterator<Item = (&str, &TemplateTree)> {
        let read =
            self.templates.iter().filter(|(_, template)| template.is_sound || template.value.is_none());
        read.map(|(name, template)| (name.as_str(), &*template.tree))
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
    /// Returns the field of records that the template is a value of; none for a template that is a file.
    pub(crate) fn origin(&self) -> Option<FieldOrigin> {
        self.value.as_ref().map(|value| value.origin)
    }

    /// Returns the place of a part. In a value with escapes, that is the whole value.
    pub(crate) fn part(&self, span: &Span) -> Place {
        match &self.value {
            Some(value) => value.part(span),
            None => Place::new(&self.path, span),
        }
    }
}
