//! The table of bouts, a line each. Where there are many, stretches in which nothing was over are folded into a line.

use super::super::Style;
use super::super::table::{Cell, Table};
use super::super::words::{self, Standing};
use super::{color, shown};
use crate::report::{Bout, Session};
use crate::units::{clock, plural};

/// More bouts than fit a screen or two are folded.
const UNFOLDED: usize = 40;

/// The bouts of a session.
pub fn table(session: &Session, style: Style) -> String {
    let ceiling = session.ceiling.pace_s_per_km.is_some() || session.ceiling.heart_rate_bpm.is_some();
    // The pace on flat ground is worth its column only where the ground was not flat.
    let hilly = session.bouts.iter().any(|bout| match (bout.pace_s_per_km, bout.graded_pace_s_per_km) {
        (Some(pace), Some(flat)) if bout.gait == "run" => (pace / flat - 1.0).abs() >= 0.02,
        _ => false,
    });
    let (pace, flat) = match style.units.pace_unit() {
        "/mi" => ("pace/mi", "as if flat"),
        _ => ("pace/km", "as if flat"),
    };
    let mut table = Table::new()
        .right("#", 0)
        .left("gait", 0)
        .right("from", 0)
        .right("time", 0)
        .right(pace, 0)
        .right(flat, 2)
        .left("", 0)
        .left(if ceiling { "against the ceiling" } else { "" }, 0)
        .right("heart", 1)
        .right("steps", 3)
        .left("", 4);
    for part in folded(&session.bouts) {
        match part {
            Part::Bout(i) => table.row(row(i, &session.bouts[i], ceiling, hilly, style)),
            Part::Fold(from, to) => table.across(fold_words(&session.bouts, from, to)),
        }
    }
    table.text(style.width)
}

fn row(i: usize, bout: &Bout, ceiling: bool, hilly: bool, style: Style) -> Vec<Cell> {
    let standing = words::standing(bout);
    let shade = shown(if bout.gait == "run" { color::of_standing(standing) } else { color::DIM }, style);
    let number = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.0}"));
    let pace = |seconds: Option<f64>| match seconds {
        Some(seconds) if matches!(bout.gait, "run" | "walk" | "unknown") => words::pace_number(seconds, style),
        _ => String::new(),
    };
    let mark = match standing {
        _ if !ceiling => "",
        Standing::Over => "▲",
        Standing::Unclear => "?",
        Standing::Under | Standing::NotRun => "",
    };
    let gait = if bout.gait == "unknown" { "not clear" } else { bout.gait };
    vec![
        Cell::from((i + 1).to_string()),
        Cell::from(gait.to_owned()),
        Cell::from(clock(bout.start_s)),
        Cell::from(clock(bout.end_s - bout.start_s)),
        Cell::from(pace(bout.pace_s_per_km)),
        Cell::from(if hilly { pace(bout.graded_pace_s_per_km) } else { String::new() }),
        Cell::styled(mark.to_owned(), shade),
        Cell::styled(if ceiling { words::judgement(bout) } else { String::new() }, shade),
        Cell::from(number(bout.heart_rate_mean_bpm)),
        Cell::from(number(bout.cadence_spm)),
        Cell::from(bout.tags.join(", ").replace('_', " ")),
    ]
}

enum Part {
    Bout(usize),
    /// From the first to the last, both folded.
    Fold(usize, usize),
}

/// Where there are many bouts, three or more in a row that are not over become one line.
fn folded(bouts: &[Bout]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut next = 0;
    while next < bouts.len() {
        let quiet = bouts[next..].iter().take_while(|bout| words::standing(bout) != Standing::Over).count();
        if bouts.len() > UNFOLDED && quiet >= 3 {
            parts.push(Part::Fold(next, next + quiet - 1));
            next += quiet;
        } else {
            let end = next + quiet.max(1);
            parts.extend((next..end).map(Part::Bout));
            next = end;
        }
    }
    parts
}

/// What is folded, as `5–12  4 runs 6:02, 4 walks 2:10`.
fn fold_words(bouts: &[Bout], from: usize, to: usize) -> String {
    let kinds =
        [("run", "run"), ("walk", "walk"), ("stand", "stand"), ("paused", "pause"), ("unknown", "stretch not clear")];
    let parts: Vec<String> = kinds
        .into_iter()
        .filter_map(|(gait, noun)| {
            let of_gait: Vec<&Bout> = bouts[from..=to].iter().filter(|bout| bout.gait == gait).collect();
            let seconds: f64 = of_gait.iter().map(|bout| bout.end_s - bout.start_s).sum();
            let many = (gait == "unknown").then_some("stretches not clear");
            (!of_gait.is_empty()).then(|| format!("{} {}", plural(of_gait.len(), noun, many), clock(seconds)))
        })
        .collect();
    format!("… {}–{} from {}: {}", from + 1, to + 1, clock(bouts[from].start_s), parts.join(", "))
}
