//! Rows as a table with aligned columns.

use std::borrow::Cow;
use std::io;

use super::width::{cut, printable, width};
use super::{OutputCell, Sheet};
use crate::console::{Palette, Screen};

/// The space between columns.
const GAP: &str = "  ";

/// The width below which columns are not shrunk.
const NARROWEST: usize = 8;

/// The width and alignment of a column.
#[derive(Debug, Clone, Copy)]
struct Shape {
    width: usize,
    align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Align {
    Left,
    Right,
}

impl Sheet<'_> {
    /// Writes the table. Texts are cut to the width of the terminal, but only if stdout is one.
    pub(super) fn table(&self, screen: Screen, out: &mut dyn io::Write) -> io::Result<()> {
        let mut shapes = self.shapes();
        if let Some(most) = screen.width {
            shrink(&mut shapes, most);
        }
        let header = self.columns.iter().map(|name| OutputCell::Text(name.as_str().into()));
        writeln!(out, "{}", self.line(header, &shapes, screen.palette))?;
        let rule: Vec<_> = shapes.iter().map(|shape| "─".repeat(shape.width)).collect();
        writeln!(out, "{}", rule.join(GAP))?;
        for row in 0..self.rows {
            writeln!(out, "{}", self.line(self.row(row), &shapes, screen.palette))?;
        }
        Ok(())
    }

    /// Measures the columns: each is as wide as its widest value, and numbers are aligned right.
    fn shapes(&self) -> Vec<Shape> {
        let shape = |(column, name): (usize, &String)| {
            let (mut widest, mut numbers, mut others) = (width(&printable(name)), 0, 0);
            for row in 0..self.rows {
                let cell = (self.cell)(row, column);
                widest = widest.max(width(&self.shown(&cell)));
                numbers += usize::from(cell.is_number());
                others += usize::from(!cell.is_number() && cell != OutputCell::Null);
            }
            let align = if numbers > 0 && others == 0 { Align::Right } else { Align::Left };
            Shape { width: widest, align }
        };
        self.columns.iter().enumerate().map(shape).collect()
    }

    fn shown<'c>(&self, cell: &'c OutputCell) -> Cow<'c, str> {
        match cell.as_text() {
            Some(Cow::Borrowed(text)) => printable(text),
            Some(Cow::Owned(text)) => text.into(),
            None => self.null.into(),
        }
    }

    fn line<'c>(
        &self,
        cells: impl Iterator<Item = OutputCell<'c>>,
        shapes: &[Shape],
        palette: Palette,
    ) -> String {
        let cells = cells.zip(shapes).map(|(cell, shape)| {
            let text = self.shown(&cell);
            let text = cut(&text, shape.width);
            let padding = " ".repeat(shape.width - width(&text));
            let text = if cell == OutputCell::Null { dim(&text, palette) } else { text };
            match shape.align {
                Align::Left => format!("{text}{padding}"),
                Align::Right => format!("{padding}{text}"),
            }
        });
        cells.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
    }
}

fn dim<'t>(text: &Cow<'t, str>, palette: Palette) -> Cow<'t, str> {
    match palette {
        Palette::Colored if !text.is_empty() => format!("\u{1b}[2m{text}\u{1b}[0m").into(),
        _ => text.clone(),
    }
}

/// Shrinks the widest columns of text until a line fits the terminal, if possible.
fn shrink(shapes: &mut [Shape], most: usize) {
    let gaps = GAP.len() * shapes.len().saturating_sub(1);
    let most = most.saturating_sub(gaps);
    for shape in shapes.iter_mut().filter(|shape| shape.align == Align::Left) {
        shape.width = shape.width.min(most.max(NARROWEST));
    }
    while shapes.iter().map(|shape| shape.width).sum::<usize>() > most {
        let texts = shapes.iter_mut().filter(|shape| shape.align == Align::Left && shape.width > NARROWEST);
        let Some(widest) = texts.max_by_key(|shape| shape.width) else { return };
        widest.width -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: Option<usize>, palette: Palette) -> String {
        let row =
            |name: &'static str, n| vec![OutputCell::Text(name.into()), n, OutputCell::text(None::<&str>)];
        let rows =
            vec![row("データ", OutputCell::Int(7)), row("a\nlong, long name", OutputCell::Float(12.5))];
        let mut sheet = Sheet::of_cells(&["name", "n", "x"], rows);
        sheet.null = "NULL";
        let mut out = Vec::new();
        sheet.table(Screen { palette, width }, &mut out).expect("a buffer takes it");
        String::from_utf8(out).expect("it is UTF-8")
    }

    #[test]
    fn columns_are_aligned() {
        let expected = "\
name                  n  x
─────────────────  ────  ────
データ                7  NULL
a␊long, long name  12.5  NULL
";
        assert_eq!(table(None, Palette::Plain), expected);
    }

    #[test]
    fn texts_are_cut_to_the_terminal() {
        let shown = table(Some(24), Palette::Plain);
        assert!(shown.contains("a␊long, lon…  12.5  NULL"), "{shown}");
        assert!(shown.lines().all(|line| width(line) <= 24), "{shown}");
    }

    #[test]
    fn what_is_missing_is_dim() {
        assert!(table(None, Palette::Colored).contains("\u{1b}[2mNULL\u{1b}[0m"));
    }
}
