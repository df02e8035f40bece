//! The session as a strip chart: time runs to the right, and every row shows how much of a column's time was spent so.

use super::super::Style;
use super::super::stretches::{Kind, Stretch, stretches};
use super::super::words::Standing;
use super::{color, shown};
use crate::report::Session;
use crate::units::clock;

const LABEL: usize = 10;
const LEVELS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The rows, from fast to still, each with its label and its shade.
const ROWS: [(Kind, &str, Standing); 6] = [
    (Kind::Over, "too fast", Standing::Over),
    (Kind::Easy, "easy run", Standing::Under),
    (Kind::Run, "run", Standing::Unclear),
    (Kind::NotClear, "not clear", Standing::Unclear),
    (Kind::Walk, "walk", Standing::NotRun),
    (Kind::Still, "still", Standing::NotRun),
];

/// The strip chart of a session; empty for one without length.
pub fn text(session: &Session, style: Style) -> String {
    let columns = style.width.clamp(40, 112) - LABEL - 2;
    if session.elapsed_s < 1.0 {
        return String::new();
    }
    let step = session.elapsed_s / columns as f64;
    let stretches = stretches(session);
    let mut text = String::new();
    for (kind, label, standing) in ROWS {
        let shares = shares(stretches.iter().filter(|stretch| stretch.kind == kind), step, columns);
        if shares.iter().all(|&share| share <= 0.0) {
            continue;
        }
        let cells: String = shares.into_iter().map(level).collect();
        let shade = shown(color::of_standing(standing), style);
        text += &format!("{:>LABEL$}  {shade}{}{shade:#}\n", label, cells.trim_end());
    }
    text + &axis(session.elapsed_s, columns)
}

/// The share of each column's time that the stretches cover.
fn shares<'a>(stretches: impl Iterator<Item = &'a Stretch>, step: f64, columns: usize) -> Vec<f64> {
    let mut shares = vec![0.0; columns];
    for stretch in stretches {
        let first = (stretch.start_s / step) as usize;
        let last = ((stretch.end_s / step).ceil() as usize).min(columns);
        for (i, share) in shares.iter_mut().enumerate().take(last).skip(first) {
            let (start, end) = (i as f64 * step, (i + 1) as f64 * step);
            *share += (stretch.end_s.min(end) - stretch.start_s.max(start)).max(0.0) / step;
        }
    }
    shares
}

/// A block as high as the share; the smallest share is still seen.
fn level(share: f64) -> char {
    let height = (share * 8.0).round() as usize;
    LEVELS[if share > 0.02 { height.clamp(1, 8) } else { 0 }]
}

/// Ticks at round times, no closer than 9 characters.
fn axis(elapsed_s: f64, columns: usize) -> String {
    const STEPS: [f64; 12] = [10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14_400.0, 21_600.0];
    let width = |step: f64| step / elapsed_s * columns as f64;
    let step = STEPS.into_iter().find(|&step| width(step) >= 9.0).unwrap_or(86_400.0);
    let mut line = String::new();
    for tick in 0.. {
        let seconds = f64::from(tick) * step;
        let at = (seconds / elapsed_s * columns as f64) as usize;
        let label = clock(seconds);
        if at + label.chars().count() > columns || (tick > 0 && at < line.chars().count()) {
            break;
        }
        line += &" ".repeat(at - line.chars().count());
        line += &label;
    }
    format!("{:LABEL$}  {line}\n", "")
}
