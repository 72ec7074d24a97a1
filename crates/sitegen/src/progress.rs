//! A line on the terminal that shows the progress of long work.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::console::{self, Console};

/// Work with a known number of steps, whose progress is shown once it takes long.
#[derive(Debug)]
pub(crate) struct Progress {
    verb: &'static str,
    total: usize,
    done: AtomicUsize,
    started: Instant,
    /// The time of the next update, in milliseconds after the start.
    next: AtomicU64,
    watched: bool,
}

/// The time until progress is shown for the first time.
const PATIENCE: Duration = Duration::from_millis(500);

const INTERVAL: Duration = Duration::from_millis(100);

const CLEAR_LINE: &str = "\r\u{1b}[K";

impl Progress {
    /// Begins work.
    pub(crate) fn begin(verb: &'static str, total: usize, console: &Console) -> Self {
        Self {
            verb,
            total,
            done: AtomicUsize::new(0),
            started: Instant::now(),
            next: AtomicU64::new(milliseconds(PATIENCE)),
            watched: console.watched,
        }
    }

    /// Counts a finished step.
    pub(crate) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let now = milliseconds(self.started.elapsed());
        let next = self.next.load(Ordering::Relaxed);
        let later = now + milliseconds(INTERVAL);
        let mine = || self.next.compare_exchange(next, later, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if self.watched && now >= next && mine() {
            console::complain(&format!("{CLEAR_LINE}{} {done} of {}", self.verb, self.total));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let shown = self.next.load(Ordering::Relaxed) > milliseconds(PATIENCE);
        if shown {
            console::complain(CLEAR_LINE);
        }
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
