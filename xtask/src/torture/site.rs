//! The site that is built: a dozen pages, an edit of all of them, and files of others in its output folder.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::judge::FolderContents;

const THEME: &str = "[collections.notes]\nsingular = \"note\"\n[collections.notes.fields]\ntitle = \"string\"\n\n\
     [pages.note]\nfrom = \"notes\"\npath = \"/{note.slug}/\"\ntemplate = \"note.html\"\n";

const TEMPLATE: &str = "<!doctype html><title>{{ page.title }}</title>{{ note.body }}\n";

const NOTES: u32 = 12;

/// The kind of output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutputMount {
    /// A folder like any other.
    Folder,
    /// A file system of its own, which cannot be renamed.
    Mounted,
    /// A folder that the system reports as busy, as if it were mounted.
    Refusing,
}

/// A site in memory that can be reset.
pub(super) struct ResettableSite {
    program: PathBuf,
    pub(super) output: OutputMount,
    folder: PathBuf,
    /// The contents of the output folder before the edit; `after` holds those after it.
    pub(super) before: FolderContents,
    pub(super) after: FolderContents,
}

impl OutputMount {
    /// Returns a mounted folder if this machine allows that, else its nearest substitute.
    pub(super) fn mounted() -> Self {
        let probe = std::env::temp_dir().join(format!("sitegen-mount-{}", std::process::id()));
        let mounted = fs::create_dir_all(&probe).is_ok() && mount(&probe).is_ok();
        if mounted {
            unmount(&probe);
        }
        let _only_a_probe = fs::remove_dir(&probe);
        if mounted { Self::Mounted } else { Self::Refusing }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Mounted => "mounted",
            Self::Refusing => "busy",
        }
    }
}

impl ResettableSite {
    /// Builds the site before and after the edit, beside files of others in its output folder.
    pub(super) fn new(program: PathBuf, output: OutputMount) -> io::Result<Self> {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = parent.join(format!("sitegen-torture-{}-{}", std::process::id(), output.name()));
        fs::create_dir_all(&folder)?;
        let mut site = Self {
            program,
            output,
            folder,
            before: FolderContents::default(),
            after: FolderContents::default(),
        };
        let base = site.folder.join("base");
        write(
            &base,
            "site.toml",
            "title = \"Site\"\nbase_url = \"https://example.com\"\ntheme = \"small\"\n",
        )?;
        write(&base, "themes/small/theme.toml", THEME)?;
        write(&base, "themes/small/templates/note.html", TEMPLATE)?;
        write(&base, "static/s.txt", "static")?;
        write(&base, "content/notes/old.md", "+++\ntitle = \"Old\"\n+++\n")?;
        notes(&base, "One")?;
        succeed(site.build(&base, &[]))?;
        for (path, text) in [("CNAME", "x"), (".git/objects/o", "o"), ("n1/foreign.txt", "f")] {
            write(&base.join("public"), path, text)?;
        }
        fs::create_dir_all(base.join("public/.git/refs"))?;
        fs::set_permissions(base.join("public/.git"), Permissions::from_mode(0o700))?;
        succeed(site.build(&base, &[]))?;
        site.before = FolderContents::of(&base.join("public"))?;
        site.reset()?;
        succeed(site.build(&site.run(), &[]))?;
        site.after = FolderContents::of(&site.published())?;
        Ok(site)
    }

    /// Returns the folder of the site that is built.
    pub(super) fn run(&self) -> PathBuf {
        self.folder.join("run")
    }

    pub(super) fn published(&self) -> PathBuf {
        self.run().join("public")
    }

    /// Restores the state before the edit, then makes the edit without building.
    pub(super) fn reset(&mut self) -> io::Result<()> {
        let run = self.run();
        self.remove()?;
        succeed(Command::new("cp").arg("-a").arg(self.folder.join("base")).arg(&run))?;
        if self.output == OutputMount::Mounted {
            let aside = self.folder.join("aside");
            fs::rename(run.join("public"), &aside)?;
            fs::create_dir(run.join("public"))?;
            mount(&run.join("public"))?;
            succeed(Command::new("cp").arg("-a").arg(aside.join(".")).arg(run.join("public")))?;
            fs::remove_dir_all(aside)?;
        }
        fs::remove_file(run.join("content/notes/old.md"))?;
        write(&run, "content/notes/new.md", "+++\ntitle = \"New\"\n+++\n")?;
        notes(&run, "Two")
    }

    /// Returns the command that builds a site. Words for another program, such as strace, can precede it.
    pub(super) fn build(&self, site: &Path, before: &[String]) -> Command {
        let mut words = before.iter().map(AsRef::as_ref).chain([self.program.as_os_str()]);
        let mut command = Command::new(words.next().expect("there is the program"));
        command.args(words).arg("--root").arg(site).args(["--threads", "2", "--quiet", "build", "--force"]);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    fn remove(&self) -> io::Result<()> {
        if self.output == OutputMount::Mounted && self.published().exists() {
            unmount(&self.published());
        }
        if self.run().exists() { fs::remove_dir_all(self.run()) } else { Ok(()) }
    }
}

impl Drop for ResettableSite {
    fn drop(&mut self) {
        let _nothing_else_can_be_done = self.remove().and_then(|()| fs::remove_dir_all(&self.folder));
    }
}

/// Writes all notes by renaming, because a build at the same time must not read half of one.
pub(super) fn notes(site: &Path, text: &str) -> io::Result<()> {
    for note in 0..NOTES {
        write(site, "note", &format!("+++\ntitle = \"N{note}\"\n+++\n{text}\n"))?;
        let path = site.join(format!("content/notes/n{note}.md"));
        fs::rename(site.join("note"), path)?;
    }
    Ok(())
}

fn write(folder: &Path, path: &str, text: &str) -> io::Result<()> {
    let path = folder.join(path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}

fn mount(folder: &Path) -> io::Result<()> {
    succeed(Command::new("mount").args(["-t", "tmpfs", "none"]).arg(folder).stderr(Stdio::null()))
}

/// Unmounts a folder. A failure is ignored, because the folder may not be mounted.
fn unmount(folder: &Path) {
    let _was_it = Command::new("umount").arg(folder).stderr(Stdio::null()).status();
}

fn succeed(mut command: impl std::borrow::BorrowMut<Command>) -> io::Result<()> {
    let command = command.borrow_mut();
    if command.status()?.success() { Ok(()) } else { Err(io::Error::other(format!("{command:?} fails"))) }
}
