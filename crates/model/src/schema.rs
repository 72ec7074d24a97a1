//! The schema: the collections, datasets, queries and page families that theme and configuration declare.

mod form;
mod json;
mod relation;
mod shape;
mod anchor;
mod collection;
mod exercise;
mod dataset;
mod origin;
mod query;
mod reading;
mod field;
mod card;
mod family;
mod pagination;
mod headers;
mod reach;
mod search;
mod synonyms;
mod kind;
mod constraints;
mod notation;
mod matter;
mod pattern;
pub(crate) mod errors;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use sitegen_parser::{Diagnostic, Diagnostics, Format, Place, composed};

use crate::database::Database;
use crate::ground::{By, CollectionId, DatasetId, FamilyId, Id, Kept, QueryId, RelationId, TextOrder};
use crate::read::{
    Config, ConfigText, Declarations, File, Inputs, Layers, THEME_FILE, Theme, Words, documents,
};

use self::card::Cards;
pub(crate) use self::collection::Numbers;
pub use self::collection::{Collection, Slugs, Sort};
pub(crate) use self::collection::{RECORD_KEYS, record_key};
pub use self::dataset::{DataField, Dataset, Invalid, Locator};
pub(crate) use self::dataset::{FilePattern, ROW_COLUMNS};

pub use self::anchor::Anchored;
pub use self::card::Card;
pub use self::constraints::Constraints;
pub(crate) use self::constraints::{CHARACTERS, ITEMS, Unit};
pub use self::exercise::{Exercises, Language, Spoken};
pub use self::family::{Condition, Family};
pub use self::field::{DefaultValue, Field};
pub use self::headers::Headers;
pub use self::json::{RecordFile, SlugsOf, json_of_site, json_of_theme};
pub(crate) use self::kind::{CellContext, FieldContext, Misfit, bool, float, int, is_date, is_datetime};
pub use self::kind::{FORMS, Kind, TypeForm, time_parts};
pub(crate) use self::matter::Fallback;
pub use self::matter::{Matter, Rest};
pub(crate) use self::notation::{CellForms, FormGuess, Strength, strength};
pub use self::notation::{Negative, Notation};
pub use self::origin::Origin;
pub use self::pagination::Pagination;
pub(crate) use self::pattern::{Form, Part, PathStep, Pattern};
pub(crate) use self::query::refused;
pub use self::query::{Objection, Query};
pub use self::reach::{Host, Reach};
pub use self::relation::{Column, Key, Reads};
pub(crate) use self::relation::{MAX_COLUMNS, is_reserved};
pub use self::search::{Findable, Search};

/// All declarations of the theme and the site, checked for consistency.
#[derive(Debug, Default)]
pub struct Schema {
    /// The collections, in order of declaration, the theme's first.
    pub collections: Vec<Collection>,
    /// The datasets, likewise.
    pub datasets: Vec<Dataset>,
    /// The queries, each after those that it reads.
    pub queries: Vec<Query>,
    /// The page families, in order of declaration, the theme's first.
    pub families: Vec<Family>,
    /// The settings of the search; none if pages are not searched.
    pub search: Option<Search>,
    /// The settings of all that is published for machines beside the pages, such as the sitemap.
    pub reach: Reach,
    /// The order of texts in the site's language.
    pub order: Arc<TextOrder>,
    /// The site's title, which replaces the empty file name of the index of the whole content.
    pub(crate) site: Arc<str>,
}

impl Hash for Schema {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { collections, datasets, queries, families, search, reach, order, site } = self;
        (collections, datasets, queries, families, search, reach, &**order, site).hash(state);
    }
}

impl Schema {
    /// Returns the schema, read again only if one of its inputs has changed.
    pub(crate) fn kept(
        inputs: &Inputs,
        config: &Config,
        words: &Kept<Words>,
        previous: &Kept<Self>,
    ) -> Kept<Self> {
        let templates = inputs.layered("templates").into_keys().collect::<Vec<_>>();
        let made_from = (
            (&inputs.config, inputs.site.get(&inputs.config), &inputs.settings),
            declared_by(&inputs.themes),
            inputs.layered("queries"),
            (templates, words.id_of("pages")),
        );
        let seen = By(Id::of(&made_from), (inputs, config, &**words));
        let read = Kept::or_make(Some(previous), seen, |By(_, (inputs, config, words))| {
            Self::read(inputs, config, words)
        });
        // The schema is known by its value, because a new comment or the layout of a query changes no
        // declaration.
        let id = Id::of(&*read);
        read.known_by(id)
    }

