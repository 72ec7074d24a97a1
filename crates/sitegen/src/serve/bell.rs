//! When to look: the bell's rings, put together so that a burst of saves is few looks.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Why the bell rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ring {
    /// Something on disk may have changed.
    Changed,
    /// A page was asked for, or a browser listens, that was not before.
    Opened,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// See what is on disk.
    Look,
    /// See how the pages are that are open.
    Check,
}

/// Hears the rings.
pub(super) struct Bell {
    rings: Receiver<Ring>,
    /// When to look though nothing rings; none if what is on disk does not matter.
    due: Option<Instant>,
    /// When the last looks were that found something.
    found: VecDeque<Instant>,
}

/// A save is several changes; after the last one nothing rings for this long.
const QUIET: Duration = Duration::from_millis(8);

/// The same where saves follow saves.
const BURST_QUIET: Duration = Duration::from_millis(60);

/// For how long at most one waits for quiet.
const LONGEST: Duration = Duration::from_millis(200);

/// So many looks that found something within so long are a burst.
const BURST: (usize, Duration) = (3, Duration::from_millis(300));

impl Bell {
    /// A bell that leads to a look at once, or never to one.
    pub(super) fn new(rings: Receiver<Ring>, looking: bool) -> Self {
        Self { rings, due: looking.then(Instant::now), found: VecDeque::new() }
    }

    /// Waits until there is something to do. None when nothing will ever ring.
    pub(super) fn wait(&mut self) -> Option<Task> {
        let ring = match self.due {
            Some(due) => self.rings.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => self.rings.recv().map_err(RecvTimeoutError::from),
        };
        let changed = match ring {
            Ok(ring) => {
                self.rings.try_iter().fold(ring == Ring::Changed, |any, ring| any || ring == Ring::Changed)
            }
            Err(RecvTimeoutError::Timeout) => return Some(Task::Look),
            Err(RecvTimeoutError::Disconnected) => return None,
        };
        if !changed || self.due.is_none() {
            return Some(Task::Check);
        }
        self.settle();
        Some(Task::Look)
    }

    /// Waits until nothing has changed for a while.
    fn settle(&self) {
        let quiet = if self.is_burst() { BURST_QUIET } else { QUIET };
        let end = Instant::now() + LONGEST;
        let mut calm = Instant::now() + quiet;
        loop {
            let left = calm.min(end).saturating_duration_since(Instant::now());
            match self.rings.recv_timeout(left) {
                Ok(Ring::Changed) if !left.is_zero() => calm = Instant::now() + quiet,
                Ok(Ring::Opened) if !left.is_zero() => {}
                _ => return,
            }
        }
    }

    fn is_burst(&self) -> bool {
        let (count, time) = BURST;
        self.found.len() == count && self.found.front().is_some_and(|first| first.elapsed() < time)
    }

    /// A look is over: when the next is due, and whether this one found something.
    pub(super) fn looked(&mut self, next: Duration, found: bool) {
        let now = Instant::now();
        self.due = Some(now + next);
        if found {
            self.found.push_back(now);
            if self.found.len() > BURST.0 {
                self.found.pop_front();
            }
        }
    }
}
