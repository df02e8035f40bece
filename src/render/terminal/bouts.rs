//! The table of bouts, a line each, and many folded into few.

use std::ops::Range;

use super::super::Style;
use super::super::efforts::Efforts;
use super::super::table::{Cell, Table};
use super::super::words::{self, Standing};
use super::{color, shown};
use crate::report::{Bout, Effort, Gait, Session};
use crate::units::{clock, plural};

/// More lines than fit a screen or two are folded.
const LINES: usize = 40;

/// A pace slower than 30:00/km is loitering, and its number says nothing.
const SLOWEST_S: f64 = 1800.0;

/// The bouts of a session.
pub fn table(session: &Session, style: Style) -> String {
    let ceiling = session.ceiling.pace_s_per_km.is_some() || session.ceiling.heart_rate_bpm.is_some();
    let hilly = is_hilly(session, style);
    let (pace, flat) = match style.units.pace_unit() {
        "/mi" => ("pace/mi", "flat"),
        _ => ("pace/km", "flat"),
    };
    let mut table = Table::new()
        .right("#", 0)
        .left("gait", 0)
        .right("from", 0)
        .right("time", 0)
        .right(pace, 0)
        .right(flat, 2)
        .left("", 0)
        .left(if ceiling { "ceiling" } else { "" }, 0)
        .right("HR", 1)
        .right("spm", 3)
        .left("", 4);
    let efforts = ceiling.then(|| Efforts::of(session));
    for line in lines(&session.bouts) {
        if line.len() == 1 {
            let bout = &session.bouts[line.start];
            table.row(row(line.start, bout, efforts.as_ref(), hilly, style));
            let beneath = efforts.as_ref().map_or(Vec::new(), |efforts| efforts.beneath(bout));
            for effort in beneath.iter().take(MOST_EFFORTS) {
                table.row(effort_row(effort, hilly, style));
            }
            if let Some(n_more) = beneath.len().checked_sub(MOST_EFFORTS).filter(|&n_more| n_more > 0) {
                table.across(format!("{n_more} more like these"));
            }
        } else {
            let bouts = &session.bouts[line.clone()];
            table.across(format!(
                "{}–{} from {}: {}",
                line.start + 1,
                line.end,
                clock(bouts[0].start_s),
                counted(bouts)
            ));
        }
    }
    table.text(style.width)
}

/// True where slopes change a pace that is printed: percentages go by the pace on flat ground, and findings tell it.
fn is_hilly(session: &Session, style: Style) -> bool {
    let differ = |paces: (Option<f64>, Option<f64>)| {
        let printed = |pace: Option<f64>| pace.map(|pace| words::pace_number(pace, style));
        paces.1.is_some() && printed(paces.0) != printed(paces.1)
    };
    let runs = session.bouts.iter().filter(|bout| bout.gait == Gait::Run);
    let runs = runs.map(|bout| (bout.pace_s_per_km, bout.graded_pace_s_per_km));
    let efforts = session.efforts.iter().map(|effort| (effort.pace_s_per_km, effort.graded_pace_s_per_km));
    runs.chain(efforts).any(differ)
}

/// As many efforts of one bout are shown as fit a screen beside the rest.
const MOST_EFFORTS: usize = 24;

/// One effort, beneath its bout.
fn effort_row(effort: &Effort, hilly: bool, style: Style) -> Vec<Cell> {
    let shade = shown(color::of_standing(Standing::Over), style);
    let pace = |seconds: Option<f64>| seconds.map_or(String::new(), |seconds| words::pace_number(seconds, style));
    vec![
        Cell::from(String::new()),
        Cell::from("effort".to_owned()),
        Cell::from(clock(effort.start_s)),
        Cell::from(clock(effort.end_s - effort.start_s)),
        Cell::from(pace(effort.pace_s_per_km)),
        Cell::from(if hilly { pace(effort.graded_pace_s_per_km) } else { String::new() }),
        Cell::styled("▲".to_owned(), shade),
        Cell::styled(words::too_fast(effort), shade),
        Cell::from(effort.heart_rate_mean_bpm.map_or(String::new(), |bpm| format!("{bpm:.0}"))),
        Cell::from(String::new()),
        Cell::from(String::new()),
    ]
}

