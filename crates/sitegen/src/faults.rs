//! Tests of builds on a disk that fails at any step: the build changes nothing and says so, and the next one
//! succeeds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use tempfile::TempDir;

use crate::args::Args;
use crate::disk::{Mount, PlannedFault};
use crate::errors::Exit;
use crate::obey;

/// A site and its output, in a temporary folder. The path is canonical, because faults are found by it.
struct TestSite {
    root: PathBuf,
    _folder: TempDir,
}

type Snapshot = BTreeMap<PathBuf, Vec<u8>>;

const SITE: [(&str, &str); 7] = [
    ("site.toml", "title = \"Site\"\nbase_url = \"https://example.com\"\ntheme = \"small\"\n"),
    (
        "themes/small/theme.toml",
        "[collections.notes]\nsingular = \"note\"\n[collections.notes.fields]\ntitle = \"string\"\n\n\
         [pages.note]\nfrom = \"notes\"\npath = \"/{note.slug}/\"\ntemplate = \"note.html\"\n",
    ),
    ("themes/small/templates/note.html", "<!doctype html><title>{{ page.title }}</title>{{ note.body }}\n"),
    ("content/notes/a.md", "+++\ntitle = \"A\"\n+++\nOne.\n"),
    ("content/notes/b/index.md", "+++\ntitle = \"B\"\n+++\nText.\n"),
    ("content/notes/b/data.bin", "bytes"),
    ("static/s.txt", "static"),
];

impl TestSite {
    /// Makes a site with the same files as another.
    fn copy_of(other: &Self) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = Self { root: folder.path().canonicalize().expect("is there"), _folder: folder };
        copy(&other.root, &place.root);
        place
    }

    /// Makes a site and publishes it, with files of others beside its own.
    fn published() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = Self { root: folder.path().canonicalize().expect("is there"), _folder: folder };
        for (path, text) in SITE {
            place.write(path, text);
        }
        assert_eq!(place.build(), Exit::Done);
        place.write("public/CNAME", "example.com");
        place.write("public/.git/objects/1", "object");
        fs::create_dir(place.root.join("public/.git/refs")).expect("is writable");
        place
    }

    /// Changes one page, deletes one and adds one.
    fn edit(&self) {
        self.write("content/notes/a.md", "+++\ntitle = \"A\"\n+++\nTwo.\n");
        self.write("content/notes/c.md", "+++\ntitle = \"C\"\n+++\nText.\n");
        fs::remove_dir_all(self.root.join("content/notes/b")).expect("is writable");
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("is below the root")).expect("is writable");
        fs::write(path, text).expect("is writable");
    }

    fn build(&self) -> Exit {
        let root = self.root.to_str().expect("is UTF-8");
        let args = Args::parse_from(["sitegen", "--quiet", "--root", root, "build", "--force", "--no-sync"]);
        let command = args.command.expect("a command is given");
        let console = args.common.console(command.problems());
        obey(&command, &args.common, &console).unwrap_or_else(|failure| failure.exit)
    }

    /// Collects all that is published, by paths.
    fn output(&self) -> Snapshot {
        let mut files = Snapshot::new();
        collect(&self.root.join("public"), &mut files);
        files
    }
}

/// Copies a folder's files, the manifest last so that no file is younger.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("is writable");
    let mut entries: Vec<_> =
        fs::read_dir(from).expect("is readable").map(|it| it.expect("is readable")).collect();
    entries.sort_by_key(|entry| entry.file_name() == ".sitegen-manifest");
    for entry in entries {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).expect("is writable");
        }
    }
}

fn collect(folder: &Path, files: &mut Snapshot) {
    for entry in fs::read_dir(folder).expect("is readable") {
        let path = entry.expect("is readable").path();
        if path.is_dir() {
            files.insert(path.clone(), Vec::new());
            collect(&path, files);
        } else {
            files.insert(path.clone(), fs::read(path).expect("is readable"));
        }
    }
}

/// Makes paths relative to the root of their place.
fn below(files: &Snapshot, place: &TestSite) -> Snapshot {
    let path = |path: &PathBuf| path.strip_prefix(&place.root).expect("is below the root").to_owned();
    files.iter().map(|(it, bytes)| (path(it), bytes.clone())).collect()
}

/// Returns the published files before and after an edit.
fn versions(place: &TestSite) -> (Snapshot, Snapshot) {
    let before = below(&place.output(), place);
    let edited = TestSite::copy_of(place);
    edited.edit();
    assert_eq!(edited.build(), Exit::Done);
    let after = below(&edited.output(), &edited);
    assert!(before != after && after.contains_key(Path::new("public/.git/refs")));
    (before, after)
}

/// Makes each step of a build fail once, judges its end and the published files, and checks that the next
/// build succeeds.
fn fail_each_step(first: &TestSite, mounted: Option<&str>, judge: impl Fn(&str, Exit, &Snapshot, bool)) {
    let (_, after) = versions(first);
    for step in 0.. {
        let place = TestSite::copy_of(first);
        let _mount = mounted.map(|folder| Mount::at(place.root.join(folder)));
        place.edit();
        let fault = PlannedFault::after(step, &place.root);
        let exit = place.build();
        let hit = fault.hit();
        drop(fault);
        let found = below(&place.output(), &place);
        let Some(hit) = hit else {
            assert!(step > 100, "a build takes more steps than {step}");
            assert!(exit == Exit::Done && found == after, "{exit:?} {:?}", found.keys());
            return;
        };
        let at = format!("step {step}, {}", hit.display());
        let is_output =
            ["public", ".public.sitegen"].iter().any(|folder| hit.starts_with(place.root.join(folder)));
        judge(&at, exit, &found, !is_output);
        assert_eq!(place.build(), Exit::Done, "{at}: the next build goes on");
        let found = below(&place.output(), &place);
        assert!(found == after, "{at}: the next build leaves {:?}", found.keys());
        assert!(!place.root.join(".public.sitegen").exists(), "{at}: something is left");
    }
}

#[test]
fn no_error_of_the_disk_becomes_an_absence() {
    let first = TestSite::published();
    let (before, after) = versions(&first);
    fail_each_step(&first, None, |at, exit, found, input| match exit {
        Exit::Io => assert!(*found == before || *found == after && !input, "{at}: {:?}", found.keys()),
        // A build may succeed all the same if only the removal of old files failed, since the next build
        // removes them.
        Exit::Done => assert!(*found == after && !input, "{at}: an error was taken for an absence"),
        exit => panic!("{at}: {exit:?}"),
    });
}

#[test]
fn a_mounted_output_has_whole_files_at_any_step_and_the_next_build_goes_on() {
    let first = TestSite::published();
    let (before, after) = versions(&first);
    fail_each_step(&first, Some("public"), |at, exit, found, input| {
        assert!(exit == Exit::Io || *found == after && exit == Exit::Done && !input, "{at}: {exit:?}");
        assert!(!input || *found == before, "{at}: {:?}", found.keys());
        for (path, bytes) in found.iter().filter(|(path, _)| !path.to_string_lossy().contains(".sitegen-")) {
            let versions = [before.get(path), after.get(path)];
            assert!(versions.contains(&Some(bytes)), "{at}: {}", path.display());
        }
        let of_others = before.iter().filter(|(path, _)| after.contains_key(*path));
        let lost = of_others.map(|(path, _)| path).find(|path| !found.contains_key(*path));
        assert_eq!(lost, None, "{at}");
    });
}
