//! The efforts of a session, to be found bout by bout however many there are.

use crate::report::{Bout, Effort, Session};
use crate::units::{clock, percent_over};

/// The efforts of a session that count for its verdict.
pub struct Efforts<'a> {
    /// In the order of their starts.
    counted: Vec<&'a Effort>,
    /// Those that do not.
    noted: Vec<&'a Effort>,
    /// The last end of any up to each, so that those that reach into a bout can be found without asking all.
    reach: Vec<f64>,
    /// The ceiling on heart rate.
    pub heart_limit: Option<f64>,
}

impl<'a> Efforts<'a> {
    /// The efforts of a session that count for its verdict.
    pub fn of(session: &'a Session) -> Self {
        let (mut counted, noted): (Vec<&Effort>, Vec<&Effort>) =
            session.efforts.iter().partition(|effort| effort.counted);
        counted.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
        let reach = counted.iter().scan(0.0_f64, |last, effort| {
            *last = last.max(effort.end_s);
            Some(*last)
        });
        Self { reach: reach.collect(), counted, noted, heart_limit: session.ceiling.heart_rate_bpm }
    }

    /// The parts of efforts inside a bout as their starts and ends, in the order of time.
    pub fn inside(&self, bout: &Bout) -> Vec<(f64, f64, &'a Effort)> {
        let first = self.reach.partition_point(|&end| end <= bout.start_s);
        let behind = self.counted.partition_point(|effort| effort.start_s < bout.end_s);
        let near = self.counted.get(first..behind).unwrap_or_default().iter();
        let parts = near.map(|&effort| (effort.start_s.max(bout.start_s), effort.end_s.min(bout.end_s), effort));
        parts.filter(|(start, end, _)| start < end).collect()
    }

    /// True where a bout is over the ceiling and the verdict leaves that out.
    pub fn is_only_noted(&self, bout: &Bout) -> bool {
        let is_inside = |effort: &&Effort| effort.start_s < bout.end_s && effort.end_s > bout.start_s;
        self.inside(bout).is_empty() && self.noted.iter().any(is_inside)
    }

    /// The efforts that are only a part of a bout, each to be shown beneath it.
    pub fn beneath(&self, bout: &Bout) -> Vec<&'a Effort> {
        let inside = self.inside(bout);
        if is_whole(bout, &inside) {
            return Vec::new();
        }
        inside.iter().filter(|part| part.2.start_s >= bout.start_s).map(|part| part.2).collect()
    }

    /// Seconds of a bout in efforts that are only a part of it.
    pub fn in_part(&self, bout: &Bout) -> Option<f64> {
        let inside = self.inside(bout);
        let seconds = inside.iter().map(|(start, end, _)| end - start).sum();
        (!inside.is_empty() && !is_whole(bout, &inside)).then_some(seconds)
    }
}

/// True for one effort that is the bout: as much of it, at what prints as the same pace. Else the two need a row each.
fn is_whole(bout: &Bout, inside: &[(f64, f64, &Effort)]) -> bool {
    /// An effort with less of its bout is a part of it.
    const WHOLE: f64 = 0.8;
    let [(start, end, effort)] = inside else { return false };
    let printed = |pace: Option<f64>| pace.map(f64::round);
    let paces = [(bout.pace_s_per_km, effort.pace_s_per_km), (bout.graded_pace_s_per_km, effort.graded_pace_s_per_km)];
    let percent = |ratio: Option<f64>| ratio.and_then(percent_over);
    end - start >= WHOLE * (bout.end_s - bout.start_s)
        && clock(*start) == clock(bout.start_s)
        && paces.into_iter().all(|(of_bout, of_effort)| printed(of_bout) == printed(of_effort))
        && percent(bout.ratio_to_ceiling) == percent(effort.ratio_to_ceiling)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::render::sample;

    proptest! {
        #[test]
        fn those_that_reach_into_a_bout_are_found(efforts in vec((0_u8..100, 1_u8..60), 0..12), start in 0_u8..100, length in 1_u8..40) {
            let mut file = sample::disguised();
            let mut session = file.sessions.remove(0);
            let effort = session.efforts[0].clone();
            let at = |&(start, length): &(u8, u8)| (f64::from(start), f64::from(start) + f64::from(length));
            session.efforts =
                efforts.iter().map(at).map(|(start_s, end_s)| Effort { start_s, end_s, ..effort.clone() }).collect();
            let (start_s, end_s) = at(&(start, length));
            let bout = Bout { start_s, end_s, ..session.bouts[0].clone() };
            let mut all: Vec<_> = efforts.iter().map(at).filter(|&(from, to)| from < end_s && to > start_s).collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            let all: Vec<_> = all.into_iter().map(|(from, to)| (from.max(start_s), to.min(end_s))).collect();
            let found: Vec<_> = Efforts::of(&session).inside(&bout).iter().map(|part| (part.0, part.1)).collect();
            prop_assert_eq!(found, all);
        }
    }
}
