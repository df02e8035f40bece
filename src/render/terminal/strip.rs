//! The session as a strip chart: time runs to the right, and every row shows how much of a column's time was spent so.

use super::super::Style;
use super::super::words::{self, Standing};
use super::{color, shown};
use crate::report::{Bout, Session};
use crate::units::clock;

const LABEL: usize = 10;
const LEVELS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A row: its label, the bouts that belong to it, and how it is coloured.
type Row = (&'static str, fn(&Bout) -> bool, Standing);

/// The rows from fast to still; those in which nothing happened are left out.
const ROWS: &[Row] = &[
    ("too fast", |bout| words::standing(bout) == Standing::Over, Standing::Over),
    ("easy run", |bout| words::standing(bout) == Standing::Under, Standing::Under),
    ("run", |bout| bout.gait == "run" && words::standing(bout) == Standing::Unclear, Standing::Unclear),
    ("not clear", |bout| bout.gait == "unknown", Standing::Unclear),
    ("walk", |bout| bout.gait == "walk", Standing::NotRun),
    ("still", |bout| matches!(bout.gait, "stand" | "paused"), Standing::NotRun),
];

/// The strip chart of a session; empty for one without length.
pub fn text(session: &Session, style: Style) -> String {
    let columns = style.width.clamp(40, 112) - LABEL - 2;
    if session.elapsed_s < 1.0 {
        return String::new();
    }
    let step = session.elapsed_s / columns as f64;
    let mut text = String::new();
    for &(label, belongs, standing) in ROWS {
        let shares = shares(session.bouts.iter().filter(|bout| belongs(bout)), step, columns);
        if shares.iter().all(|&share| share <= 0.0) {
            continue;
        }
        let cells: String = shares.into_iter().map(level).collect();
        let shade = shown(color::of_standing(standing), style);
        text += &format!("{label:>LABEL$}  {shade}{}{shade:#}\n", cells.trim_end());
    }
    text + &axis(session.elapsed_s, columns)
}

/// The share of each column's time that the bouts cover.
fn shares<'a>(bouts: impl Iterator<Item = &'a Bout>, step: f64, columns: usize) -> Vec<f64> {
    let mut shares = vec![0.0; columns];
    for bout in bouts {
        let first = (bout.start_s / step) as usize;
        let last = ((bout.end_s / step).ceil() as usize).min(columns);
        for (i, share) in shares.iter_mut().enumerate().take(last).skip(first) {
            let (start, end) = (i as f64 * step, (i + 1) as f64 * step);
            *share += (bout.end_s.min(end) - bout.start_s.max(start)).max(0.0) / step;
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
