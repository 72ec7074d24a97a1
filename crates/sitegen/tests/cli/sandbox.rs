//! A temporary folder with a site, in which tests run the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) struct Sandbox {
    folder: TempDir,
}

/// The result of a run of the program.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A site of two pages with a theme of its own.
const SMALL: [(&str, &str); 5] = [
    ("site.toml", "title = \"Site\"\nbase_url = \"https://example.com\"\ntheme = \"small\"\n"),
    (
        "themes/small/theme.toml",
        "[collections.notes]\nsingular = \"note\"\n[collections.notes.fields]\ntitle = \"string\"\n\
         next = \"@notes?\"\n\n[pages.note]\nfrom = \"notes\"\npath = \"/{note.slug}/\"\ntemplate = \"note.html\"\n",
    ),
    ("themes/small/templates/note.html", "<!doctype html><title>{{ page.title }}</title>{{ note.body }}\n"),
    ("content/notes/a.md", "+++\ntitle = \"A\"\nnext = \"b\"\n+++\nSee [B](b.md).\n"),
    ("content/notes/b.md", "+++\ntitle = \"B\"\n+++\nText.\n"),
];

/// A site with data: three companies, their salaries, and pages of both.
const PAID: [(&str, &str); 12] = [
    ("site.toml", "title = \"Pay\"\nbase_url = \"https://example.com/guide\"\ntheme = \"paid\"\n"),
    (
        "themes/paid/theme.toml",
        r#"[collections.companies]
singular = "company"
title = "name"
[collections.companies.fields]
name = "string"
about = "template"

[datasets.offers]
fields = { company = "@companies", total = "int", remote = "bool", note = "string?" }

[queries.pay]
by = ["company"]
one = true

[pages.home]
path = "/"
template = "home.html"

[pages.company]
from = "companies"
path = "/{company.slug}/"
template = "company.html"

[pages.pay]
from = "pay"
path = "/pay/{company.slug}/"
title = "Pay at {company.name}"
template = "pay.html"
publish_if = "n >= 2"
index_if = "n >= 3"
"#,
    ),
    (
        "themes/paid/queries/pay.sql",
        "select company, count(*) as n, median(total) as total from offers group by company order by company\n",
    ),
    (
        "themes/paid/templates/base.html",
        "<!doctype html><title>{{ page.title }}</title>\n<link rel=\"stylesheet\" href=\"{{ asset(name=\"style.css\") }}\">\n\
         {% block main %}{% endblock %}\n",
    ),
    (
        "themes/paid/templates/home.html",
        "{% extends \"base.html\" %}{% block main %}<a href=\"/guide/acme/\">A</a><a href=\"/guide/old/\">B</a>{% endblock %}\n",
    ),
    (
        "themes/paid/templates/company.html",
        "{% extends \"base.html\" %}{% block main %}{% set pay = row(from=\"pay\", company=company) %}{{ company.about | evaluate }}\n\
         {% if pay.url %}{{<to url={pay.url} />}}{% endif %}{% include \"foot.html\" %}{% endblock %}\n",
    ),
    (
        "themes/paid/templates/pay.html",
        "{% extends \"base.html\" %}{% block main %}{{ n }}: {{ total }}{% endblock %}\n",
    ),
    ("themes/paid/templates/foot.html", "{{ rows(from=\"offers\") | length }} offers\n"),
    (
        "themes/paid/templates/parts.html",
        "{% component to(url: string) %}<a href=\"{{ url }}\">Pay</a>{% endcomponent to %}\n",
    ),
    ("themes/paid/assets/style.css", "body {}\n"),
    (
        "content/companies.toml",
        r#"[acme]
name = "Acme"
about = "{% set other = row(from='companies', slug='bolt') %}{{ company.name }} has {{ other.name }} beside it."
redirect_from = ["/old/"]

[bolt]
name = "Bolt, \"Inc\""
about = "Small."

[core]
name = "Core"
about = "Smaller."
"#,
    ),
    (
        "content/data/offers.csv",
        "company,total,remote,note\nacme,100,true,\nacme,200,false,\"a, b\"\nacme,400,true,x\nbolt,50,true,\nbolt,51,false,\n\
         core,10,false,\n",
    ),
];

impl Sandbox {
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Makes a site of two pages.
    pub(crate) fn small() -> Self {
        let sandbox = Self::empty();
        for (path, text) in SMALL {
            sandbox.write(path, text);
        }
        sandbox
    }

    /// Makes a site with data: three companies, their salaries, and pages of both.
    pub(crate) fn paid() -> Self {
        let sandbox = Self::empty();
        for (path, text) in PAID {
            sandbox.write(path, text);
        }
        sandbox
    }

    /// Makes the site with data, and every file for machines: sitemap, redirects, feed and pages as Markdown.
    pub(crate) fn reaching() -> Self {
        let site = Self::paid();
        let declared = "\n[sitemap]\npath = \"/sitemap.xml\"\n[twins]\nlimit = 1000\n\
                        [redirects]\nfiles = [\"netlify\", \"apache\", \"vercel\"]\n\
                        [pages.feed]\npath = \"/feed.xml\"\ntemplate = \"feed.xml\"\n";
        site.write("site.toml", &(site.read("site.toml") + declared));
        site.write(
            "themes/paid/templates/feed.xml",
            "<feed>{% for page in pages(limit=2) %}<id>{{ page.absolute_url }}</id>{% endfor %}</feed>\n",
        );
        site
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("is writable");
        fs::write(path, text).expect("is writable");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("is there");
    }

    /// Makes a command that runs the program in this folder. Builds do not wait for the disk, because other
    /// tests keep it busy.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(arguments);
        if arguments.first() == Some(&"build") {
            command.arg("--no-sync");
        }
        command.current_dir(self.folder.path());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments))
    }

    /// Builds the site, which must have no problems.
    #[track_caller]
    pub(crate) fn build(&self) -> Run {
        let run = self.run(&["build"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        run
    }

    /// Reads all files below a folder.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(folder))
    }
}

impl Run {
    pub(crate) fn of(mut command: Command) -> Self {
        let Output { status, stdout, stderr } = command.output().expect("the program can be run");
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Self { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }

    /// Counts the diagnostics with a code.
    pub(crate) fn count(&self, code: &str) -> usize {
        self.stderr.matches(&format!("[{code}]")).count()
    }
}

/// Makes a command that runs the program, without variables of the developer's environment that would change
/// its output.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sitegen"));
    let heeded =
        |name: &str| name.starts_with("SITEGEN_") || ["NO_COLOR", "CLICOLOR_FORCE", "TZ"].contains(&name);
    for (name, _) in std::env::vars().filter(|(name, _)| heeded(name)) {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

/// Reads all files below a folder.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut left = vec![folder.to_owned()];
    let mut files = BTreeMap::new();
    while let Some(current) = left.pop() {
        for entry in fs::read_dir(&current).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                left.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is in the folder");
                files.insert(name.to_string_lossy().into_owned(), fs::read(&path).expect("is readable"));
            }
        }
    }
    files
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("is writable");
        fs::write(path, bytes).expect("is writable");
    }
}

/// Returns the root of the project.
pub(crate) fn workspace() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    root.expect("the crate is below the root").to_owned()
}
