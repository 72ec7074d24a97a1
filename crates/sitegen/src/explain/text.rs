//! The facts about a route, in words.

use std::io;

use super::account::{
    Account, Ask, NAMED, Named, PLACES_NAMED, Page, ROWS_NAMED, ReadField, RouteFacts, TemplateRole,
    UsedTemplate,
};
use crate::phrase::count;
use crate::sheet::printable;

/// The width of the labels before lines.
const LABEL: usize = 11;

/// A writer of lines in groups, with a label before the first line of each.
pub(super) struct LabeledLines<'a>(pub &'a mut dyn io::Write);

impl LabeledLines<'_> {
    pub(super) fn group(&mut self, label: &str, lines: impl IntoIterator<Item = String>) -> io::Result<()> {
        for (index, line) in lines.into_iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            writeln!(self.0, "{label:LABEL$} {}", printable(&line))?;
        }
        Ok(())
    }

    fn line(&mut self, label: &str, line: &str) -> io::Result<()> {
        self.group(label, [line.to_owned()])
    }
}

impl Account {
    pub(super) fn text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut lines = LabeledLines(out);
        match &self.what {
            RouteFacts::Page(page) => {
                lines.line("page", &self.url)?;
                page.text(&mut lines)?;
            }
            RouteFacts::Redirect { to, place } => {
                lines.line("redirect", &self.url)?;
                lines.line("leads to", to)?;
                lines.line("from", place)?;
            }
            RouteFacts::Card { of } => {
                lines.line("card", &self.url)?;
                lines.line("stands for", of)?;
            }
            RouteFacts::Asset { name, path } => {
                lines.line("asset", &self.url)?;
                lines.line("name", name)?;
                lines.line("from", path)?;
            }
            RouteFacts::File { path } => {
                lines.line("file", &self.url)?;
                lines.line("from", path)?;
            }
            RouteFacts::Search { place } => {
                lines.line("search", &self.url)?;
                lines.line("from", place)?;
            }
            RouteFacts::Twin { of } => {
                lines.line("Markdown", &self.url)?;
                lines.line("of", of)?;
            }
            RouteFacts::Sitemap { family, pages, place } => {
                lines.line("sitemap", &self.url)?;
                lines.line("lists", &count(*pages, "page"))?;
                lines.group("of family", family.iter().cloned())?;
                lines.line("from", place)?;
            }
            RouteFacts::Headers { headers, place } => {
                lines.line("headers", &self.url)?;
                lines.line("holds", &count(*headers, "header"))?;
                lines.line("from", place)?;
            }
            RouteFacts::Redirects { redirects, place } => {
                lines.line("redirects", &self.url)?;
                lines.line("holds", &count(*redirects, "redirect"))?;
                lines.line("from", place)?;
            }
        }
        lines.group("linked by", self.linking())?;
        lines.group("note", self.carried.clone())
    }

    fn linking(&self) -> Vec<String> {
        match self.linked_by.as_slice() {
            [] => vec!["no other page".to_owned()],
            pages => limited(pages.iter().map(ToString::to_string), pages.len(), "page"),
        }
    }
}

impl Page {
    fn text(&self, lines: &mut LabeledLines) -> io::Result<()> {
        lines.line("title", &self.title)?;
        lines.line("family", &format!("{}, {}", self.family, self.family_place))?;
        if let Some(row) = &self.row {
            lines.line("made from", &format!("{}: {}", row.relation, row.values))?;
            lines.line("", &row.place)?;
        }
        lines.group("refers to", limited(self.records.iter().map(named), self.records.len(), "record"))?;
        lines.group("templates", self.templates.iter().map(template))?;
        lines.group("asks", grouped(&self.asks))?;
        lines.group("evaluates", limited(self.evaluates.iter().cloned(), self.evaluates.len(), "field"))?;
        lines.group("reads", self.reads.iter().map(read))?;
        lines.group("uses", self.assets.iter().map(named))?;
        lines.line("indexed", &self.indexing())?;
        match self.links.len() {
            0 => lines.line("links to", "no other page"),
            pages => lines.line("links to", &count(pages, "page")),
        }
    }

