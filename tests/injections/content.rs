//! Content that says a text in every field and piece of Markdown that takes one.

use std::fmt::Write as _;

/// Collections whose records show their Markdown as others do.
const SHORT: [&str; 5] = ["faqs", "levels", "principles", "rounds", "technologies"];

/// The files of content that say a text.
pub(crate) fn files(number: usize, payload: &str) -> Vec<(String, String)> {
    // What JSON writes between quotation marks, TOML reads.
    let text = serde_json::Value::from(payload).to_string();
    let body = body(number, payload);
    let file = |(collection, matter): (&str, String)| {
        let body = if SHORT.contains(&collection) { payload } else { &body };
        (format!("content/{collection}/hostile-{number}.md"), format!("+++\n{matter}+++\n{body}\n"))
    };
    let whole = records(number, &text).into_iter().chain(role(number, &text)).map(file);
    // What is refused is so for itself, and a record with such a key may not count at all.
    // A third of the texts is enough for each.
    let keys = keys(number, &text).into_iter().enumerate();
    let keys = keys.filter(|(key, _)| (number + key).is_multiple_of(3));
    let broken = keys.map(|(key, (collection, matter))| {
        (format!("content/{collection}/key-{number}-{key}.md"), format!("+++\n{matter}+++\n"))
    });
    whole.chain(broken).chain(named(number, payload)).collect()
}

/// Records in which all that is free text is this one.
fn records(number: usize, text: &str) -> Vec<(&'static str, String)> {
    let all = format!("name = {text}\nsummary = {text}\naliases = [{text}]\nupdated = 2026-11-23\n");
    let titled = all.replacen("name", "title", 1);
    // A comment without an end is no template, and the pages that show it are none.
    let asked = if text.contains("{#") { "\"x\"" } else { text };
    vec![
        ("articles", format!("{titled}redirect_from = [\"/old-{number}/\"]\n")),
        (
            "companies",
            format!(
                "{all}lead = {text}\nbehavioural = {text}\nstresses = {{ title = {text}, text = {text} }}\n\
                 ladder = [{{ level = {text}, role = \"data-engineer\", note = {text} }}]\n\
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
            "problems",
            format!(
                "{titled}kind = \"sql\"\ndifficulty = \"easy\"\nminutes = 9\nskills = [\"sql-joins\"]\nrounds = []\nentry = {text}\n\
                 [[case]]\nname = {text}\nargs = {text}\nexpect = {text}\nsetup = {text}\ncolumns = [{text}]\nrows = {text}\n"
            ),
        ),
        ("skills", format!("{all}area = \"sql\"\n")),
        ("technologies", format!("{all}kind = \"cloud\"\nwebsite = \"https://example.org/\"\n")),
        ("locations", format!("{all}city = {text}\nregion = {text}\ncountry = {text}\n")),
        (
            "rounds",
            format!(
                "{all}kind = \"screen\"\norder = {number}\nminutes = 30\ntips = [{text}, {text}, {text}]\n"
            ),
        ),
        (
            "levels",
            format!(
                "name = {text}\naliases = [{text}]\norder = {number}\nyears = {{ from = 1 }}\nbar = {text}\n"
            ),
        ),
        ("principles", format!("{all}order = {number}\nquestions = [{text}]\n")),
        (
            "plans",
            format!(
                "{all}weeks = {{ from = 1, to = 2 }}\n[[stages]]\ntitle = {text}\nweeks = {text}\nactions = [{text}]\n"
            ),
        ),
    ]
}

/// Each role has pages at many companies, so that few of them are enough.
fn role(number: usize, text: &str) -> Option<(&'static str, String)> {
    let matter = format!(
        "name = {text}\nsummary = {text}\naliases = [{text}]\norder = {number}\nlevel = \"mid\"\nskills = [\"sql-joins\"]\n\
         loop = [\"behavioural\"]\nplan = \"core\"\ncards = [{{ title = {text}, text = {text} }}]\n"
    );
    number.is_multiple_of(10).then_some(("roles", matter))
}

/// Records with a text where only something else is right.
fn keys(number: usize, text: &str) -> Vec<(&'static str, String)> {
    let article = format!("title = \"Key {number}\"\nsummary = \"x\"\n");
    let path = format!("\"/{}", text.trim_start_matches('"'));
    vec![
        ("articles", format!("{article}slug = {text}\n")),
        ("articles", format!("{article}path = {text}\nurl = {text}\n")),
        ("articles", format!("{article}redirect_from = [{text}]\n")),
        ("articles", format!("{article}redirect_from = [{path}]\n")),
        ("articles", format!("{article}updated = {text}\n")),
        ("articles", format!("{article}draft = {text}\n")),
        ("articles", format!("{article}publish_on = {text}\n")),
        ("articles", format!("{article}{text} = {text}\n")),
        ("companies", format!("name = \"Key {number}\"\nsummary = \"x\"\nwebsite = {text}\n")),
        (
            "companies",
            format!("name = \"Key {number}\"\nsummary = \"x\"\nprinciples = [{text}]\nloop = [{text}]\n"),
        ),
        (
            "companies",
            format!(
                "name = \"Key {number}\"\nsummary = \"x\"\n[[open_source]]\nname = \"x\"\nurl = {text}\nwhat = \"x\"\n"
            ),
        ),
        ("technologies", format!("name = \"Key {number}\"\nsummary = \"x\"\nkind = {text}\n")),
        ("rounds", format!("name = \"Key {number}\"\nsummary = \"x\"\nkind = \"screen\"\norder = {text}\n")),
    ]
}

/// Files that are called so.
fn named(number: usize, payload: &str) -> Vec<(String, String)> {
    let name = payload.replace(['/', '\\'], "_");
    vec![
        (format!("content/articles/named {number} {name}.md"), "+++\nsummary = \"x\"\n+++\n".to_owned()),
        (format!("content/articles/{number} {name}.txt"), payload.to_owned()),
    ]
}

/// A row of data that says a text.
pub(crate) fn offer(payload: &str) -> String {
    let level = payload.replace('"', "\"\"");
    format!("airbnb,analytics-engineer,remote-us,\"{level}\",2021,172000,81000,20000,273000,4\n")
}

/// Markdown that says a text wherever that takes one.
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
