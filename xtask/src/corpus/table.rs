//! Records as TOML: a table that is being written, and files of such tables.

use std::fmt::Write;

use super::names;

/// A TOML table that is being written.
#[derive(Default)]
pub(super) struct TomlTable(String);

impl TomlTable {
    pub(super) fn headed(slug: &str) -> Self {
        Self(format!("[{slug}]\n"))
    }

    pub(super) fn with(mut self, key: &str, value: &str) -> Self {
        writeln!(self.0, "{key} = {value}").expect("a text can be written to");
        self
    }

    pub(super) fn text(self, key: &str, text: &str) -> Self {
        self.with(key, &quoted(text))
    }

    pub(super) fn texts(self, key: &str, texts: &[String]) -> Self {
        let items: Vec<_> = texts.iter().map(|text| quoted(text)).collect();
        self.with(key, &format!("[{}]", items.join(", ")))
    }

    /// A record's own file: the table as front matter, and a body.
    pub(super) fn document(&self, folder: &str, name: &str, body: &str) -> (String, String) {
        (format!("content/{folder}/{}.md", names::slug(name)), format!("+++\n{}+++\n\n{body}\n", self.0))
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// A file of many records.
pub(super) fn file(tables: impl Iterator<Item = TomlTable>) -> String {
    tables.map(|table| table.0).collect::<Vec<_>>().join("\n")
}
