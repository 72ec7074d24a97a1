//! The site of a case, as the program would have read it.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use sitegen_model::{
    Config, Content, Drafts, File, Files, Inputs, Setting, Stray, hash_bytes, is_record, wanted_includes,
    with_extended,
};
use sitegen_parser::{Active, Date, ImageSize, composed};

use crate::Section;

/// A site in memory.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Its files by path; those of the theme begin with `theme/`.
    pub files: BTreeMap<String, File>,
    /// The settings that override the configuration.
    pub settings: Vec<Setting>,
    /// Says if drafts are published.
    pub drafts: Drafts,
    /// The day on which it is built.
    pub today: Option<Date>,
    /// True if building it after every edit takes too long.
    pub slow: bool,
}

const THEME: &str = "theme";

const CONFIG: &str = "site.toml";

/// A font called Plain of which every letter is a box, half as wide as the size of the text.
const FONT: &[u8] = include_bytes!("plain.ttf");

/// The files that a case need not declare.
const DEFAULTS: [(&str, &str); 3] = [
    ("site.toml", "title = \"Site\"\nbase_url = \"https://example.com\"\n"),
    (
        "theme/theme.toml",
        "[collections.notes]\nsingular = \"note\"\n[collections.notes.fields]\ntitle = \"string?\"\n\n\
         [pages.note]\nfrom = \"notes\"\npath = \"/{note.slug}/\"\ntemplate = \"note.html\"\n",
    ),
    ("theme/templates/note.html", "{{ note.body }}"),
];

impl Site {
    /// Reads the sections of a case.
    ///
    /// # Errors
    ///
    /// A header has no meaning.
    pub fn read(sections: &[Section]) -> Result<Self, String> {
        let mut site = Self::default();
        let own_theme = sections.iter().any(|section| section.header.starts_with("theme/theme.toml"));
        for (path, text) in DEFAULTS {
            if !own_theme || !path.starts_with(THEME) {
                site.files.insert(path.to_owned(), loaded(text));
            }
        }
        for section in sections {
            site.add(section)?;
        }
        Ok(site)
    }

    fn add(&mut self, Section { header, text }: &Section) -> Result<(), String> {
        if header == "--drafts" {
            self.drafts = Drafts::Include;
        } else if let Some(day) = header.strip_prefix("--today ") {
            self.today = Some(date(day).ok_or_else(|| format!("\"{day}\" is no date"))?);
        } else if header == "--no-edits" {
            self.slow = true;
        } else if let Some(name) = header.strip_prefix("SITEGEN_") {
            let key = name.to_lowercase().split("__").map(str::to_owned).collect();
            let (origin, text) = (header.as_str().into(), text.trim_end().into());
            // Only the last value counts, because a variable has one value in an environment.
            self.settings.retain(|other| other.origin != origin);
            self.settings.push(Setting { key, origin, text });
        } else {
            let (path, marks) = header.split_once(" (").unwrap_or((header, ""));
            // The path is composed, because the program composes those that it reads from disk.
            let path = composed(path);
            match marked(text, marks)? {
                Some(file) => self.files.insert(path.into_owned(), file),
                None => self.files.remove(&*path),
            };
        }
        Ok(())
    }

    /// Reads a site of this repository: its folder and its theme's.
    ///
    /// # Panics
    ///
    /// If something cannot be read.
    #[must_use]
    pub fn of(folder: &str, theme: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut site = Self::default();
        for part in fs::read_dir(root.join(folder)).expect("the folder can be read") {
            let name = part.expect("the folder can be read").file_name().to_string_lossy().into_owned();
            // In the root of the repository stands the guide, among much else.
            if folder != "." || ["site.toml", "content"].contains(&name.as_str()) {
                site.copy(&root.join(folder).join(&name), &name);
            }
        }
        site.copy(&root.join(theme), THEME);
        site
    }

