//! Tests that changes are seen however an editor saves files.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::sandbox::Sandbox;

use super::server::Server;

fn note(text: &str) -> String {
    format!("+++\ntitle = \"B\"\n+++\n{text}\n")
}

const FILE: &str = "content/notes/b.md";

#[test]
fn all_ways_of_saving_a_file_are_seen() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    let path = site.path(FILE);

    site.write(FILE, &note("in place"));
    server.shows("/b/", "in place");

    site.write("content/notes/.b.md.tmp", &note("renamed over"));
    fs::rename(site.path("content/notes/.b.md.tmp"), &path).expect("is writable");
    server.shows("/b/", "renamed over");

    site.write("elsewhere.md", &note("moved in"));
    fs::rename(site.path("elsewhere.md"), &path).expect("is writable");
    server.shows("/b/", "moved in");

    site.remove(FILE);
    site.write(FILE, &note("deleted and created"));
    server.shows("/b/", "deleted and created");

    // This is how vim saves with "backupcopy=no".
    fs::rename(&path, site.path("content/notes/b.md~")).expect("is writable");
    site.write(FILE, &note("with a backup"));
    site.remove("content/notes/b.md~");
    server.shows("/b/", "with a backup");

    let written = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("is there");
    site.write(FILE, &note("with an old one"));
    fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|file| file.set_modified(written))
        .expect("is writable");
    server.shows("/b/", "with an old one");
}

#[cfg(target_os = "linux")]
#[test]
fn what_sed_does_is_seen() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    let edit = Command::new("sed").args(["-i", "s/Text/By sed/"]).arg(site.path(FILE)).status();
    assert!(edit.expect("there is a sed").success());
    server.shows("/b/", "By sed");
}

#[test]
fn everything_that_pages_are_made_of_is_watched() {
    let site = Sandbox::paid();
    let server = Server::watching(&site);
    let edit = |file: &str, old: &str, new: &str| site.write(file, &site.read(file).replace(old, new));

    edit("content/companies.toml", "Small.", "Larger.");
    server.shows("/guide/bolt/", "Larger.");
    edit("content/data/offers.csv", "acme,400", "acme,210");
    server.shows("/guide/pay/acme/", "3: 200");
    edit("themes/paid/queries/pay.sql", "median(total)", "max(total)");
    server.shows("/guide/pay/acme/", "3: 210");
    edit("themes/paid/templates/pay.html", "{{ n }}:", "{{ n }} offers:");
    server.shows("/guide/pay/acme/", "3 offers: 210");
    edit("themes/paid/theme.toml", "Pay at", "Salaries at");
    server.shows("/guide/pay/acme/", "<title>Salaries at Acme");
    site.write("static/robots.txt", "User-agent: x\n");
    server.shows("/guide/robots.txt", "User-agent: x");
    site.write("templates/foot.html", "own foot\n");
    server.shows("/guide/acme/", "own foot");
    edit("site.toml", "example.com/guide", "example.com/other");
    server.shows("/other/acme/", "Acme");
}

#[test]
fn the_last_of_many_saves_shows_and_few_are_built() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    server.shows("/b/", "Text.");
    for number in 0..100 {
        site.write(FILE, &note(&format!("save {number}.")));
        std::thread::sleep(Duration::from_millis(8));
    }
    server.shows("/b/", "save 99.");
    server.within(Duration::from_secs(5), "the last look is not said", || server.said().contains("changed"));
    let looks = server.said().matches("b.md changed").count();
    assert!((1..=25).contains(&looks), "{looks} looks\n{}", server.said());
}

#[test]
fn what_has_not_changed_is_not_said() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    site.build();
    site.write(FILE, &site.read(FILE));
    site.write("notes.txt", "no part of the site");
    site.write(FILE, &note("a change"));
    server.says("b.md changed");
    let said = server.said();
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn polling_sees_changes_without_being_told() {
    let site = Sandbox::small();
    let server = Server::start(&site, &["--watch", "--poll"]);
    site.write(FILE, &note("polled"));
    server.shows("/b/", "polled");
}
