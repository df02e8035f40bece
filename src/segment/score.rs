//! How well bouts agree with the truth: by the second, by the bout, at the boundaries, in sum.

use std::ops::Range;

use super::Gait;

/// Seconds by what they were and what they were called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Confusion {
    /// Rows: truly stand, walk, run. Columns: called stand, walk, run, nothing of these.
    counts: [[u64; 4]; 3],
}

impl Confusion {
    /// Counts seconds of one truth and one finding. A pause counts as standing; a truth that is no gait does not count.
    pub fn add(&mut self, truth: Gait, found: Gait, seconds: u64) {
        let row = match truth {
            Gait::Stand | Gait::Paused => 0,
            Gait::Walk => 1,
            Gait::Run => 2,
            Gait::Unknown => return,
        };
        let column = match found {
            Gait::Stand | Gait::Paused => 0,
            Gait::Walk => 1,
            Gait::Run => 2,
            Gait::Unknown => 3,
        };
        self.counts[row][column] += seconds;
    }

    /// Adds the seconds of another session.
    pub fn merge(&mut self, other: &Self) {
        for (row, other) in self.counts.iter_mut().zip(other.counts) {
            for (count, other) in row.iter_mut().zip(other) {
                *count += other;
            }
        }
    }

    /// The same with walking and standing as one: running or not.
    #[must_use]
    pub fn run_or_not(&self) -> Self {
        let mut counts = [[0; 4]; 3];
        for (row, old) in self.counts.iter().enumerate() {
            let row = if row == 2 { 2 } else { 0 };
            counts[row][0] += old[0] + old[1];
            counts[row][2] += old[2];
            counts[row][3] += old[3];
        }
        Self { counts }
    }

    /// Seconds of one truth and one finding; both are of standing, walking and running.
    pub fn seconds(&self, truth: Gait, found: Gait) -> u64 {
        let place = |gait| match gait {
            Gait::Stand | Gait::Paused => 0,
            Gait::Walk => 1,
            Gait::Run => 2,
            Gait::Unknown => 3,
        };
        self.counts.get(place(truth)).map_or(0, |row| row[place(found)])
    }

    /// All seconds counted.
    pub fn total(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// Share of the seconds called right; `None` without any.
    pub fn accuracy(&self) -> Option<f64> {
        let right: u64 = (0..3).map(|i| self.counts[i][i]).sum();
        (self.total() > 0).then(|| right as f64 / self.total() as f64)
    }

    /// Cohen's kappa: agreement beyond chance, 1 for full agreement, 0 for none beyond chance; `None` without seconds.
    ///
    /// Where there is one gait only and all is right, it is 1.
    pub fn kappa(&self) -> Option<f64> {
        let observed = self.accuracy()?;
        let total = self.total() as f64;
        let expected: f64 = (0..3)
            .map(|i| {
                let row: u64 = self.counts[i].iter().sum();
                let column: u64 = self.counts.iter().map(|row| row[i]).sum();
                row as f64 / total * (column as f64 / total)
            })
            .sum();
        Some(if expected < 1.0 { (observed - expected) / (1.0 - expected) } else { 1.0 })
    }
}

/// Intersection over union of two stretches of time: 1 when equal, 0 when apart.
pub fn iou(a: &Range<f64>, b: &Range<f64>) -> f64 {
    let both = (a.end.min(b.end) - a.start.max(b.start)).max(0.0);
    let either = (a.end - a.start) + (b.end - b.start) - both;
    if either > 0.0 { both / either } else { 0.0 }
}

/// Bouts found, held one to one against true ones.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matches {
    /// How many bouts there truly were.
    pub n_true: usize,
    /// How many were found.
    pub n_found: usize,
    /// For each match start and end as found, less the true ones, in seconds: positive is late.
    pub errors_s: Vec<[f64; 2]>,
}

impl Matches {
    /// Matches bouts of one session, the most alike first, as long as they share at least half of their union.
    pub fn of(truth: &[Range<f64>], found: &[Range<f64>]) -> Self {
        // Above an intersection over union of one half there is at most one partner; at exactly one half two.
        let mut matched = vec![false; found.len()];
        let mut errors_s = Vec::new();
        let mut from = 0;
        for bout in truth {
            from += found[from..].iter().take_while(|f| f.end <= bout.start).count();
            let near = found.iter().enumerate().skip(from).take_while(|(_, f)| f.start < bout.end);
            let best =
                near.filter(|(i, _)| !matched[*i]).map(|(i, f)| (iou(bout, f), i)).max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((_, i)) = best.filter(|(iou, _)| *iou >= 0.5) {
                matched[i] = true;
                errors_s.push([found[i].start - bout.start, found[i].end - bout.end]);
            }
        }
        Self { n_true: truth.len(), n_found: found.len(), errors_s }
    }

    /// Adds the bouts of another session.
    pub fn merge(&mut self, other: Self) {
        self.n_true += other.n_true;
        self.n_found += other.n_found;
        self.errors_s.extend(other.errors_s);
    }

    /// Harmonic mean of the share of true bouts found and of found bouts that are true; `None` without bouts.
    pub fn f1(&self) -> Option<f64> {
        let all = self.n_true + self.n_found;
        (all > 0).then(|| 2.0 * self.errors_s.len() as f64 / all as f64)
    }

    /// Median of the distances between found and true boundaries, in seconds; `None` without matches.
    pub fn median_boundary_error_s(&self) -> Option<f64> {
        let mut errors: Vec<f64> = self.errors_s.iter().flatten().map(|e| e.abs()).collect();
        errors.sort_unstable_by(f64::total_cmp);
        let upper = *errors.get(errors.len() / 2)?;
        Some(f64::midpoint(upper, errors[(errors.len() - 1) / 2]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_of_a_known_table() {
        // 20 and 15 right, 5 and 10 wrong: observed 0.7, expected 0.5 (Cohen, Educ Psychol Meas 1960;20:37).
        let mut confusion = Confusion::default();
        for (truth, found, seconds) in [
            (Gait::Run, Gait::Run, 20),
            (Gait::Run, Gait::Walk, 5),
            (Gait::Walk, Gait::Run, 10),
            (Gait::Walk, Gait::Walk, 15),
        ] {
            confusion.add(truth, found, seconds);
        }
        assert!((confusion.kappa().expect("seconds") - 0.4).abs() < 1e-12);
        assert!((confusion.run_or_not().kappa().expect("seconds") - 0.4).abs() < 1e-12);
        assert_eq!(Confusion::default().kappa(), None);
    }

    #[test]
    fn what_cannot_be_told_is_not_right() {
        let mut confusion = Confusion::default();
        confusion.add(Gait::Run, Gait::Unknown, 10);
        assert_eq!((confusion.accuracy(), confusion.kappa()), (Some(0.0), Some(0.0)));
        confusion.add(Gait::Unknown, Gait::Run, 10);
        assert_eq!(confusion.total(), 10);
    }

    #[test]
    fn bouts_match_one_to_one() {
        assert!((iou(&(60.0..120.0), &(63.0..118.0)) - 0.916_667).abs() < 1e-6);
        let truth = [60.0..120.0, 180.0..240.0, 300.0..360.0];
        let found = [0.0..10.0, 63.0..118.0, 180.0..205.0, 302.0..360.0];
        let matches = Matches::of(&truth, &found);
        assert_eq!(matches.errors_s, [[3.0, -2.0], [2.0, 0.0]]);
        assert_eq!(matches.median_boundary_error_s(), Some(2.0));
        assert!((matches.f1().expect("bouts") - 4.0 / 7.0).abs() < 1e-12);
    }
}
