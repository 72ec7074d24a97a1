//! The places of connections. There is a limited number, but a new connection always gets one, from a
//! connection that is missed less.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

pub(super) struct Places {
    most: usize,
    taken: Mutex<Taken>,
}

/// The place of a connection, which is free again when the value is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    number: u64,
}

/// A mark that a request is being answered, as long as the value lives.
pub(super) struct Answering(Arc<Place>);

#[derive(Default)]
struct Taken {
    /// A counter that serves as a clock.
    moments: u64,
    by_number: HashMap<u64, Held>,
}

/// A place that is taken.
struct Held {
    state: State,
    /// The last time at which the client made progress.
    since: u64,
    connection: Option<AbortHandle>,
}

/// The state of a connection. Those that are missed least come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// The client has not sent a whole request, or none since the last answer. A half request does not count,
    /// because a client could hold its place with one.
    Idle,
    Busy,
}

impl Places {
    pub(super) fn new(most: usize) -> Self {
        Self { most, taken: Mutex::default() }
    }

    /// Takes a place. If none is free, we end the connection that has been idle for longest, or, if none is
    /// idle, the one whose client made no progress for longest.
    pub(super) fn take(self: &Arc<Self>) -> Place {
        let mut taken = self.taken();
        while taken.by_number.len() >= self.most && taken.end_one() {}
        let number = taken.moment();
        taken.by_number.insert(number, Held { state: State::Idle, since: number, connection: None });
        Place { places: Arc::clone(self), number }
    }

    /// Ends a connection although places are free, because the system has no resources left.
    pub(super) fn end_one(&self) {
        self.taken().end_one();
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn moment(&mut self) -> u64 {
        self.moments += 1;
        self.moments
    }

    /// Ends the connection that is missed least. Returns false if there is none.
    fn end_one(&mut self) -> bool {
        let missed_least = self.by_number.iter().min_by_key(|(_, held)| (held.state, held.since));
        let Some(held) =
            missed_least.map(|(number, _)| *number).and_then(|number| self.by_number.remove(&number))
        else {
            return false;
        };
        if let Some(connection) = held.connection {
            connection.abort();
        }
        true
    }
}

impl Place {
    /// Tells how to end the connection if its place is needed.
    pub(super) fn held_by(&self, connection: AbortHandle) {
        self.change(|held| held.connection = Some(connection));
    }

    /// Notes that a request has arrived.
    pub(super) fn answering(self: &Arc<Self>) -> Answering {
        self.change(|held| held.state = State::Busy);
        Answering(Arc::clone(self))
    }

    /// Notes that the client has read some of an answer.
    pub(super) fn progress(&self) {
        self.change(|_| {});
    }

    fn change(&self, change: impl FnOnce(&mut Held)) {
        let mut taken = self.places.taken();
        let moment = taken.moment();
        if let Some(held) = taken.by_number.get_mut(&self.number) {
            held.since = moment;
            change(held);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().by_number.remove(&self.number);
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.change(|held| held.state = State::Idle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_held(place: &Place) -> bool {
        place.places.taken().by_number.contains_key(&place.number)
    }

    #[test]
    fn who_is_idle_for_longest_leaves_first_and_who_is_answered_last() {
        let places = Arc::new(Places::new(3));
        let [asking, idle, slow] = [(); 3].map(|()| Arc::new(places.take()));
        let answering = asking.answering();
        drop(slow.answering());
        let other = Arc::new(places.take());
        assert_eq!([&asking, &idle, &slow, &other].map(|place| is_held(place)), [true, false, true, true]);
        let _others = [(); 2].map(|()| places.take());
        assert_eq!([&asking, &slow, &other].map(|place| is_held(place)), [true, false, false]);
        drop((answering, asking));
        assert_eq!(places.taken().by_number.len(), 2);
    }

    #[test]
    fn who_takes_nothing_leaves_before_who_does() {
        let places = Arc::new(Places::new(2));
        let [deaf, reading] = [(); 2].map(|()| Arc::new(places.take()));
        let _answering = [deaf.answering(), reading.answering()];
        reading.progress();
        let _new = places.take();
        assert!(!is_held(&deaf) && is_held(&reading));
    }
}
