//! The file of all titles.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;

use serde_json::{Value, json};
use sitegen_model::{
    Family, FamilyId, Findable, Id, Model, RecordId, RelationId, Rows, Scalar, Shows, Target, Value as Known,
    words,
};

use super::{FindablePage, family_of};

/// The field whose texts are other names of a record.
const ALIASES: &str = "aliases";

/// Writes the file of titles. `texts` is the id of all words of texts.
pub(super) fn write(model: &Model, entries: &[FindablePage], texts: Id) -> Value {
    let mut names = NameTable { model, numbers: HashMap::new(), texts: Vec::new() };
    let mut groups = ResultGroups::new(model);
    let mut families = Vec::new();
    for entries in entries.chunk_by(|a, b| family_of(a.route) == family_of(b.route)) {
        families.extend(
            family_of(entries[0].route).map(|id| column(id, entries, model, &mut names, &mut groups)),
        );
    }
    let parts = model.routes.searched().map_or(0, |searched| searched.parts);
    let mut file = json!({
        "version": "",
        "parts": parts,
        "groups": groups.titles,
        "names": names.texts,
        "families": families,
    });
    let synonyms = model.schema.search.iter().flat_map(|search| &search.synonyms);
    let synonyms: Vec<_> = synonyms.map(|phrases| phrases.join("\n")).collect();
    if !synonyms.is_empty() {
        file["synonyms"] = synonyms.into();
    }
    file["version"] = Id::of(&(file.to_string(), texts)).digits().into();
    file
}

/// Writes the pages of a family.
fn column(
    id: FamilyId,
    entries: &[FindablePage],
    model: &Model,
    names: &mut NameTable,
    groups: &mut ResultGroups,
) -> Value {
    let family = &model.schema[id];
    let base = &model.config.base_url;
    let titles = entries.iter().map(|entry| entry.title().to_string());
    let urls = entries.iter().map(|entry| without_slug(&base.href(&entry.route.url), entry.title()));
    let mut column = json!({
        "group": groups.number(id, family),
        "titles": shortened(titles),
        "urls": shortened(urls),
    });
    let of_records = !matches!(family.from, Some(RelationId::Query(_) | RelationId::Dataset(_)));
    if !of_records {
        column["minor"] = 1.into();
    }
    if entries[0].findable == Findable::Text {
        column["text"] = 1.into();
    }
    let named: Vec<_> = entries.iter().map(|entry| names.of(entry, family.from)).collect();
    if named.iter().any(|numbers| !numbers.is_empty()) {
        column["names"] = named.into();
    }
    column
}

/// Puts a space into a URL for the part of its path that is the words of the title, because a browser knows
/// these.
///
/// This is done only for ASCII, because only there it is certain that browsers find the same words.
fn without_slug(url: &str, title: &str) -> String {
    let mut found = Vec::new();
    if title.is_ascii() {
        words(title, |word| found.push(word.to_owned()));
    }
    let slug = found.join("-");
    match url.split_once(&format!("/{slug}/")) {
        Some((before, after)) if !slug.is_empty() => format!("{before}/ /{after}"),
        _ => url.to_owned(),
    }
}

/// Returns for each text the length of the beginning that it shares with the one before, in UTF-16, and the
/// rest.
fn shortened(texts: impl Iterator<Item = String>) -> Value {
    let mut list = Vec::new();
    let mut before = String::new();
    for text in texts {
        let same = before.chars().zip(text.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c);
        let (bytes, units) =
            same.fold((0, 0), |(bytes, units), c| (bytes + c.len_utf8(), units + c.len_utf16()));
        list.push(Value::from(units));
        list.push(Value::from(&text[bytes..]));
        before = text;
    }
    list.into()
}

/// The groups of results in order: those that are declared, then those of other families.
struct ResultGroups<'a> {
    model: &'a Model,
    titles: Vec<&'a str>,
}

impl<'a> ResultGroups<'a> {
    fn new(model: &'a Model) -> Self {
        let mut groups = Self { model, titles: Vec::new() };
        for (_, title) in groups.declared() {
            groups.place(title);
        }
        groups
    }

    fn declared(&self) -> &'a [(FamilyId, String)] {
        self.model.schema.search.as_ref().map_or(&[], |search| &search.groups)
    }

    fn number(&mut self, id: FamilyId, family: &Family) -> usize {
        let declared =
            self.declared().iter().find(|(family, _)| *family == id).map(|(_, title)| title.as_str());
        let relation = || family.from.map(|relation| self.model.schema.relation_name(relation));
        let title = declared.or_else(relation).unwrap_or(&self.model.config.title);
        self.place(title)
    }

    fn place(&mut self, title: &'a str) -> usize {
        self.titles.iter().position(|known| *known == title).unwrap_or_else(|| {
            self.titles.push(title);
            self.titles.len() - 1
        })
    }
}

/// The names of records that pages are about, beside those in their titles, each record once.
struct NameTable<'a> {
    model: &'a Model,
    numbers: HashMap<RecordId, usize>,
    texts: Vec<String>,
}

impl NameTable<'_> {
    /// Returns the numbers of the records that a page is about and whose names do not stand in its title.
    fn of(&mut self, entry: &FindablePage, relation: Option<RelationId>) -> Vec<usize> {
        let Target::Page { shows: Shows::Row(row), .. } = entry.route.target else { return Vec::new() };
        if let Some(id) = self.model.record_of(entry.route) {
            return self
                .number(id, !entry.title().contains(&*self.model.records[id].title))
                .into_iter()
                .collect();
        }
        let rows = relation.and_then(|relation| self.model.relations.rows(relation));
        let records = rows.map(|relation| references(&relation.rows, row)).unwrap_or_default();
        records.into_iter().filter_map(|id| self.number(id, false)).collect()
    }

    /// Returns the number of a record's names; none if it has none but its title and that is not asked for.
    fn number(&mut self, id: RecordId, with_title: bool) -> Option<usize> {
        let aliases = aliases(self.model, id);
        if aliases.is_empty() && !with_title {
            return None;
        }
        Some(match self.numbers.entry(id) {
            Place::Occupied(known) => *known.get(),
            Place::Vacant(place) => {
                let title = &*self.model.records[id].title;
                let names: Vec<_> = std::iter::once(title).chain(aliases).collect();
                self.texts.push(names.join("\n"));
                *place.insert(self.texts.len() - 1)
            }
        })
    }
}

/// Lists the records that a row refers to.
fn references(rows: &Rows, row: usize) -> Vec<RecordId> {
    let references = rows.row(row).filter_map(|value| match value {
        Scalar::Reference(id) => Some(id),
        _ => None,
    });
    references.collect()
}

fn aliases(model: &Model, id: RecordId) -> Vec<&str> {
    let field = model.schema[id.collection].field(ALIASES);
    match field.map(|field| &model.records[id].values[field]) {
        Some(Known::List(names)) => names.iter().filter_map(text).collect(),
        Some(name) => text(name).into_iter().collect(),
        None => Vec::new(),
    }
}

fn text(value: &Known) -> Option<&str> {
    match value {
        Known::String(text) => Some(text),
        _ => None,
    }
}
