//! The table of results: a line for each site and server, and the targets that are missed.

use std::time::Duration;

use super::edit::{EditedPart, KINDS};
use super::latency::Latency;
use crate::corpus::Corpus;

/// The measurements of a server of one site.
pub(super) struct ServeMeasurement {
    pub(super) corpus: Corpus,
    pub(super) pages: usize,
    /// The number of rows of the site's data file, if there is one.
    pub(super) rows: Option<usize>,
    /// The time from the start of the server until its first page had arrived.
    pub(super) first_page: Duration,
    /// The latency of each kind of edit that applies to the site.
    pub(super) latencies: Vec<(EditedPart, Latency)>,
    /// The most bytes that were resident.
    pub(super) memory: u64,
}

const FIRST_PAGE: Duration = Duration::from_secs(2);
const EDIT: Duration = Duration::from_millis(50);
/// The target for an edit of a data file of so many rows. It is the same for larger ones.
const ROW: Duration = Duration::from_millis(300);
const ROWS: usize = 100_000;

pub(super) const HEADER: &str = "\
server   site        pages    rows  first page            text          record             row        template           style           query           theme      MB
                                             s  ms, median/p95  ms, median/p95  ms, median/p95  ms, median/p95  ms, median/p95  ms, median/p95  ms, median/p95";

/// Writes a row of the table. Megabytes are of 10⁶ bytes.
pub(super) fn line(server: &str, measured: &ServeMeasurement) -> String {
    let ServeMeasurement { pages, rows, first_page, memory, .. } = measured;
    let rows = rows.map_or_else(|| "–".to_owned(), |rows| rows.to_string());
    let latencies = KINDS.map(|kind| format!("{:>15}", cell(measured.latency(kind)))).join(" ");
    let corpus = name(measured.corpus);
    let megabytes = memory / 1_000_000;
    format!(
        "{server:8} {corpus:9} {pages:7} {rows:>7} {:11.2} {latencies} {megabytes:7}",
        first_page.as_secs_f64()
    )
}

/// Writes a line for each target that a server misses.
pub(super) fn missed(measured: &ServeMeasurement) -> Vec<String> {
    let site = format!("{}, {} pages", name(measured.corpus), measured.pages);
    let mut missed = Vec::new();
    if measured.first_page > FIRST_PAGE {
        missed.push(format!("{site}: first page after {:.2} s", measured.first_page.as_secs_f64()));
    }
    for (kind, latency) in &measured.latencies {
        let target = if *kind == EditedPart::Row { ROW } else { EDIT };
        if !matches!(latency, Latency::Seen { median, .. } if *median <= target) {
            let over = (*kind == EditedPart::Row).then_some(measured.rows).flatten();
            let rows = over.filter(|rows| *rows > ROWS).map(|rows| format!(", of a file of {rows} rows"));
            let cell = cell(Some(*latency));
            missed.push(format!("{site}: {} {cell} ms{}", kind.name(), rows.unwrap_or_default()));
        }
    }
    missed
}

/// Lists the targets, and those that sitegen misses.
pub(super) fn verdict(missed: &[String]) -> String {
    let targets = format!(
        "targets: first page {} s; median of edits {} ms, of a row {} ms where the data file has {ROWS} rows",
        FIRST_PAGE.as_secs(),
        EDIT.as_millis(),
        ROW.as_millis(),
    );
    let missed = if missed.is_empty() { " none".to_owned() } else { format!("\n  {}", missed.join("\n  ")) };
    format!("{targets}\nmissed by sitegen:{missed}")
}

fn name(corpus: Corpus) -> &'static str {
    match corpus {
        Corpus::Data => "data",
        Corpus::Markdown => "markdown",
    }
}

fn cell(latency: Option<Latency>) -> String {
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    match latency {
        Some(Latency::Seen { median, p95 }) => {
            format!("{:.1} / {:.1}", milliseconds(median), milliseconds(p95))
        }
        Some(Latency::Missed) => format!("> {} s", super::latency::PATIENCE.as_secs()),
        None => "–".to_owned(),
    }
}

impl ServeMeasurement {
    fn latency(&self, kind: EditedPart) -> Option<Latency> {
        self.latencies.iter().find(|(of, _)| *of == kind).map(|(_, latency)| *latency)
    }
}
