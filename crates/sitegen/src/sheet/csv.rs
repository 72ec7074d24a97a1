//! Rows as CSV, quoted as in RFC 4180.

use std::borrow::Cow;
use std::io;

use super::Sheet;

impl Sheet<'_> {
    /// Writes a header and the rows. A missing value is empty, an empty text is `""`.
    pub(super) fn csv(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let header: Vec<_> = self.columns.iter().map(|name| quoted(name)).collect();
        writeln!(out, "{}", header.join(","))?;
        for row in 0..self.rows {
            let cells = self.row(row).map(|cell| cell.as_text().map(|text| quoted(&text).into_owned()));
            let cells: Vec<_> = cells.map(Option::unwrap_or_default).collect();
            writeln!(out, "{}", cells.join(","))?;
        }
        Ok(())
    }
}

fn quoted(text: &str) -> Cow<'_, str> {
    if text.is_empty() || text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::OutputCell;
    use super::*;

    #[test]
    fn what_would_end_a_cell_is_quoted() {
        let cells = ["a, b", "say \"x\"", "two\nlines", ""].map(|text| OutputCell::Text(text.into()));
        let row = cells.into_iter().chain([OutputCell::Null, OutputCell::Float(0.5)]).collect();
        let mut out = Vec::new();
        Sheet::of_cells(&["a", "b", "c", "d", "e,f", "g"], vec![row])
            .csv(&mut out)
            .expect("a buffer takes it");
        let expected = "a,b,c,d,\"e,f\",g\n\"a, b\",\"say \"\"x\"\"\",\"two\nlines\",\"\",,0.5\n";
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }
}
