//! A page for each of 803 companies, by place and by kind of interview.

use libtest_mimic::{Failed, Trial};

use crate::{BuiltSite, Real, equal};

const SITE: Real = Real { name: "whiteboards", theme: "hiring", data: "hiring-without-whiteboards.csv" };

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        SITE.trial("every_company_has_a_page", companies),
        SITE.trial("odd_names_are_whole", names),
        SITE.trial("companies_are_listed_by_place", places),
        SITE.trial("long_lists_have_pages", pages),
    ]
}

fn companies(site: &BuiltSite) -> Result<(), Failed> {
    equal(site.count("companies/"), 803)
}

fn names(site: &BuiltSite) -> Result<(), Failed> {
    let page = site.page("companies/1000-software/index.html")?;
    equal(page.contains("<h1>How 1000.software interviews</h1>"), true)?;
    let silent = site.page("companies/abstract/index.html")?;
    equal(silent.contains("They do not say."), true)
}

fn places(site: &BuiltSite) -> Result<(), Failed> {
    // "Berlin, Germany & SF, USA" is a place of its own, as the data has it.
    let in_berlin = |line: &&str| line.contains("Berlin, Germany") && !line.contains("Berlin, Germany &");
    let named = site.data.lines().filter(in_berlin).count();
    let page = site.page("locations/berlin-germany/index.html")?;
    equal(page.contains(&format!("{named} companies, page 1 of 1")), true)
}

fn pages(site: &BuiltSite) -> Result<(), Failed> {
    let listed = |page: &str| page.matches("<li>").count();
    let first = site.page("kinds/take-home/index.html")?;
    equal(listed(&first), 50)?;
    equal(first.contains("/kinds/take-home/page/2/"), true)?;
    let total: usize =
        first.split("<p>").nth(1).and_then(|rest| rest.split(' ').next()).ok_or("no count")?.parse()?;
    let pages = site.files.iter().filter(|(path, _)| path.starts_with("kinds/take-home/"));
    equal(pages.map(|(_, page)| listed(&String::from_utf8_lossy(page))).sum::<usize>(), total)
}
