//! From steps counted over intervals to a cadence for each second.

/// Steps are counted over this long at least, in seconds: exports cut their times to whole seconds, which in an interval of
/// three is a third of the cadence.
pub const STEPS_OVER_S: u32 = 5;
/// Steps counted over longer than this mix running with walking and make no cadence, in seconds. The shortest bouts
/// last ten; our choice leaves room for one cut.
pub const LONGEST_STEPS_S: u32 = 15;
/// Intervals further apart than this are not joined, in seconds.
pub const JOINED_S: u32 = 1;
/// The average that watches show for the cadence follows the body by about this long, in seconds. What was counted is
/// given the same shape, so that ends of runs are found in it as they are in the records of a watch.
const AVERAGE_S: f64 = 3.0;
/// Steps per minute between two intervals from which the gait changed in the one between them.
const LEAST_CHANGE_SPM: f64 = 20.0;

/// What was counted over a stretch of time, in seconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    /// When the stretch began.
    pub from: u32,
    /// Its exclusive end.
    pub to: u32,
    /// What was counted.
    pub sum: f64,
}

impl Counted {
    /// How long it lasted, in seconds, one at least.
    pub fn length(&self) -> u32 {
        self.to.saturating_sub(self.from).max(1)
    }

    fn per_minute(&self) -> f64 {
        self.sum * 60.0 / f64::from(self.length())
    }
}

/// Joins intervals that follow one another until they last a time; those without a length are left out.
pub fn joined(intervals: impl Iterator<Item = Counted>, at_least: u32) -> Vec<Counted> {
    let mut all: Vec<Counted> = Vec::new();
    for interval in intervals.filter(|interval| interval.to > interval.from) {
        match all.last_mut() {
            Some(last) if last.length() < at_least && interval.from <= last.to.saturating_add(JOINED_S) => {
                (last.to, last.sum) = (interval.to, last.sum + interval.sum);
            }
            _ => all.push(interval),
        }
    }
    all
}

/// Steps a minute for each second in which steps were counted, averaged as watches average them.
pub fn cadence(steps: impl Iterator<Item = Counted>) -> Vec<(u32, f64)> {
    let intervals = joined(steps, STEPS_OVER_S);
    let intervals: Vec<Counted> = intervals.into_iter().filter(|i| i.length() <= LONGEST_STEPS_S).collect();
    let keep = (-1.0 / AVERAGE_S).exp();
    let mut cadence: Vec<(u32, f64)> = Vec::new();
    for (at, interval) in intervals.iter().enumerate() {
        let touches = |a: &Counted, b: &Counted| a.to + JOINED_S >= b.from;
        let before = at.checked_sub(1).map(|at| &intervals[at]).filter(|before| touches(before, interval));
        let after = intervals.get(at + 1).filter(|after| touches(interval, after));
        let change = before.zip(after).and_then(|(before, after)| Change::within(before, interval, after));
        for second in interval.from..interval.to {
            let level = change.map_or(interval.per_minute(), |change| change.level(second));
            let shown = match cadence.last() {
                Some((last, shown)) if before.is_some() && *last + 1 + JOINED_S >= second => {
                    level + (shown - level) * keep
                }
                _ => level,
            };
            cadence.push((second, shown));
        }
    }
    cadence
}

/// A change of gait inside an interval, which its count shows: it lies between those of its neighbours, and where the
/// change was decides how far.
#[derive(Debug, Clone, Copy)]
struct Change {
    before: f64,
    after: f64,
    /// The moment of the change, in seconds since 1970.
    at: f64,
}

impl Change {
    fn within(before: &Counted, interval: &Counted, after: &Counted) -> Option<Self> {
        let (a, own, b) = (before.per_minute(), interval.per_minute(), after.per_minute());
        let is_between = (a.min(b)..=a.max(b)).contains(&own);
        let share = (own - b) / (a - b);
        ((a - b).abs() >= LEAST_CHANGE_SPM && is_between).then(|| Self {
            before: a,
            after: b,
            at: f64::from(interval.from) + share * f64::from(interval.length()),
        })
    }

    /// The mean over a second.
    fn level(self, second: u32) -> f64 {
        let share = (self.at - f64::from(second)).clamp(0.0, 1.0);
        self.before * share + self.after * (1.0 - share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps at 100 a minute until a moment, and 170 from there, counted over five seconds: when the cadence is half-way.
    fn half_way(change: f64) -> u32 {
        let steps = |t: f64| t.min(change) * 100.0 / 60.0 + (t - change).max(0.0) * 170.0 / 60.0;
        let counted = (0..12).map(|k| (k * 5, k * 5 + 5)).map(|(from, to)| {
            let sum = (steps(f64::from(to)).round() - steps(f64::from(from)).round()).max(0.0);
            Counted { from, to, sum }
        });
        let found = cadence(counted).into_iter().find(|(_, spm)| *spm > 135.0);
        found.map_or(0, |(second, _)| second)
    }

    #[test]
    fn changes_are_found_inside_an_interval() {
        // The average is half-way two seconds behind the change.
        for change in 25..40 {
            let found = half_way(f64::from(change));
            assert!((change + 1..=change + 3).contains(&found), "{found} for {change}");
        }
    }

    #[test]
    fn holes_stay_and_long_intervals_are_left_out() {
        let counted = |from, to, sum| Counted { from, to, sum };
        let spans = [counted(0, 5, 14.0), counted(60, 65, 14.0), counted(65, 125, 160.0)];
        let seconds: Vec<u32> = cadence(spans.into_iter()).into_iter().map(|(second, _)| second).collect();
        assert_eq!(seconds, [0, 1, 2, 3, 4, 60, 61, 62, 63, 64]);
        assert!(cadence([counted(9, 9, 5.0)].into_iter()).is_empty());
    }
}
