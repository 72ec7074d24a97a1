//! The search of a site: the folder of its files, and the parts of each family's pages that can be found.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place, WrittenValue};

use super::{Family, Pagination, Schema, errors, synonyms};
use crate::ground::{FamilyId, RelationId, suggest, url};
use crate::read::{KeyForm, Layers, TableForm, ValueForm, Words};

/// The declaration of the search.
#[derive(Debug)]
pub struct Search {
    /// The folder of the files, with a slash at both ends.
    pub path: Arc<str>,
    /// The most pages that a family may have to be searched without saying so.
    pub limit: usize,
    /// The titles under which families' results stand, in the order of the groups.
    pub groups: Vec<(FamilyId, String)>,
    /// Words and phrases that mean the same, list by list.
    pub synonyms: Vec<Vec<String>>,
    /// The place of its declaration.
    pub place: Place,
}

impl Hash for Search {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { path, limit, groups, synonyms, place: _ } = self;
        (path, limit, groups, synonyms).hash(state);
    }
}

impl Search {
    /// The name of the file of titles.
    pub(crate) const TITLES: &str = "titles";
    /// The name of the file of headings.
    pub(crate) const HEADINGS: &str = "headings";

    /// The path of a file, by its name.
    pub(crate) fn file(&self, name: &str) -> String {
        format!("{}{name}.json", self.path)
    }

    /// The path of the file of all titles.
    pub fn titles(&self) -> String {
        self.file(Self::TITLES)
    }
}

/// The parts of a page that readers can search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Findable {
    /// Its title, its record's other names and its record's text.
    Text,
    /// Its title, and other names of the records that it is about.
    Title,
    /// Nothing.
    Nothing,
}

/// The default of [`Search::limit`].
const LIMIT: usize = 20_000;
const FOLDER: &str = "/search/";
pub(super) const WORDS: [&str; 3] = ["text", "title", "none"];

/// The keys of the section.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Count, List, OneOf, Table, Text};
    let titles = Table(TableForm::Names(|| Text));
    let list = || List(Box::new(Text));
    vec![
        KeyForm::new("enabled", Bool, "If false, there is no search."),
        KeyForm::new("path", Text, "The folder of the files; by default /search/."),
        KeyForm::new("limit", Count(0), "The most pages of a family that is searched without saying so."),
        KeyForm::new("groups", OneOf(vec![titles, list()]), "The families with groups of results."),
        KeyForm::new("synonyms", List(Box::new(list())), "Lists of words that mean the same."),
    ]
}

impl Family {
    /// Returns the parts of its pages that readers can search, unless there are too many pages.
    pub fn findable(&self) -> Findable {
        let has_text = fits_text(self.from, self.paginate.as_ref());
        self.findable.unwrap_or(if has_text { Findable::Text } else { Findable::Title })
    }
}

/// Returns true if each page shows one record, whose text can be searched.
fn fits_text(from: Option<RelationId>, paginate: Option<&Pagination>) -> bool {
    matches!(from, Some(RelationId::Collection(_))) && paginate.is_none()
}

/// Reads the key `search` of a family.
pub(super) fn findable(declaration: &mut Layers, diagnostics: &mut Diagnostics) -> Option<(Findable, Place)> {
    let (word, place) = declaration.string("search", diagnostics)?;
    match word {
        "text" => Some((Findable::Text, place)),
        "title" => Some((Findable::Title, place)),
        "none" => Some((Findable::Nothing, place)),
        other => {
            diagnostics.push(errors::invalid_choice("search", other, &WORDS, place));
            None
        }
    }
}

/// Returns the declared parts, or reports that the family's pages have no text to search.
pub(super) fn fit(
    (findable, place): (Findable, Place),
    family: &str,
    (from, paginate): (Option<RelationId>, Option<&Pagination>),
    diagnostics: &mut Diagnostics,
) -> Option<Findable> {
    if findable == Findable::Text && !fits_text(from, paginate) {
        diagnostics.push(errors::no_text_to_search(family, place));
        return None;
    }
    Some(findable)
}

/// Reads `[search]`; none if nothing declares it, or it is turned off.
pub(super) fn read(
    (mut layers, enabled): (Layers, bool),
    families: &Layers,
    schema: &Schema,
    words: &Words,
    diagnostics: &mut Diagnostics,
) -> Option<Search> {
    let place = layers.place()?;
    let path = folder(&mut layers, diagnostics);
    let limit = layers.count("limit", diagnostics).unwrap_or(LIMIT);
    let groups = read_groups(&mut layers, families, schema, words, diagnostics);
    let synonyms = synonyms::read(&mut layers, diagnostics);
    layers.finish(diagnostics);
    enabled.then_some(Search { path, limit, groups, synonyms, place })
}

fn folder(layers: &mut Layers, diagnostics: &mut Diagnostics) -> Arc<str> {
    let Some((path, place)) = layers.string("path", diagnostics) else { return FOLDER.into() };
    let objection = if path.ends_with('/') { url::objection(path) } else { Some("it does not end in \"/\"") };
    if let Some(objection) = objection {
        diagnostics.push(errors::invalid_search_path(path, objection, place));
    }
    path.into()
}

/// The families that have groups, with their titles: a table, or a list of families whose titles are among the words.
fn read_groups(
    layers: &mut Layers,
    families: &Layers,
    schema: &Schema,
    words: &Words,
    diagnostics: &mut Diagnostics,
) -> Vec<(FamilyId, String)> {
    let is_list =
        layers.value("groups").is_some_and(|groups| matches!(groups.value.value, WrittenValue::Array(_)));
    let titled = if is_list {
        let names = layers.strings("groups", diagnostics).into_iter();
        let title =
            |name: &str| words.text(&format!("pages.{name}.group")).map(|(title, _)| title.to_owned());
        names.map(|(name, place)| (title(&name).unwrap_or_else(|| name.clone()), name, place)).collect()
    } else {
        titles(&layers.section("groups", "[search.groups]", diagnostics), diagnostics)
    };
    let declared = families.names();
    let mut groups = Vec::new();
    for (title, name, place) in titled {
        match schema.family(&name) {
            Some(family) => groups.push((family, title)),
            // A declared family is missing here only because of a problem that is reported already.
            None if declared.contains_key(&*name) => {}
            None => {
                let nearest = suggest::nearest(&name, declared.keys().copied());
                diagnostics.push(errors::unknown_family(&name, nearest, place));
            }
        }
    }
    groups
}

/// The titles of a table of groups, with the families' names and where they stand.
fn titles(groups: &Layers, diagnostics: &mut Diagnostics) -> Vec<(String, String, Place)> {
    let mut titles = Vec::new();
    for (name, place) in groups.names() {
        match groups.value(name).map(|title| (&title.value.value, title.place())) {
            Some((WrittenValue::String(title), _)) => titles.push((title.clone(), name.to_owned(), place)),
            Some((other, place)) => {
                diagnostics.push(errors::wrong_type(&format!("\"{name}\""), "a string", other, place));
            }
            None => {}
        }
    }
    titles
}
