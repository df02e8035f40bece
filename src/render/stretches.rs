//! What each moment of a session was, for every picture of it: the bouts, cut where an effort begins or ends.

use super::efforts::Efforts;
use super::words::{self, Standing};
use crate::report::{Bout, Effort, Gait, Session};

/// What a stretch of time was, from fast to still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Running over the ceiling.
    Over,
    /// Running under it.
    Easy,
    /// Running that cannot be held against a ceiling.
    Run,
    /// Neither running nor walking for sure.
    NotClear,
    /// Walking.
    Walk,
    /// Standing, or the timer stood still.
    Still,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// What it was.
    pub kind: Kind,
    /// Elapsed time of its start.
    pub start_s: f64,
    /// Elapsed time of its end.
    pub end_s: f64,
    /// The ratio to the ceiling of what is over it: of the effort, or of the whole bout where that is one.
    #[cfg_attr(not(any(feature = "html", feature = "png")), expect(dead_code, reason = "charts alone show it"))]
    pub ratio: Option<f64>,
}

/// The stretches of a session, which tile it as its bouts do.
pub fn stretches(session: &Session) -> Vec<Stretch> {
    let efforts = Efforts::of(session);
    session.bouts.iter().flat_map(|bout| of_bout(bout, &efforts)).collect()
}

/// What a bout was. A long run is easy and too fast in turn where efforts were found in it.
fn of_bout(bout: &Bout, efforts: &Efforts) -> Vec<Stretch> {
    let whole = |kind, ratio| vec![Stretch { kind, start_s: bout.start_s, end_s: bout.end_s, ratio }];
    match (bout.gait, words::standing(bout)) {
        (Gait::Run, Standing::Unclear) => whole(Kind::Run, None),
        (Gait::Run, standing) => {
            let is_only_noted = efforts.is_only_noted(bout);
            let efforts = efforts.inside(bout);
            match (efforts.is_empty(), standing) {
                (true, Standing::Over) if is_only_noted => whole(Kind::Easy, None),
                (true, Standing::Over) => whole(Kind::Over, bout.ratio_to_ceiling),
                (true, _) => whole(Kind::Easy, None),
                (false, _) => split(bout, &efforts),
            }
        }
        (Gait::Walk, _) => whole(Kind::Walk, None),
        (Gait::Unknown, _) => whole(Kind::NotClear, None),
        _ => whole(Kind::Still, None),
    }
}

fn split(bout: &Bout, efforts: &[(f64, f64, &Effort)]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut at = bout.start_s;
    let mut push = |kind, start_s, end_s, ratio| {
        if end_s > start_s {
            stretches.push(Stretch { kind, start_s, end_s, ratio });
        }
    };
    for &(start, end, effort) in efforts {
        push(Kind::Easy, at, start.max(at), None);
        push(Kind::Over, start.max(at), end.max(at), effort.ratio_to_ceiling);
        at = end.max(at);
    }
    push(Kind::Easy, at, bout.end_s, None);
    stretches
}
