//! Volume, frequency, intensity and symptoms on one axis of time.

use maud::{Markup, html};

use crate::report::{Progress, SymptomEntry, Week};
use crate::units::Date;

const WIDTH: f64 = 720.0;
/// Room for the names and numbers at the left.
const LEFT: f64 = 96.0;
const TOP: f64 = 8.0;
/// The height of a band, and the room below it.
const BAND: f64 = 44.0;
const GAP: f64 = 12.0;
const BOTTOM: f64 = 16.0;
/// The most weeks that are drawn, the latest ones; and the fewest that there is room for.
const MOST_WEEKS: usize = 26;
const LEAST_WEEKS: usize = 6;

/// One band: its name, its unit, the least that it reaches up to, and the height of a week's bar.
struct Band {
    name: &'static str,
    unit: &'static str,
    floor: f64,
    height: fn(&Week) -> Option<f64>,
}

const BANDS: [Band; 3] = [
    Band { name: "Volume", unit: "minutes", floor: 10.0, height: |week| Some(week.run_s / 60.0) },
    Band { name: "Frequency", unit: "run days", floor: 4.0, height: |week| Some(week.run_days as f64) },
    Band { name: "Intensity", unit: "% over", floor: 100.0, height: |week| week.over_share.map(|share| 100.0 * share) },
];

/// The bands of a season; that of symptoms only where something was said.
pub fn bands(progress: &Progress) -> Markup {
    let weeks = &progress.weeks[progress.weeks.len().saturating_sub(MOST_WEEKS)..];
    let Some(first) = weeks.first().and_then(|week| Date::parse(&week.from)) else { return html! {} };
    let with_pain = progress.symptoms.is_some();
    let n_bands = BANDS.len() + usize::from(with_pain);
    let height = TOP + n_bands as f64 * (BAND + GAP) + BOTTOM;
    let step = (WIDTH - LEFT) / weeks.len().max(LEAST_WEEKS) as f64;
    let x_of_day = |day: &str| {
        let days = Date::parse(day).map(|day| day.days_since(first))?;
        let x = LEFT + step * f64::from(days) / 7.0;
        (LEFT..=WIDTH).contains(&x).then_some(x)
    };
    let since = progress.since.as_deref().and_then(x_of_day).filter(|x| *x > LEFT);
    let bottom = TOP + n_bands as f64 * (BAND + GAP) - GAP;
    html! {
        figure.bands.scroll tabindex="0" aria-label="Weeks side by side" {
            svg role="img" aria-label="Volume, frequency, intensity and symptoms, week by week; the tables have the numbers" viewBox=(format!("0 0 {WIDTH} {height}")) {
                @for (n, band) in BANDS.iter().enumerate() { (draw(band, weeks, step, top_of(n))) }
                @if let Some(symptoms) = &progress.symptoms { (pain(&symptoms.entries, symptoms.acceptable, &x_of_day, top_of(BANDS.len()))) }
                @if let Some(x) = since {
                    line x1=(px(x)) x2=(px(x)) y1=(TOP - 4.0) y2=(px(bottom)) stroke="var(--c-ink)" stroke-dasharray="4 3" { title { "the days asked for begin here" } }
                }
                @for (i, week) in weeks.iter().enumerate() {
                    @if weeks.len() <= 14 || week.week % 2 == 0 {
                        text x=(px(LEFT + step * (i as f64 + 0.5))) y=(px(height - 4.0)) text-anchor="middle" { (week.week) }
                    }
                }
                text x="0" y=(px(height - 4.0)) { "Week" }
            }
            figcaption {
                "Each bar is a week."
                @if weeks.len() < progress.weeks.len() { " The last " (weeks.len()) " of " (progress.weeks.len()) " weeks." }
                @if since.is_some() { " The broken line: the days asked for begin." }
                @if with_pain { " Pain: ○ during, □ after, ◇ the next morning" @if progress.symptoms.as_ref().is_some_and(|s| s.acceptable.is_some()) { ", filled where it was more than is acceptable, which is the dotted line" } "." }
            }
        }
    }
}

