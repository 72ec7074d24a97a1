//! Page families: which relation's rows have pages, where, and by which template.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use sitegen_parser::{Code, Diagnostics, Place, Source, Span, composed};

use super::card::{Card, Cards};
use super::pagination::Pagination;
use super::pattern::{Columns, Pattern};
use super::query::refused;
use super::search::Findable;
use super::{Kind, Part, Reads, Schema, errors, pagination, search};
use crate::database::{Database, QueryRefusal, quote};
use crate::ground::{RelationId, suggest};
use crate::question::Share;
use crate::read::{Inputs, KeyForm, Layers, TableForm, ValueForm, Words};

/// A page family, as declared.
#[derive(Debug)]
pub struct Family {
    /// Its name.
    pub name: String,
    /// The relation whose rows have a page each, or share pages if they are paginated; none for a single page.
    pub from: Option<RelationId>,
    /// Its pages' paths.
    pub(crate) path: Pattern,
    /// Paths that are preferred to `path`: the first counts for whose placeholders the row has values.
    pub(crate) rather: Vec<Pattern>,
    /// Its pages' titles; none for the record's or the site's.
    pub(crate) title: Option<Pattern>,
    /// A sentence that says what a page is about.
    pub(crate) description: Option<Pattern>,
    /// The day of a page's last change, as one placeholder; none if that is not known.
    pub(crate) updated: Option<Pattern>,
    /// The template, by its path below `templates/`.
    pub template: Arc<str>,
    /// The condition on rows that have a page; none if all of them do.
    pub publish_if: Option<Condition>,
    /// The condition on pages that search engines may list; none if they may list all.
    pub index_if: Option<Condition>,
    /// The pagination by which rows share pages; none if each row has a page of its own.
    pub paginate: Option<Pagination>,
    /// The declared parts of its pages that readers can search; none if that is not declared.
    pub(crate) findable: Option<Findable>,
    /// True if its pages have Markdown beside them; none if the number of its pages decides.
    pub twin: Option<bool>,
    /// The cards of its pages; none if they have none.
    pub card: Option<Card>,
    /// The place of its declaration.
    pub place: Place,
    /// The place that names its template.
    pub template_place: Place,
}

/// Places are not hashed because a comment above moves them, and the pages would be planned again.
impl Hash for Family {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { name, from, path, rather, title, description, updated, template, publish_if, .. } = self;
        let Self { index_if, paginate, findable, twin, card, place: _, template_place: _, .. } = self;
        (name, from, path, rather, title, description, updated, template).hash(state);
        (publish_if, index_if, paginate, findable, twin, card).hash(state);
    }
}

/// A condition on the rows of a relation: an expression of SQL.
#[derive(Debug)]
pub struct Condition {
    /// The expression.
    pub text: String,
    /// The place of its declaration.
    pub place: Place,
    /// The relations that it reads, its own among them.
    pub(crate) reads: Reads,
    /// The share of it that is known before it is asked.
    pub(super) seen: Share,
}

impl Hash for Condition {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.text, &self.reads).hash(state);
    }
}

impl Family {
    /// The templates that its pages and their cards are made by.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.template).chain(self.card.as_ref().map(|card| &*card.template))
    }

    /// Returns true if the family is paginated and its first page has this path.
    pub(super) fn lists_at(&self, path: &str) -> bool {
        let is_same = |own: &str| own.trim_end_matches('/') == path.trim_end_matches('/');
        self.paginate.is_some() && self.path.text().is_some_and(is_same)
    }

    /// Returns true if a path could be that of a page of the family.
    pub(crate) fn admits(&self, path: &str) -> bool {
        // The further pages of a list stand below its first page, so we check the path of the first.
        let first = path.trim_end_matches('/').rsplit_once("/page/").filter(|_| self.paginate.is_some());
        // The record of a collection's own folder adds nothing to the path.
        let own = || path.ends_with('/') && self.path.admits(&format!("{path}index/"));
        let rather = || self.rather.iter().any(|pattern| pattern.admits(path));
        self.path.admits(path)
            || own()
            || rather()
            || first.is_some_and(|(first, _)| self.path.admits(&format!("{first}/")))
    }

    /// Its pages' paths as they are declared: `/companies/{company.slug}/`.
    pub fn declared_path(&self) -> String {
        self.paths().map(Pattern::to_string).collect::<Vec<_>>().join(" or ")
    }

    /// The patterns of its pages' paths: the first counts for which a row has all values.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Pattern> {
        self.rather.iter().chain([&self.path])
    }

    /// The columns that its paths are made of.
    pub fn path_columns(&self) -> impl Iterator<Item = usize> {
        self.paths().flat_map(|path| &path.parts).filter_map(|part| match part {
            Part::Column { column, .. } => Some(*column),
            Part::Text(_) => None,
        })
    }
}

