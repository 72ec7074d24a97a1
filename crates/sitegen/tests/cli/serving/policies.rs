//! Tests of the headers of answers: content security policies, and others that keep other sites out.

use crate::sandbox::Sandbox;

use super::server::{HttpResponse, Server};

const THEME: &str = "themes/small/theme.toml";

#[track_caller]
fn has(answer: &HttpResponse, header: &str) {
    assert!(answer.head.lines().any(|line| line == header), "no {header:?} in\n{}", answer.head);
}

#[test]
fn no_other_site_may_frame_or_embed_what_is_served() {
    let site = Sandbox::small();
    site.write("static/film.mp4", &"x".repeat(2 << 20));
    let server = Server::watching(&site);
    for path in ["/a/", "/nowhere/", "/film.mp4", "/%ff", "/.sitegen/live.js", "/.sitegen/own.css"] {
        let answer = server.get(path);
        has(&answer, "cross-origin-resource-policy: same-origin");
        has(&answer, "x-frame-options: deny");
        has(&answer, "x-content-type-options: nosniff");
        assert!(answer.head.contains("frame-ancestors 'none'"), "{path}: {}", answer.head);
    }
}

#[test]
fn pages_have_the_policy_that_the_site_asks_its_hosts_for() {
    let site = Sandbox::small();
    let theme = site.read(THEME);
    let server = Server::watching(&site);
    has(&server.get("/a/"), "content-security-policy: frame-ancestors 'none'");
    site.write(
        THEME,
        &format!("{theme}\n[headers]\nfiles = []\npolicy = \"default-src 'none'; script-src 'self'\"\n"),
    );
    let policy = "content-security-policy: default-src 'none'; script-src 'self'; \
         connect-src http://localhost/.sitegen/; frame-ancestors 'none'";
    server.within(std::time::Duration::from_secs(20), "there is no policy", || {
        server.get("/a/").head.contains(policy)
    });
    has(&server.get("/a/"), "referrer-policy: strict-origin-when-cross-origin");
}

#[test]
fn pages_of_the_server_hold_no_styles() {
    let server_of = |site: &Sandbox| Server::start(site, &[]);
    let site = Sandbox::small();
    let missing = server_of(&site).get("/nowhere/");
    has(
        &missing,
        "content-security-policy: default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    assert!(!missing.text().contains("<style") && missing.text().contains("/.sitegen/own.css"));
    assert_eq!(server_of(&site).get("/.sitegen/own.css").status, 200);
}
