//! Finds paragraphs that should be tables, and cells that tables lose.

use super::Miss;
use crate::Span;

/// Finds the row that should have made a table of a paragraph: a row of signs alone below another row; or
/// else the first of two rows that begin with bars.
pub(in crate::markdown) fn table(paragraph: &str) -> Option<(Miss, Span)> {
    if !paragraph.contains('|') {
        return None;
    }
    let row = delimiter_row(paragraph).map(|row| (Miss::Table, row));
    row.or_else(|| {
        let rows = lines(paragraph).zip(lines(paragraph).skip(1));
        let mut rows = rows.filter(|((_, row), (_, next))| is_row(row) && is_row(next));
        rows.next().map(|((start, row), _)| (Miss::Rows, start..start + row.len()))
    })
}

/// Returns true if a line begins with a bar and ends with one, or has others between its cells.
fn is_row(line: &str) -> bool {
    let Some(cells) = line.strip_prefix('|') else { return false };
    let has_bars = cells.ends_with('|') || cells.contains(" | ");
    has_bars && !cells.starts_with('|') && cells.contains(char::is_alphanumeric)
}

/// Splits a paragraph into its lines, without the marks of quotes, and their offsets.
fn lines(paragraph: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    paragraph.split('\n').map(move |written| {
        let line = written.trim_start_matches([' ', '\t', '>']);
        let start = at + written.len() - line.len();
        at += written.len() + 1;
        (start, line.trim_end())
    })
}

fn delimiter_row(paragraph: &str) -> Option<Span> {
    let mut lines = lines(paragraph);
    let mut above = lines.next()?.1;
    lines.find_map(|(start, line)| {
        let is_table = above.contains('|') && is_delimiter_row(line);
        above = line;
        is_table.then_some(start..start + line.len())
    })
}

fn is_delimiter_row(line: &str) -> bool {
    let cells = line.strip_prefix('|').unwrap_or(line);
    let cells = cells.strip_suffix('|').unwrap_or(cells);
    let is_delimiter = |cell: &str| {
        let signs = cell.trim().trim_matches(':');
        !signs.is_empty() && signs.chars().all(|c| matches!(c, '-' | '=' | '–' | '—' | '_' | '+'))
    };
    line.contains('|') && cells.split('|').all(is_delimiter)
}

/// Finds the cells of a row that are beyond the table's columns, if they hold any text.
pub(in crate::markdown) fn lost_cells(row: &str, columns: usize) -> Option<usize> {
    let line = row.trim_end();
    let first = usize::from(line.starts_with('|'));
    let is_escaped = |at: usize| line[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    let mut bars = line.match_indices('|').map(|(at, _)| at).filter(|at| *at >= first && !is_escaped(*at));
    let start = bars.nth(columns.checked_sub(1)?)? + 1;
    (!line[start..].trim_matches(['|', ' ', '\t']).is_empty()).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_lack_a_row_of_as_many_cells() {
        let found = |text: &'static str| table(text).map(|(_, span)| &text[span]);
        assert_eq!(found("| a | b |\r\n> | 1 | 2 |\r\n"), Some("| a | b |"));
        assert_eq!(found("x\n| a | b\n| 1 | 2"), Some("| a | b"));
        assert_eq!(found("| a | b |\n|---|\n| 1 | 2 |"), Some("|---|"));
        assert_eq!(found("|a|b|\r\n> |===|:=:|\r\n"), Some("|===|:=:|"));
        assert_eq!(found("a\nb | c\n--- | :-:\n1 | 2"), Some("--- | :-:"));
        for text in ["| a\n| b", "|a|\n||", "a | b\nc | d", "|x|\n---", "|---|", "a\n---|---"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn cells_are_lost_behind_the_last_column() {
        assert_eq!(lost_cells("| a | b | c |", 2), Some(9));
        assert_eq!(lost_cells("a | b \\| c", 2), None);
        assert_eq!(lost_cells("| a | b | |", 2), None);
        assert_eq!(lost_cells("| a |", 2), None);
    }
}
