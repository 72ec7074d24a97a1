//! The values in a record's front matter, under the names and with the types of its collection's fields.
//!
//! TOML tells texts, numbers and dates apart. YAML and JSON do not, so the schema decides there. Everything
//! that reads fields does so here, so that all see the same values.

use std::borrow::Cow;

use sitegen_parser::{
    Date, Diagnostics, Document, Entry, FrontMatter, Place, Span, Spanned, Table, WrittenValue,
};

use super::listed::ListEntry;
use super::{errors, foreign};
use crate::schema::{Collection, Fallback, Field, Kind, Matter, RECORD_KEYS, Rest, record_key};

/// The front matter of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawFields<'a> {
    pub table: &'a Table,
    pub document: &'a Document,
    pub matter: &'a Matter,
    /// The name of the file, or of the folder if the file is its index; the key in a file of several records.
    /// Empty for the index of the whole content.
    pub name: &'a str,
    /// The site's title.
    pub site: &'a str,
    /// The record's entry in the list with its collection's order; none if it has none, or if the lists are
    /// not read yet.
    pub listed: Option<&'a ListEntry>,
    /// The day on which its file was last changed, if the day is known and the collection uses it.
    pub changed: Option<Date>,
}

impl<'a> RawFields<'a> {
    /// Returns the value of a key that every record may have.
    pub(super) fn key(&self, name: &str) -> Option<Cow<'a, Spanned<WrittenValue>>> {
        self.of_kind(name, &record_key(name)?.0)
    }

    /// Returns the value of a field.
    pub(super) fn field(&self, collection: &Collection, at: usize) -> Option<Cow<'a, Spanned<WrittenValue>>> {
        let field = &collection.fields[at];
        let elsewhere = || self.elsewhere(at, &field.kind).map(Cow::Owned);
        self.of_kind(&field.name, &field.kind).or_else(elsewhere)
    }

    fn of_kind(&self, name: &str, kind: &Kind) -> Option<Cow<'a, Spanned<WrittenValue>>> {
        let is_named = |entry: &&'a Entry| self.matter.name(&entry.key.value) == name;
        let named = self.table.entries.iter().find(is_named);
        let entry = named.or_else(|| self.within().find(|(of, _)| *of == name).map(|(_, entry)| entry))?;
        Some(self.typed(&entry.value, kind))
    }

    /// Lists values within tables that the collection maps to fields by keys with dots: `advisory.id`.
    fn within(&self) -> impl Iterator<Item = (&'a str, &'a Entry)> {
        let names = self.matter.names.iter().filter(|(key, _)| key.contains('.'));
        let table = self.table;
        names.filter_map(|(key, name)| Some((name.as_str(), entry_within(table, key)?)))
    }

    /// Returns the value of a field that front matter does not set, from the field's fallbacks.
    fn elsewhere(&self, field: usize, kind: &Kind) -> Option<Spanned<WrittenValue>> {
        let fallbacks = self.matter.fallbacks.iter().filter(|(of, _)| *of == field);
        let text = |text: &str| {
            let text = (!text.is_empty()).then(|| text.to_owned());
            text.map(|text| Spanned { value: WrittenValue::String(text), span: 0..0 })
        };
        fallbacks.into_iter().find_map(|(_, fallback)| match fallback {
            Fallback::Order => self.listed.and_then(|listed| match kind {
                Kind::Int => Some(Spanned { value: WrittenValue::Int(listed.number), span: 0..0 }),
                Kind::Reference(_) => text(listed.parent.as_deref()?),
                _ => text(&listed.title),
            }),
            Fallback::Part => text(self.listed?.part.as_deref()?),
            Fallback::Heading => self.heading(),
            Fallback::Git => self.changed.map(|day| Spanned { value: WrittenValue::Date(day), span: 0..0 }),
            Fallback::File if self.name.is_empty() => text(self.site),
            Fallback::File => text(&in_words(self.name)),
        })
    }

    /// Returns the text of the heading of the first level at the start of the text.
    fn heading(&self) -> Option<Spanned<WrittenValue>> {
        let (heading, span) =
            self.document.body.as_ref()?.opening().filter(|(heading, _)| heading.level == 1)?;
        let text = heading.text.trim();
        (!text.is_empty())
            .then(|| Spanned { value: WrittenValue::String(text.to_owned()), span: span.clone() })
    }

    /// Returns all values under the names of fields, those of fallbacks included.
    pub(super) fn table(&self, collection: &Collection, diagnostics: &mut Diagnostics) -> Cow<'a, Table> {
        if self.matter.is_plain() && !self.leaves_types() {
            return Cow::Borrowed(self.table);
        }
        let mut entries: Vec<Entry> = Vec::with_capacity(self.table.entries.len());
        let mut rest = Vec::new();
        for entry in &self.table.entries {
            let name = self.matter.name(&entry.key.value);
            let field = collection.fields.iter().find(|field| field.name == name);
            let kind = field
                .map(|field| Cow::Borrowed(&field.kind))
                .or_else(|| Some(Cow::Owned(record_key(name)?.0)));
            match (kind, self.matter.rest) {
                (Some(kind), _) => {
                    let value = self.typed(&entry.value, &kind).into_owned();
                    self.add(
                        Entry { key: spanned(name, &entry.key.span), value },
                        entry,
                        &mut entries,
                        diagnostics,
                    );
                }
                (None, Rest::Refused) => entries.push(entry.clone()),
                (None, kept) => {
                    // A key such as `Draft` must not pass as unknown, because the record would be published
                    // by mistake.
                    if let Some(known) = self.in_another_case(&entry.key.value, collection) {
                        let place = self.place(&entry.key.span);
                        diagnostics.push(errors::key_in_another_case(&entry.key.value, known, place));
                    }
                    if foreign::holds_back(&entry.key.value, &entry.value.value) {
                        let place = self.place(&entry.key.span);
                        diagnostics.push(errors::held_elsewhere(&entry.key.value, place));
                    }
                    if matches!(kept, Rest::Field(_)) {
                        rest.push(entry.clone());
                    }
                }
            }
        }
        for (name, entry) in self.within() {
            let field = collection.fields.iter().find(|field| field.name == name);
            let Some(kind) = field.map(|field| field.kind.clone()).or_else(|| Some(record_key(name)?.0))
            else {
                continue;
            };
            let value = self.typed(&entry.value, &kind).into_owned();
            let named = Entry { key: spanned(name, &entry.key.span), value };
            self.add(named, entry, &mut entries, diagnostics);
        }
        if let Rest::Field(field) = self.matter.rest {
            self.add_rest(&collection.fields[field], rest, &mut entries, diagnostics);
        }
        self.add_from_elsewhere(collection, &mut entries);
        Cow::Owned(Table { entries })
    }

    /// Finds the known key that differs from a key only in case, if that key is not set, too.
    fn in_another_case<'n>(&self, key: &str, collection: &'n Collection) -> Option<&'n str> {
        let fields = collection.fields.iter().map(|field| field.name.as_str());
        let mut known = fields.chain(RECORD_KEYS);
        let known = known.find(|known| known.eq_ignore_ascii_case(key))?;
        self.table.entries.iter().all(|entry| self.matter.name(&entry.key.value) != known).then_some(known)
    }

    /// Returns true if the format of the front matter does not tell types apart.
    fn leaves_types(&self) -> bool {
        matches!(self.document.matter, FrontMatter::Yaml | FrontMatter::Json)
    }

    fn add(&self, new: Entry, written: &Entry, entries: &mut Vec<Entry>, diagnostics: &mut Diagnostics) {
        match entries.iter().find(|entry| entry.key.value == new.key.value) {
            Some(first) => {
                let [place, first] = [&new.key.span, &first.key.span].map(|span| self.place(span));
                diagnostics.push(errors::given_twice(&new.key.value, &written.key.value, place, first));
            }
            None => entries.push(new),
        }
    }

    /// Adds the keys of no field to the table that collects them, next to the table's own keys.
    fn add_rest(
        &self,
        field: &Field,
        rest: Vec<Entry>,
        entries: &mut Vec<Entry>,
        diagnostics: &mut Diagnostics,
    ) {
        let (Some(first), Some(last)) = (rest.first(), rest.last()) else { return };
        match entries.iter_mut().find(|entry| entry.key.value == field.name) {
            None => {
                let key = spanned(&field.name, &first.key.span);
                let span = first.key.span.start..last.value.span.end.max(first.key.span.end);
                entries.push(Entry {
                    key,
                    value: Spanned { value: WrittenValue::Table(Table { entries: rest }), span },
                });
            }
            Some(Entry { value: Spanned { value: WrittenValue::Table(table), .. }, .. }) => {
                for entry in rest {
                    self.add(entry.clone(), &entry, &mut table.entries, diagnostics);
                }
            }
            Some(Entry { value: Spanned { value, span }, .. }) => {
                let name = format!("\"{}\"", field.name);
                let expected = "a table, to which the keys are added that no field has";
                diagnostics.push(errors::wrong_type(&name, expected, value, self.place(span)));
            }
        }
    }

    fn add_from_elsewhere(&self, collection: &Collection, entries: &mut Vec<Entry>) {
        for (at, _) in &self.matter.fallbacks {
            let field = &collection.fields[*at];
            if entries.iter().all(|entry| entry.key.value != field.name)
                && let Some(value) = self.elsewhere(*at, &field.kind)
            {
                entries.push(Entry { key: spanned(&field.name, &value.span), value });
            }
        }
    }

    /// Converts a value to a field's type, if its notation allows that.
    fn typed(&self, value: &'a Spanned<WrittenValue>, kind: &Kind) -> Cow<'a, Spanned<WrittenValue>> {
        if !self.leaves_types() {
            return Cow::Borrowed(value);
        }
        let typed = match (kind, &value.value) {
            (Kind::List(item), WrittenValue::Array(items)) => {
                WrittenValue::Array(items.iter().map(|value| self.typed(value, item).into_owned()).collect())
            }
            (Kind::Table(fields), WrittenValue::Table(table)) => {
                WrittenValue::Table(self.typed_table(table, fields))
            }
            (kind, other) => {
                let is_guess = self.document.matter == FrontMatter::Yaml;
                let written = is_guess.then(|| &self.document.source.text[value.span.clone()]);
                match kind.rules().retype(other, written) {
                    Some(typed) => typed,
                    None => return Cow::Borrowed(value),
                }
            }
        };
        Cow::Owned(Spanned { value: typed, span: value.span.clone() })
    }

    fn typed_table(&self, table: &'a Table, fields: &[Field]) -> Table {
        let entries = table.entries.iter().map(|entry| {
            let field = fields.iter().find(|field| field.name == entry.key.value);
            let typed = field.map(|field| self.typed(&entry.value, &field.kind).into_owned());
            Entry { key: entry.key.clone(), value: typed.unwrap_or_else(|| entry.value.clone()) }
        });
        Table { entries: entries.collect() }
    }

    fn place(&self, span: &Span) -> Place {
        Place::new(&self.document.source.path, span)
    }
}

fn spanned(name: &str, span: &Span) -> Spanned<String> {
    Spanned { value: name.to_owned(), span: span.clone() }
}

/// Turns a file's name into a title: `getting-started` becomes `Getting started`.
fn in_words(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ");
    let mut rest = spaced.trim().chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// Finds the entry of a key, whose dots lead into inner tables.
fn entry_within<'t>(table: &'t Table, key: &str) -> Option<&'t Entry> {
    let (first, rest) = key.split_once('.').map_or((key, None), |(first, rest)| (first, Some(rest)));
    let entry = table.entries.iter().find(|entry| entry.key.value == first)?;
    match (rest, &entry.value.value) {
        (None, _) => Some(entry),
        (Some(rest), WrittenValue::Table(table)) => entry_within(table, rest),
        (Some(_), _) => None,
    }
}
