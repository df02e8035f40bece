//! What a slope does to the effort: speed on flat ground that costs as much.

/// How the cost of a slope is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostModel {
    /// From the heart rates of many runners (D. Robb, Strava Engineering 2017; table as read off its plot by A. Schroeder).
    ///
    /// The default: the ceiling is a ceiling on effort, and oxygen cost alone would excuse a pace 67 % faster at -10 %.
    HeartRate,
    /// From oxygen uptake on a treadmill (Minetti et al., J Appl Physiol 2002;93:1039).
    Oxygen,
}

/// Speed on flat ground that costs as much as running at `speed` on `grade`, rise over run.
pub fn graded_speed(speed: f64, grade: f64, model: CostModel) -> f64 {
    match model {
        CostModel::HeartRate => speed * heart_rate_factor(grade),
        CostModel::Oxygen => speed * run_cost(grade) / run_cost(0.0),
    }
}

/// Factor on running speed by which a slope changes the effort, from heart rates; constant beyond ±45 %.
pub fn heart_rate_factor(grade: f64) -> f64 {
    /// Grade in per cent and factor.
    const TABLE: [(f64, f64); 21] = [
        (-45.0, 2.096),
        (-30.0, 1.495),
        (-25.0, 1.273),
        (-20.0, 1.081),
        (-15.0, 0.941),
        (-10.0, 0.876),
        (-8.0, 0.876),
        (-6.0, 0.891),
        (-4.0, 0.918),
        (-2.0, 0.960),
        (0.0, 1.0),
        (2.0, 1.055),
        (4.0, 1.135),
        (6.0, 1.228),
        (8.0, 1.337),
        (10.0, 1.459),
        (15.0, 1.846),
        (20.0, 2.297),
        (25.0, 2.727),
        (30.0, 3.158),
        (45.0, 4.286),
    ];
    let percent = (grade * 100.0).clamp(-45.0, 45.0);
    let above = TABLE.partition_point(|&(at, _)| at < percent).clamp(1, TABLE.len() - 1);
    let ((x0, y0), (x1, y1)) = (TABLE[above - 1], TABLE[above]);
    y0 + (y1 - y0) * (percent - x0) / (x1 - x0)
}

/// Energy cost of running in joules per kilogram and metre (Minetti 2002), for slopes up to ±45 %.
pub fn run_cost(grade: f64) -> f64 {
    let i = grade.clamp(-0.45, 0.45);
    ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6
}

/// Energy cost of walking at the cheapest speed in joules per kilogram and metre (Minetti 2002), for slopes up to ±45 %.
pub fn walk_cost(grade: f64) -> f64 {
    let i = grade.clamp(-0.45, 0.45);
    ((((280.5 * i - 58.7) * i - 76.8) * i + 51.9) * i + 19.6) * i + 2.5
}

/// A function of the slope that is not asked again for the slope of the sample before: on the ground a profile has one
/// slope every five metres, and a runner two samples there.
pub(super) fn remembered(of_slope: impl Fn(f64) -> f64) -> impl FnMut(f64) -> f64 {
    let mut last = (f64::NAN, f64::NAN);
    move |slope| {
        if slope.to_bits() != last.0.to_bits() {
            last = (slope, of_slope(slope));
        }
        last.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64) {
        assert!((actual / expected - 1.0).abs() < 1e-5, "{actual} is not {expected}");
    }

    #[test]
    fn minetti_as_published() {
        for (grade, cost) in [
            (-0.2, 1.80003),
            (-0.1, 2.15171),
            (-0.05, 2.74592),
            (0.0, 3.6),
            (0.05, 4.6852),
            (0.1, 5.96821),
            (0.2, 9.00669),
        ] {
            close(run_cost(grade), cost);
        }
        close(walk_cost(-0.1), 1.12712);
        close(walk_cost(0.1), 4.89914);
        close(graded_speed(2.5, 0.06, CostModel::Oxygen), 3.42157);
    }

    #[test]
    fn heart_rate_table_is_met_at_its_points_and_between_them() {
        close(heart_rate_factor(-0.18), 1.025);
        close(heart_rate_factor(-0.03), 0.939);
        close(heart_rate_factor(0.12), 1.6138);
        close(heart_rate_factor(0.0), 1.0);
        close(heart_rate_factor(0.45), 4.286);
        close(heart_rate_factor(2.0), 4.286);
        close(heart_rate_factor(-2.0), 2.096);
        close(graded_speed(2.5, 0.06, CostModel::HeartRate), 3.07);
    }
}
