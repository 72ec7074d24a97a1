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
pub(crate) struct Role {
    pub(crate) slug: &'static str,
    pub(crate) base: i64,
    pub(crate) equity: i64,
    pub(crate) years: (i64, i64),
    pub(crate) share: i64,
}

/// A location and its pay in per cent of what is usual.
pub(crate) struct Location {
    pub(crate) slug: &'static str,
    pub(crate) pay: i64,
}

/// A year: its pay in per cent of 2024's, and its share of offers in per cent.
pub(crate) struct Year {
    pub(crate) year: i64,
    pub(crate) pay: i64,
    pub(crate) share: i64,
}

/// What a company calls a level, where its record in the guide says so.
pub(crate) const LADDER: [(&str, &str, &str); 1] = [("amazon", "senior-data-engineer", "L6")];

pub(crate) const YEARS: [Year; 6] = [
    Year { year: 2021, pay: 88, share: 10 },
    Year { year: 2022, pay: 94, share: 15 },
    Year { year: 2023, pay: 95, share: 13 },
    Year { year: 2024, pay: 100, share: 19 },
    Year { year: 2025, pay: 106, share: 26 },
    Year { year: 2026, pay: 109, share: 17 },
];

pub(crate) const LOCATIONS: [Location; 8] = [
    Location { slug: "austin", pay: 88 },
    Location { slug: "boston-cambridge", pay: 91 },
    Location { slug: "dublin", pay: 63 },
    Location { slug: "london", pay: 74 },
    Location { slug: "new-york", pay: 104 },
    Location { slug: "remote-us", pay: 92 },
    Location { slug: "san-francisco-bay-area", pay: 108 },
    Location { slug: "seattle", pay: 102 },
];

#[rustfmt::skip]
pub(crate) const ROLES: [Role; 9] = [
    Role { slug: "analytics-engineer", base: 138_000, equity: 38_000, years: (2, 9), share: 110 },
    Role { slug: "data-engineer", base: 146_000, equity: 50_000, years: (2, 8), share: 260 },
    Role { slug: "data-platform-engineer", base: 174_000, equity: 98_000, years: (5, 15), share: 35 },
    Role { slug: "junior-data-engineer", base: 116_000, equity: 22_000, years: (0, 3), share: 100 },
    Role { slug: "ml-data-engineer", base: 158_000, equity: 72_000, years: (2, 10), share: 60 },
    Role { slug: "principal-data-engineer", base: 246_000, equity: 330_000, years: (13, 25), share: 20 },
    Role { slug: "senior-data-engineer", base: 176_000, equity: 105_000, years: (7, 18), share: 290 },
    Role { slug: "staff-data-engineer", base: 212_000, equity: 205_000, years: (10, 21), share: 90 },
    Role { slug: "streaming-data-engineer", base: 175_000, equity: 101_000, years: (5, 15), share: 35 },
];

const AUSTIN: &str = "austin";
const BAY_AREA: &str = "san-francisco-bay-area";
const BOSTON: &str = "boston-cambridge";
const DUBLIN: &str = "dublin";
const LONDON: &str = "london";
const NEW_YORK: &str = "new-york";
const REMOTE: &str = "remote-us";
const SEATTLE: &str = "seattle";

#[rustfmt::skip]
pub(crate) const COMPANIES: [Company; 17] = [
    Company { slug: "airbnb", base: 106, equity: 140, bonus: 12, offices: &[(BAY_AREA, 210), (REMOTE, 90)] },
    Company { slug: "amazon", base: 108, equity: 175, bonus: 9, offices: &[(SEATTLE, 720), (BAY_AREA, 470),
        (NEW_YORK, 370), (BOSTON, 350), (AUSTIN, 170), (LONDON, 110), (DUBLIN, 75)] },
    Company { slug: "databricks", base: 103, equity: 160, bonus: 10, offices: &[(BAY_AREA, 210), (SEATTLE, 55),
        (NEW_YORK, 40), (LONDON, 38)] },
    Company { slug: "doordash", base: 101, equity: 115, bonus: 0, offices: &[(BAY_AREA, 200), (NEW_YORK, 55),
        (SEATTLE, 60)] },
    Company { slug: "google", base: 100, equity: 120, bonus: 15, offices: &[(BAY_AREA, 800), (NEW_YORK, 330),
        (SEATTLE, 240), (BOSTON, 120), (AUSTIN, 85), (LONDON, 140), (DUBLIN, 75)] },
    Company { slug: "instacart", base: 100, equity: 105, bonus: 0, offices: &[(BAY_AREA, 120), (REMOTE, 70)] },
    Company { slug: "linkedin", base: 101, equity: 95, bonus: 12, offices: &[(BAY_AREA, 290), (NEW_YORK, 75),
        (DUBLIN, 42), (LONDON, 16)] },
    Company { slug: "lyft", base: 98, equity: 80, bonus: 5, offices: &[(BAY_AREA, 140), (NEW_YORK, 42),
        (SEATTLE, 38)] },
    Company { slug: "meta", base: 105, equity: 150, bonus: 15, offices: &[(BAY_AREA, 780), (NEW_YORK, 310),
        (SEATTLE, 270), (LONDON, 180), (AUSTIN, 55), (BOSTON, 40), (DUBLIN, 38)] },
    Company { slug: "microsoft", base: 94, equity: 62, bonus: 13, offices: &[(SEATTLE, 720), (BAY_AREA, 170),
        (BOSTON, 90), (DUBLIN, 75), (NEW_YORK, 65), (LONDON, 55)] },
    Company { slug: "netflix", base: 172, equity: 25, bonus: 0, offices: &[(BAY_AREA, 230)] },
    Company { slug: "pinterest", base: 103, equity: 110, bonus: 0, offices: &[(BAY_AREA, 145), (REMOTE, 60),
        (SEATTLE, 38), (NEW_YORK, 30), (DUBLIN, 12)] },
    Company { slug: "robinhood", base: 100, equity: 100, bonus: 6, offices: &[(BAY_AREA, 115), (NEW_YORK, 50)] },
    Company { slug: "snowflake", base: 102, equity: 135, bonus: 10, offices: &[(BAY_AREA, 165), (SEATTLE, 75)] },
    Company { slug: "stripe", base: 104, equity: 130, bonus: 10, offices: &[(BAY_AREA, 180), (SEATTLE, 62),
        (NEW_YORK, 58), (DUBLIN, 45), (REMOTE, 42), (LONDON, 24)] },
    Company { slug: "uber", base: 101, equity: 105, bonus: 12, offices: &[(BAY_AREA, 310), (SEATTLE, 85),
        (NEW_YORK, 65)] },
    Company { slug: "x", base: 97, equity: 55, bonus: 8, offices: &[(BAY_AREA, 105), (DUBLIN, 10)] },
];

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
                let known = declared.contains(&format!("\"{location}\"")) || *location == REMOTE;
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
    fn roles_are_the_guides_and_their_shares_add_up() {
        assert!(ROLES.iter().all(|role| record("roles", role.slug).contains("level")));
        assert_eq!(ROLES.iter().map(|role| role.share).sum::<i64>(), 1000);
        assert_eq!(YEARS.iter().map(|year| year.share).sum::<i64>(), 100);
    }
}