    /// Formats the reason: `no: "n >= 20" does not hold, n = 12`.
    fn indexing(&self) -> String {
        let values = self.index_values.as_ref().map(|values| format!(": {values}")).unwrap_or_default();
        if let Some(what) = self.unlisted {
            return format!("no, as it is {what}");
        }
        match (&self.index_if, self.indexed) {
            (None, _) => format!("yes, as all pages \"{}\" are: they have no index_if", self.family),
            (Some(condition), true) => format!("yes, index_if = \"{condition}\" holds{values}"),
            (Some(condition), false) => format!("no, index_if = \"{condition}\" does not hold{values}"),
        }
    }
}

/// Returns the first lines, and a line that counts the rest.
fn limited(lines: impl Iterator<Item = String>, all: usize, noun: &str) -> Vec<String> {
    let mut shown: Vec<_> = lines.take(NAMED).collect();
    if all > shown.len() {
        shown.push(format!("and {} more", count(all - shown.len(), noun)));
    }
    shown
}

fn named(named: &Named) -> String {
    match named.place.as_str() {
        "" => named.name.clone(),
        place => format!("{} ({place})", named.name),
    }
}

/// Describes a field and the first places that read it.
fn read(read: &ReadField) -> String {
    let places = &read.places[..read.places.len().min(PLACES_NAMED)];
    let more = read.places.len() - places.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{} in {}{more}", read.field, places.join(", "))
}

fn template(template: &UsedTemplate) -> String {
    let path = &template.path;
    match &template.role {
        TemplateRole::Page => format!("{} ({path})", template.name),
        TemplateRole::Parent => format!("{}, which is extended ({path})", template.name),
        TemplateRole::Include => format!("{}, which is included ({path})", template.name),
        TemplateRole::Components(components) => {
            format!("{}, for {} ({path})", template.name, components.join(", "))
        }
    }
}

/// Describes the questions. Those that differ only in the values of their keys are put together.
fn grouped(asks: &[Ask]) -> Vec<String> {
    let mut groups: Vec<(&Ask, Vec<&Ask>)> = Vec::new();
    for ask in asks {
        let same = |(first, _): &&mut (&Ask, Vec<&Ask>)| {
            first.relation == ask.relation && first.columns == ask.columns
        };
        match groups.iter_mut().find(same) {
            Some((_, group)) => group.push(ask),
            None => groups.push((ask, vec![ask])),
        }
    }
    groups.into_iter().flat_map(|(first, group)| question(first, &group)).collect()
}

/// Describes questions, such as `compensation by company, role: 1 row`, with their sources.
fn question(first: &Ask, group: &[&Ask]) -> Vec<String> {
    let rows = group.iter().map(|ask| ask.rows).sum::<usize>();
    let key = match first.columns.as_slice() {
        [] => String::new(),
        columns => format!(" by {}", columns.join(", ")),
    };
    let times = if group.len() == 1 { String::new() } else { format!(" in {} questions", group.len()) };
    let mut lines = vec![format!("{}{key}: {}{times}", first.relation, count(rows, "row"))];
    if let Some(behind) = behind(first, group, rows) {
        lines.push(format!("  {behind}"));
    }
    lines
}

/// Describes the source of rows: the query with the relations that it reads, or the first records or lines of
/// a file.
fn behind(first: &Ask, group: &[&Ask], rows: usize) -> Option<String> {
    let mut places: Vec<&str> = Vec::new();
    for place in group.iter().flat_map(|ask| &ask.places) {
        if places.len() < ROWS_NAMED && !places.contains(&place.as_str()) {
            places.push(place);
        }
    }
    if !first.reads.is_empty() {
        let reads: Vec<_> = first.reads.iter().map(named).collect();
        let reads = format!("reads {}", reads.join(", "));
        return Some(match places.first() {
            Some(query) => format!("{query} {reads}"),
            None => reads,
        });
    }
    let more = if rows > places.len() { ", …" } else { "" };
    (!places.is_empty()).then(|| format!("{}{more}", places.join(", ")))
}
