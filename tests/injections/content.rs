//! Content with a hostile text in every field and every piece of Markdown that takes one.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{key, problem};

/// The texts that restrictive keys accept, by the key's name and the number of the text.
pub(crate) type Accepted = BTreeSet<(&'static str, usize)>;

/// Collections whose records show their Markdown as others do.
const SHORT: [&str; 6] = ["faqs", "levels", "principles", "rounds", "technologies", "terms"];

/// A text as TOML writes it, for each type of field.
pub(crate) struct QuotedPayload {
    /// A string.
    pub(crate) text: String,
    /// Markdown, which has no links that run programs.
    pub(crate) shown: String,
    /// A template, which is right as such and has no links that lead nowhere.
    pub(crate) asked: String,
}

impl QuotedPayload {
    fn new(number: usize, payload: &str, accepted: &Accepted) -> Self {
        let of = |key| key::quoted(if accepted.contains(&(key, number)) { payload } else { "x" });
        Self { text: key::quoted(payload), shown: of("shown"), asked: of("asked") }
    }
}

/// Makes the files of content that contain a text.
pub(crate) fn files(number: usize, payload: &str, accepted: &Accepted) -> Vec<(String, String)> {
    let said = QuotedPayload::new(number, payload, accepted);
    let body = body(number, payload);
    let file = |(collection, matter): (&str, String)| {
        let body = if SHORT.contains(&collection) { payload } else { &body };
        (format!("content/{collection}/hostile-{number}.md"), format!("+++\n{matter}+++\n{body}\n"))
    };
    let whole = records(number, &said).into_iter().chain(role(number, &said)).map(file);
    let problems = problem::files(number, payload, &said, &body);
    whole.chain(problems).chain(keys(number, payload, accepted)).chain(named(number, payload)).collect()
}

/// Makes records whose free text is all this one.
fn records(number: usize, said: &QuotedPayload) -> Vec<(&'static str, String)> {
    let QuotedPayload { text, shown, asked } = said;
    let all = format!("name = {text}\nsummary = {shown}\naliases = [{text}]\nupdated = 2027-01-01\n");
    let titled = all.replacen("name", "title", 1);
    let part = number.is_multiple_of(2);
    vec![
        ("articles", format!("{titled}redirect_from = [\"/old-{number}/\"]\n")),
        (
            "companies",
            format!(
                "{all}lead = {shown}\nbehavioral = {shown}\nstresses = {{ title = {text}, text = {shown} }}\n\
                 ladder = [{{ level = {text}, role = \"data-engineer\", note = {shown} }}]\n\
                 take_home = {shown}\nsources = [\"hostile-{number}\"]\nloop_in_part = {part}\n\
                 loop = [{{ round = \"behavioral\", note = {shown}, tips = [{shown}], sources = [\"hostile-{number}\"] }}]\n\
                 [[open_source]]\nname = {text}\nurl = \"https://example.org/\"\nwhat = {text}\n"
            ),
        ),
        (
            "faqs",
            format!(
                "name = {text}\nquestion = {asked}\nanswer = {asked}\norder = {number}\nscope = \"general\"\n"
            ),
        ),
        (
            "sources",
            format!(
                "title = {text}\npublisher = {text}\nlink = \"https://example.org/\"\nread = 2027-01-01\nquote = {text}\n"
            ),
        ),
        ("skills", format!("{all}area = \"sql\"\n")),
        ("technologies", format!("{all}kind = \"cloud\"\nwebsite = \"https://example.org/\"\n")),
        ("locations", format!("{all}city = {text}\nregion = {text}\ncountry = {text}\n")),
        (
            "rounds",
            format!(
                "{all}kind = \"screen\"\norder = {number}\nminutes = 30\ntips = [{shown}, {shown}, {shown}]\n"
            ),
        ),
        (
            "levels",
            format!(
                "name = {text}\naliases = [{text}]\norder = {number}\nyears = {{ from = 1 }}\nbar = {shown}\nscope = {shown}\n\
                 asks = {shown}\nbelow = {shown}\ncoding = {shown}\ndesign = {shown}\nbehavioral = {shown}\n"
            ),
        ),
        ("principles", format!("{all}order = {number}\nquestions = [{text}]\nstory = {shown}\n")),
        (
            "terms",
            format!("name = {text}\naliases = [{text}]\ndefinition = {shown}\nskills = [\"sql-joins\"]\n"),
        ),
        (
            "plans",
            format!(
                "{all}weeks = {{ from = 1, to = 2 }}\n[[stages]]\ntitle = {text}\nweeks = {text}\nactions = [{shown}]\n"
            ),
        ),
    ]
}

/// Makes a role. There are few, because each role has pages at many companies.
fn role(number: usize, said: &QuotedPayload) -> Option<(&'static str, String)> {
    let QuotedPayload { text, shown, .. } = said;
    let matter = format!(
        "name = {text}\nsummary = {shown}\naliases = [{text}]\norder = {number}\nlevel = \"mid\"\nskills = [\"sql-joins\"]\n\
         loop = [\"behavioral\"]\nplan = \"core\"\ncards = [{{ title = {text}, text = {shown} }}]\n"
    );
    number.is_multiple_of(20).then_some(("roles", matter))
}

/// Makes records for restrictive keys that accept this text.
fn keys(number: usize, payload: &str, accepted: &Accepted) -> Vec<(String, String)> {
    let taken = key::SOME
        .iter()
        .filter(|(name, _)| !["shown", "asked"].contains(name) && accepted.contains(&(*name, number)));
    let record = |(name, written): &(&str, &str)| {
        let line = key::line(written, payload);
        let text = format!("+++\ntitle = \"{name} {number}\"\nsummary = \"x\"\n{line}\n+++\n");
        (format!("content/articles/key-{number}-{name}.md"), text)
    };
    taken.map(record).collect()
}

/// Makes files with this text in their names. Only the page of all skills links to each of them.
fn named(number: usize, payload: &str) -> Vec<(String, String)> {
    let name = payload.replace(['/', '\\'], "_");
    let skill = "+++\nname = \"x\"\nsummary = \"x\"\narea = \"sql\"\n+++\n";
    vec![
        (format!("content/skills/named {number} {name}.md"), skill.to_owned()),
        (format!("content/articles/{number} {name}.txt"), payload.to_owned()),
    ]
}

/// Makes a row of data that contains a text.
pub(crate) fn offer(payload: &str) -> String {
    let level = payload.replace('"', "\"\"");
    format!("airbnb,analytics-engineer,remote-us,\"{level}\",2021,172000,81000,20000,273000,4\n")
}

/// Makes Markdown with a text in every place that takes one.
fn body(number: usize, text: &str) -> String {
    let mut body = format!("{text}\n\n");
    for around in [
        "# § {#§}",
        "## a §",
        "[§](§)",
        "[x](<§> \"§\"){§}",
        "![§](§ \"§\")",
        "<§>",
        "[x][r]\n\n[r]: § \"§\"",
        "[x][s]\n\n[s]: <§> '§'",
        "```§ title=\"§\"\n§\n```",
        "`§`",
        "> [!NOTE] §\n> §",
        "::: note §\n§\n:::",
        ":::note[§]{title=\"§\"}\n§\n:::",
        "| § |\n|---|\n| § |",
        "x[^§]\n\n[^§]: §",
        "x[^n]\n\n[^n]: §",
        "- §\n- [ ] §",
        "§\n: §",
        "{{<website url=\"§\" />}}",
        "{{<fact label=\"§\" value=\"§\" />}}",
        "{{<difficulty level=\"§\" />}}",
        "{{<finder label=\"§\" total={1} hint=\"§\" order=\"§\" />}}",
        "{% <callout kind=\"§\" title=\"§\" id=\"§\" class=\"§\"> %}\n§\n{% </callout> %}",
        "{% <section id=\"§\" title=\"§\"> %}\n§\n{% </section> %}",
        "{% <note title=\"§\"> %}\n§\n{% </note> %}",
        "x {§}",
        "<p §>§</p>",
        "[TOC]",
    ] {
        let _ = write!(body, "{}\n\n", around.replace('§', text));
    }
    let _ = writeln!(body, "End of {number}.");
    body
}
