//! Tests with Markdown from elsewhere: 63 pages of a handbook, in `../shared/data`.

use std::fs;
use std::path::PathBuf;

use crate::sandbox::{Sandbox, files, workspace};

/// The folder of the handbook in its authors' repository.
const FOLDER: &str = "apps/website/";

/// The configuration. It only names the folders, because the handbook must work without changes.
const CONFIG: &str = "title = \"Handbook\"\nbase_url = \"https://example.com\"\ntheme = \"docs\"\n\
    content = { folder = \"apps/website/contents\", mounts = { blog = \"apps/website/blog\" } }\n";

/// The authors' own template for pages, with the text and the number of its empty links.
const UNWRITTEN: (&str, &str, usize) = ("contents/algorithms/__template__.md", "[]()", 4);

/// The real problems of the handbook, as files and messages.
const WRONG: [(&str, &str); 2] = [
    // The pictures are missing, because we did not copy them.
    ("contents/behavioral-interview-rubrics.md", "\"/img/interview-hire-spectrum.jpg\" leads nowhere"),
    (
        "blog/2021-10-30-my-experience-working-as-a-meta-engineer.md",
        "\"/img/meta-facebook.jpg\" leads nowhere",
    ),
];

/// Makes a site of the handbook; none if it is not beside the project.
fn handbook() -> Option<Sandbox> {
    let source: PathBuf = workspace().join("../shared/data/handbook/apps/website");
    if !source.exists() {
        eprintln!("skipped: there is no {}", source.display());
        return None;
    }
    let site = Sandbox::empty();
    site.write("site.toml", CONFIG);
    for (name, bytes) in files(&source) {
        site.write(&format!("{FOLDER}{name}"), &String::from_utf8(bytes).expect("the handbook is UTF-8"));
    }
    Some(site)
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
            path(error) == format!("{FOLDER}{file}") && said.contains(message)
        });
        assert!(is_reported, "{file}: {message}\n{errors:#?}");
    }
    let unwritten = errors.iter().filter(|error| path(error) == format!("{FOLDER}{}", UNWRITTEN.0));
    let codes: Vec<_> = unwritten.map(|error| &error["code"]).collect();
    assert_eq!(codes, vec!["empty-link"; UNWRITTEN.2], "{errors:#?}");
    assert_eq!(errors.len(), WRONG.len() + UNWRITTEN.2, "{errors:#?}");
    // The authors used HTML, and components of another generator. Both are shown as text, with one warning
    // for each file.
    let (warnings, imports): (Vec<_>, Vec<_>) =
        warnings.into_iter().partition(|warning| warning["code"] == "raw-html");
    for import in imports {
        let said = import["message"].as_str().unwrap_or_default();
        assert!(
            said.ends_with("an import of MDX") && site.read(path(import)).contains("\nimport "),
            "{said}"
        );
    }
    let mut paths: Vec<_> = warnings.iter().copied().map(path).collect();
    assert!(paths.iter().all(|path| holds_html(&site.read(path))), "{warnings:#?}");
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), warnings.len());
}

/// Returns the file of a diagnostic.
fn path(found: &serde_json::Value) -> &str {
    found["path"].as_str().expect("it names a file")
}

/// Returns true if there is something like a tag or a comment outside of code blocks.
fn holds_html(text: &str) -> bool {
    let opens = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c));
    text.split("```").step_by(2).any(|prose| prose.split('<').skip(1).any(opens))
}

#[test]
fn three_lines_that_the_documentation_gives_make_a_site() {
    let Some(site) = handbook() else { return };
    let guide = fs::read_to_string(workspace().join("docs/others.md")).expect("it is there");
    let first = guide.find("content  = { folder = \"apps/website/contents\"").expect("it is documented");
    let three: String = guide[first..].split_inclusive('\n').take(3).collect();
    let always = "title = \"Handbook\"\nbase_url = \"https://example.com\"\ntheme = \"docs\"\n";
    site.write("site.toml", &format!("{always}{three}"));
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.starts_with("52 pages"), "{}", run.stdout);
}

#[test]
fn without_what_is_wrong_it_is_published() {
    let Some(site) = handbook() else { return };
    for (path, wrong) in WRONG {
        let path = format!("{FOLDER}{path}");
        let link = wrong.split('"').nth(1).expect("it is quoted");
        let text = site.read(&path).replace(link, "https://example.org/");
        fs::write(site.path(&path), text).expect("is writable");
    }
    let (path, links, _) = UNWRITTEN;
    let path = format!("{FOLDER}{path}");
    fs::write(site.path(&path), site.read(&path).replace(links, "")).expect("is writable");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    // The other four pages are the front page, the search, the page for missing ones, and `robots.txt`.
    assert!(run.stdout.starts_with("67 pages"), "{}", run.stdout);
}