fn top_of(n: usize) -> f64 {
    TOP + n as f64 * (BAND + GAP)
}

/// The name of a band with its highest number and its ground.
fn frame(name: &str, unit: &str, highest: f64, top: f64) -> Markup {
    html! {
        text x="0" y=(px(top + 10.0)) font-weight="bold" { (name) }
        text x="0" y=(px(top + 22.0)) { (unit) }
        text x=(LEFT - 6.0) y=(px(top + 6.0)) text-anchor="end" { (highest) }
        text x=(LEFT - 6.0) y=(px(top + BAND)) text-anchor="end" { "0" }
        line x1=(LEFT) x2=(WIDTH) y1=(px(top)) y2=(px(top)) stroke="var(--c-grid)" {}
        line x1=(LEFT) x2=(WIDTH) y1=(px(top + BAND)) y2=(px(top + BAND)) stroke="var(--c-muted)" {}
    }
}

fn draw(band: &Band, weeks: &[Week], step: f64, top: f64) -> Markup {
    let highest = nice(weeks.iter().filter_map(band.height).fold(band.floor, f64::max));
    let bars = weeks.iter().enumerate().filter_map(|(i, week)| {
        let height = (band.height)(week).filter(|height| *height > 0.0)? / highest * BAND;
        Some((LEFT + step * i as f64, height, week))
    });
    // Nothing over is not the same as nothing known.
    let unknown = weeks.iter().enumerate().filter(|(_, week)| week.sessions > 0 && (band.height)(week).is_none());
    html! {
        (frame(band.name, band.unit, highest, top))
        @for (x, height, week) in bars {
            rect x=(px(x + 0.12 * step)) width=(px(0.76 * step)) y=(px(top + BAND - height)) height=(px(height)) fill="var(--c-bar)" { title { "week " (week.week) } }
        }
        @for (i, _) in unknown { text x=(px(LEFT + step * (i as f64 + 0.5))) y=(px(top + BAND - 3.0)) text-anchor="middle" { "?" } }
    }
}

fn pain(entries: &[SymptomEntry], acceptable: Option<f64>, x_of_day: &dyn Fn(&str) -> Option<f64>, top: f64) -> Markup {
    let y = |pain: f64| top + BAND * (1.0 - pain / 10.0);
    let fill = |pain: f64| if acceptable.is_some_and(|limit| pain > limit) { "var(--c-ink)" } else { "var(--paper)" };
    let known = || entries.iter().filter_map(|entry| Some((x_of_day(&entry.date)?, entry)));
    html! {
        (frame("Symptoms", "pain 0–10", 10.0, top))
        @if let Some(limit) = acceptable { line x1=(LEFT) x2=(WIDTH) y1=(px(y(limit))) y2=(px(y(limit))) stroke="var(--c-ink)" stroke-dasharray="1 3" {} }
        @for (x, entry) in known() {
            @if let Some(pain) = entry.next_day { (diamond(x, y(pain), fill(pain))) }
            @if let Some(pain) = entry.after { rect x=(px(x - 2.6)) y=(px(y(pain) - 2.6)) width="5.2" height="5.2" fill=(fill(pain)) stroke="var(--c-ink)" {} }
            @if let Some(pain) = entry.during { circle cx=(px(x)) cy=(px(y(pain))) r="2.6" fill=(fill(pain)) stroke="var(--c-ink)" {} }
        }
    }
}

fn diamond(x: f64, y: f64, fill: &str) -> Markup {
    let points = format!(
        "{},{} {},{} {},{} {},{}",
        px(x),
        px(y - 3.8),
        px(x + 3.8),
        px(y),
        px(x),
        px(y + 3.8),
        px(x - 3.8),
        px(y)
    );
    html! { polygon points=(points) fill=(fill) stroke="var(--c-ink)" {} }
}

/// The next number that reads easily.
fn nice(value: f64) -> f64 {
    let power = 10_f64.powf(value.max(1.0).log10().floor());
    let step =
        [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0].into_iter().find(|step| step * power >= value - 1e-9);
    step.unwrap_or(10.0) * power
}

/// A coordinate, short.
fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}