/// One bout; its efforts where there is a ceiling to hold it against.
fn row(i: usize, bout: &Bout, efforts: Option<&Efforts>, hilly: bool, style: Style) -> Vec<Cell> {
    let standing = words::standing(bout);
    let shade = shown(if bout.gait == Gait::Run { color::of_standing(standing) } else { color::DIM }, style);
    let number = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.0}"));
    let pace = |seconds: Option<f64>| match seconds {
        Some(seconds) if seconds < SLOWEST_S && matches!(bout.gait, Gait::Run | Gait::Walk | Gait::Unknown) => {
            words::pace_number(seconds, style)
        }
        _ => String::new(),
    };
    let mark = efforts.map_or("", |efforts| words::mark(bout, efforts));
    let gait = if bout.gait == Gait::Unknown { "not clear" } else { bout.gait.name() };
    vec![
        Cell::from((i + 1).to_string()),
        Cell::from(gait.to_owned()),
        Cell::from(clock(bout.start_s)),
        Cell::from(clock(bout.end_s - bout.start_s)),
        Cell::from(pace(bout.pace_s_per_km)),
        Cell::from(if hilly && bout.gait == Gait::Run { pace(bout.graded_pace_s_per_km) } else { String::new() }),
        Cell::styled(mark.to_owned(), shade),
        Cell::styled(efforts.map_or(String::new(), |efforts| words::judgement(bout, efforts)), shade),
        Cell::from(number(bout.heart_rate_mean_bpm)),
        Cell::from(number(bout.cadence_spm)),
        Cell::from(words::tags(bout).join(", ")),
    ]
}

/// The lines of the table, each a bout or several folded into one.
///
/// Where there are many bouts, what lies between two runs becomes one line; where there are still many, all but the
/// runs over the ceiling and the longest others do; and what is still too long ends early.
fn lines(bouts: &[Bout]) -> Vec<Range<usize>> {
    if bouts.len() <= LINES {
        return (0..bouts.len()).map(|i| i..i + 1).collect();
    }
    let runs_and_breaks = gathered(bouts, |bout| bout.gait == Gait::Run);
    if runs_and_breaks.len() <= LINES {
        return runs_and_breaks;
    }
    let seconds = |bout: &Bout| bout.end_s - bout.start_s;
    let mut lengths: Vec<f64> = bouts.iter().filter(|bout| bout.gait == Gait::Run).map(seconds).collect();
    lengths.sort_by(|a, b| b.total_cmp(a));
    let long = lengths.get(LINES / 3).copied().unwrap_or(0.0);
    let tells =
        |bout: &Bout| bout.gait == Gait::Run && (words::standing(bout) == Standing::Over || seconds(bout) > long);
    let mut lines = gathered(bouts, tells);
    if lines.len() > LINES {
        let first = lines[LINES - 1].start;
        lines.truncate(LINES - 1);
        lines.push(first..bouts.len());
    }
    lines
}

/// A line for each bout that stands alone, and one for all that lie between two of those.
fn gathered(bouts: &[Bout], alone: impl Fn(&Bout) -> bool) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut next = 0;
    while next < bouts.len() {
        let n_between = bouts[next..].iter().take_while(|bout| !alone(bout)).count();
        let end = next + n_between.max(1);
        lines.push(next..end);
        next = end;
    }
    lines
}

/// What bouts were, as `4 runs 6:02 (1 too fast), 4 walks 2:10`.
fn counted(bouts: &[Bout]) -> String {
    const NOUNS: [(Gait, &str, Option<&str>); 5] = [
        (Gait::Run, "run", None),
        (Gait::Walk, "walk", None),
        (Gait::Stand, "stand", None),
        (Gait::Paused, "pause", None),
        (Gait::Unknown, "not clear", Some("not clear")),
    ];
    let of_gait = |&(gait, singular, many): &(Gait, &str, Option<&str>)| {
        let bouts: Vec<&Bout> = bouts.iter().filter(|bout| bout.gait == gait).collect();
        let seconds: f64 = bouts.iter().map(|bout| bout.end_s - bout.start_s).sum();
        let n_over = bouts.iter().filter(|bout| words::standing(bout) == Standing::Over).count();
        let over = if n_over > 0 { format!(" ({n_over} too fast)") } else { String::new() };
        (!bouts.is_empty()).then(|| format!("{} {}{over}", plural(bouts.len(), singular, many), clock(seconds)))
    };
    NOUNS.iter().filter_map(of_gait).collect::<Vec<_>>().join(", ")
}
