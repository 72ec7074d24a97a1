//! The seats of connections. There is a limited number, but a new connection always gets one, from a
//! connection that is missed less.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

pub(super) struct Seats {
    most: usize,
    taken: Mutex<Occupancy>,
}

/// The seat of a connection, which is free again when the value is dropped.
pub(super) struct Seat {
    seats: Arc<Seats>,
    number: u64,
}

/// A mark that a request is being answered, as long as the value lives.
pub(super) struct Answering(Arc<Seat>);

#[derive(Default)]
struct Occupancy {
    /// A counter that serves as a clock.
    moments: u64,
    by_number: HashMap<u64, Occupant>,
}

/// A seat that is taken.
struct Occupant {
    state: Activity,
    /// The last time at which the client made progress.
    since: u64,
    connection: Option<AbortHandle>,
}

/// The state of a connection. Those that are missed least come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Activity {
    /// The client has not sent a whole request, or none since the last answer. A half request does not count,
    /// because a client could hold its seat with one.
    Idle,
    Busy,
}

impl Seats {
    pub(super) fn new(most: usize) -> Self {
        Self { most, taken: Mutex::default() }
    }

    /// Takes a seat. If none is free, we end the connection that has been idle for longest, or, if none is
    /// idle, the one whose client made no progress for longest.
    pub(super) fn take(self: &Arc<Self>) -> Seat {
        let mut taken = self.taken();
        while taken.by_number.len() >= self.most && taken.end_one() {}
        let number = taken.moment();
        taken.by_number.insert(number, Occupant { state: Activity::Idle, since: number, connection: None });
        Seat { seats: Arc::clone(self), number }
    }

    /// Ends a connection although seats are free, because the system has no resources left.
    pub(super) fn end_one(&self) {
        self.taken().end_one();
    }

    fn taken(&self) -> MutexGuard<'_, Occupancy> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Occupancy {
    fn moment(&mut self) -> u64 {
        self.moments += 1;
        self.moments
    }

    /// Ends the connection that is missed least. Returns false if there is none.
    fn end_one(&mut self) -> bool {
        let missed_least = self.by_number.iter().min_by_key(|(_, occupant)| (occupant.state, occupant.since));
        let Some(occupant) =
            missed_least.map(|(number, _)| *number).and_then(|number| self.by_number.remove(&number))
        else {
            return false;
        };
        if let Some(connection) = occupant.connection {
            connection.abort();
        }
        true
    }
}

impl Seat {
    /// Tells how to end the connection if its seat is needed.
    pub(super) fn held_by(&self, connection: AbortHandle) {
        self.change(|occupant| occupant.connection = Some(connection));
    }

    /// Notes that a request has arrived.
    pub(super) fn answering(self: &Arc<Self>) -> Answering {
        self.change(|occupant| occupant.state = Activity::Busy);
        Answering(Arc::clone(self))
    }

    /// Notes that the client has read some of an answer.
    pub(super) fn progress(&self) {
        self.change(|_| {});
    }

    fn change(&self, change: impl FnOnce(&mut Occupant)) {
        let mut taken = self.seats.taken();
        let moment = taken.moment();
        if let Some(occupant) = taken.by_number.get_mut(&self.number) {
            occupant.since = moment;
            change(occupant);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.taken().by_number.remove(&self.number);
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.change(|occupant| occupant.state = Activity::Idle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(seat: &Seat) -> bool {
        seat.seats.taken().by_number.contains_key(&seat.number)
    }

    #[test]
    fn who_is_idle_for_longest_leaves_first_and_who_is_answered_last() {
        let seats = Arc::new(Seats::new(3));
        let [asking, idle, slow] = [(); 3].map(|()| Arc::new(seats.take()));
        let answering = asking.answering();
        drop(slow.answering());
        let other = Arc::new(seats.take());
        assert_eq!([&asking, &idle, &slow, &other].map(|seat| is_taken(seat)), [true, false, true, true]);
        let _others = [(); 2].map(|()| seats.take());
        assert_eq!([&asking, &slow, &other].map(|seat| is_taken(seat)), [true, false, false]);
        drop((answering, asking));
        assert_eq!(seats.taken().by_number.len(), 2);
    }

    #[test]
    fn who_takes_nothing_leaves_before_who_does() {
        let seats = Arc::new(Seats::new(2));
        let [deaf, reading] = [(); 2].map(|()| Arc::new(seats.take()));
        let _answering = [deaf.answering(), reading.answering()];
        reading.progress();
        let _new = seats.take();
        assert!(!is_taken(&deaf) && is_taken(&reading));
    }
}
