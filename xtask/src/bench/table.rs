//! What was measured, in words: a line for each size, and how much larger the next is.

use std::time::Duration;

use super::child::Cost;

/// What was measured of a site.
pub(super) struct Measured {
    pub(super) pages: usize,
    /// How many files the output has, and how many bytes they hold.
    pub(super) files: usize,
    pub(super) bytes: u64,
    pub(super) build: Cost,
    /// A second build, of which nothing has changed.
    pub(super) again: Cost,
    /// How long it takes to write the same files.
    pub(super) limit: Duration,
}

pub(super) const HEADER: &str =
    "   pages    files       MB    build  pages/s  peak MB    write  ratio    again";

/// What was measured, below the header. Megabytes are of 10⁶ bytes, times in seconds.
pub(super) fn line(measured: &Measured) -> String {
    let Measured { pages, files, bytes, build, again, limit } = measured;
    let (seconds, limit) = (build.time.as_secs_f64(), limit.as_secs_f64());
    format!(
        "{pages:8} {files:8} {:8.1} {seconds:8.2} {:8.0} {:8.0} {limit:8.3} {:6.1} {:8.2}",
        megabytes(*bytes),
        exact(*files) / seconds,
        megabytes(build.memory),
        seconds / limit,
        again.time.as_secs_f64(),
    )
}

/// How much more a larger site takes. Each factor would be that of the pages if all grew in proportion.
pub(super) fn growth(smaller: &Measured, larger: &Measured) -> String {
    let time = |measured: &Measured| measured.build.time.as_secs_f64();
    let memory = |measured: &Measured| megabytes(measured.build.memory);
    format!(
        "{} → {} pages: {:.1} × the pages take {:.1} × the time and {:.1} × the memory",
        smaller.pages,
        larger.pages,
        exact(larger.pages) / exact(smaller.pages),
        time(larger) / time(smaller),
        memory(larger) / memory(smaller),
    )
}

fn megabytes(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "sites have fewer than 2^53 bytes")]
    let bytes = bytes as f64;
    bytes / 1e6
}

fn exact(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("sites have fewer than 2^32 files"))
}
