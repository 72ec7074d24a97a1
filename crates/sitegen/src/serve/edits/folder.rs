//! A small site on disk, and random edits to it.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

pub(super) struct RandomSite {
    folder: TempDir,
    random: u64,
    /// The number of edits since the site was last valid.
    age: usize,
}

/// The files that there may be, and their possible contents: valid ones first, broken ones last.
const FILES: [(&str, &[&str]); 17] = [
    (
        "site.toml",
        &[
            "title = \"T\"\nbase_url = \"https://example.com\"\ntheme = \"t\"\n",
            "title = \"Other\"\nbase_url = \"https://example.com/below\"\ntheme = \"t\"\n",
            "title = \"T\"\nbase_url = \"https://example.com\"\ntheme = \"u\"\n",
            "title = ",
        ],
    ),
    (
        "themes/t/theme.toml",
        &[
            THEME,
            THEME_WITH_INDEX,
            "[collections.notes]\nsingular = \"note\"\n[pages.note]\nfrom = \"nothing\"\n",
        ],
    ),
    ("themes/u/theme.toml", &["[pages.home]\npath = \"/\"\ntemplate = \"home.html\"\n"]),
    ("themes/u/templates/home.html", &["<p>{{ site.title }}\n", "<p>u\n"]),
    (
        "themes/t/templates/note.html",
        &[
            "<!doctype html><link rel=\"stylesheet\" href=\"{{ asset(name=\"style.css\") }}\">{% include \"foot.html\" %}{{ note.body }}\n",
            "<!doctype html><title>{{ page.title }}</title>{{ note.body }}{% include \"foot.html\" %}\n",
            "<!doctype html>{{ note.nothing.here }}\n",
            "{% if %}",
        ],
    ),
    ("themes/t/templates/foot.html", &["{{ rows(from=\"offers\") | length }} offers\n", "foot\n"]),
    ("templates/foot.html", &["{{ site.title }}\n", "{{ row(from=\"pay\", note=\"a\") }}\n"]),
    (
        "themes/t/templates/pay.html",
        &["{{ note.title }}: {{ total }}\n", "{% if n > 1 %}{{ total }}{% endif %}\n", "{{ nothing }}\n"],
    ),
    ("themes/t/assets/style.css", &["a { color: red }\n", "a { color: blue }\n"]),
    ("assets/style.css", &["b { color: red }\n"]),
    (
        "themes/t/queries/pay.sql",
        &[
            "select note, count(*) as n, sum(total) as total from offers group by note order by note\n",
            "select note, count(*) as n, max(total) as total from offers group by note order by note\n",
            "select nothing from nowhere\n",
        ],
    ),
    (
        "content/notes/a.md",
        &[
            "+++\ntitle = \"A\"\n+++\nSee [B](b.md).\n",
            "+++\ntitle = \"A2\"\nnext = \"b\"\n+++\n# H\n",
            "+++\ntitle = 1\n+++\n",
        ],
    ),
    (
        "content/notes/b.md",
        &[
            "+++\ntitle = \"B\"\n+++\nText.\n",
            "+++\ntitle = \"B2\"\nnext = \"a\"\n+++\n## H\n\n[](#h)\n",
            "+++\n",
        ],
    ),
    (
        "content/notes/c.md",
        &["+++\ntitle = \"C\"\nnext = \"a\"\n+++\n[](@notes/a)\n", "+++\ntitle = \"C\"\nnext = \"d\"\n+++\n"],
    ),
    (
        "content/notes/deep/e.md",
        &["+++\ntitle = \"E\"\nredirect_from = [\"/old/\"]\n+++\n", "+++\ntitle = \"E\"\n+++\n"],
    ),
    (
        "content/data/offers.csv",
        &["note,total\na,1\na,2\nb,5\n", "note,total\na,1\nb,7\n", "note,total\na,many\nz,1\n"],
    ),
    ("static/x.png", &["x", "y", "z"]),
];

const THEME: &str = "\
[collections.notes]
singular = \"note\"
[collections.notes.fields]
title = \"string\"
next = \"@notes?\"
[datasets.offers]
fields = { note = \"@notes\", total = \"int\" }
[queries.pay]
by = [\"note\"]
one = true
[pages.note]
from = \"notes\"
path = \"/notes/{note.slug}/\"
template = \"note.html\"
[pages.pay]
from = \"pay\"
path = \"/pay/{note.slug}/\"
title = \"{note.title}\"
template = \"pay.html\"
";

const THEME_WITH_INDEX: &str = "\
[collections.notes]
singular = \"note\"
[collections.notes.fields]
title = \"string\"
next = \"@notes?\"
[datasets.offers]
fields = { note = \"@notes\", total = \"int\" }
[queries.pay]
by = [\"note\"]
[pages.pay]
from = \"pay\"
path = \"/pay/{note.slug}/\"
title = \"Pay: {note.title}\"
template = \"pay.html\"
publish_if = \"n >= 2\"
[pages.note]
from = \"notes\"
path = \"/notes/{note.slug}/\"
template = \"note.html\"
";

/// The number of edits after which the site is made valid, because most states would be broken otherwise.
const LIFETIME: usize = 6;

impl RandomSite {
    pub(super) fn new(seed: u64) -> Self {
        let folder = Self { folder: tempfile::tempdir().expect("a temporary folder"), random: seed, age: 0 };
        folder.mend();
        folder
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Returns a random number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.random =
            self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.random >> 33).expect("31 bits fit") % end
    }

    /// Makes a random edit and describes it.
    pub(super) fn edit(&mut self) -> String {
        self.age += 1;
        if self.age > LIFETIME {
            self.age = 0;
            self.mend();
            return "all is put in order".to_owned();
        }
        let (path, texts) = FILES[self.below(FILES.len())];
        // The smaller of two indexes is taken, because valid contents should be more frequent.
        let text = texts[self.below(texts.len()).min(self.below(texts.len()))];
        match self.below(10) {
            0..5 => {
                self.write(path, text);
                format!("{path} is written: {text:?}")
            }
            5..7 => {
                self.write(".new", text);
                self.rename(".new", path);
                format!("{path} is replaced: {text:?}")
            }
            7 => {
                let _absent = fs::remove_file(self.root().join(path));
                format!("{path} is deleted")
            }
            8 => {
                let (other, _) = FILES[self.below(FILES.len())];
                self.rename(path, other);
                format!("{path} becomes {other}")
            }
            _ => {
                let folders =
                    ["content/notes", "content/data", "themes/t/templates", "static", "content/notes/deep"];
                let folder = folders[self.below(folders.len())];
                let name = format!("{folder}-{}", self.below(3));
                self.rename(folder, &name);
                format!("{folder} becomes {name}")
            }
        }
    }

    /// Deletes everything and writes a valid site.
    fn mend(&self) {
        for entry in fs::read_dir(self.root()).expect("is a folder").flatten() {
            let path = entry.path();
            let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            removed.expect("is writable");
        }
        for (path, texts) in FILES {
            self.write(path, texts[0]);
        }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("is in the folder")).expect("is writable");
        // Fails if there is a folder of this name.
        let _folder = fs::write(path, text);
    }

    fn rename(&self, from: &str, to: &str) {
        let (from, to) = (self.root().join(from), self.root().join(to));
        fs::create_dir_all(to.parent().expect("is in the folder")).expect("is writable");
        // Fails if the file does not exist.
        let _absent = fs::rename(from, to);
    }
}
