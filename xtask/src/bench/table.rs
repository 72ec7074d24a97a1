//! The table of results: a line for each size, and the growth from each size to the next.

use std::time::Duration;

use super::child::Cost;

/// The measurements of a site.
pub(super) struct BuildMeasurement {
    pub(super) pages: usize,
    /// The number of files of the output.
    pub(super) files: usize,
    pub(super) bytes: u64,
    pub(super) build: Cost,
    /// The cost of a second build after no change.
    pub(super) again: Cost,
    /// The time of only writing the same files.
    pub(super) limit: Duration,
}

pub(super) const HEADER: &str =
    "   pages    files       MB    build  pages/s  peak MB    write  ratio    again";

/// Writes a row of the table. Megabytes are of 10⁶ bytes, times in seconds.
pub(super) fn line(measured: &BuildMeasurement) -> String {
    let BuildMeasurement { pages, files, bytes, build, again, limit } = measured;
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

/// Compares the costs of two sites. If a cost grows in proportion, its factor is that of the pages.
pub(super) fn growth(smaller: &BuildMeasurement, larger: &BuildMeasurement) -> String {
    let time = |measured: &BuildMeasurement| measured.build.time.as_secs_f64();
    let memory = |measured: &BuildMeasurement| megabytes(measured.build.memory);
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
