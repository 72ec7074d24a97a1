//! The made-up market: who pays how much, where, for what, and how many offers there are. Nothing here is a report.

/// A company: its pay in per cent of the role's, and its offices with the offers expected there over all roles.
pub(crate) struct Company {
    pub(crate) slug: &'static str,
    pub(crate) base: i64,
    pub(crate) equity: i64,
    /// In per cent of the base salary.
    pub(crate) bonus: i64,
    pub(crate) offices: &'static [(&'static str, i64)],
}

/// A role: a year's pay in dollars, the years of experience that most have, and its share of offers in thousandths.
pub(crate) struct RolePay {
    pub(crate) slug: &'static str,
    pub(crate) base: i64,
    pub(crate) equity: i64,
    pub(crate) years: (i64, i64),
    pub(crate) share: i64,
}

/// A location and its pay in per cent of what is usual.
pub(crate) struct PayRegion {
    pub(crate) slug: &'static str,
    pub(crate) pay: i64,
}

/// A year: its pay in per cent of 2024's, and its share of offers in per cent.
pub(crate) struct Year {
    pub(crate) year: i64,
    pub(crate) pay: i64,
    pub(crate) share: i64,
}

/// The names that companies give to levels, for those whose record in the guide says so.
pub(crate) const LADDER: [(&str, &str, &str); 1] = [("amazon", "senior-data-engineer", "L6")];

pub(crate) const YEARS: [Year; 6] = [
    Year { year: 2021, pay: 88, share: 10 },
    Year { year: 2022, pay: 94, share: 15 },
    Year { year: 2023, pay: 95, share: 13 },
    Year { year: 2024, pay: 100, share: 19 },
    Year { year: 2025, pay: 106, share: 26 },
    Year { year: 2026, pay: 109, share: 17 },
];

pub(crate) const LOCATIONS: [PayRegion; 7] = [
    PayRegion { slug: "austin", pay: 88 },
    PayRegion { slug: "boston-cambridge", pay: 91 },
    PayRegion { slug: "dublin", pay: 63 },
    PayRegion { slug: "london", pay: 74 },
    PayRegion { slug: "new-york", pay: 104 },
    PayRegion { slug: "san-francisco-bay-area", pay: 108 },
    PayRegion { slug: "seattle", pay: 102 },
];

/// The one role that the reference page is about.
pub(crate) const ROLES: [RolePay; 1] =
    [RolePay { slug: "senior-data-engineer", base: 176_000, equity: 105_000, years: (7, 18), share: 290 }];

const AUSTIN: &str = "austin";
const BAY_AREA: &str = "san-francisco-bay-area";
const BOSTON: &str = "boston-cambridge";
const DUBLIN: &str = "dublin";
const LONDON: &str = "london";
const NEW_YORK: &str = "new-york";
const SEATTLE: &str = "seattle";

/// The one company that the reference page is about.
pub(crate) const COMPANIES: [Company; 1] = [Company {
    slug: "amazon",
    base: 108,
    equity: 175,
    bonus: 9,
    offices: &[
        (SEATTLE, 720),
        (BAY_AREA, 470),
        (NEW_YORK, 370),
        (BOSTON, 350),
        (AUSTIN, 170),
        (LONDON, 110),
        (DUBLIN, 75),
    ],
}];

/// The level by the company's ladder, or nothing.
pub(crate) fn level(company: &str, role: &str) -> &'static str {
    LADDER.iter().find(|rung| (rung.0, rung.1) == (company, role)).map_or("", |rung| rung.2)
}

/// A location's pay in per cent of what is usual.
pub(crate) fn pay_at(location: &str) -> i64 {
    LOCATIONS.iter().find(|known| known.slug == location).expect("each office is at a location").pay
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::root;

    fn record(collection: &str, slug: &str) -> String {
        let path = root().join("content").join(collection).join(slug).with_extension("md");
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    #[test]
    fn offices_are_the_guides() {
        for company in &COMPANIES {
            let text = record("companies", company.slug);
            let declared = text.lines().find(|line| line.starts_with("locations = ")).unwrap_or_default();
            for (location, _) in company.offices {
                let known = declared.contains(&format!("\"{location}\""));
                assert!(known, "{} has no office at {location}", company.slug);
                assert!(record("locations", location).contains("city"), "{location}");
                assert!(pay_at(location) > 0, "{location}");
            }
        }
    }

    #[test]
    fn levels_are_the_guides() {
        for (company, role, level) in LADDER {
            let rung = format!("level = \"{level}\"\nrole = \"{role}\"");
            assert!(record("companies", company).contains(&rung), "{company}: {rung}");
        }
    }

    #[test]
    fn roles_are_the_guides_and_the_shares_of_years_add_up() {
        assert!(ROLES.iter().all(|role| record("roles", role.slug).contains("level")));
        assert_eq!(YEARS.iter().map(|year| year.share).sum::<i64>(), 100);
    }
}
