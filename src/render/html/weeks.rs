//! The weeks as charts: one bar a week, the three factors of load side by side.

use maud::{Markup, html};

use super::super::progress::without_run;
use super::words::class_style;
use crate::report::{Class, Progress, Week};
use crate::units::{Distance, UnitSystem, clock, percent};

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 120.0;
/// Room for the labels, in the same units.
const LEFT: f64 = 34.0;
const BOTTOM: f64 = 16.0;
const TOP: f64 = 6.0;
/// The fewest weeks that a chart has room for.
const LEAST_ROOM: usize = 6;
/// And the most that it keeps free for weeks to come.
const MOST_ROOM: usize = 16;

/// The charts of a season; nothing where there is no week.
pub fn charts(progress: &Progress, units: UnitSystem) -> Markup {
    let easy_weeks = progress.rehab_started.is_some().then_some(progress.easy_weeks);
    let all = [
        Bars {
            title: "Volume",
            unit: "minutes run",
            floor: 10.0,
            parts: |week| vec![(week.run_s / 60.0, "--c-easy")],
            legend: &[("easy", "time run in a week")],
            says: |week, _| format!("{} run", clock(week.run_s)),
        },
        Bars {
            title: "Frequency",
            unit: "days with a run",
            floor: 4.0,
            parts: |week| vec![(week.run_days as f64, "--c-walk")],
            legend: &[("walk", "days of a week")],
            says: |week, _| format!("{} run days", week.run_days),
        },
        Bars {
            title: "Intensity",
            unit: "% of the running over the ceiling",
            floor: 100.0,
            parts: |week| vec![(100.0 * week.over_share.unwrap_or(0.0), "--c-over")],
            legend: &[("over", "share of a week")],
            says: |week, _| {
                week.over_share.map_or("cannot tell".to_owned(), |share| format!("{} over", percent(share)))
            },
        },
        Bars {
            title: "Longest run",
            unit: match units {
                UnitSystem::Metric => "km of running in one session",
                UnitSystem::Imperial => "miles of running in one session",
            },
            floor: 2.0,
            parts: match units {
                UnitSystem::Metric => |week| vec![(week.longest_run_m / 1000.0, "--c-easy")],
                UnitSystem::Imperial => |week| vec![(week.longest_run_m / 1609.344, "--c-easy")],
            },
            legend: &[("easy", "longest run of a week")],
            says: |week, units| units.distance(Distance::from_meters(week.longest_run_m)),
        },
        Bars {
            title: "Longest bout",
            unit: "minutes run without a break",
            floor: 4.0,
            parts: |week| vec![(week.longest_bout_s / 60.0, "--c-easy")],
            legend: &[("easy", "longest bout of a week")],
            says: |week, _| clock(week.longest_bout_s),
        },
        Bars {
            title: "Verdicts",
            unit: "sessions",
            floor: 4.0,
            parts: verdict_parts,
            legend: &[("over", "over"), ("some", "over in part"), ("still", "cannot tell"), ("easy", "easy")],
            says: |week, _| super::super::progress::verdicts(week),
        },
    ];
    html! {
        @if !progress.weeks.is_empty() {
            div.weeks { @for bars in &all { (bars.draw(&progress.weeks, easy_weeks, units)) } }
        }
    }
}

/// The sessions of a week by how their verdict looks, from the ground up.
fn verdict_parts(week: &Week) -> Vec<(f64, &'static str)> {
    let looks = [("easy", "--c-easy"), ("unknown", "--c-still"), ("some", "--c-some"), ("over", "--c-over")];
    let count = |look: &str| {
        let alike = Class::ALL.into_iter().filter(|class| class_style(*class).0 == look);
        alike.filter_map(|class| week.verdicts.get(&class)).sum::<usize>()
    };
    looks.iter().map(|(look, color)| (count(look) as f64, *color)).collect()
}