    /// Adds a file, or a folder with all that is in it, at a path of the site.
    ///
    /// # Panics
    ///
    /// If something cannot be read.
    pub fn copy(&mut self, from: &Path, to: &str) {
        if !from.is_dir() {
            let bytes = fs::read(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
            self.files.insert(to.to_owned(), File::Loaded(bytes.into()));
            return;
        }
        for entry in fs::read_dir(from).expect("the folder can be read") {
            let entry = entry.expect("the folder can be read");
            self.copy(&entry.path(), &format!("{to}/{}", entry.file_name().to_string_lossy()));
        }
    }

    /// Collects the inputs of the pipeline.
    pub fn inputs(&self) -> Inputs {
        let themes = with_extended(&THEME.into(), &mut |path| {
            let own = self.below(path);
            Ok::<_, Infallible>(if own.is_empty() { part_of_themes(path) } else { own })
        });
        let themes = themes.unwrap_or_else(|never| match never {});
        let is_own = |path: &str| !themes.iter().any(|theme| below(path, &theme.path).is_some());
        let own: Vec<_> = self.files.iter().filter(|(path, _)| is_own(path)).collect();
        let config = own.iter().filter(|(path, _)| *path == CONFIG);
        let mut inputs = Inputs {
            config: CONFIG.into(),
            site: config.map(|(path, file)| (path.as_str().into(), (*file).clone())).collect(),
            themes: themes.clone(),
            settings: self.settings.clone(),
            drafts: self.drafts,
            today: self.today,
            ..Inputs::default()
        };
        inputs.folders = Config::read(&inputs).0.content.folders;
        let stored =
            |(path, file): (&String, &File)| (path.as_str().into(), stored(path, file, &inputs.folders));
        inputs.site = own.into_iter().map(stored).collect();
        inputs.included = self.included(&inputs.site);
        inputs
    }

    /// Collects the files from which texts take code, or the names in their folders for those that are
    /// missing.
    fn included(&self, site: &Files) -> Files {
        let mut included = Files::new();
        let texts = site.iter().filter(|(path, _)| path.ends_with(".md"));
        for (path, file) in texts {
            let File::Loaded(bytes) = file else { continue };
            for wanted in wanted_includes(path, &String::from_utf8_lossy(bytes)) {
                let folder = wanted.rsplit_once('/').map_or("", |(folder, _)| folder);
                match self.files.get(&wanted) {
                    Some(file) => drop(included.insert(wanted.as_str().into(), file.clone())),
                    None => self.names_in(folder, &mut included),
                }
            }
        }
        included
    }

    fn names_in(&self, folder: &str, names: &mut Files) {
        let beside =
            self.files.keys().filter(|path| path.rsplit_once('/').map_or("", |(above, _)| above) == folder);
        for path in beside {
            names.entry(path.as_str().into()).or_insert(File::Stored { hash: 0, size: None });
        }
    }

    /// Returns the files of a folder, by path below it.
    fn below(&self, folder: &str) -> Files {
        let none = Content::default();
        let named =
            |(path, file): (&String, &File)| Some((below(path, folder)?.into(), stored(path, file, &none)));
        self.files.iter().filter_map(named).collect()
    }

    /// Returns the bytes of a file.
    pub fn bytes(&self, path: &str) -> &[u8] {
        match self.files.get(path) {
            Some(File::Loaded(bytes)) => bytes,
            _ => &[],
        }
    }
}

/// Reads the files of a part of themes that the program carries; none if there is no part of this name.
fn part_of_themes(path: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package is below the root");
    let mut part = Site::default();
    if path.starts_with("themes/sitegen/") && root.join(path).is_dir() {
        part.copy(&root.join(path), path);
    }
    part.below(path)
}

/// Returns the rest of a path below a folder.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) =
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Date { year, month, day })
}

/// Keeps only the hash and size of files that are published unchanged, because the program does not hold
/// such files in memory.
fn stored(path: &str, file: &File, content: &Content) -> File {
    let name = content.name(path);
    let is_read = |name: &str| !content.publishes(name) && (is_record(name) || name.starts_with("data/"));
    let is_media = name.as_ref().is_some_and(|name| !is_read(name));
    match file {
        File::Loaded(bytes) if name.is_some() && Active::find(path, bytes).is_some() => file.clone(),
        File::Loaded(bytes) if path.contains("static/") && name.is_none() || is_media => {
            let hash = hash_bytes(bytes);
            File::Stored { hash, size: ImageSize::read(bytes).filter(|_| ImageSize::is_of(path)) }
        }
        other => other.clone(),
    }
}

fn loaded(text: &str) -> File {
    File::Loaded(text.as_bytes().into())
}

/// Makes the file of a section's text and the marks of its header; none if a mark removes it.
fn marked(text: &str, marks: &str) -> Result<Option<File>, String> {
    let mut text = text.to_owned();
    for mark in marks.trim_end_matches(')').split(") (").filter(|mark| !mark.is_empty()) {
        let (word, argument) = mark.split_once(": ").unwrap_or((mark, ""));
        match word {
            "absent" => return Ok(None),
            "unreadable" => return Ok(Some(File::Unreadable(argument.to_owned()))),
            "symlink loop" => return Ok(Some(File::Stray(Stray::Loop))),
            "doubled" => return Ok(Some(File::Doubled)),
            "symlink outside" => return Ok(Some(File::Stray(Stray::Outside))),
            "symlink hidden" => return Ok(Some(File::Stray(Stray::Hidden))),
            "symlink source" => return Ok(Some(File::Stray(Stray::Source))),
            "hex" => return bytes(argument).map(|bytes| Some(File::Loaded(bytes.into()))),
            "bom" => text.insert(0, '\u{feff}'),
            "crlf" => text = text.replace('\n', "\r\n"),
            "font" => return Ok(Some(File::Loaded(FONT.into()))),
            "gzip" => return Ok(Some(File::Loaded(packed(&text).into()))),
            _ => match word.strip_prefix("repeat ").and_then(|count| count.parse().ok()) {
                Some(count) => text = argument.replace("\\n", "\n").repeat(count) + &text,
                None => return Err(format!("\"{mark}\" is not a mark of a file")),
            },
        }
    }
    Ok(Some(loaded(&text)))
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text.as_bytes()).expect("memory takes all");
    packer.finish().expect("memory takes all")
}

fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    hex.split_whitespace()
        .map(|byte| u8::from_str_radix(byte, 16).map_err(|error| format!("{byte}: {error}")))
        .collect()
}
