//! Offers of pay: from one to five for each company, role and location.

use std::fmt::Write;

use super::names;
use super::size::Size;
use crate::random::SplitMix;

/// The data file.
pub(crate) fn csv(size: &Size) -> String {
    let companies = slugs(names::companies(size.companies));
    let roles = names::roles(size.roles);
    let locations = slugs(names::locations(size.locations).into_iter().map(|(name, _)| name));
    let mut text = "company,role,location,year,base,total\n".to_owned();
    let mut random = SplitMix::named("offers");
    for (company, role, location) in product(&companies, &roles, &locations) {
        let role_slug = names::slug(&role.name);
        for _ in 0..=random.below(5) {
            let year = 2021 + random.below(6);
            let base = (80 + 11 * role.years + random.below(60)) * 1000;
            let total = base + base * random.below(90) / 100;
            writeln!(text, "{company},{role_slug},{location},{year},{base},{total}")
                .expect("a text can be written to");
        }
    }
    text
}

fn slugs(names: impl IntoIterator<Item = String>) -> Vec<String> {
    names.into_iter().map(|name| names::slug(&name)).collect()
}

fn product<'a, A, B, C>(
    first: &'a [A],
    second: &'a [B],
    third: &'a [C],
) -> impl Iterator<Item = (&'a A, &'a B, &'a C)> {
    let pairs = first.iter().flat_map(move |a| second.iter().map(move |b| (a, b)));
    pairs.flat_map(move |(a, b)| third.iter().map(move |c| (a, b, c)))
}
