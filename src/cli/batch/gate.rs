//! Bounds what the activities that are worked on at the same time hold in memory: of the large ones, one at a time.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use rehabrun::ingest::limits;

/// Bytes of activities, unpacked, that may be worked on at the same time: as many as one may have.
const MOST_BYTES: u64 = limits::ACTIVITY_BYTES;

/// Counts the bytes of the activities that are worked on.
#[derive(Debug, Clone, Default)]
pub struct Gate(Arc<Counted>);

#[derive(Debug, Default)]
struct Counted {
    n_bytes: Mutex<u64>,
    freed: Condvar,
}

/// The right to work on an activity of so many bytes, given back when it is dropped.
#[derive(Debug)]
pub struct Permit {
    gate: Gate,
    n_bytes: u64,
}

impl Gate {
    /// Waits until there is room for so many bytes; more than all the room is all of it.
    pub fn enter(&self, n_bytes: u64) -> Permit {
        let n_bytes = n_bytes.min(MOST_BYTES);
        let held = self.0.n_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |held: &mut u64| *held + n_bytes > MOST_BYTES;
        let mut held = self.0.freed.wait_while(held, full).unwrap_or_else(PoisonError::into_inner);
        *held += n_bytes;
        drop(held);
        Permit { gate: self.clone(), n_bytes }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut held = self.gate.0.n_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        *held -= self.n_bytes;
        drop(held);
        self.gate.0.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn large_activities_wait_for_each_other_and_small_ones_do_not() {
        let gate = Gate::default();
        let (small, large) = (gate.enter(1), gate.enter(MOST_BYTES - 1));
        let (entered, seen) = channel();
        let waiting = gate.clone();
        let waiter = thread::spawn(move || {
            let permit = waiting.enter(u64::MAX);
            entered.send(()).expect("the test listens");
            drop(permit);
        });
        assert!(seen.recv_timeout(Duration::from_millis(50)).is_err(), "there is no room yet");
        drop(large);
        assert!(seen.recv_timeout(Duration::from_millis(50)).is_err(), "one byte is still held");
        drop(small);
        seen.recv_timeout(Duration::from_secs(20)).expect("there is room now");
        waiter.join().expect("it ends");
        assert_eq!(*gate.0.n_bytes.lock().expect("no panic"), 0);
    }
}
