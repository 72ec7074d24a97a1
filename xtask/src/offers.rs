//! The guide's sample data: offers that a generator makes up. They are not reports, and pages that show them say so.

mod curve;
mod market;
mod reference;
mod slice;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::step::root;

const HEADER: &str = "company,role,location,level,year,base,equity,bonus,total,experience\n";

/// One made-up offer. Pay is in dollars a year, experience in years; the level is empty where the company's ladder has none.
pub(crate) struct Offer {
    company: &'static str,
    role: &'static str,
    location: &'static str,
    level: &'static str,
    year: i64,
    base: i64,
    equity: i64,
    bonus: i64,
    experience: i64,
}

impl Offer {
    fn total(&self) -> i64 {
        self.base + self.equity + self.bonus
    }

    fn line(&self) -> String {
        let Self { company, role, location, level, year, base, equity, bonus, experience } = self;
        let total = self.total();
        format!("{company},{role},{location},{level},{year},{base},{equity},{bonus},{total},{experience}\n")
    }
}

/// Writes the file.
pub(crate) fn write() -> ExitCode {
    let written = std::fs::write(path(), text());
    concluded(written.map_err(|error| format!("{}: {error}", path().display())))
}

/// Fails if the file is not what would be written.
pub(crate) fn check() -> ExitCode {
    let same = std::fs::read(path()).is_ok_and(|bytes| bytes == text().as_bytes());
    let stale = || format!("{} is not what `cargo xtask offers` writes", path().display());
    concluded(if same { Ok(()) } else { Err(stale()) })
}

fn concluded(outcome: Result<(), String>) -> ExitCode {
    let failed = outcome.inspect_err(|message| eprintln!("{message}")).is_err();
    ExitCode::from(u8::from(failed))
}

fn path() -> PathBuf {
    root().join("content/data/offers.csv")
}

/// The file: slices by their slugs, in each the years in order.
fn text() -> String {
    let lines: String = all().iter().map(Offer::line).collect();
    format!("{HEADER}{lines}")
}

/// Every offer, in the order of the file.
fn all() -> Vec<Offer> {
    let ordinary = slice::all().into_iter().filter(|slice| slice.key() != reference::KEY);
    let mut offers: Vec<_> = ordinary.flat_map(|slice| slice.offers()).collect();
    offers.extend(reference::offers());
    offers.sort_by_key(|offer| (offer.company, offer.role, offer.location, offer.year));
    offers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_the_same_each_time_and_of_a_fair_size() {
        let text = text();
        assert!(text == self::text());
        assert!(text.len() < 100_000, "{} bytes", text.len());
        let lines = text.lines().count() - 1;
        assert!((700..1_500).contains(&lines), "{lines} offers");
    }
}
