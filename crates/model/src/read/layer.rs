//! Tables of declarations in layers: the theme's below the site's below the environment's. The last that has
//! a key wins.

use std::sync::Arc;

use indexmap::IndexMap;
use sitegen_parser::{Diagnostics, Place, Spanned, Table, WrittenValue};

use super::{TableForm, errors};

/// A table of declarations, with the file that it is from.
#[derive(Debug, Clone)]
pub(crate) struct Layer<'a> {
    pub path: &'a Arc<str>,
    pub table: &'a Table,
    /// The text of a setting, which is taken as it is where a string is expected.
    pub text: Option<&'a Arc<str>>,
}

/// A declared value, with the file that it is from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared<'a> {
    pub path: &'a Arc<str>,
    pub value: &'a Spanned<WrittenValue>,
    pub text: Option<&'a Arc<str>>,
}

/// Tables of the same thing in order of increasing precedence, read key by key.
#[derive(Debug)]
pub(crate) struct Layers<'a> {
    layers: Vec<Layer<'a>>,
    /// The subject of the tables, for diagnostics, such as `collection "companies"`.
    subject: String,
    /// The keys that the tables may have.
    form: TableForm,
    /// The keys that were asked for.
    asked: Vec<&'static str>,
}

impl Declared<'_> {
    pub(crate) fn place(&self) -> Place {
        Place::new(self.path, &self.value.span)
    }
}

impl<'a> Layers<'a> {
    pub(crate) fn new(layers: Vec<Layer<'a>>, subject: impl Into<String>, form: TableForm) -> Self {
        Self { layers, subject: subject.into(), form, asked: Vec::new() }
    }

