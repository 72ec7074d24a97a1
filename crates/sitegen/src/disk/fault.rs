//! Errors of the disk that tests provoke.

#[cfg(test)]
use std::path::PathBuf;

pub(super) use self::imp::{touch, touch_both};

#[cfg(test)]
pub(crate) use self::imp::{Mount, PlannedFault};

/// The path of an open file, whose operations can fail, too.
#[derive(Debug)]
pub(super) struct OpenPath {
    #[cfg(test)]
    path: PathBuf,
}

#[cfg(not(test))]
mod imp {
    use std::io;
    use std::path::Path;

    use super::OpenPath;

    /// Is called before each operation on a path, so that tests can make it fail.
    #[expect(clippy::unnecessary_wraps, reason = "tests let it fail")]
    pub(in crate::disk) fn touch(_: &Path) -> io::Result<()> {
        Ok(())
    }

    /// Is called before two folders change places.
    #[expect(clippy::unnecessary_wraps, reason = "tests let it fail")]
    pub(in crate::disk) fn touch_both(_: &Path, _: &Path) -> io::Result<()> {
        Ok(())
    }

    impl OpenPath {
        pub(in crate::disk) fn of(_: &Path) -> Self {
            Self {}
        }

        #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "tests let it fail")]
        pub(in crate::disk) fn touch(&self) -> io::Result<()> {
            Ok(())
        }
    }
}

#[cfg(test)]
mod imp {
    use std::io;
    use std::path::{Path, PathBuf};
    use std::sync::Mutex;

    use super::OpenPath;

    /// The errors to come. Each is limited to a folder, because tests run side by side.
    static FAULTS: Mutex<Vec<Countdown>> = Mutex::new(Vec::new());

    #[derive(Debug)]
    struct Countdown {
        folder: PathBuf,
        /// The number of operations that succeed before the one that fails.
        left: usize,
        /// The path whose operation failed, once one did.
        hit: Option<PathBuf>,
    }

    pub(in crate::disk) fn touch(path: &Path) -> io::Result<()> {
        let path = std::path::absolute(path)?;
        let mut plans = FAULTS.lock().expect("no test holds it");
        match plans.iter_mut().find(|plan| plan.hit.is_none() && path.starts_with(&plan.folder)) {
            Some(plan) if plan.left == 0 => {
                plan.hit = Some(path);
                Err(io::Error::from_raw_os_error(5))
            }
            Some(plan) => {
                plan.left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The folders that cannot be renamed, as if something were mounted there.
    static MOUNTED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

    pub(in crate::disk) fn touch_both(one: &Path, other: &Path) -> io::Result<()> {
        touch(one)?;
        let mounted = MOUNTED.lock().expect("no test holds it").iter().any(|folder| folder == other);
        if mounted { Err(io::ErrorKind::ResourceBusy.into()) } else { Ok(()) }
    }

    /// A folder that cannot be renamed as long as this value lives.
    #[derive(Debug)]
    pub(crate) struct Mount(PathBuf);

    impl Mount {
        pub(crate) fn at(folder: PathBuf) -> Self {
            MOUNTED.lock().expect("no test holds it").push(folder.clone());
            Self(folder)
        }
    }

    impl Drop for Mount {
        fn drop(&mut self) {
            MOUNTED.lock().expect("no test holds it").retain(|folder| *folder != self.0);
        }
    }

    impl OpenPath {
        pub(in crate::disk) fn of(path: &Path) -> Self {
            Self { path: path.to_owned() }
        }

        pub(in crate::disk) fn touch(&self) -> io::Result<()> {
            touch(&self.path)
        }
    }

    /// A single error of the disk, planned as long as this value lives.
    #[derive(Debug)]
    pub(crate) struct PlannedFault {
        folder: PathBuf,
    }

    impl PlannedFault {
        /// Plans an error for the operation below a folder that comes after `left` others.
        pub(crate) fn after(left: usize, folder: &Path) -> Self {
            let folder = folder.to_owned();
            FAULTS.lock().expect("no test holds it").push(Countdown {
                folder: folder.clone(),
                left,
                hit: None,
            });
            Self { folder }
        }

        /// Returns the path whose operation failed, if one did.
        pub(crate) fn hit(&self) -> Option<PathBuf> {
            let plans = FAULTS.lock().expect("no test holds it");
            plans.iter().find(|plan| plan.folder == self.folder)?.hit.clone()
        }
    }

    impl Drop for PlannedFault {
        fn drop(&mut self) {
            FAULTS.lock().expect("no test holds it").retain(|plan| plan.folder != self.folder);
        }
    }
}
