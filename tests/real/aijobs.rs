//! Role × level × country over a survey of 74,301 rows.

use libtest_mimic::{Failed, Trial};

use crate::survey::{groups, money, quartile};
use crate::{BuiltSite, Real, equal};

const SITE: Real = Real { name: "aijobs", theme: "pay", data: "aijobs-salaries.csv" };

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        SITE.trial("overall_figures_are_those_of_the_source", overall),
        SITE.trial("groups_of_five_have_pages_and_of_thirty_are_indexed", gates),
        SITE.trial("every_page_shows_its_own_figures", slices),
        SITE.trial("years_are_compared", years),
        SITE.trial("countries_are_compared", countries),
    ]
}

fn overall(site: &BuiltSite) -> Result<(), Failed> {
    let home = site.page("index.html")?;
    for line in ["74,301|$106,800|$147,500|$199,700", "9,505|$105,200|$140,000|$184,100"] {
        equal(home.contains(line), true)?;
    }
    Ok(())
}

fn gates(site: &BuiltSite) -> Result<(), Failed> {
    let pages = || site.files.iter().filter(|(path, _)| path.matches('/').count() == 3);
    let unindexed = pages().filter(|(_, page)| String::from_utf8_lossy(page).contains("noindex")).count();
    equal((pages().count(), pages().count() - unindexed), (597, 193))
}

fn slices(site: &BuiltSite) -> Result<(), Failed> {
    let mut shown: Vec<_> = site.files.values().map(|page| String::from_utf8_lossy(page)).collect();
    shown.retain(|page| page.contains("offers: "));
    let groups = groups(&site.data, &["job_title", "experience_level", "company_location"]);
    let large: Vec<_> = groups.iter().filter(|(_, pay)| pay.len() >= 5).collect();
    equal(shown.len(), large.len())?;
    for (key, pay) in large {
        let [p25, median, p75] = [1, 2, 3].map(|quarter| money(quartile(pay, quarter)));
        let (role, level, country) = (&key[0], level(&key[1]), &key[2]);
        let role = role.replace('&', "&amp;").replace('/', "&#x2F;");
        let start = format!("{role}, {level}, {country}: ");
        let figures = format!("{}|{p25}|{median}|{p75}", number(pay.len()));
        let page =
            shown.iter().find(|page| page.starts_with(&start)).ok_or_else(|| format!("no page {start}"))?;
        equal(page.contains(&figures), true).map_err(|_| format!("{figures} is not on {page}"))?;
    }
    Ok(())
}

fn years(site: &BuiltSite) -> Result<(), Failed> {
    let page = site.page("data-engineer/senior/us/index.html")?;
    for line in [
        "2021: 8 $151,500",
        "2022: 331 $150,000",
        "2023: 1,198 $153,090",
        "2024: 3,707 $160,000",
        "2025: 74 $160,500",
    ] {
        equal(page.contains(line), true)?;
    }
    Ok(())
}

fn countries(site: &BuiltSite) -> Result<(), Failed> {
    let page = site.page("data-engineer/senior/gb/index.html")?;
    let groups = groups(&site.data, &["job_title", "experience_level", "company_location"]);
    let of = |country: &str| groups.get(["Data Engineer", "SE", country].map(str::to_owned).as_slice());
    let pay = of("US").ok_or("no rows")?;
    equal(page.contains(&format!("US: {} {}", number(pay.len()), money(quartile(pay, 2)))), true)
}

fn level(code: &str) -> &str {
    match code {
        "EN" => "Entry level",
        "MI" => "Mid level",
        "SE" => "Senior",
        _ => "Executive",
    }
}

fn number(count: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "rows are few")]
    money(count as f64)[1..].to_owned()
}
