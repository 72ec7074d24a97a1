//! The files of a site's records.

use super::names::{self, KINDS, Task};
use super::prose::{sentence, sentences};
use super::size::Size;
use super::table::{TomlTable, file};
use crate::random::SplitMix;

/// The number of other records of its kind that a record names.
const NEIGHBOURS: usize = 4;
/// The number of rounds of a loop.
const ROUNDS: usize = 6;
const TIPS: usize = 3;

/// `content/companies.toml`.
pub(crate) fn companies(size: &Size) -> String {
    let names = names::companies(size.companies);
    let table = |(at, name): (usize, &String)| {
        let slug = names::slug(name);
        let random = &mut SplitMix::named(&slug);
        TomlTable::headed(&slug)
            .text("name", name)
            .text("summary", &sentence("company", random))
            .text("website", &format!("https://{slug}.example/careers?from=loops&lang=en"))
            .text("focus", random.one(&KINDS))
            .texts("similar", &next(at, &names))
    };
    file(names.iter().enumerate().map(table))
}

/// `content/roles.toml`.
pub(crate) fn roles(size: &Size) -> String {
    let roles = names::roles(size.roles);
    let names: Vec<_> = roles.iter().map(|role| role.name.clone()).collect();
    let rounds = names::rounds();
    let rounds: Vec<_> = rounds.iter().map(|round| round.name.as_str()).collect();
    let table = |(at, role): (usize, &names::JobRole)| {
        let slug = names::slug(&role.name);
        let random = &mut SplitMix::named(&slug);
        let steps: Vec<_> = random.some(ROUNDS, &rounds).into_iter().map(names::slug).collect();
        TomlTable::headed(&slug)
            .text("name", &role.name)
            .text("summary", &sentence("role", random))
            .text("level", role.level)
            .with("years", &role.years.to_string())
            .texts("loop", &steps)
            .texts("related", &next(at, &names))
    };
    file(roles.iter().enumerate().map(table))
}

/// `content/locations.toml`.
pub(crate) fn locations(size: &Size) -> String {
    let locations = names::locations(size.locations);
    let names: Vec<_> = locations.iter().map(|(name, _)| name.clone()).collect();
    let table = |(at, (name, country)): (usize, &(String, &str))| {
        let slug = names::slug(name);
        TomlTable::headed(&slug)
            .text("name", name)
            .text("country", country)
            .text("summary", &sentence("location", &mut SplitMix::named(&slug)))
            .texts("nearby", &next(at, &names))
    };
    file(locations.iter().enumerate().map(table))
}

/// Returns the slugs of the next names; the first name follows the last.
fn next(at: usize, names: &[String]) -> Vec<String> {
    let others = names.iter().cycle().skip(at + 1).take(NEIGHBOURS.min(names.len() - 1));
    others.map(|name| names::slug(name)).collect()
}

/// `content/rounds/`.
pub(crate) fn rounds() -> Vec<(String, String)> {
    let round = |Task { name, kind }: Task| {
        let random = &mut SplitMix::named(&name);
        let table = TomlTable::default()
            .text("name", &name)
            .text("kind", kind)
            .with("minutes", &(30 + 15 * random.below(5)).to_string())
            .text("summary", &sentences("round", 4, random).join(" "))
            .texts("tips", &sentences("tip", TIPS, random));
        document("rounds", &name, &table, random)
    };
    names::rounds().into_iter().map(round).collect()
}

/// `content/problems/`. Each is asked in four rounds of its kind and in two others.
pub(crate) fn problems() -> Vec<(String, String)> {
    let rounds = names::rounds();
    let problem = |Task { name, kind }: Task| {
        let random = &mut SplitMix::named(&name);
        let (own, other): (Vec<_>, Vec<_>) = rounds.iter().partition(|round| round.kind == kind);
        let mut asked = random.some(4, &own);
        asked.extend(random.some(2, &other));
        let asked: Vec<_> = asked.into_iter().map(|round| names::slug(&round.name)).collect();
        let table = TomlTable::default()
            .text("title", &name)
            .text("kind", kind)
            .text("difficulty", random.one(&["easy", "medium", "hard"]))
            .with("minutes", &(10 + 5 * random.below(10)).to_string())
            .text("summary", &sentence("problem", random))
            .text("prompt", &format!("{}{}", sentence("prompt", random), code(kind)))
            .texts("rounds", &asked);
        document("problems", &name, &table, random)
    };
    names::problems().into_iter().map(problem).collect()
}

/// Returns the code that a problem starts with.
pub(super) fn code(kind: &str) -> &'static str {
    match kind {
        "sql" => "\n\n```sql\nselect key, max(time) -- what of ties?\nfrom events group by key\n```",
        "python" => "\n\n```python\ndef latest(rows): ...\n```",
        _ => "",
    }
}

/// Makes a record's own file: its fields, and the text of its page.
fn document(collection: &str, name: &str, table: &TomlTable, random: &mut SplitMix) -> (String, String) {
    let parts = ["How it runs", "What is written down"].map(|title| {
        format!("## {title}\n\n{}\n\n{}", sentences("round", 3, random).join(" "), sentence("prompt", random))
    });
    table.document(collection, name, &parts.join("\n\n"))
}
