//! Reads the cells of a sheet of `OpenDocument`.

use roxmltree::{Document, Node, ParsingOptions};

use super::archive::Archive;
use super::xlsx::number;
use super::{COLUMNS, ROWS, SheetText, Unreadable, quoted};

/// The most bytes of the XML of all sheets: its tree takes about ten times as many.
const MOST: usize = 64 << 20;

/// Reads the sheet of a name, or else the first.
pub(super) fn read(archive: &Archive, name: Option<&str>) -> Result<SheetText, Unreadable> {
    let bytes = archive.read("content.xml", MOST)?;
    let text = String::from_utf8(bytes).map_err(|_| Unreadable::Damaged)?;
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).map_err(|_| Unreadable::Damaged)?;
    let sheets: Vec<_> = document.descendants().filter(|node| is(node, "table")).collect();
    let called = |sheet: &Node| attribute(sheet, "name").unwrap_or_default().to_owned();
    let chosen = sheets.iter().find(|sheet| name.is_none_or(|name| called(sheet) == name));
    let Some(sheet) = chosen else { return Err(Unreadable::NoSheet(sheets.iter().map(called).collect())) };
    rows(sheet)
}

fn rows(sheet: &Node) -> Result<SheetText, Unreadable> {
    let mut text = SheetText::default();
    let mut at = 0_u32;
    let rows = sheet.descendants().filter(|node| is(node, "table-row"));
    for row in rows {
        let cells = cells(&row);
        let times = repeated(&row, "number-rows-repeated");
        // Rows without cells fill a sheet up to its end.
        for row in (at..at.saturating_add(times).min(ROWS)).filter(|_| !cells.is_empty()) {
            for (column, cell) in &cells {
                text.push(row, *column, cell)?;
            }
        }
        at = at.saturating_add(times);
    }
    Ok(text)
}

/// Returns the cells of a row that are not empty, with their columns.
fn cells(row: &Node) -> Vec<(u32, String)> {
    let mut cells = Vec::new();
    let mut at = 0_u32;
    for cell in row.children().filter(|node| is(node, "table-cell") || is(node, "covered-table-cell")) {
        let times = repeated(&cell, "number-columns-repeated");
        if let Some(value) = value(&cell) {
            cells.extend((at..at.saturating_add(times).min(COLUMNS)).map(|column| (column, value.clone())));
        }
        at = at.saturating_add(times);
    }
    cells
}

fn value(cell: &Node) -> Option<String> {
    match attribute(cell, "value-type") {
        Some("float" | "percentage" | "currency") => number(attribute(cell, "value")?.parse().ok()?),
        Some("boolean") => {
            attribute(cell, "boolean-value").filter(|it| ["true", "false"].contains(it)).map(str::to_owned)
        }
        Some("date") => attribute(cell, "date-value").map(quoted),
        Some("time") => attribute(cell, "time-value").map(quoted),
        Some(_) => Some(quoted(&paragraphs(cell))),
        None => None,
    }
}

/// Returns the text of a cell, its paragraphs as lines. Remarks beside it are no part of it.
fn paragraphs(cell: &Node) -> String {
    let paragraphs = cell.children().filter(|node| is(node, "p"));
    paragraphs.map(|paragraph| written(&paragraph)).collect::<Vec<_>>().join("\n")
}

fn written(paragraph: &Node) -> String {
    let mut text = String::new();
    for node in paragraph.descendants() {
        match node.tag_name().name() {
            _ if node.is_text() => text.push_str(node.text().unwrap_or_default()),
            "s" => (0..repeated(&node, "c").min(100)).for_each(|_| text.push(' ')),
            "tab" => text.push('\t'),
            "line-break" => text.push('\n'),
            _ => {}
        }
    }
    text
}

fn is(node: &Node, name: &str) -> bool {
    node.tag_name().name() == name
}

fn attribute<'a>(node: &Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn repeated(node: &Node, name: &str) -> u32 {
    attribute(node, name).and_then(|times| times.parse().ok()).unwrap_or(1)
}
