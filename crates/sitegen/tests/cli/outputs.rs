//! Tests that files of others in the output folder, or beside it, stay as they are.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::sandbox::{Run, Sandbox};

/// Publishes a site and changes it, so that the next build has something to do.
fn changed() -> Sandbox {
    let site = Sandbox::small();
    site.build();
    site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\nOther text.\n");
    site
}

fn force(site: &Sandbox) -> Run {
    let run = site.run(&["build", "--force"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    run
}

#[cfg(unix)]
#[test]
fn folders_of_others_are_the_same_folders_afterwards() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

    let site = changed();
    site.write("public/.git/HEAD", "ref");
    fs::create_dir_all(site.path("public/.git/objects/empty")).expect("is writable");
    fs::set_permissions(site.path("public/.git"), fs::Permissions::from_mode(0o700)).expect("is writable");
    fs::set_permissions(site.path("public/b"), fs::Permissions::from_mode(0o750)).expect("is writable");
    let number = |path: &str| site.path(path).metadata().expect("is there").ino();
    let mode = |path: &str| site.path(path).metadata().expect("is there").mode() & 0o777;
    let before = [number("public/.git"), number("public/.git/HEAD")];
    force(&site);
    assert_eq!([number("public/.git"), number("public/.git/HEAD")], before);
    assert_eq!((mode("public/.git"), mode("public/b")), (0o700, 0o750));
    assert!(site.path("public/.git/objects/empty").is_dir());
    assert!(site.read("public/b/index.html").contains("Other text."));
}

#[test]
fn a_file_of_others_that_is_replaced_is_named() {
    let site = Sandbox::small();
    site.write("public/a/index.html", "somebody's");
    site.write("public/other.html", "somebody's");
    let run = site.run(&["build", "--force"]);
    assert_eq!(run.stderr, "1 file that no build had written replaced: a/index.html\n");
    assert_eq!(site.read("public/other.html"), "somebody's");
}

#[test]
fn an_empty_folder_of_others_stays_without_being_asked_for() {
    let site = changed();
    fs::create_dir(site.path("public/uploads")).expect("is writable");
    site.build();
    assert!(site.path("public/uploads").is_dir());
}

#[test]
fn a_file_of_others_where_the_site_has_a_folder_is_an_error() {
    let site = changed();
    fs::remove_dir_all(site.path("public/b")).expect("is writable");
    site.write("public/b", "somebody's");
    let run = site.run(&["build", "--force"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("public/b is in the way of the site"), "{}", run.stderr);
    assert_eq!(site.read("public/b"), "somebody's");
}

#[test]
fn a_folder_of_others_beside_the_output_is_not_used() {
    let site = changed();
    site.write(".public.sitegen/tree/precious", "somebody's");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("holds tree, which no build wrote"), "{}", run.stderr);
    assert_eq!(site.read(".public.sitegen/tree/precious"), "somebody's");
}

#[cfg(unix)]
#[test]
fn a_link_beside_the_output_is_not_followed() {
    let site = changed();
    let other = Sandbox::empty();
    other.write("tree/precious", "somebody's");
    std::os::unix::fs::symlink(other.path(""), site.path(".public.sitegen")).expect("is writable");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains(".public.sitegen is not a folder"), "{}", run.stderr);
    assert_eq!(other.read("tree/precious"), "somebody's");
}

#[test]
fn a_build_that_waited_publishes_what_is_there_when_its_turn_comes() {
    let site = changed();
    fs::create_dir(site.path(".public.sitegen")).expect("is writable");
    let lock = fs::File::create(site.path(".public.sitegen/lock")).expect("is writable");
    lock.lock().expect("is nobody's");
    let mut build = site.command(&["build"]).stderr(Stdio::piped()).spawn().expect("runs");
    let mut said = String::new();
    BufReader::new(build.stderr.take().expect("is piped")).read_line(&mut said).expect("is UTF-8");
    assert_eq!(said, "waiting for another build of this site\n");
    site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\nThe newest text.\n");
    lock.unlock().expect("was locked");
    assert!(build.wait().expect("ends").success());
    assert!(site.read("public/b/index.html").contains("The newest text."));
    assert!(!site.path(".public.sitegen").exists());
}

#[test]
fn a_build_with_errors_leaves_no_folders() {
    let site = Sandbox::small();
    site.write("content/notes/b.md", "+++\nauthor = \"B\"\n+++\n");
    assert_eq!(site.run(&["build", "--output-dir", "dist/one/site"]).code, Some(1));
    assert!(!site.path("dist").exists());
}

/// Makes a site in two languages by two configurations, with one output in the other.
fn bilingual() -> Sandbox {
    let site = Sandbox::small();
    let german = site.read("site.toml") + "output_dir = \"public/de\"\n";
    site.write("site.de.toml", &german);
    site
}

fn build_both(site: &Sandbox, order: [&str; 2]) {
    for config in order {
        let run = site.run(&["build", "--config", config]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{config}");
    }
}

#[test]
fn the_output_of_another_site_within_is_left_alone() {
    for order in [["site.toml", "site.de.toml"], ["site.de.toml", "site.toml"]] {
        let site = bilingual();
        build_both(&site, order);
        let once = site.files("public");
        assert!(once.contains_key("a/index.html") && once.contains_key("de/a/index.html"));
        site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\nOther text.\n");
        build_both(&site, order);
        for page in ["public/b/index.html", "public/de/b/index.html"] {
            assert!(site.read(page).contains("Other text."), "{page}");
        }
        assert_eq!(site.files("public").len(), once.len(), "nothing is left beside them");
    }
}

#[test]
fn a_site_whose_output_is_cleaned_leaves_the_one_within() {
    let site = bilingual();
    build_both(&site, ["site.toml", "site.de.toml"]);
    let inner = site.files("public/de");
    assert_eq!(site.run(&["clean"]).code, Some(0));
    assert_eq!(site.files("public/de"), inner);
    assert!(!site.path("public/a").exists());
}

#[test]
fn two_sites_that_have_files_in_one_folder_are_told() {
    let site = bilingual();
    build_both(&site, ["site.toml", "site.de.toml"]);
    site.write("content/notes/c.md", "+++\ntitle = \"C\"\nslug = \"de\"\n+++\nText.\n");
    let before = site.files("public");
    let run = site.run(&["build"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("public/de is the output of another site"), "{}", run.stderr);
    assert_eq!(site.files("public"), before);
}
