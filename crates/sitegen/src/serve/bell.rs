//! The bell, which tells when to look for changes. It puts rings together, so that a burst of saves leads to
//! few looks.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// The reason why the bell rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ring {
    /// Something on disk may have changed at this moment.
    Changed(Instant),
    /// A page was requested, or a browser began to listen.
    Opened,
}

/// The task that a ring leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LoopTask {
    /// Look for changes on disk.
    Look,
    /// Check the open pages for problems.
    Check,
}

/// The receiver of the rings.
pub(super) struct Bell {
    rings: Receiver<Ring>,
    /// The time to look even if nothing rings; none if changes on disk do not matter.
    due: Option<Instant>,
    /// The time at which the changes of the last look were served.
    served: Instant,
    /// The number of looks in a row during which something changed.
    crowded: usize,
}

/// The silence after the last ring of a save, because one save is several changes.
const QUIET: Duration = Duration::from_millis(11);

/// The silence to wait for while saves follow each other.
const BURST_QUIET: Duration = Duration::from_millis(60);

/// The longest wait for silence.
const LONGEST: Duration = Duration::from_millis(200);

/// The number of crowded looks in a row that count as a burst.
const BURST: usize = 2;

impl Bell {
    /// Makes a bell that leads to a look at once, or never to one.
    pub(super) fn new(rings: Receiver<Ring>, looking: bool) -> Self {
        Self { rings, due: looking.then(Instant::now), served: Instant::now(), crowded: 0 }
    }

    /// Waits for a task. Returns none when nothing can ring any more.
    pub(super) fn wait(&mut self) -> Option<LoopTask> {
        let first = match self.next() {
            Ok(ring) => ring,
            Err(RecvTimeoutError::Timeout) => return Some(LoopTask::Look),
            Err(RecvTimeoutError::Disconnected) => return None,
        };
        let changes = std::iter::once(first).chain(self.rings.try_iter()).filter_map(|ring| match ring {
            Ring::Changed(moment) => Some(moment),
            Ring::Opened => None,
        });
        let Some(moment) = changes.min().filter(|_| self.due.is_some()) else { return Some(LoopTask::Check) };
        self.crowded = if moment < self.served { self.crowded + 1 } else { 0 };
        self.settle();
        Some(LoopTask::Look)
    }

    fn next(&self) -> Result<Ring, RecvTimeoutError> {
        match self.due {
            Some(due) => self.rings.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => self.rings.recv().map_err(RecvTimeoutError::from),
        }
    }

    /// Waits for silence.
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

    /// Notes the end of a look: the time its changes were served, and the wait until the next look.
    pub(super) fn looked(&mut self, served: Instant, next: Duration) {
        self.served = served;
        self.due = Some(Instant::now() + next);
    }
}
