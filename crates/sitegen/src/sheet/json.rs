//! Rows as a JSON array with an object on each line.

use std::io;

use serde::de::IgnoredAny;

use super::{OutputCell, Sheet};

impl Sheet<'_> {
    pub(super) fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let names: Vec<_> = self.distinct_names().iter().map(|name| text(name)).collect();
        write!(out, "[")?;
        for row in 0..self.rows {
            let entries = names.iter().zip(self.row(row));
            let entries: Vec<_> = entries.map(|(name, cell)| format!("{name}: {}", value(&cell))).collect();
            let comma = if row == 0 { "" } else { "," };
            write!(out, "{comma}\n  {{{}}}", entries.join(", "))?;
        }
        writeln!(out, "{}]", if self.rows == 0 { "" } else { "\n" })
    }

    /// Returns the names of the columns. If SQL gives two columns the same name, the later one gets a number.
    fn distinct_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in &self.columns {
            let mut numbered = (1..).map(|number| format!("{name}:{number}"));
            let mut distinct = name.clone();
            while names.contains(&distinct) {
                distinct = numbered.next().unwrap_or_default();
            }
            names.push(distinct);
        }
        names
    }
}

fn value(cell: &OutputCell) -> String {
    match cell {
        OutputCell::Null => "null".to_owned(),
        OutputCell::Bool(value) => value.to_string(),
        OutputCell::Int(value) => value.to_string(),
        OutputCell::Float(value) => serde_json::to_string(value).unwrap_or_default(),
        OutputCell::Json(json) if serde_json::from_str::<IgnoredAny>(json).is_ok() => json.to_string(),
        OutputCell::Text(given) | OutputCell::Json(given) => text(given),
    }
}

fn text(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_types() {
        let row = vec![
            OutputCell::Text("a \"b\"".into()),
            OutputCell::Int(1),
            OutputCell::Float(2.5),
            OutputCell::Bool(true),
            OutputCell::Null,
            OutputCell::Json("[1]".into()),
            OutputCell::Float(f64::INFINITY),
        ];
        let mut out = Vec::new();
        let sheet = Sheet::of_cells(&["n", "n", "n", "b", "x", "l", "f"], vec![row]);
        sheet.json(&mut out).expect("a buffer takes it");
        let json: serde_json::Value = serde_json::from_slice(&out).expect("it is JSON");
        assert_eq!(
            json,
            serde_json::json!([{
                "n": "a \"b\"", "n:1": 1, "n:2": 2.5, "b": true, "x": null, "l": [1], "f": null
            }])
        );
    }

    #[test]
    fn no_rows_are_an_empty_array() {
        let mut out = Vec::new();
        Sheet::of_cells(&["a"], Vec::new()).json(&mut out).expect("a buffer takes it");
        assert_eq!(out, b"[]\n");
    }
}
