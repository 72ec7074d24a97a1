//! Tests of folders that come, go or are replaced while the site is served.

use std::fs;

use crate::sandbox::{Sandbox, copy};

use super::server::Server;

fn note(title: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n")
}

#[test]
fn files_in_new_folders_are_seen() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    site.write("content/notes/deep/er/still/c.md", &note("Deep"));
    server.shows("/c/", "Deep");
    site.write("content/notes/deep/er/still/c.md", &note("Deeper"));
    server.shows("/c/", "Deeper");
    fs::remove_dir_all(site.path("content/notes/deep")).expect("is writable");
    server.within(std::time::Duration::from_secs(20), "the page stays", || server.get("/c/").status == 404);
}

#[test]
fn a_folder_may_be_replaced_by_another() {
    let site = Sandbox::small();
    copy(&site.path("content"), &site.path("branch"));
    site.write("branch/notes/b.md", &note("Branch"));
    let server = Server::watching(&site);
    fs::rename(site.path("content"), site.path("old")).expect("is writable");
    fs::rename(site.path("branch"), site.path("content")).expect("is writable");
    server.shows("/b/", "Branch");
    // The new folder must be watched, and no longer the old one.
    site.write("content/notes/b.md", &note("Edited"));
    server.shows("/b/", "Edited");
    site.write("old/notes/b.md", &note("Old"));
    site.write("content/notes/a.md", &note("Other"));
    server.shows("/a/", "Other");
    assert!(server.get("/b/").text().contains("Edited"));
}

#[test]
fn a_folder_may_be_deleted_and_made_again() {
    let site = Sandbox::small();
    let server = Server::watching(&site);
    for round in 0..3 {
        fs::remove_dir_all(site.path("content/notes")).expect("is writable");
        site.write("content/notes/a.md", &note(&format!("New {round}")));
        server.shows("/a/", &format!("New {round}"));
        site.write("content/notes/a.md", &note(&format!("Edited {round}")));
        server.shows("/a/", &format!("Edited {round}"));
    }
}

/// Returns a command that runs a program with a limit of watches; none if the system does not allow this.
#[cfg(target_os = "linux")]
fn with_watches(limit: usize) -> Option<std::process::Command> {
    let script = format!("echo {limit} > /proc/sys/user/max_inotify_watches && exec \"$@\"");
    let mut command = std::process::Command::new("unshare");
    command.args(["--user", "--map-root-user", "sh", "-c", &script, "sh"]);
    let allowed = std::process::Command::new("unshare").args(["--user", "--map-root-user", "true"]).status();
    allowed.is_ok_and(|status| status.success()).then_some(command)
}

#[cfg(target_os = "linux")]
#[test]
fn where_no_more_can_be_watched_changes_are_seen_all_the_same() {
    let Some(mut command) = with_watches(3) else { return };
    let site = Sandbox::small();
    let program = site.command(&[]);
    command.arg(program.get_program()).args(["serve", "--watch", "--port", "0"]).current_dir(site.path(""));
    let server = Server::run(command);
    server.says("sudo sysctl fs.inotify.max_user_watches");
    site.write("content/notes/b.md", &note("Polled"));
    server.shows("/b/", "Polled");
    site.write("content/notes/b.md", &note("Again"));
    server.shows("/b/", "Again");
    assert_eq!(server.said().matches("sysctl").count(), 1, "{}", server.said());
}

#[test]
fn the_site_may_be_moved_away_and_back() {
    let site = Sandbox::empty();
    let small = Sandbox::small();
    copy(&small.path(""), &site.path("site"));
    let server = Server::start(&site, &["--watch", "--root", "site"]);
    fs::rename(site.path("site"), site.path("away")).expect("is writable");
    server.says("is still served");
    assert!(server.get("/b/").text().contains("Text."));
    site.write("away/content/notes/b.md", &note("Back"));
    fs::rename(site.path("away"), site.path("site")).expect("is writable");
    server.shows("/b/", "Back");
    site.write("site/content/notes/b.md", &note("Again"));
    server.shows("/b/", "Again");
    assert_eq!(server.said().matches("is still served").count(), 1);
}

#[test]
fn another_theme_is_watched_from_then_on() {
    let site = Sandbox::small();
    copy(&site.path("themes/small"), &site.path("elsewhere/large"));
    let template = "elsewhere/large/templates/note.html";
    site.write(template, "<!doctype html>large {{ page.title }}\n");
    let server = Server::watching(&site);
    site.write("site.toml", &site.read("site.toml").replace("\"small\"", "\"elsewhere/large\""));
    server.shows("/b/", "large B");
    site.write(template, "<!doctype html>larger {{ page.title }}\n");
    server.shows("/b/", "larger B");
}

#[cfg(unix)]
#[test]
fn linked_folders_are_watched() {
    use std::os::unix::fs::symlink;

    let site = Sandbox::small();
    let outside = Sandbox::empty();
    site.write("static/shared/c.md", &note("Linked"));
    symlink("../../static/shared", site.path("content/notes/linked")).expect("is writable");
    copy(&site.path("themes/small"), &outside.path("theme"));
    fs::remove_dir_all(site.path("themes/small")).expect("is writable");
    symlink(outside.path("theme"), site.path("themes/small")).expect("is writable");
    let server = Server::watching(&site);
    server.shows("/c/", "Linked");
    site.write("static/shared/c.md", &note("Through a link"));
    server.shows("/c/", "Through a link");
    outside.write("theme/templates/note.html", "<!doctype html>outside {{ page.title }}\n");
    server.shows("/b/", "outside B");
}
