//! The files of a site of articles: one of Markdown for each, and the companies and topics that they name.

use super::names::{self, Task};
use super::prose::{sentence, sentences};
use super::records;
use super::table::{TomlTable, file};
use crate::random::SplitMix;

/// The most articles that a site can have: each problem at each company that has a name of its own.
pub(crate) const MOST: usize = 38_400;

/// The number of topics of an article.
const TOPICS: usize = 3;
const RELATED: usize = 3;
const HEADINGS: [&str; 6] =
    ["What happened", "First attempt", "What we measured", "The repair", "What it cost", "What we kept"];

/// An article about a problem that came up at a company.
struct Article<'a> {
    problem: &'a Task,
    company: &'a str,
}

impl Article<'_> {
    fn title(&self) -> String {
        format!("{} at {}", self.problem.name, self.company)
    }
}

/// Makes all files that depend on the number of articles, by their paths.
pub(super) fn files(count: usize) -> Vec<(String, String)> {
    let problems = names::problems();
    let companies = names::companies(count.div_ceil(problems.len()));
    let pairs = companies.iter().flat_map(|company| problems.iter().map(move |problem| (company, problem)));
    let articles: Vec<_> = pairs.take(count).map(|(company, problem)| Article { problem, company }).collect();
    let mut files = vec![
        ("content/companies.toml".to_owned(), described(&companies, "company")),
        ("content/topics.toml".to_owned(), described(&topics(), "role")),
    ];
    files.extend((0..count).map(|at| document(at, &articles)));
    files
}

fn topics() -> Vec<String> {
    names::rounds().into_iter().map(|round| round.name).collect()
}

/// Makes a file of records that have a name and a summary.
fn described(names: &[String], rule: &str) -> String {
    let table = |name: &String| {
        let slug = names::slug(name);
        let summary = sentence(rule, &mut SplitMix::named(&slug));
        TomlTable::headed(&slug).text("name", name).text("summary", &summary)
    };
    file(names.iter().map(table))
}

/// Makes an article's file, in the folder of its company.
fn document(at: usize, articles: &[Article]) -> (String, String) {
    let article = &articles[at];
    let title = article.title();
    let random = &mut SplitMix::named(&title);
    let company = names::slug(article.company);
    let slugs = |names: Vec<String>| names.iter().map(|name| names::slug(name)).collect::<Vec<_>>();
    let topics = topics();
    let chosen = random.some(TOPICS, &topics.iter().collect::<Vec<_>>()).into_iter().cloned().collect();
    let related = slugs((1..=RELATED).map(|step| other(at, step, articles)).collect());
    let date = format!("{}-{:02}-{:02}", 2020 + random.below(6), 1 + random.below(12), 1 + random.below(28));
    let table = TomlTable::default()
        .text("title", &title)
        .with("date", &date)
        .text("summary", &sentence("problem", random))
        .text("company", &company)
        .texts("topics", &slugs(chosen))
        .texts("related", &related);
    table.document(&format!("articles/{company}"), &title, &body(article, &related, random))
}

/// Returns the title of an article that another one names. The steps lead to other companies, too.
fn other(at: usize, step: usize, articles: &[Article]) -> String {
    articles[(at + step * step * 11) % articles.len()].title()
}

/// Writes sections of prose, each with a link to a related article. Some have code.
fn body(article: &Article, related: &[String], random: &mut SplitMix) -> String {
    let headings = random.some(4, &HEADINGS);
    let sections = headings.into_iter().enumerate().map(|(at, heading)| {
        let prose = sentences("round", 4, random).join(" ");
        let code = if random.below(3) == 0 { records::code(article.problem.kind) } else { "" };
        let link = format!("It was the same in [](@articles/{}).", related[at % related.len()]);
        format!("## {heading}\n\n{prose}\n\n{} {link}{code}", sentence("prompt", random))
    });
    sections.collect::<Vec<_>>().join("\n\n")
}