impl Condition {
    /// Returns SQL whose answer is a truth value for each row of a table, in the order of the rows.
    pub(crate) fn question(&self, table: Option<&str>) -> String {
        let from = table.map(|table| format!(" from {} order by _rowid_", quote(table)));
        // A comment at the end of the expression ends with its line.
        format!("{LEAD}{}\n){}", self.text, from.unwrap_or_default())
    }

    /// Makes the diagnostic for a refused condition, at the condition's place.
    pub(crate) fn refused(&self, schema: &Schema, refusal: &QueryRefusal) -> sitegen_parser::Diagnostic {
        let source = Source { path: Arc::clone(&self.place.path), text: self.text.as_str().into() };
        let mut problem = refused(schema, &source, refusal, LEAD.len());
        let within = problem.place.filter(|place| place.end > 0);
        problem.place = Some(
            within.map_or_else(|| self.place.clone(), |place| self.place_within(&(place.start..place.end))),
        );
        problem
    }

    /// Returns the place of a part of the condition's question.
    fn place_of(&self, span: &Span) -> Place {
        let [start, end] =
            [span.start, span.end].map(|at| at.saturating_sub(LEAD.len()).min(self.text.len()));
        self.place_within(&(start..end))
    }

    /// Returns the place of a part of the condition's text.
    fn place_within(&self, span: &Span) -> Place {
        // We can point into the text only if it has no escapes, because only then are its offsets those of
        // the file.
        let is_verbatim = self.place.end - self.place.start == self.text.len() + 2;
        if !is_verbatim {
            return self.place.clone();
        }
        Place::new(&self.place.path, &(self.place.start + 1 + span.start..self.place.start + 1 + span.end))
    }
}

const LEAD: &str = "select (\n";

/// The reader of families' declarations, which are checked against the schema and the database.
struct DeclarationReader<'a> {
    schema: &'a Schema,
    /// The names of queries that cannot be asked, which is reported.
    lost: &'a BTreeSet<String>,
    database: &'a Database,
    words: &'a Words,
    diagnostics: &'a mut Diagnostics,
}

/// The keys of a family.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Count, OneOf, Table, Text, Texts, Word};
    let paginate = OneOf(vec![Count(1), Table(TableForm::Keys(pagination::keys))]);
    let card = OneOf(vec![Bool, Text]);
    vec![
        KeyForm::new("from", Text, "The collection, dataset or query whose rows have a page each."),
        KeyForm::new("path", Texts, "The path of a page, such as /companies/{company.slug}/."),
        KeyForm::new("title", Text, "The title of a page, with placeholders."),
        KeyForm::new("description", Text, "A sentence about a page, with placeholders."),
        KeyForm::new("updated", Text, "The day of a page's last change, as one placeholder."),
        KeyForm::new("twin", Bool, "Whether there is Markdown beside the pages."),
        KeyForm::new("template", Text, "The template, by its path below templates/."),
        KeyForm::new("publish_if", Text, "The rows that have a page: a condition in SQL."),
        KeyForm::new("index_if", Text, "The pages for search engines: a condition in SQL."),
        KeyForm::new("paginate", paginate, "The most rows on a page, if rows share pages."),
        KeyForm::new("search", Word(search::WORDS.to_vec()), "What readers can find of the pages."),
        KeyForm::new("card", card, "If true or a template's name, the pages have cards."),
    ]
}

