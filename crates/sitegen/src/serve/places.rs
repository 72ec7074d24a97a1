//! The places of connections: there are only so many, and whoever asks for something gets one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

/// The places of all connections.
pub(super) struct Places {
    most: usize,
    taken: Mutex<Taken>,
}

/// A connection's place. It is free again once the value is gone.
pub(super) struct Place {
    places: Arc<Places>,
    number: u64,
}

/// Shows, as long as it is there, that a request is being answered.
pub(super) struct Answering(Arc<Place>);

#[derive(Default)]
struct Taken {
    /// How often anything has happened.
    moments: u64,
    by_number: HashMap<u64, Held>,
}

/// A place that is taken.
struct Held {
    state: State,
    /// When something last happened that its client is owed patience for.
    since: u64,
    connection: Option<AbortHandle>,
}

/// What a connection is about, those first that are missed least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// It has not asked for anything, or not yet for anything more. Bytes of half a request change nothing.
    Idle,
    /// A request is being answered.
    Busy,
}

impl Places {
    pub(super) fn new(most: usize) -> Self {
        Self { most, taken: Mutex::default() }
    }

    /// Takes a place. If there is none left, the connection ends that has been idle for longest, or else the one whose client
    /// has taken nothing for longest.
    pub(super) fn take(self: &Arc<Self>) -> Place {
        let mut taken = self.taken();
        while taken.by_number.len() >= self.most && taken.end_one() {}
        let number = taken.moment();
        taken.by_number.insert(number, Held { state: State::Idle, since: number, connection: None });
        Place { places: Arc::clone(self), number }
    }

    /// Ends a connection as if there were no place left, since the system has none.
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

    /// Whether there was one to end.
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
    /// Says how the connection is ended if its place is needed.
    pub(super) fn held_by(&self, connection: AbortHandle) {
        self.change(|held| held.connection = Some(connection));
    }

    /// A request has arrived.
    pub(super) fn answering(self: &Arc<Self>) -> Answering {
        self.change(|held| held.state = State::Busy);
        Answering(Arc::clone(self))
    }

    /// The client has taken some of what was sent.
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
