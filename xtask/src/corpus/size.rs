//! Numbers of companies, roles and locations for a number of pages.

use std::ops::RangeInclusive;

/// The allowed numbers of roles; those of locations are below. They are at least five, because each page has
/// links to four others along each.
const ROLES: RangeInclusive<usize> = 5..=40;
const LOCATIONS: RangeInclusive<usize> = 5..=120;

/// The sizes of the tables. Each company has each role at each location; of these, `pages` have a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) pages: usize,
    pub(crate) companies: usize,
    pub(crate) roles: usize,
    pub(crate) locations: usize,
}

impl Size {
    /// Chooses tables whose product is the number of pages or little more, with about twice as many companies
    /// as locations and twice as many locations as roles.
    pub(crate) fn of(pages: usize) -> Self {
        let pairs = ROLES.flat_map(|roles| LOCATIONS.map(move |locations| (roles, locations)));
        let sizes = pairs.map(|(roles, locations)| {
            let companies = pages.div_ceil(roles * locations);
            Self { pages, companies, roles, locations }
        });
        sizes.min_by_key(Self::unevenness).expect("there are pairs")
    }

    fn unevenness(&self) -> usize {
        let Self { pages, companies, roles, locations } = self;
        let left_over = companies * roles * locations - pages;
        locations.abs_diff(2 * roles) + companies.abs_diff(2 * locations) + 10_000 * left_over / pages
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;

    #[test]
    fn round_numbers_leave_nothing_over() {
        for pages in [1_000, 10_000, 100_000] {
            let Size { companies, roles, locations, .. } = Size::of(pages);
            assert_eq!(companies * roles * locations, pages);
        }
    }

    #[test]
    fn any_number_has_tables_that_are_large_enough() {
        for pages in [1, 7, 997, 12_345, 99_991, Corpus::Data.most()] {
            let Size { companies, roles, locations, .. } = Size::of(pages);
            assert!(companies * roles * locations >= pages, "{pages}");
            assert!(companies <= super::super::names::COMPANIES, "{companies} companies for {pages}");
        }
    }
}
