//! What a site's collections hold and which pages it has, as its theme and its configuration declare it.

mod collection;
mod field;
mod family;
mod kind;
mod pattern;

use std::sync::Arc;

use sitegen_parser::{Diagnostics, Table};

use crate::config::ConfigText;
use crate::inputs::Inputs;
use crate::layer::{Layer, Layers};
use crate::{Config, errors};

pub(crate) use self::collection::RECORD_KEYS;
pub use self::collection::{Collection, CollectionId, Slugs, Sort};
pub use self::family::{Family, FamilyId};
pub use self::field::{Constraints, DefaultValue, Field};
pub use self::kind::Kind;
pub(crate) use self::pattern::{Part, Pattern, Step};

/// Everything that is declared, checked to hold together.
#[derive(Debug, Default)]
pub struct Schema {
    /// The collections, in order of declaration, the theme's first.
    pub collections: Vec<Collection>,
    /// The page families, in order of declaration, the theme's first.
    pub families: Vec<Family>,
}

impl Schema {
    /// Reads the theme's and the site's declarations.
    pub fn read(inputs: &Inputs, config: &Config) -> (Self, Diagnostics) {
        // The configuration's own problems are reported by [`Config::read`].
        let (config_text, _) = ConfigText::read(inputs);
        let theme_path = inputs.theme_file("theme.toml");
        let (theme_table, mut diagnostics) = read_theme(inputs, config, &theme_path);
        if diagnostics.has_errors() {
            return (Self::default(), diagnostics);
        }
        let theme = Layer { path: &theme_path, table: &theme_table, text: None };
        Layers::new(vec![theme.clone()], "the theme").only(&crate::config::MODEL_KEYS, &mut diagnostics);
        let mut layers = config_text.layers().over(theme);

        let collections = layers.section("collections", "[collections]", &mut diagnostics);
        let collections = collection::read_all(&collections, &mut diagnostics);
        let families = layers.section("pages", "[pages]", &mut diagnostics);
        let families = family::read_all(&families, &collections, inputs, &mut diagnostics);
        (Self { collections, families }, diagnostics)
    }

    /// A collection by its name.
    pub fn collection(&self, name: &str) -> Option<CollectionId> {
        self.collections.iter().position(|collection| collection.name == name).map(CollectionId)
    }

    /// The family whose pages show the records of a collection: the first declared from it.
    pub fn home(&self, collection: CollectionId) -> Option<FamilyId> {
        self.families.iter().position(|family| family.from == Some(collection)).map(FamilyId)
    }
}

impl std::ops::Index<CollectionId> for Schema {
    type Output = Collection;

    fn index(&self, id: CollectionId) -> &Collection {
        &self.collections[id.0]
    }
}

impl std::ops::Index<FamilyId> for Schema {
    type Output = Family;

    fn index(&self, id: FamilyId) -> &Family {
        &self.families[id.0]
    }
}

fn read_theme(inputs: &Inputs, config: &Config, path: &Arc<str>) -> (Table, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let Some(file) = inputs.theme.get("theme.toml") else {
        diagnostics.push(errors::missing_theme(&config.theme, path, config.theme_place.clone()));
        return (Table::default(), diagnostics);
    };
    match file.source(path) {
        Ok(source) => Table::parse(&source, 0..source.text.len()),
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            (Table::default(), diagnostics)
        }
    }
}
