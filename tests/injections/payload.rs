//! What strangers write to have their programs run, and content that says it wherever it can.

use std::fmt::Write as _;

/// Texts that would run a program where something shows them as they are. Each calls `run`.
pub(crate) const PAYLOADS: [&str; 40] = [
    "<script>run(1)</script>",
    "</script><script>run(2)</script>",
    "</title></style></textarea><script>run(3)</script>",
    "<img src=x onerror=run(4)>",
    "\"><img src=x onerror=run(5)>",
    "' onmouseover=run(6) x='",
    "\" onmouseover=run(7) x=\"",
    "` onmouseover=run(8) x=`",
    "<svg onload=run(9)>",
    "<svg><script>run(10)</script></svg>",
    "<math><annotation-xml encoding=text/html><script>run(11)</script></annotation-xml></math>",
    "javascript:run(12)",
    " \u{1}java\tscript:run(13)",
    "JaVaScRiPt&colon;run(14)",
    "java&#115;cript:run(15)",
    "vbscript:run(16)",
    "data:text/html,<script>run(17)</script>",
    "data:image/svg+xml,<svg onload=run(18)>",
    "//[javascript:run(19)",
    "https://example.org/\" onclick=\"run(20)",
    "{{ 7 * 7 }}<script>run(21)</script>",
    "{{ '<script>run(22)</script>' }}",
    "{% raw %}<script>run(23)</script>{% endraw %}",
    "]]><script>run(24)</script>",
    "--><script>run(25)</script><!--",
    "<!--><script>run(26)</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=run(27)>\">",
    "<template><script>run(28)</script></template>",
    "<iframe srcdoc=\"<script>run(29)</script>\">",
    "<a href=javascript:run(30)>x</a>",
    "[x](javascript:run(31))",
    "[x](<java\\script:run(32)> \"y\")",
    "![x](x\"onerror=\"run(33))",
    "<javascript:run(34)>",
    "x{onclick=\"run(35)\"}",
    "x{#a\" onclick=\"run(36) .b\" onclick=\"run(36)}",
    "$\\href{javascript:run(37)}{x}$",
    "&lt;script&gt;run(38)&lt;/script&gt;",
    "\\u003cscript\\u003erun(39)\\u003c/script\\u003e",
    "<style>*{background:url(javascript:run(40))}</style><base href=//example.org><form action=javascript:run(40)><button>",
];

/// The files of content that say a text in every field and piece of Markdown that takes one.
pub(crate) fn content(number: usize, payload: &str) -> Vec<(String, String)> {
    // What JSON writes between quotation marks, TOML reads.
    let text = serde_json::Value::from(payload).to_string();
    let body = body(number, payload);
    let article = format!(
        "title = {text}\nsummary = {text}\naliases = [{text}]\nredirect_from = [\"/old-{number}/\"]\nupdated = 2026-01-01\n"
    );
    let company = format!(
        "name = {text}\nsummary = {text}\nlead = {text}\nbehavioural = {text}\naliases = [{text}]\n\
         stresses = {{ title = {text}, text = {text} }}\nupdated = 2026-01-01\n\
         [[open_source]]\nname = {text}\nurl = \"https://example.org/\"\nwhat = {text}\n"
    );
    let question =
        format!("name = {text}\nquestion = {text}\nanswer = {text}\norder = {number}\nscope = \"general\"\n");
    let problem = format!(
        "title = {text}\nkind = \"sql\"\ndifficulty = \"easy\"\nminutes = 9\nskills = [\"sql-joins\"]\nrounds = []\n\
         summary = {text}\nentry = {text}\n[[case]]\nname = {text}\nargs = {text}\nexpect = {text}\nrows = {text}\n"
    );
    let skill = format!("name = {text}\narea = \"sql\"\nsummary = {text}\n");
    let technology =
        format!("name = {text}\nkind = \"cloud\"\nsummary = {text}\nwebsite = \"https://example.org/\"\n");
    let location =
        format!("name = {text}\ncity = {text}\nregion = {text}\ncountry = {text}\nsummary = {text}\n");
    [
        ("articles", &article),
        ("companies", &company),
        ("faqs", &question),
        ("problems", &problem),
        ("skills", &skill),
        ("technologies", &technology),
        ("locations", &location),
    ]
    .into_iter()
    .map(|(collection, matter)| {
        (format!("content/{collection}/hostile-{number}.md"), format!("+++\n{matter}+++\n{body}"))
    })
    .collect()
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
