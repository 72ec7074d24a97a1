//! The names of companies, roles, locations, rounds and problems.

/// The number of companies with names of their own.
#[cfg(test)]
pub(crate) const COMPANIES: usize = FOUNDERS.len() * TRADES.len();

const FOUNDERS: [&str; 40] = [
    "Abernathy",
    "Barlow",
    "Castellan",
    "Dunmore",
    "Ellery",
    "Farrow",
    "Gantry",
    "Holloway",
    "Ivers",
    "Jessup",
    "Kestrel",
    "Lockhart",
    "Marlow",
    "Northam",
    "O'Dwyer",
    "Pemberton",
    "Quillan",
    "Rosewood",
    "Sable",
    "Thackeray",
    "Underhill",
    "Vance",
    "Wexford",
    "Yardley",
    "Zeller",
    "Ashgrove",
    "Blackwell",
    "Corbin",
    "Dray",
    "Everhart",
    "Fenwick",
    "Greaves",
    "Hartnell",
    "Isham",
    "Jarrow",
    "Keswick",
    "Langdale",
    "Mercer",
    "Norcross",
    "Orrin",
];
const TRADES: [&str; 24] = [
    " & Sons",
    " Analytics",
    " Freight",
    " Health",
    " Pay",
    " Retail",
    " & Finch",
    " Cloud",
    " Energy",
    " Media",
    " Bank",
    " Maps",
    "'s",
    " Games",
    " Insurance",
    " Robotics",
    " & Daughters",
    " Travel",
    " Foods",
    " Telecom",
    " Learning",
    " Motors",
    " Homes",
    " Security",
];
const LEVELS: [(&str, &str, u64); 8] = [
    ("Junior ", "L3", 1),
    ("", "L4", 3),
    ("Senior ", "L5", 6),
    ("Staff ", "L6", 9),
    ("Principal ", "L7", 12),
    ("Lead ", "L5", 7),
    ("Associate ", "L3", 2),
    ("Distinguished ", "L8", 16),
];
const TRACKS: [&str; 8] = [
    "Data Engineer",
    "Analytics Engineer",
    "Data Scientist",
    "ML Engineer",
    "Data Platform Engineer",
    "BI Developer",
    "Streaming Engineer",
    "Data Architect",
];
const SITES: [&str; 12] =
    ["", "Port ", "New ", "East ", "Upper ", "Fort ", "Lake ", "Saint ", "Mount ", "North ", "Old ", "Cape "];
const TOWNS: [&str; 10] = [
    "Aldermoor",
    "Brennick",
    "Calder",
    "Dorrance",
    "Eskdale",
    "Farley",
    "Gransund",
    "Hälsing",
    "Ilkest",
    "Jorvale",
];
const COUNTRIES: [&str; 6] = ["Albermark", "Boreland", "Cordova", "Dravia", "Estmere", "Ferrol & Isles"];

/// The kinds of rounds and problems.
pub(crate) const KINDS: [&str; 4] = ["sql", "python", "modelling", "design"];
const SUBJECTS: [&str; 4] = ["SQL", "Python", "Data modelling", "Pipeline design"];
const FORMATS: [&str; 6] =
    [" screen", " deep dive", " at the whiteboard", " on paper", " review", " with the team"];
const FLAWS: [&str; 10] = [
    "Late",
    "Double",
    "Missing",
    "Reopened",
    "Backdated",
    "Half-paid",
    "Orphaned",
    "Skewed",
    "Nested",
    "Silent",
];
const THINGS: [&str; 4] = ["Orders", "Sessions", "Ledgers", "Feeds"];

/// A role: its name, its level, and the years of experience that it asks for.
pub(crate) struct JobRole {
    pub(crate) name: String,
    pub(crate) level: &'static str,
    pub(crate) years: u64,
}

/// A round or a problem: its name and its kind.
pub(crate) struct Task {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
}

/// Names so many companies. No name comes twice, because the steps through founders and trades reach every
/// pair once.
pub(crate) fn companies(count: usize) -> Vec<String> {
    let name = |at: usize| {
        let trade = TRADES[(at + at / FOUNDERS.len()) % TRADES.len()];
        format!("{}{trade}", FOUNDERS[at % FOUNDERS.len()])
    };
    (0..count).map(name).collect()
}

/// The first so many roles.
pub(crate) fn roles(count: usize) -> Vec<JobRole> {
    let role = |at: usize| {
        let (rank, level, years) = LEVELS[(at + at / TRACKS.len()) % LEVELS.len()];
        JobRole { name: format!("{rank}{}", TRACKS[at % TRACKS.len()]), level, years }
    };
    (0..count).map(role).collect()
}

/// The first so many locations, each with its country.
pub(crate) fn locations(count: usize) -> Vec<(String, &'static str)> {
    let location = |at: usize| {
        let site = SITES[(at + at / TOWNS.len()) % SITES.len()];
        (format!("{site}{}", TOWNS[at % TOWNS.len()]), COUNTRIES[at % COUNTRIES.len()])
    };
    (0..count).map(location).collect()
}

/// All rounds.
pub(crate) fn rounds() -> Vec<Task> {
    let of = |(kind, subject)| FORMATS.map(|format| Task { name: format!("{subject}{format}"), kind });
    KINDS.into_iter().zip(SUBJECTS).flat_map(of).collect()
}

/// All problems.
pub(crate) fn problems() -> Vec<Task> {
    let of = |(kind, thing)| FLAWS.map(|flaw| Task { name: format!("{flaw} {thing}"), kind });
    KINDS.into_iter().zip(THINGS).flat_map(of).collect()
}

/// A name as part of a path and as the key of a table in TOML.
pub(crate) fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-").replace('ä', "a")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_slug_comes_twice() {
        let distinct = |names: Vec<String>| {
            let count = names.len();
            let slugs: BTreeSet<_> = names.iter().map(|name| slug(name)).collect();
            assert_eq!(slugs.len(), count);
        };
        distinct(companies(COMPANIES));
        distinct(roles(LEVELS.len() * TRACKS.len()).into_iter().map(|role| role.name).collect());
        distinct(locations(SITES.len() * TOWNS.len()).into_iter().map(|(name, _)| name).collect());
        distinct(rounds().into_iter().chain(problems()).map(|task| task.name).collect());
    }

    #[test]
    fn slugs_are_bare() {
        assert_eq!(slug("Barlow & Finch"), "barlow-finch");
        assert_eq!(slug("New Hälsing"), "new-halsing");
    }
}