    /// Returns the value of a key of the form.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<Declared<'a>> {
        self.ask(key);
        self.peek(key)
    }

    fn ask(&mut self, key: &'static str) {
        debug_assert!(
            self.form.names().is_some_and(|names| names.contains(&key)),
            "the form of {} lacks \"{key}\"",
            self.subject
        );
        self.asked.push(key);
    }

    fn peek(&self, key: &str) -> Option<Declared<'a>> {
        self.layers.iter().rev().find_map(|layer| layer.get(key))
    }

    pub(crate) fn string(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<(&'a str, Place)> {
        let declared = self.get(key)?;
        match (&declared.value.value, declared.text) {
            (WrittenValue::String(text), _) => Some((text, declared.place())),
            (_, Some(text)) => Some((text, declared.place())),
            _ => self.wrong(key, declared, "a string", diagnostics),
        }
    }

    /// Returns the string under a name that the author chose.
    pub(crate) fn text(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<(&'a str, Place)> {
        let declared = self.peek(name)?;
        match &declared.value.value {
            WrittenValue::String(text) => Some((text, declared.place())),
            _ => self.wrong(name, declared, "a string", diagnostics),
        }
    }

    /// Returns a list of strings; a single string counts as a list of one.
    pub(crate) fn strings(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(String, Place)> {
        let Some(declared) = self.get(key) else { return Vec::new() };
        let items = match &declared.value.value {
            WrittenValue::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(declared.value),
        };
        let mut found = Vec::new();
        for item in items {
            match &item.value {
                WrittenValue::String(text) => {
                    found.push((text.clone(), Place::new(declared.path, &item.span)));
                }
                _ => {
                    self.wrong::<()>(key, Declared { value: item, ..declared }, "strings", diagnostics);
                }
            }
        }
        found
    }

    pub(crate) fn bool(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<bool> {
        let declared = self.get(key)?;
        match declared.value.value {
            WrittenValue::Bool(value) => Some(value),
            ref other => {
                let subject = format!("\"{key}\" of {}", self.subject);
                diagnostics.push(errors::no_bool(&subject, other, declared.place()));
                None
            }
        }
    }

    /// Returns the value of a key as `read` converts it; `expected` describes for messages the values that
    /// `read` takes.
    pub(crate) fn value_as<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        read: impl FnOnce(&WrittenValue) -> Option<T>,
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let declared = self.get(key)?;
        read(&declared.value.value).or_else(|| self.wrong(key, declared, expected, diagnostics))
    }

    /// Returns a whole number that is not negative.
    pub(crate) fn count(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<usize> {
        let declared = self.get(key)?;
        let count = match declared.value.value {
            WrittenValue::Int(value) => usize::try_from(value).ok(),
            _ => None,
        };
        count.or_else(|| self.wrong(key, declared, "a whole number, at least 0", diagnostics))
    }

    fn wrong<T>(
        &self,
        key: &str,
        declared: Declared,
        expected: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        diagnostics.push(errors::wrong_type(
            &format!("\"{key}\" of {}", self.subject),
            expected,
            &declared.value.value,
            declared.place(),
        ));
        None
    }

    /// Returns the tables under a key.
    pub(crate) fn section(
        &mut self,
        key: &'static str,
        subject: impl Into<String>,
        diagnostics: &mut Diagnostics,
    ) -> Layers<'a> {
        self.ask(key);
        Layers::new(self.below(key, diagnostics), subject, self.form.below(key))
    }

    /// Returns the tables under a key, and true if there are any and `enabled = false` does not turn them
    /// off.
    pub(crate) fn part(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> (Layers<'a>, bool) {
        let mut part = self.section(key, format!("[{key}]"), diagnostics);
        let enabled = part.bool("enabled", diagnostics).unwrap_or(true);
        let declared = !part.is_empty();
        (part, declared && enabled)
    }

    fn below(&self, key: &str, diagnostics: &mut Diagnostics) -> Vec<Layer<'a>> {
        let mut tables = Vec::new();
        for declared in self.layers.iter().filter_map(|layer| layer.get(key)) {
            match &declared.value.value {
                WrittenValue::Table(table) => {
                    tables.push(Layer { path: declared.path, table, text: declared.text });
                }
                other => diagnostics.push(errors::wrong_type(
                    &format!("\"{key}\" of {}", self.subject),
                    "a table",
                    other,
                    declared.place(),
                )),
            }
        }
        tables
    }

    /// Lists every declared name in order of first appearance, with the place of its last declaration.
    pub(crate) fn names(&self) -> IndexMap<&'a str, Place> {
        let mut names = IndexMap::new();
        for layer in &self.layers {
            for entry in &layer.table.entries {
                names.insert(entry.key.value.as_str(), Place::new(layer.path, &entry.key.span));
            }
        }
        names
    }

    /// Returns the tables under a name that the author chose.
    pub(crate) fn named(
        &self,
        name: &str,
        subject: impl Into<String>,
        diagnostics: &mut Diagnostics,
    ) -> Layers<'a> {
        Layers::new(self.below(name, diagnostics), subject, self.form.below(name))
    }

    /// Returns the tables under a name that the author chose, if the value is a table; other values are
    /// allowed there.
    pub(crate) fn long(&self, name: &str) -> Layers<'a> {
        self.named(name, name, &mut Diagnostics::new())
    }

    /// Returns the value under a name that the author chose.
    pub(crate) fn value(&self, name: &str) -> Option<Declared<'a>> {
        self.peek(name)
    }

    /// Returns the place of the last declaration; none if there is none.
    pub(crate) fn place(&self) -> Option<Place> {
        let layer = self.layers.last()?;
        let entry = layer.table.entries.first();
        Some(entry.map_or_else(|| Place::file(layer.path), |entry| Place::new(layer.path, &entry.key.span)))
    }

    /// Returns true if no layer declares the subject.
    pub(crate) fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// Puts these tables on top of another.
    pub(crate) fn over(mut self, lowest: Layer<'a>) -> Self {
        self.layers.insert(0, lowest);
        self
    }

    /// Merges the layers into one table; the last layer's value of a key counts.
    pub(crate) fn merged(&self) -> Table {
        let names = self.names().into_keys();
        let entry = |name: &str| {
            let entries = |layer: &Layer<'a>| layer.table.entries.iter();
            self.layers.iter().rev().flat_map(entries).find(|entry| entry.key.value == name).cloned()
        };
        Table { entries: names.filter_map(entry).collect() }
    }

    /// Reports the keys that the form lacks, after all others were asked for.
    pub(crate) fn finish(self, diagnostics: &mut Diagnostics) {
        let unasked = self.form.names().unwrap_or_default().into_iter().find(|key| !self.asked.contains(key));
        debug_assert_eq!(unasked, None, "nothing reads this key of {}", self.subject);
        self.report_unknown(diagnostics);
    }

    /// Reports the keys that the form lacks.
    pub(crate) fn report_unknown(&self, diagnostics: &mut Diagnostics) {
        let Some(known) = self.form.names() else { return };
        for layer in &self.layers {
            for entry in &layer.table.entries {
                let key = entry.key.value.as_str();
                if !known.contains(&key) {
                    let place = Place::new(layer.path, &entry.key.span);
                    let known = known.iter().copied();
                    diagnostics.push(errors::unknown_key(key, &self.subject, known, place));
                }
            }
        }
    }
}

impl<'a> Layer<'a> {
    fn get(&self, key: &str) -> Option<Declared<'a>> {
        let value = self.table.get(key)?;
        Some(Declared { path: self.path, value, text: self.text })
    }
}
