//! Measures the time from the end of a save until the saved text is served.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use super::edit::{EditedPart, TimedEdit};
use super::server::{MeasuredServer, PAUSE};

/// The number of edits of each kind.
pub(super) const EDITS: usize = 30;
/// The time after which an edit counts as never seen.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// The least time between seeing an edit and making the next. It is shorter than people need, but long enough
/// that servers, which wait for the end of a burst, do not take the edits for one.
const REST: Duration = Duration::from_millis(250);

/// The times that edits of one kind took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Latency {
    Seen {
        median: Duration,
        p95: Duration,
    },
    /// One of them did not show in time; no further one was made.
    Missed,
}

/// Makes all edits of one kind, each after the one before it has shown.
///
/// # Errors
///
/// The page is not there, or a file cannot be written.
pub(super) fn measure(edit: &TimedEdit, server: &mut MeasuredServer) -> io::Result<Latency> {
    if server.client.get(&edit.page)?.status != 200 {
        return Err(io::Error::other(format!("{} is not served", edit.page)));
    }
    let mut times = Vec::new();
    for number in 0..EDITS {
        edit.save(number)?;
        match shown(edit, number, server) {
            Some(time) => times.push(time),
            None => return Ok(Latency::Missed),
        }
        thread::sleep(rest(number));
    }
    times.sort_unstable();
    Ok(Latency::Seen { median: rank(&times, 50), p95: rank(&times, 95) })
}

/// Returns a rest of up to three times the least one. It varies, because some servers look for changes at
/// fixed intervals, with which equal rests would keep step.
fn rest(number: usize) -> Duration {
    let hundredth = u32::try_from(number * 37 % 100).expect("a hundredth is small");
    REST + REST * 2 * hundredth / 100
}

/// Returns the percentile of sorted times.
fn rank(sorted: &[Duration], percent: usize) -> Duration {
    sorted[(sorted.len() * percent).div_ceil(100) - 1]
}

/// Asks until the edit shows; none if that takes too long. A failed request is tried again.
fn shown(edit: &TimedEdit, number: usize, server: &mut MeasuredServer) -> Option<Duration> {
    let saved = Instant::now();
    let mark = edit.kind.mark(number);
    while saved.elapsed() < PATIENCE {
        if look(edit, server).is_ok_and(|text| text.contains(&mark)) {
            return Some(saved.elapsed());
        }
        thread::sleep(PAUSE);
    }
    None
}

/// Requests the file in which the edit shows: its page, or the style sheet of the page.
fn look(edit: &TimedEdit, server: &mut MeasuredServer) -> io::Result<String> {
    let page = server.client.get(&edit.page)?.body;
    match (edit.kind, style_sheet(&page)) {
        (EditedPart::Style, Some(path)) => Ok(server.client.get(path)?.body),
        _ => Ok(page),
    }
}

/// Finds the path of the style sheet that a page links to.
fn style_sheet(page: &str) -> Option<&str> {
    let link = page.split("<link ").find(|link| link.starts_with("rel=\"stylesheet\""))?;
    link.split("href=\"").nth(1)?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_of_the_times_measured() {
        let times: Vec<_> = (1..=30).map(Duration::from_millis).collect();
        assert_eq!(rank(&times, 50), Duration::from_millis(15));
        assert_eq!(rank(&times, 95), Duration::from_millis(29));
        assert_eq!(rank(&times[..1], 95), Duration::from_millis(1));
    }

    #[test]
    fn rests_are_spread_over_their_range() {
        let rests: Vec<_> = (0..EDITS).map(rest).collect();
        assert!(rests.iter().all(|rest| (REST..REST * 3).contains(rest)));
        assert!(
            rests.iter().any(|rest| *rest < REST * 5 / 4) && rests.iter().any(|rest| *rest > REST * 11 / 4)
        );
    }

    #[test]
    fn the_style_sheet_is_the_one_that_is_linked() {
        let page = "<link rel=\"canonical\" href=\"/\">\n<link rel=\"stylesheet\" href=\"/s.0a1b.css\">";
        assert_eq!(style_sheet(page), Some("/s.0a1b.css"));
    }
}
