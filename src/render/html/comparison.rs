//! A run beside the runner's earlier easy runs: what differs, and pace against heart rate as points.

use maud::{Markup, html};

use super::super::comparison;
use crate::report::{ComparedRun, Comparison, Session};
use crate::units::{Pace, UnitSystem};

/// The section; nothing without a comparison.
pub fn section(session: &Session, units: UnitSystem) -> Markup {
    let Some(compared) = &session.comparison else { return html! {} };
    html! {
        section.comparison {
            h3 { (comparison::heading(compared)) }
            ul.reasons { @for sentence in comparison::sentences(session, units) { li { (sentence) } } }
            @if let Some(drawing) = Drawing::of(compared) { (drawing.figure(units)) }
            p.soft { (comparison::LIMITS) }
        }
    }
}

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 260.0;
/// Room for the numbers at the left, the bottom and the other sides.
const LEFT: f64 = 64.0;
const BOTTOM: f64 = 44.0;
const REST: f64 = 14.0;

/// The points of a drawing: heart rate to the right, faster upwards.
struct Drawing {
    this: (f64, f64),
    earlier: Vec<(f64, f64)>,
    bpm: Axis,
    pace: Axis,
}

/// An axis from one value to another, with marks at round steps.
struct Axis {
    from: f64,
    to: f64,
    step: f64,
}

impl Drawing {
    /// `None` where this run or all but one of the earlier ones have no pace or heart rate.
    fn of(compared: &Comparison) -> Option<Self> {
        let point = |run: &ComparedRun| Some((run.heart_rate_bpm?, run.pace_s_per_km?));
        let this = point(&compared.this)?;
        let earlier: Vec<_> = compared.runs.iter().filter_map(point).collect();
        let all = || earlier.iter().copied().chain([this]);
        let bpm = Axis::over(all().map(|point| point.0), &[5.0, 10.0, 20.0, 50.0]);
        let pace = Axis::over(all().map(|point| point.1), &[10.0, 15.0, 30.0, 60.0, 120.0, 300.0]);
        (earlier.len() > 1).then_some(Self { this, earlier, bpm, pace })
    }

    fn place(&self, (bpm, pace): (f64, f64)) -> (f64, f64) {
        let x = LEFT + self.bpm.share(bpm) * (WIDTH - LEFT - REST);
        // A faster pace is a smaller number, and stands higher.
        let y = REST + self.pace.share(pace) * (HEIGHT - BOTTOM - REST);
        (x, y)
    }

    fn figure(&self, units: UnitSystem) -> Markup {
        let number = |value: f64| format!("{value:.1}");
        let pace = |seconds: f64| units.pace_number(Pace::from_seconds_per_kilometer(seconds));
        let (floor, described) = (HEIGHT - BOTTOM, self.description(units));
        let this = self.place(self.this);
        html! {
            figure.comparison {
                svg viewBox=(format!("0 0 {WIDTH:.0} {HEIGHT:.0}")) role="img" aria-label=(described) {
                    @for mark in self.pace.marks() {
                        @let y = self.place((self.bpm.from, mark)).1;
                        line.grid x1=(number(LEFT)) x2=(number(WIDTH - REST)) y1=(number(y)) y2=(number(y)) {}
                        text.mark x=(number(LEFT - 8.0)) y=(number(y + 4.0)) text-anchor="end" { (pace(mark)) }
                    }
                    @for mark in self.bpm.marks() {
                        @let x = self.place((mark, self.pace.from)).0;
                        line.grid x1=(number(x)) x2=(number(x)) y1=(number(REST)) y2=(number(floor)) {}
                        text.mark x=(number(x)) y=(number(floor + 17.0)) text-anchor="middle" { (format!("{mark:.0}")) }
                    }
                    text.mark x=(number(WIDTH - REST)) y=(number(HEIGHT - 8.0)) text-anchor="end" { "heart rate, bpm" }
                    text.mark x=(number(LEFT)) y=(number(HEIGHT - 8.0)) { "up: faster, " (units.pace_unit()) " on the flat" }
                    @for point in &self.earlier {
                        @let (x, y) = self.place(*point);
                        circle.earlier cx=(number(x)) cy=(number(y)) r="4.5" {}
                    }
                    circle.this cx=(number(this.0)) cy=(number(this.1)) r="7" {}
                }
                figcaption { span.key.earlier { "earlier easy runs" } " " span.key.this { "this run" } }
            }
        }
    }

    /// The drawing in words, for who does not see it.
    fn description(&self, units: UnitSystem) -> String {
        let pace = |seconds: f64| units.pace(Pace::from_seconds_per_kilometer(seconds).speed());
        format!(
            "Pace against heart rate: this run at {} and {:.0} bpm among {} earlier easy runs",
            pace(self.this.1),
            self.this.0,
            self.earlier.len()
        )
    }
}

impl Axis {
    /// The axis that holds all values, with at most seven marks.
    fn over(values: impl Iterator<Item = f64>, steps: &[f64]) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let fits = |step: &&f64| (high - low) / **step <= 5.0;
        let step = steps.iter().find(fits).or(steps.last()).copied().unwrap_or(1.0);
        let (from, to) = ((low / step).floor() * step, (high / step).ceil() * step);
        Self { from, to: to.max(from + step), step }
    }

    fn share(&self, value: f64) -> f64 {
        (value - self.from) / (self.to - self.from)
    }

    fn marks(&self) -> impl Iterator<Item = f64> {
        let (from, step) = (self.from, self.step);
        let n_marks = ((self.to - from) / step).round().clamp(1.0, 20.0) as u8;
        (0..=n_marks).map(move |n| from + f64::from(n) * step)
    }
}
