//! A straight line through scattered points that single outliers do not move.

/// A slope with its spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Trend {
    /// Rise for one of x.
    pub slope: f64,
    /// The 95 % interval of the slope.
    pub interval: (f64, f64),
    /// Height of the line at the first x.
    pub first: f64,
    /// Height of the line at the last x.
    pub last: f64,
}

/// The most points that are used, the latest ones: pairs grow with the square.
const MOST: usize = 200;

/// The median slope of all pairs (Theil 1950; its interval after Sen, J Am Stat Assoc 1968;63:1379). `None` under five
/// points or without a spread in x. The points rise in x.
pub(super) fn trend(points: &[(f64, f64)]) -> Option<Trend> {
    let points = &points[points.len().saturating_sub(MOST)..];
    let n = points.len() as f64;
    let mut slopes: Vec<f64> = points
        .iter()
        .enumerate()
        .flat_map(|(i, a)| points[i + 1..].iter().map(move |b| (b.1 - a.1) / (b.0 - a.0)))
        .filter(|slope| slope.is_finite())
        .collect();
    if points.len() < 5 || slopes.is_empty() {
        return None;
    }
    slopes.sort_by(f64::total_cmp);
    let at = |rank: f64| slopes[(rank.max(0.0) as usize).min(slopes.len() - 1)];
    let count = slopes.len() as f64;
    let half = 1.96 * (n * (n - 1.0) * (2.0 * n + 5.0) / 18.0).sqrt() / 2.0;
    let slope = f64::midpoint(at((count - 1.0) / 2.0), at(count / 2.0));
    let mut heights: Vec<f64> = points.iter().map(|(x, y)| y - slope * x).collect();
    heights.sort_by(f64::total_cmp);
    let height = f64::midpoint(heights[(heights.len() - 1) / 2], heights[heights.len() / 2]);
    let line = |x: f64| height + slope * x;
    Some(Trend {
        slope,
        interval: (at((count / 2.0 - half).floor()), at((count / 2.0 + half).ceil())),
        first: line(points[0].0),
        last: line(points[points.len() - 1].0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlier_does_not_move_the_line() {
        let mut points: Vec<(f64, f64)> = (0..9).map(|i| (f64::from(i), 2.0 + 0.5 * f64::from(i))).collect();
        points[4].1 = 90.0;
        let line = trend(&points).expect("enough points");
        assert!((line.slope - 0.5).abs() < 1e-9 && (line.last - 6.0).abs() < 1e-9, "{line:?}");
        assert!(line.interval.0 > 0.0, "{line:?}");
    }

    #[test]
    fn too_few_points_have_no_line() {
        assert_eq!(trend(&[(0.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0)]), None);
        assert_eq!(trend(&[(1.0, 1.0); 6]), None);
    }
}
