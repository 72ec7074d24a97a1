//! When to look: the bell's rings, put together so that a burst of saves is few looks.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Why the bell rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ring {
    /// Something on disk may have changed, at this moment.
    Changed(Instant),
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
    /// When what the last look found was served.
    served: Instant,
    /// How many looks in a row something changed during, so that whoever saves does not wait to see it.
    crowded: usize,
}

/// A save is several changes; after the last one nothing rings for this long.
const QUIET: Duration = Duration::from_millis(11);

/// The same where saves follow saves.
const BURST_QUIET: Duration = Duration::from_millis(60);

/// For how long at most one waits for quiet.
const LONGEST: Duration = Duration::from_millis(200);

/// So many crowded looks in a row are a burst.
const BURST: usize = 2;

impl Bell {
    /// A bell that leads to a look at once, or never to one.
    pub(super) fn new(rings: Receiver<Ring>, looking: bool) -> Self {
        Self { rings, due: looking.then(Instant::now), served: Instant::now(), crowded: 0 }
    }

    /// Waits until there is something to do. None when nothing will ever ring.
    pub(super) fn wait(&mut self) -> Option<Task> {
        let first = match self.next() {
            Ok(ring) => ring,
            Err(RecvTimeoutError::Timeout) => return Some(Task::Look),
            Err(RecvTimeoutError::Disconnected) => return None,
        };
        let changes = std::iter::once(first).chain(self.rings.try_iter()).filter_map(|ring| match ring {
            Ring::Changed(moment) => Some(moment),
            Ring::Opened => None,
        });
        let Some(moment) = changes.min().filter(|_| self.due.is_some()) else { return Some(Task::Check) };
        self.crowded = if moment < self.served { self.crowded + 1 } else { 0 };
        self.settle();
        Some(Task::Look)
    }

    fn next(&self) -> Result<Ring, RecvTimeoutError> {
        match self.due {
            Some(due) => self.rings.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => self.rings.recv().map_err(RecvTimeoutError::from),
        }
    }

    /// Waits until nothing has changed for a while.
    fn settle(&self) {
        let quiet = if self.crowded >= BURST { BURST_QUIET } else { QUIET };
        let end = Instant::now() + LONGEST;
        let mut calm = Instant::now() + quiet;
        loop {
            let left = calm.min(end).saturating_duration_since(Instant::now());
            match self.rings.recv_timeout(left) {
                Ok(Ring::Changed(_)) if !left.is_zero() => calm = Instant::now() + quiet,
                Ok(Ring::Opened) if !left.is_zero() => {}
                _ => return,
            }
        }
    }

    /// A look is over: when what it found was served, and when the next is due.
    pub(super) fn looked(&mut self, served: Instant, next: Duration) {
        self.served = served;
        self.due = Some(Instant::now() + next);
    }
}