/// One chart.
struct Bars {
    title: &'static str,
    /// What the numbers at its side are.
    unit: &'static str,
    /// The least that the chart reaches up to.
    floor: f64,
    /// What a bar is made of, from the ground up, with its colours.
    parts: fn(&Week) -> Vec<(f64, &'static str)>,
    /// What the colours of a bar are: the class of each with its name.
    legend: &'static [(&'static str, &'static str)],
    /// A bar in words.
    says: fn(&Week, UnitSystem) -> String,
}

impl Bars {
    fn draw(&self, weeks: &[Week], easy_weeks: Option<usize>, units: UnitSystem) -> Markup {
        let total = |week: &Week| (self.parts)(week).iter().map(|(height, _)| height).sum::<f64>();
        let top = nice(weeks.iter().map(total).fold(self.floor, f64::max));
        // The weeks to come have their room, so that few bars do not look like many.
        let room = weeks.len().max(easy_weeks.unwrap_or(LEAST_ROOM).clamp(LEAST_ROOM, MOST_ROOM));
        let step = (WIDTH - LEFT) / room as f64;
        let x = |i: usize| LEFT + step * i as f64;
        let y = |value: f64| TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - value / top);
        let said = format!("{}, {}, {} weeks; the table has the numbers", self.title, self.unit, weeks.len());
        html! {
            figure {
                figcaption { strong { (self.title) } " " (self.unit) }
                svg role="img" aria-label=(said) viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) {
                    @for level in [0.0, top / 2.0, top] {
                        line x1=(LEFT) x2=(WIDTH) y1=(px(y(level))) y2=(px(y(level))) stroke="var(--c-grid)" {}
                        text x=(LEFT - 5.0) y=(px(y(level) + 3.5)) text-anchor="end" { (level) }
                    }
                    @for (i, week) in weeks.iter().enumerate() {
                        g { title { (self.said(week, units)) } (self.bar(week, x(i), step, &y)) }
                        @if is_labelled(week.week, room) {
                            text x=(px(x(i) + step / 2.0)) y=(HEIGHT - 3.0) text-anchor="middle" { (week.week) }
                        }
                    }
                    @if let Some(end) = easy_weeks.filter(|end| *end < weeks.len()) {
                        line x1=(px(x(end))) x2=(px(x(end))) y1=(TOP) y2=(HEIGHT - BOTTOM) stroke="var(--c-ink)" stroke-dasharray="3 3" {
                            title { "end of the easy weeks" }
                        }
                    }
                }
                p.legend {
                    @for (style, name) in self.legend { span class=(format!("key {style}")) { (name) } " " }
                    @if easy_weeks.is_some_and(|end| end < weeks.len()) { "broken line: end of the easy weeks" }
                }
            }
        }
    }

    fn bar(&self, week: &Week, x: f64, step: f64, y: &dyn Fn(f64) -> f64) -> Markup {
        let gap = f64::min(2.0, 0.2 * step);
        let mut ground = 0.0;
        let parts = (self.parts)(week).into_iter().map(|(height, color)| {
            let from = ground;
            ground += height;
            (height, from, color)
        });
        html! {
            rect x=(px(x)) y=(TOP) width=(px(step)) height=(HEIGHT - TOP - BOTTOM) fill="transparent" {}
            @for (height, from, color) in parts {
                @if height > 0.0 {
                    rect x=(px(x + gap / 2.0)) width=(px(step - gap)) y=(px(y(from + height)))
                        height=(px(y(from) - y(from + height))) fill=(format!("var({color})")) {}
                }
            }
        }
    }

    fn said(&self, week: &Week, units: UnitSystem) -> String {
        if week.sessions == 0 {
            return without_run(std::slice::from_ref(week));
        }
        format!("week {}, from {}: {}", week.week, week.from, (self.says)(week, units))
    }
}

/// The weeks that are to be easy as a strip: what each came to, and where the runner stands.
pub fn clock_strip(progress: &Progress) -> Markup {
    let now = progress.weeks.last().map_or(0, |week| week.week);
    html! {
        @if progress.rehab_started.is_some() && now > 0 {
            ol.clock aria-label="The easy weeks, each with its worst verdict" {
                @for n in 1..=progress.easy_weeks {
                    @let week = progress.weeks.get(n - 1);
                    @let worst = week.and_then(|week| Class::ALL.into_iter().find(|class| week.verdicts.contains_key(class)));
                    @let (style, sign) = worst.map_or(("none", if n < now { "–" } else { "" }), class_style);
                    li class=(format!("{style}{}", if n == now { " now" } else { "" })) title=(worst.map_or("no run", super::super::words::class)) {
                        span.number { (n) } span.sign { (sign) }
                    }
                }
            }
        }
    }
}

/// Few enough labels that they do not touch.
fn is_labelled(week: usize, n_weeks: usize) -> bool {
    let every = [1, 2, 4, 10, 20, 50, 100].into_iter().find(|every| n_weeks <= every * 12).unwrap_or(200);
    week == 1 || week.is_multiple_of(every) && week + every / 2 > every
}

/// The next number of one digit and zeros that halves well.
fn nice(value: f64) -> f64 {
    let power = 10_f64.powf(value.max(1.0).log10().floor());
    let step = [1.0, 2.0, 4.0, 6.0, 8.0, 10.0].into_iter().find(|step| step * power >= value - 1e-9);
    step.unwrap_or(10.0) * power
}

/// A coordinate, short.
fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}