pub(super) fn read_all(
    layers: &Layers,
    cards: &Cards,
    schema: &Schema,
    lost: &BTreeSet<String>,
    database: &Database,
    (inputs, words): (&Inputs, &Words),
    diagnostics: &mut Diagnostics,
) -> Vec<Family> {
    let templates = inputs.layered("templates");
    let mut families = Vec::new();
    for (name, place) in layers.names() {
        let mut declaration = layers.named(name, format!("pages \"{name}\""), diagnostics);
        let mut reader = DeclarationReader { schema, lost, database, words, diagnostics };
        let family = reader.read(name, &place, &mut declaration);
        let card = cards.of_family(&mut declaration, &templates, diagnostics);
        let family = family.map(|family| Family { card, ..family });
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

impl DeclarationReader<'_> {
    fn read(&mut self, name: &str, place: &Place, declaration: &mut Layers) -> Option<Family> {
        let from = declaration.string("from", self.diagnostics);
        let mut rather = self.paths(declaration, name, place);
        let path = rather.pop();
        let title = self.worded(declaration, "title", name);
        let description = self.worded(declaration, "description", name);
        // A site takes back by an empty text what its theme says.
        let updated = declaration.string("updated", self.diagnostics).filter(|(text, _)| !text.is_empty());
        let twin = declaration.bool("twin", self.diagnostics);
        let template = self.required(declaration, "template", name, place);
        let conditions = ["publish_if", "index_if"].map(|key| self.condition(declaration, key));
        let paginate = Pagination::read(declaration, from.is_some(), path.as_ref(), self.diagnostics);

        let findable = search::findable(declaration, self.diagnostics);

        let from = match from {
            Some((relation, place)) => Some(self.relation(relation, place)?),
            None => None,
        };
        let columns = from.map(|relation| self.schema.columns(relation));
        let columns = Columns { collections: &self.schema.collections, row: columns.as_deref() };
        let mut pattern = |text: &str, place| Pattern::parse(text, place, &columns, self.diagnostics);
        let path = path.map(|(text, place)| pattern(&composed(&text), place));
        let rather =
            rather.into_iter().filter_map(|(text, place)| pattern(&composed(&text), place)).collect();
        let title = title.map(|(text, place)| pattern(&text, place));
        let description = description.map(|(text, place)| pattern(&text, place));
        let updated = updated.and_then(|(text, place)| pattern(text, place));
        let updated = updated.and_then(|pattern| self.dated(pattern, &columns));
        let patterns = [&path, &title].into_iter().flatten().flatten();
        let paginate = paginate.map(|paginate| paginate.checked(patterns, self.diagnostics));
        let [publish_if, index_if] = conditions.map(|condition| self.checked(condition?, from));
        let (template, template_place) = template?;
        let findable =
            findable.and_then(|found| search::fit(found, name, (from, paginate.as_ref()), self.diagnostics));
        Some(Family {
            name: name.to_owned(),
            from,
            path: path??,
            rather,
            title: title.flatten(),
            description: description.flatten(),
            updated,
            template: composed(template).into(),
            publish_if,
            index_if,
            paginate,
            findable,
            twin,
            card: None,
            place: place.clone(),
            template_place,
        })
    }

    /// Returns the text of a key, or else the words under its name, such as `pages.company.title`.
    fn worded<'t>(
        &mut self,
        declaration: &mut Layers<'t>,
        key: &'static str,
        name: &str,
    ) -> Option<(Cow<'t, str>, Place)> {
        let declared = declaration.string(key, self.diagnostics);
        let declared = declared.map(|(text, place)| (Cow::Borrowed(text), place));
        let words = || self.words.text(&format!("pages.{name}.{key}"));
        declared.or_else(|| words().map(|(text, place)| (Cow::Owned(text.to_owned()), place)))
    }

    /// The pattern, if it is one placeholder whose column holds days.
    fn dated(&mut self, pattern: Pattern, columns: &Columns) -> Option<Pattern> {
        match &pattern.parts[..] {
            [part] if matches!(columns.kind(part), Some(Kind::Date | Kind::Datetime)) => Some(pattern),
            _ => {
                self.diagnostics.push(errors::no_date(&pattern.to_string(), pattern.place));
                None
            }
        }
    }

    /// The paths, of which the last is the one that counts if nothing else does.
    fn paths(&mut self, declaration: &mut Layers, name: &str, place: &Place) -> Vec<(String, Place)> {
        let paths = declaration.strings("path", self.diagnostics);
        if declaration.value("path").is_none() && !declaration.is_empty() {
            self.diagnostics.push(errors::missing_key("path", &format!("pages \"{name}\""), place.clone()));
        }
        paths
    }

    fn required<'a>(
        &mut self,
        declaration: &mut Layers<'a>,
        key: &'static str,
        name: &str,
        place: &Place,
    ) -> Option<(&'a str, Place)> {
        if declaration.value(key).is_none() && !declaration.is_empty() {
            let problem = errors::missing_key(key, &format!("pages \"{name}\""), place.clone());
            self.diagnostics.push(problem);
        }
        declaration.string(key, self.diagnostics)
    }

    fn relation(&mut self, name: &str, place: Place) -> Option<RelationId> {
        let relation = self.schema.relation(name);
        if relation.is_none() && !self.lost.contains(name) {
            let nearest = suggest::nearest(name, self.schema.relation_names());
            self.diagnostics.push(errors::unknown_relation(name, nearest, place));
        }
        relation
    }

    fn condition(&mut self, declaration: &mut Layers, key: &'static str) -> Option<Condition> {
        let (text, place) = declaration.string(key, self.diagnostics)?;
        Some(Condition { text: text.to_owned(), place, reads: Reads::default(), seen: Share::default() })
    }

    /// The condition with what it reads, if it can be asked.
    fn checked(&mut self, condition: Condition, from: Option<RelationId>) -> Option<Condition> {
        let table = from.map(|relation| self.schema.relation_name(relation));
        match self.database.describe(&condition.question(table)) {
            Ok(description) => {
                let reads = self.schema.reads(&description).and_rows(from);
                let analysis =
                    self.schema.analyze(&condition.question(table), &|span| condition.place_of(span));
                // An aggregate in a condition is of all rows, so that the columns beside it are of no group.
                let found = analysis.found.into_iter().filter(|found| found.code != Code::BareColumn);
                self.diagnostics.extend(found);
                Some(Condition { reads, seen: analysis.seen, ..condition })
            }
            Err(refusal) => {
                self.diagnostics.push(condition.refused(self.schema, &refusal));
                None
            }
        }
    }
}