    /// Reads the theme's and the site's declarations.
    pub fn read(inputs: &Inputs, config: &Config, words: &Words) -> (Self, Diagnostics) {
        // The configuration's own problems are reported by [`Config::read`].
        let (config_text, _) = ConfigText::read(inputs);
        let (themes, mut diagnostics) = read_themes(inputs, config);
        if diagnostics.has_errors() {
            return (Self::default(), diagnostics);
        }
        let mut layers = config_text.layers(form::SITE);
        for theme in themes.iter().rev().map(Declarations::layer) {
            Layers::new(vec![theme.clone()], "the theme", form::THEME).report_unknown(&mut diagnostics);
            layers = layers.over(theme);
        }

        let collections = layers.section("collections", "[collections]", &mut diagnostics);
        let names = collections.names();
        let datasets = layers.section("datasets", "[datasets]", &mut diagnostics);
        let queries = layers.section("queries", "[queries]", &mut diagnostics);
        let families = layers.section("pages", "[pages]", &mut diagnostics);

        let mut schema = Self {
            collections: collection::read_all(&collections, &mut diagnostics),
            datasets: dataset::read_all(&datasets, &names, &mut diagnostics),
            order: Arc::new(TextOrder::of(&config.language)),
            site: config.title.as_str().into(),
            ..Self::default()
        };
        schema.refuse_equal_names(&mut diagnostics);
        let exercises = layers.section("exercises", "[exercises]", &mut diagnostics);
        exercise::read_all(&exercises, &mut schema.collections, &mut diagnostics);
        // No tables are created after an error, because tables need names that differ.
        let sound = !diagnostics.has_errors();
        schema.reach = Reach::read(&mut layers, &mut diagnostics);
        let searched = layers.part("search", &mut diagnostics);
        let cards = layers.part("cards", &mut diagnostics);
        if sound {
            let mut database = Database::open(&schema.order);
            schema.create_tables(&mut database);
            let lost =
                query::read_all(&queries, &names, inputs, &mut schema, &mut database, &mut diagnostics);
            let cards = Cards::read(cards, &inputs.layered("templates"), &mut diagnostics);
            schema.families = family::read_all(
                &families,
                &cards,
                &schema,
                &lost,
                &database,
                (inputs, words),
                &mut diagnostics,
            );
            schema.search = search::read(searched, &families, &schema, words, &mut diagnostics);
            if !diagnostics.has_errors() {
                diagnostics.extend(schema.mentions_of_nothing());
            }
        }
        (schema, diagnostics)
    }

    /// Finds a collection by its name.
    pub fn collection(&self, name: &str) -> Option<CollectionId> {
        self.collections.iter().position(|collection| collection.name == *composed(name)).map(CollectionId)
    }

    /// Finds the collection that owns a file of the content, by the file's name: that of the nearest folder
    /// above.
    pub fn owner(&self, name: &str) -> Option<CollectionId> {
        let folders = name.rmatch_indices('/').map(|(at, _)| &name[..at]).chain([""]);
        folders.into_iter().find_map(|folder| self.of_folder(folder))
    }

    /// Returns the name of the file that lists the order of a collection, and where the name is declared.
    pub(crate) fn order_of(&self, id: CollectionId) -> Option<(String, &Place)> {
        let (file, place) = self[id].order.as_ref()?;
        let folder = &self[id].folder;
        Some((if folder.is_empty() { file.clone() } else { format!("{folder}/{file}") }, place))
    }

    /// Returns true if a file of the content, by its name, lists the order of a collection and so is no
    /// record.
    pub(crate) fn is_order(&self, name: &str) -> bool {
        let mut ids = (0..self.collections.len()).map(CollectionId);
        ids.any(|id| self[id].order.is_some() && self.order_of(id).is_some_and(|(file, _)| file == name))
    }

    /// Returns true if a file of the content is kept for datasets, by its name. In a folder that a collection
    /// owns, only files in a format of data are.
    pub(crate) fn is_for_datasets(&self, name: &str) -> bool {
        documents::is_dataset(name) && (Format::of(name).is_some() || self.owner(name).is_none())
    }

    /// Finds the collection that a folder of the content belongs to.
    pub(crate) fn of_folder(&self, folder: &str) -> Option<CollectionId> {
        self.collections.iter().position(|collection| collection.folder == folder).map(CollectionId)
    }

