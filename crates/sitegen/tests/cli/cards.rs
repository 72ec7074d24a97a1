//! Tests that a card is drawn once, and again only if its contents change.

use std::fs;

use sitegen_model::hash_bytes;

use crate::sandbox::{Run, Sandbox};

/// Makes a site of two pages with cards.
fn site() -> Sandbox {
    let site = Sandbox::small();
    let theme = site.read("themes/small/theme.toml");
    site.write("themes/small/theme.toml", &format!("{theme}\n[cards]\ntemplate = \"card.svg\"\n"));
    site.write(
        "themes/small/templates/card.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">\
         <text x=\"80\" y=\"200\" font-family=\"DejaVu Sans\" font-size=\"60\">{{ page.title }}</text></svg>",
    );
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../themes/guide/fonts/DejaVuSans-Bold.ttf");
    fs::create_dir_all(site.path("fonts")).expect("is writable");
    fs::copy(guide, site.path("fonts/bold.ttf")).expect("is readable");
    site
}

/// Returns the cards that a build drew.
fn drawn(site: &Sandbox) -> Vec<String> {
    drawn_by(site, &["build", "--verbose"])
}

fn drawn_by(site: &Sandbox, arguments: &[&str]) -> Vec<String> {
    let Run { code, stderr, .. } = site.run(arguments);
    assert_eq!(code, Some(0), "{stderr}");
    let lines = stderr.lines().filter_map(|line| line.trim().strip_prefix("drawn "));
    lines.map(str::to_owned).collect()
}

fn card(site: &Sandbox, page: &str) -> Vec<u8> {
    fs::read(site.path(&format!("public/{page}/card.png"))).expect("is there")
}

#[test]
fn a_card_is_an_image_of_its_size() {
    let site = site();
    assert_eq!(drawn(&site), ["a/card.png", "b/card.png"]);
    let image = card(&site, "a");
    assert_eq!(image[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!(image[16..24], [1200_u32.to_be_bytes(), 630_u32.to_be_bytes()].concat());
    assert!(image != card(&site, "b"), "it shows the title");
}

#[test]
fn only_what_has_changed_is_drawn_again() {
    let site = site();
    drawn(&site);
    let before = (card(&site, "a"), card(&site, "b"));
    assert!(drawn(&site).is_empty(), "nothing has changed");
    site.write("content/notes/b.md", "+++\ntitle = \"Bee\"\n+++\nText.\n");
    assert_eq!(drawn(&site), ["b/card.png"]);
    assert_eq!(card(&site, "a"), before.0);
    assert_ne!(card(&site, "b"), before.1);
}

#[test]
fn a_card_that_was_touched_is_drawn_again() {
    let site = site();
    drawn(&site);
    let before = card(&site, "a");
    fs::write(site.path("public/a/card.png"), "other").expect("is writable");
    assert_eq!(drawn(&site), ["a/card.png"]);
    assert_eq!(card(&site, "a"), before);
}

#[test]
fn a_new_font_draws_all_anew() {
    let site = site();
    drawn(&site);
    fs::copy(site.path("fonts/bold.ttf"), site.path("fonts/more.ttf")).expect("is writable");
    assert_eq!(drawn(&site), ["a/card.png", "b/card.png"]);
}

#[test]
fn without_a_manifest_all_are_drawn_to_the_same() {
    let site = site();
    drawn(&site);
    let before = site.files("public");
    site.remove("public/.sitegen-manifest");
    assert_ne!(site.run(&["build"]).code, Some(0), "the files are nobody's");
    let again = drawn_by(&site, &["build", "--verbose", "--force"]);
    assert_eq!(again, ["a/card.png", "b/card.png"]);
    assert!(site.files("public") == before, "the site is the same");
}

#[test]
fn manifests_of_older_versions_are_understood() {
    let site = site();
    drawn(&site);
    let manifest = site.read("public/.sitegen-manifest");
    let lines: Vec<_> = manifest.lines().collect();
    // Returns the lines that manifests of the first and the second version have for a file.
    let line = |name: &str, bytes: &[u8]| {
        let hash = format!("{:032x}", hash_bytes(bytes));
        let line =
            lines.iter().find(|line| line.split(' ').nth(1) == Some(&*hash)).expect("it is in the manifest");
        let parts: Vec<_> = line.split(' ').skip(1).collect();
        (format!("{} {} {name}\n", parts[0], parts[1]), format!("{} {name}\n", parts.join(" ")))
    };
    let files = site.files("public").into_iter().filter(|(name, _)| name != ".sitegen-manifest");
    let (first, second): (String, String) = files.map(|(name, bytes)| line(&name, &bytes)).unzip();
    site.write("public/.sitegen-manifest", &format!("sitegen manifest 1\n{first}"));
    assert_eq!(drawn(&site), ["a/card.png", "b/card.png"], "what they were drawn from is unknown");
    assert_eq!(site.read("public/.sitegen-manifest"), manifest);
    site.write("public/.sitegen-manifest", &format!("sitegen manifest 2\n{second}"));
    assert_eq!(drawn(&site), [""; 0]);
    assert_eq!(site.read("public/.sitegen-manifest"), manifest, "paths do not stay in it");
}

#[test]
fn a_manifest_names_no_file() {
    let site = site();
    site.build();
    let manifest = site.read("public/.sitegen-manifest");
    assert!(
        manifest.starts_with("sitegen manifest 3\n")
            && manifest.lines().skip(1).all(|line| !line.contains('.')),
        "{manifest}"
    );
}
