//! The verdict in plain sentences: what happened, with its numbers, and what the averages hide.

use super::case::Case;
use super::chain::Effort;
use super::judge::Judged;
use super::noise::median;
use super::verdict::{Doubt, are_strides};
use super::{Class, tag};
use crate::timeline::SpeedSource;
use crate::units::{Speed, clock, percent, plural};

/// The sentence of a session that was judged.
pub(super) fn of_class(case: &Case, class: Class, turned_at: Option<usize>) -> String {
    match class {
        Class::DisguisedIntervals => disguised(case, turned_at),
        Class::AboveEasy => above_easy(case),
        Class::DriftedOver => drifted(case, turned_at),
        Class::Surges => surges(case),
        Class::Easy | Class::Undetermined => easy(case),
    }
}

fn disguised(case: &Case, turned_at: Option<usize>) -> String {
    let efforts = efforts(case, &case.chain);
    let what = match turned_at {
        Some(at) => format!("From {} on, the easy run became intervals: {efforts}", place(case, at)),
        None => format!("This was an interval session: {efforts}"),
    };
    let share = format!("{} of running were over the easy ceiling of {}", share(case), ceiling(case));
    sentences(&[Some(what), Some(share), hidden(case)])
}

fn above_easy(case: &Case) -> String {
    let what = format!(
        "{} of running were faster than the easy ceiling of {}, steadily and not in intervals: median {}",
        capital(&share(case)),
        ceiling(case),
        compared(case, over_speed(case), over_ratio(case)),
    );
    sentences(&[Some(what), hidden(case)])
}

fn drifted(case: &Case, turned_at: Option<usize>) -> String {
    let from = turned_at.map_or_else(|| "later".to_owned(), |at| format!("from {} on", place(case, at)));
    let what = format!(
        "The run began easier and {from} stayed faster than the easy ceiling of {}: median {}",
        ceiling(case),
        compared(case, over_speed(case), over_ratio(case)),
    );
    sentences(&[Some(what), hidden(case)])
}

fn surges(case: &Case) -> String {
    let n = case.efforts.len();
    let what = if are_strides(case) {
        let strides = plural(case.tagged(tag::STRIDE).count(), "stride", None);
        format!("Easy running with {strides} of {}: speed work, though short", lengths(&case.efforts))
    } else {
        format!(
            "Mostly easy, with {} over the easy ceiling of {}",
            plural(n, "faster stretch", Some("faster stretches")),
            ceiling(case)
        )
    };
    let fastest = case.efforts.iter().max_by(|a, b| a.ratio.total_cmp(&b.ratio)).map(|effort| {
        let pace = compared(case, effort.graded, Some(effort.ratio));
        format!(
            "The fastest was {} at {pace}, {} into the run",
            clock(effort.seconds),
            clock(case.timeline.seconds(effort.range.start))
        )
    });
    sentences(&[Some(what), fastest])
}

fn easy(case: &Case) -> String {
    let fastest =
        case.judged().filter(|(judged, _)| judged.over == Some(false)).map(|(_, ratio)| ratio).fold(0.0, f64::max);
    let held = if fastest <= 1.0 {
        format!("The running stayed under the easy ceiling of {}", ceiling(case))
    } else {
        format!("The running stayed at the easy ceiling of {}, never clearly above it", ceiling(case))
    };
    let (sum, seconds) = case
        .judged()
        .filter_map(|(judged, _)| Some((judged.unit.speed?.graded, judged.unit.seconds)))
        .fold((0.0, 0.0), |(sum, time), (speed, seconds)| (sum + speed * seconds, time + seconds));
    let what = format!("{held}: {} on average", pace(case, sum / seconds));
    let kick = case
        .tagged(tag::KICK)
        .next()
        .map(|judged| format!("The last {:.0} s were a finish kick; noted, not counted", judged.unit.seconds));
    let surge = case.efforts.first().map(|effort| {
        let at = clock(case.timeline.seconds(effort.range.start));
        format!("One faster stretch of {} at {at} is noted, not counted", clock(effort.seconds))
    });
    sentences(&[Some(what), kick, surge])
}

/// The sentence of a session that cannot be judged: why, and what would help.
pub(super) fn of_doubt(case: &Case, doubt: Doubt) -> String {
    let tally = &case.tally;
    match doubt {
        Doubt::NoCeiling => "No easy ceiling is known, so the run cannot be judged; give one, for example \
                             --easy-pace 6:30/km, and it will be."
            .to_owned(),
        Doubt::LittleRunning if tally.run_s <= 0.0 => "No running was found in this session.".to_owned(),
        Doubt::LittleRunning => {
            format!("Only {} of running was found, too little to judge.", clock(tally.run_s))
        }
        Doubt::Speed if case.timeline.signals.speed == SpeedSource::None => {
            "The file holds no speed, distance or position, so the pace cannot be judged.".to_owned()
        }
        Doubt::Speed => format!(
            "The speed is missing or doubtful in {} of the running, too much to judge the rest.",
            percent(tally.suspect_share())
        ),
        Doubt::Gait => "The signals cannot tell running from walking, so the run bouts cannot be judged; a watch that \
                        records cadence can."
            .to_owned(),
        Doubt::Wheelchair => "This was done in a wheelchair, where running and walking do not apply.".to_owned(),
        Doubt::Uncertain => {
            "The speed and the easy ceiling are both too uncertain to say whether the run was easy.".to_owned()
        }
    }
}

