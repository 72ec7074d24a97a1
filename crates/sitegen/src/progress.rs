//! One line that says how far long work is.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::console::{self, Console};

/// Work of a known number of steps, shown on a terminal once it takes long.
#[derive(Debug)]
pub(crate) struct Progress {
    verb: &'static str,
    total: usize,
    done: AtomicUsize,
    started: Instant,
    /// When the line is to be written next, in milliseconds after the start.
    next: AtomicU64,
    watched: bool,
}

/// Work that takes less shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

const INTERVAL: Duration = Duration::from_millis(100);

const CLEAR_LINE: &str = "\r\u{1b}[K";

impl Progress {
    /// Work that begins now.
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

    /// One step is done.
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
