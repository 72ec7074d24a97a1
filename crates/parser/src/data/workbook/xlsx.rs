//! Reads the cells of a workbook of Excel.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx};

use super::archive::Archive;
use super::{SheetText, Unreadable, quoted};

/// The greatest whole number that is exact in a cell.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads the sheet of a name, or else the first that is shown.
pub(super) fn read(archive: &Archive, bytes: &[u8], name: Option<&str>) -> Result<SheetText, Unreadable> {
    archive.measure()?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let (mut shown, all): (Vec<_>, Vec<_>) = (
        sheets
            .clone()
            .filter(|sheet| sheet.visible == SheetVisible::Visible)
            .map(|sheet| sheet.name.clone())
            .collect(),
        sheets.map(|sheet| sheet.name.clone()).collect(),
    );
    let chosen = match name {
        Some(name) => all.iter().find(|sheet| *sheet == name).cloned(),
        None => (!shown.is_empty()).then(|| shown.remove(0)),
    };
    let chosen = chosen.ok_or(Unreadable::NoSheet(all))?;
    cells(&mut workbook, &chosen)
}

/// Reads cell by cell, because one cell far away would make a table of all cells huge.
fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<SheetText, Unreadable> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|_| Unreadable::Damaged)?;
    let mut text = SheetText::default();
    let (mut formulas, mut calculated) = (0, 0);
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| Unreadable::Damaged)? {
        let value = json(&cell.value);
        if cell.formula.is_some() {
            formulas += 1;
            calculated += usize::from(value.is_some());
        }
        if let Some(value) = value {
            text.push(cell.pos.0, cell.pos.1, &value)?;
        }
    }
    // Programs that write sheets without calculating leave all formulas without values.
    if formulas > 0 && calculated == 0 { Err(Unreadable::NotCalculated) } else { Ok(text) }
}

fn json(value: &DataRef) -> Option<String> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => self::number(*number)?,
        DataRef::Bool(value) => value.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => quoted(text),
        DataRef::SharedString(text) => quoted(text),
        DataRef::DateTime(moment) => quoted(&self::moment(moment)),
        DataRef::Error(error) => quoted(&error.to_string()),
    })
}

/// Writes a number of a cell; whole ones without a point, though sheets do not tell them from others.
pub(super) fn number(number: f64) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let is_whole = number.fract() == 0.0 && number.abs() <= EXACT;
    Some(if is_whole { format!("{number:.0}") } else { number.to_string() })
}

/// Writes a day, with its time if it has one, a time alone, or a length of time.
fn moment(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return format!("PT{:.0}S", (moment.as_f64() * 86_400.0).round());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if moment.as_f64() < 1.0 {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if moment.as_f64().fract() == 0.0 { date } else { format!("{date}T{time}") }
}
