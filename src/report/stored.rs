//! Files as bytes, to be kept and read again by the same program: what comes back is exactly what went in.

#[cfg(feature = "stored")]
mod run;

#[cfg(feature = "stored")]
use super::File;
#[cfg(feature = "stored")]
use crate::history::trace::Trace;

/// The bytes of a file; `None` where something would be lost, as samples for charts are.
#[cfg(feature = "stored")]
pub fn to_bytes(file: &File) -> Option<Vec<u8>> {
    let traces: Vec<Option<Stored>> = file.sessions.iter().map(|session| session.trace.clone().map(stored)).collect();
    let bytes = postcard::to_stdvec(&(file, traces)).ok()?;
    (from_bytes(&bytes).as_ref() == Some(file)).then_some(bytes)
}

/// The file that bytes hold; `None` when they hold none.
#[cfg(feature = "stored")]
pub fn from_bytes(bytes: &[u8]) -> Option<File> {
    let (mut file, traces): (File, Vec<Option<Stored>>) = postcard::from_bytes(bytes).ok()?;
    for (session, trace) in file.sessions.iter_mut().zip(traces) {
        session.trace = trace.map(read);
    }
    Some(file)
}

/// A trace as plain numbers.
#[cfg(feature = "stored")]
type Stored = ((i64, u32, u32), (u8, u8), Vec<Option<(i32, i32)>>, Vec<Option<u16>>, Vec<Option<u16>>);

#[cfg(feature = "stored")]
fn stored(trace: Trace) -> Stored {
    let Trace { start_s, elapsed_s, distance_m, speed_rank, n_signals, places, speeds, hearts } = trace;
    ((start_s, elapsed_s, distance_m), (speed_rank, n_signals), places, speeds, hearts)
}

#[cfg(feature = "stored")]
fn read(((start_s, elapsed_s, distance_m), (speed_rank, n_signals), places, speeds, hearts): Stored) -> Trace {
    Trace { start_s, elapsed_s, distance_m, speed_rank, n_signals, places, speeds, hearts }
}

/// The bytes of a file with its runs for the weeks, but without what a chart needs.
#[cfg(feature = "stored")]
pub fn with_runs_to_bytes(file: &File) -> Option<Vec<u8>> {
    let traces: Vec<Option<Stored>> = file.sessions.iter().map(|session| session.trace.clone().map(stored)).collect();
    let runs: Vec<run::StoredRun> = file.runs.iter().map(run::StoredRun::from).collect();
    postcard::to_stdvec(&(file, traces, runs)).ok()
}

/// The file that bytes hold, with its runs; `None` when they hold none.
#[cfg(feature = "stored")]
pub fn with_runs_from_bytes(bytes: &[u8]) -> Option<File> {
    let (mut file, traces, runs): (File, Vec<Option<Stored>>, Vec<run::StoredRun>) =
        postcard::from_bytes(bytes).ok()?;
    for (session, trace) in file.sessions.iter_mut().zip(traces) {
        session.trace = trace.map(read);
    }
    // Every run has the course of its session.
    let courses = file.sessions.iter().filter_map(|session| session.trace.clone());
    file.runs = runs.into_iter().zip(courses).map(|(run, trace)| run.restored(trace)).collect::<Option<_>>()?;
    Some(file)
}

#[cfg(test)]
#[cfg(feature = "stored")]
mod tests {
    use super::super::{Chart, skipped};
    use super::*;
    use crate::model::{self, NoteId};

    #[test]
    fn what_comes_back_is_what_went_in_or_nothing_is_kept() {
        let ride = skipped(&model::Session::new(model::Sport::Other), "Not on foot: listed, not judged.");
        let file = File { sessions: vec![ride], ..File::skipped("a.fit", NoteId::NotARun, "a ride") };
        let bytes = to_bytes(&file).expect("bytes");
        assert_eq!(from_bytes(&bytes).as_ref(), Some(&file));
        for cut in 0..bytes.len() {
            assert_ne!(from_bytes(&bytes[..cut]).as_ref(), Some(&file));
        }
        let mut charted = file;
        charted.sessions[0].chart = Some(Chart::default());
        assert_eq!(to_bytes(&charted), None);
    }
}
