//! Real Markdown, written by nobody here: 63 pages of a handbook, in `../shared/data`.

use std::fs;
use std::path::PathBuf;

use crate::sandbox::{Sandbox, files, workspace};

const SITE: [(&str, &str); 4] = [
    ("site.toml", "title = \"Handbook\"\nbase_url = \"https://example.com\"\ntheme = \"plain\"\n"),
    (
        "themes/plain/theme.toml",
        "[collections.docs]\nsingular = \"doc\"\nslugs = \"path\"\n[collections.docs.fields]\ntitle = \"string?\"\n\
         description = \"string?\"\n\n[pages.doc]\nfrom = \"docs\"\npath = \"/{doc.slug}/\"\ntemplate = \"doc.html\"\n",
    ),
    ("themes/plain/templates/doc.html", "<!doctype html><title>{{ page.title }}</title>{{ doc.body }}\n"),
    // Its authors call it by `:::info`, which their generator knows.
    (
        "themes/plain/templates/info.html",
        "{% component info() %}<aside>{{ body }}</aside>{% endcomponent info %}\n",
    ),
];

/// A template of its authors', of which every link is still to be written.
const UNWRITTEN: (&str, &str, usize) = ("algorithms/__template__.md", "[]()", 4);

/// What is wrong with the handbook as it lies there, and why.
const WRONG: [(&str, &str); 3] = [
    // The pictures were not taken along.
    ("behavioral-interview-rubrics.md", "\"/img/interview-hire-spectrum.jpg\" leads nowhere"),
    (
        "blog/2021-10-30-my-experience-working-as-a-meta-engineer.md",
        "\"/img/meta-facebook.jpg\" leads nowhere",
    ),
    // The page is there, but its URL ends in a slash.
    (
        "blog/2021-08-28-front-end-career-questions.md",
        "\"/blog/are-front-end-development-skills-enough-for-a-career\" leads nowhere",
    ),
];

/// The handbook as a site; none if it is not beside the project.
fn handbook() -> Option<Sandbox> {
    let source: PathBuf = workspace().join("../shared/data/handbook/apps/website");
    if !source.exists() {
        eprintln!("skipped: there is no {}", source.display());
        return None;
    }
    let site = Sandbox::empty();
    for (path, text) in SITE {
        site.write(path, text);
    }
    for (name, bytes) in files(&source) {
        let name = name.strip_prefix("contents/").unwrap_or(&name);
        let text = String::from_utf8(bytes).expect("the handbook is UTF-8");
        site.write(&format!("content/docs/{name}"), &converted(name, &text));
    }
    Some(site)
}

/// A page with its title and description as TOML, and the URL that it had.
fn converted(name: &str, text: &str) -> String {
    let Some((matter, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        return text.to_owned();
    };
    let value = |key: &str| {
        let line = matter.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
        line.map(|value| value.trim().trim_matches(['\'', '"']).to_owned())
    };
    let mut lines: Vec<_> = ["title", "description"]
        .into_iter()
        .filter_map(|key| Some(format!("{key} = '''{}'''", value(key)?)))
        .collect();
    lines.extend(
        value("slug").filter(|_| name.starts_with("blog/")).map(|slug| format!("slug = \"blog/{slug}\"")),
    );
    let toml = lines.join("\n");
    format!("+++\n{toml}\n+++\n{body}")
}

#[test]
fn only_what_is_wrong_is_reported() {
    let Some(site) = handbook() else { return };
    let run = site.run(&["check", "--format", "json"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let found: Vec<serde_json::Value> =
        run.stderr.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    let (errors, warnings): (Vec<_>, Vec<_>) = found.iter().partition(|found| found["severity"] == "error");
    for (file, message) in WRONG {
        let is_reported = errors.iter().any(|error| {
            let said = error["message"].as_str().unwrap_or_default();
            path(error) == format!("content/docs/{file}") && said.contains(message)
        });
        assert!(is_reported, "{file}: {message}\n{errors:#?}");
    }
    let unwritten = errors.iter().filter(|error| path(error) == format!("content/docs/{}", UNWRITTEN.0));
    let codes: Vec<_> = unwritten.map(|error| &error["code"]).collect();
    assert_eq!(codes, vec!["empty-link"; UNWRITTEN.2], "{errors:#?}");
    assert_eq!(errors.len(), WRONG.len() + UNWRITTEN.2, "{errors:#?}");
    // Its authors used HTML and components of another generator, which are shown as text: once a file.
    assert!(warnings.iter().all(|warning| warning["code"] == "raw-html"), "{warnings:#?}");
    let mut paths: Vec<_> = warnings.iter().copied().map(path).collect();
    assert!(paths.iter().all(|path| holds_html(&site.read(path))), "{warnings:#?}");
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), warnings.len());
}

/// The file that a diagnostic names.
fn path(found: &serde_json::Value) -> &str {
    found["path"].as_str().expect("it names a file")
}

/// Whether what looks like a tag or a comment stands outside of code blocks.
fn holds_html(text: &str) -> bool {
    let opens = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c));
    text.split("```").step_by(2).any(|prose| prose.split('<').skip(1).any(opens))
}

#[test]
fn without_what_is_wrong_it_is_published() {
    let Some(site) = handbook() else { return };
    for (path, wrong) in WRONG {
        let path = format!("content/docs/{path}");
        let link = wrong.split('"').nth(1).expect("it is quoted");
        let text = site.read(&path).replace(link, "https://example.org/");
        fs::write(site.path(&path), text).expect("is writable");
    }
    let (path, links, _) = UNWRITTEN;
    let path = format!("content/docs/{path}");
    fs::write(site.path(&path), site.read(&path).replace(links, "")).expect("is writable");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.starts_with("63 pages"), "{}", run.stdout);
}