/// What the verdict rests on: the ceiling with its uncertainty, and what was left out.
pub(super) fn reasons(case: &Case) -> Vec<String> {
    let mut reasons = Vec::new();
    if let Some(limit) = &case.ceiling.speed {
        let units = case.settings.units;
        reasons.push(format!("Easy ceiling {} ± {}", units.pace(limit.value), percent(limit.uncertainty)));
    }
    let left_out =
        case.units.iter().filter(|judged| judged.unit.speed.is_none() || judged.over == Some(true) && !judged.counted);
    let n_left_out = left_out.count();
    if n_left_out > 0 {
        reasons.push(format!(
            "{} left out: doubtful speed, hill or finish kick",
            plural(n_left_out, "stretch", Some("stretches"))
        ));
    }
    reasons
}

/// An effort, as `1:02 at 5:06/km, 20 % faster`.
pub(super) fn effort(case: &Case, effort: &Effort) -> String {
    format!("{} at {}", clock(effort.seconds), compared(case, effort.graded, Some(effort.ratio)))
}

/// A unit, as `1:02 at 5:06/km, 20 % faster`.
pub(super) fn unit(case: &Case, judged: &Judged) -> String {
    let at = judged.unit.speed.map(|speed| format!(" at {}", compared(case, speed.graded, judged.ratio)));
    format!("{}{}", clock(judged.unit.seconds), at.unwrap_or_default())
}

/// A unit with its speed over the ground, as `1:02 at 5:06/km`.
pub(super) fn raw(case: &Case, judged: &Judged) -> String {
    let at = judged.unit.speed.map(|speed| format!(" at {}", pace(case, speed.raw)));
    format!("{}{}", clock(judged.unit.seconds), at.unwrap_or_default())
}

/// The length of a unit, as `1:02`.
pub(super) fn length(judged: &Judged) -> String {
    clock(judged.unit.seconds)
}

/// What the averages over the whole session hide, where they do.
fn hidden(case: &Case) -> Option<String> {
    let limit = case.ceiling.speed.as_ref()?.value.as_meters_per_second();
    let meters = case.timeline.distance.last()? - case.timeline.distance.first()?;
    let average = meters / case.timeline.elapsed_s;
    let looks_easy = average > 0.0 && average <= limit;
    looks_easy.then(|| format!("Averaged over the whole session, {} looks easy", pace(case, average)))
}

/// As `6 efforts of 0:58 to 1:03, median 5:06/km, 20 % faster than the easy ceiling`.
fn efforts(case: &Case, efforts: &[Effort]) -> String {
    let speed = median(&mut efforts.iter().map(|e| e.graded).collect::<Vec<_>>()).unwrap_or(0.0);
    let ratio = median(&mut efforts.iter().map(|e| e.ratio).collect::<Vec<_>>());
    let n = plural(efforts.len(), "effort", None);
    format!("{n} of {}, median {}", lengths(efforts), compared(case, speed, ratio))
}

/// As `0:58 to 1:03`, or `about 1:00` where they are alike.
fn lengths(efforts: &[Effort]) -> String {
    let seconds = || efforts.iter().map(|effort| effort.seconds);
    let (shortest, longest) = (seconds().fold(f64::INFINITY, f64::min), seconds().fold(0.0, f64::max));
    if longest - shortest <= 2.0 {
        format!("about {}", clock(longest))
    } else {
        format!("{} to {}", clock(shortest), clock(longest))
    }
}

/// As `5:06/km, 20 % faster than the ceiling`.
fn compared(case: &Case, speed: f64, ratio: Option<f64>) -> String {
    match ratio {
        Some(ratio) => format!("{}, {} faster{}", pace(case, speed), percent(ratio - 1.0), effort_name(ratio)),
        None => pace(case, speed),
    }
}

/// What a ratio to the ceiling feels like. The marks hold for a ceiling at 70 % of the highest oxygen uptake.
fn effort_name(ratio: f64) -> &'static str {
    match ratio {
        1.26.. => ", about interval effort",
        1.165..1.26 => ", about threshold effort",
        1.10..1.165 => ", about marathon effort",
        _ => "",
    }
}

/// As `14:20 (2.1 km)`.
fn place(case: &Case, at: usize) -> String {
    let mark = case.settings.units.distance_mark(case.timeline.distance_at(at));
    format!("{} ({mark})", clock(case.timeline.seconds(at)))
}

/// As `9 of 10 run minutes`, or a percentage of a short run.
fn share(case: &Case) -> String {
    let minutes = (case.tally.unit_s - case.tally.suspect_s) / 60.0;
    if minutes < 4.0 {
        return percent(case.tally.over_share());
    }
    format!("{:.0} of {minutes:.0} minutes", case.tally.over_share() * minutes)
}

fn over_ratio(case: &Case) -> Option<f64> {
    median(&mut case.over().map(|(_, ratio)| ratio).collect::<Vec<_>>())
}

fn over_speed(case: &Case) -> f64 {
    let mut speeds: Vec<f64> = case.over().filter_map(|(judged, _)| Some(judged.unit.speed?.graded)).collect();
    median(&mut speeds).unwrap_or(0.0)
}

fn ceiling(case: &Case) -> String {
    case.ceiling.speed.as_ref().map_or_else(String::new, |limit| case.settings.units.pace(limit.value))
}

fn pace(case: &Case, meters_per_second: f64) -> String {
    case.settings.units.pace(Speed::from_meters_per_second(meters_per_second))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn sentences(parts: &[Option<String>]) -> String {
    parts.iter().flatten().map(|part| format!("{part}.")).collect::<Vec<_>>().join(" ")
}
