//! Tests of the project's own documentation: it is a site without problems, and its tutorials work as they
//! say.

use std::fs;

use crate::sandbox::{Run, Sandbox, program, workspace};

#[test]
fn it_is_a_site_without_a_mistake() {
    let output = Sandbox::empty();
    let mut command = program(&["build", "--strict", "--no-sync", "--root"]);
    command.arg(workspace().join("docs")).arg("--output-dir").arg(output.path("public"));
    let run = Run::of(command);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let front = output.read("public/index.html");
    for part in ["Start", "Write", "Themes and templates", "Data", "Publish", "Reference"] {
        assert!(front.contains(&format!(">{part}</p>")), "{part} is no part of the tree");
    }
}

#[test]
fn the_first_hour_ends_with_a_site() {
    let site = written("start.md");
    site.build();
    let page = site.read("public/1960s/index.html");
    assert!(page.contains("Solaris</a> by Stanisław Lem") && page.contains("noindex"), "{page}");
    // Output that the tutorial shows must be the program's real output.
    let shown = |text: &str| said("start.md").contains(text.trim_end());
    for (arguments, skipped) in [(vec!["query", "decades"], ""), (vec!["plan"], "\nrelation")] {
        let run = site.run(&arguments);
        let answer = if skipped.is_empty() {
            &*run.stdout
        } else {
            run.stdout.split(skipped).next().unwrap_or_default()
        };
        assert!(shown(answer), "{}", run.stdout);
    }
    let mistaken = site.read("content/books/solaris.md").replace("\"lem\"", "\"lemm\"");
    site.write("content/books/solaris.md", &mistaken);
    let told = site.run(&["check"]).stderr;
    assert!(shown(told.split("\n\n").next().unwrap_or_default()), "{told}");
}

#[test]
fn a_project_gets_its_documentation() {
    let site = written("project.md");
    let run = site.run(&["build", "--strict"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let page = site.read("public/guide/install/index.html");
    assert!(page.contains("aria-label=\"Guide\""), "{page}");
    assert!(page.contains("https://github.com/me/widget/edit/main/docs/guide/install.md"), "{page}");
}

#[test]
fn a_table_becomes_a_directory() {
    let page = said("csv.md");
    let site = Sandbox::empty();
    for (path, table) in blocks(&page).filter(|(path, _)| !path.contains('/')) {
        site.write(path, &table);
    }
    let run = site.run(&["init", "moons", "--template", "directory", "--data", "moons.csv"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let typed = site.read("moons/site.toml");
    assert!(
        page.contains(typed.lines().find(|line| line.starts_with("radius_km")).unwrap_or("no line")),
        "{typed}"
    );
    let sound = site.read("moons/content/data/moons.csv");
    site.write("moons/content/data/moons.csv", &sound.replace("2634.1", "\"2634,1 km\""));
    let told = site.run(&["check", "--root", "moons"]).stderr;
    assert!(page.contains(told.split("\n\n").next().unwrap_or_default()), "{told}");
    site.write("moons/content/data/moons.csv", &sound);
    for (path, code) in blocks(&page).filter(|(path, _)| path.starts_with("moons/")) {
        let text = if path.contains("/assets/") { code } else { changed(&site.read(path), &code) };
        site.write(path, &text);
    }
    let run = site.run(&["build", "--strict", "--root", "moons"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let titan = site.read("moons/public/moons/titan/index.html");
    for shown in ["Discoverer", "2,574.7 km", "Names and dates of this tutorial"] {
        assert!(titan.contains(shown), "{titan}");
    }
    let of_century = site.read("moons/public/by/century/17th/index.html");
    assert!(of_century.contains("Rhea") && !of_century.contains("Triton"), "{of_century}");
}

/// Applies a diff: lines that begin with `-` are replaced by the lines with `+` that follow them.
#[track_caller]
fn changed(text: &str, diff: &str) -> String {
    let mut text = text.to_owned();
    let lines: Vec<_> = diff.lines().collect();
    for hunk in lines.chunk_by(|one, next| !(one.starts_with('+') && next.starts_with('-'))) {
        let [old, new] = ['-', '+'].map(|sign| {
            hunk.iter()
                .filter_map(|line| line.strip_prefix(sign))
                .flat_map(|line| [line, "\n"])
                .collect::<String>()
        });
        let end = if text.contains(&old) { "" } else { "\n" };
        text += end;
        assert!(text.contains(&old), "{old}\nis not in\n{text}");
        text = text.replacen(&old, &new, 1);
    }
    text
}

/// Reads a page of the documentation.
fn said(page: &str) -> String {
    fs::read_to_string(workspace().join("docs").join(page)).expect("the page is there")
}

/// Makes a site of the files that a tutorial tells its reader to write: blocks of code with paths as titles.
/// With `, added` after the path, the code is appended to the file.
fn written(page: &str) -> Sandbox {
    let site = Sandbox::empty();
    for (title, code) in blocks(&said(page)) {
        match title.strip_suffix(", added") {
            Some(path) => site.write(path, &(site.read(path) + &code)),
            None => site.write(title, &code),
        }
    }
    site
}

/// Returns the blocks of code that have titles.
fn blocks(text: &str) -> impl Iterator<Item = (&str, String)> {
    let mut lines = text.lines();
    std::iter::from_fn(move || {
        loop {
            let line = lines.next()?;
            let fence = &line[..line.len() - line.trim_start_matches('`').len()];
            let Some((_, title)) = line.split_once(" title=\"").filter(|_| fence.len() >= 3) else {
                continue;
            };
            let code =
                lines.by_ref().take_while(|line| *line != fence).flat_map(|line| [line, "\n"]).collect();
            return Some((title.trim_end_matches('"'), code));
        }
    })
}