    /// Finds a query by its name.
    pub fn query(&self, name: &str) -> Option<QueryId> {
        self.queries.iter().position(|query| query.name == name).map(QueryId)
    }

    /// Returns true if a family is made from a query, or if another query or a condition reads the query.
    pub fn asks(&self, query: QueryId) -> bool {
        let relation = RelationId::Query(query);
        let conditions =
            self.families.iter().flat_map(|family| [&family.publish_if, &family.index_if]).flatten();
        let others = self.queries.iter().map(|query| &query.reads);
        let mut reads = conditions.map(|condition| &condition.reads).chain(others);
        self.families.iter().any(|family| family.from == Some(relation))
            || reads.any(|reads| reads.relations().any(|read| read == relation))
    }

    /// Reports the collections whose mentions would lead nowhere, because their records have no pages.
    fn mentions_of_nothing(&self) -> impl Iterator<Item = Diagnostic> {
        let collections = self.collections.iter().enumerate().filter(|(id, collection)| {
            let relation = RelationId::Collection(CollectionId(*id));
            collection.anchored.is_none() && self.home(relation).is_none()
        });
        collections.filter_map(|(_, collection)| {
            let (_, place) = collection.mentions.first()?;
            Some(errors::mentions_of_nothing(&collection.name, &collection.singular, place.clone()))
        })
    }

    /// Finds a page family by its name.
    pub fn family(&self, name: &str) -> Option<FamilyId> {
        self.families.iter().position(|family| family.name == name).map(FamilyId)
    }

    /// Finds the paginated family whose first page has a path.
    pub(crate) fn list_at(&self, path: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.lists_at(path))
    }

    /// Finds the family whose pages show the rows of a relation, one each: the first that is declared from
    /// it. A collection whose records are parts of other pages has none.
    pub fn home(&self, relation: RelationId) -> Option<FamilyId> {
        if let RelationId::Collection(id) = relation
            && self[id].anchored.is_some()
        {
            return None;
        }
        let is_home = |family: &Family| family.from == Some(relation) && family.paginate.is_none();
        self.families.iter().position(is_home).map(FamilyId)
    }

    /// Lists the conditions on pages, family by family.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.families.iter().flat_map(|family| [&family.publish_if, &family.index_if]).flatten()
    }

    /// Counts the questions to the data: the queries and conditions.
    pub(crate) fn questions(&self) -> usize {
        self.queries.len() + self.conditions().count()
    }
}

impl std::ops::Index<CollectionId> for Schema {
    type Output = Collection;

    fn index(&self, id: CollectionId) -> &Collection {
        &self.collections[id.0]
    }
}

impl std::ops::Index<DatasetId> for Schema {
    type Output = Dataset;

    fn index(&self, id: DatasetId) -> &Dataset {
        &self.datasets[id.0]
    }
}

impl std::ops::Index<QueryId> for Schema {
    type Output = Query;

    fn index(&self, id: QueryId) -> &Query {
        &self.queries[id.0]
    }
}

impl std::ops::Index<FamilyId> for Schema {
    type Output = Family;

    fn index(&self, id: FamilyId) -> &Family {
        &self.families[id.0]
    }
}

/// Returns the parts of the themes on which the schema depends: their paths and declarations.
fn declared_by(themes: &[Theme]) -> Vec<(&Arc<str>, Option<&File>)> {
    themes.iter().map(|theme| (&theme.path, theme.files.get(THEME_FILE))).collect()
}

/// Reads the declarations of the themes, the lowest first.
fn read_themes(inputs: &Inputs, config: &Config) -> (Vec<Declarations>, Diagnostics) {
    let (mut read, mut diagnostics) = (Vec::new(), Diagnostics::new());
    for (at, theme) in inputs.themes.iter().enumerate() {
        let (declarations, problems) = theme.declarations();
        diagnostics.extend(problems);
        declarations.check_extended(&inputs.themes[..at], &inputs.carried, &mut diagnostics);
        read.push(declarations);
    }
    if let Some(worn) = inputs.themes.last().filter(|theme| !theme.files.contains_key(THEME_FILE)) {
        let file = worn.file(THEME_FILE);
        diagnostics.push(errors::missing_theme(
            &config.theme,
            &file,
            &inputs.carried,
            config.theme_place.clone(),
        ));
    }
    (read, diagnostics)
}
