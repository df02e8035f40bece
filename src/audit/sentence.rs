//! The verdict in one or two plain sentences: what happened, with its numbers, and what the averages hide.

use super::case::Case;
use super::noise::median;
use super::verdict::{Doubt, are_strides};
use super::words::{bpm, capital, ceiling, compared, effort, lengths, pace, place, share};
use super::{Class, tag};
use crate::timeline::SpeedSource;
use crate::units::{HeartRate, clock, percent, plural};

/// The sentence of a session that was judged by its pace.
pub(super) fn by_pace(case: &Case, class: Class, turned_at: Option<usize>) -> String {
    match class {
        Class::DisguisedIntervals => disguised(case, turned_at),
        Class::AboveEasy => above_easy(case, turned_at),
        Class::DriftedOver => drifted(case, turned_at),
        Class::Surges => surges(case),
        Class::Easy | Class::Undetermined => easy(case),
    }
}

fn disguised(case: &Case, turned_at: Option<usize>) -> String {
    let chain = &case.chain;
    let speed = median(&mut chain.iter().map(|effort| effort.graded).collect::<Vec<_>>()).unwrap_or(0.0);
    let ratio = median(&mut chain.iter().map(|effort| effort.ratio).collect::<Vec<_>>()).unwrap_or(1.0);
    let efforts = format!(
        "{} of {} at {} than the easy ceiling of {}",
        plural(chain.len(), "effort", None),
        lengths(chain.iter().map(|effort| effort.seconds)),
        compared(case, speed, ratio),
        ceiling(case)
    );
    let what = match turned_at {
        Some(at) => format!("From {} on, the easy run became intervals: {efforts}", place(case, at)),
        None => format!("This was an interval session: {efforts}"),
    };
    sentences(&[Some(what), hidden(case)])
}

fn above_easy(case: &Case, turned_at: Option<usize>) -> String {
    let from = turned_at.map_or_else(String::new, |at| format!(", from {} on to the end", place(case, at)));
    let what = format!(
        "{} went faster than the easy ceiling of {}{from}: {} on the whole",
        capital(&share(case)),
        ceiling(case),
        over_pace(case),
    );
    sentences(&[Some(what), hidden(case)])
}

fn drifted(case: &Case, turned_at: Option<usize>) -> String {
    let from = turned_at.map_or_else(|| "then".to_owned(), |at| format!("from {} on", place(case, at)));
    let what = format!(
        "The run began easier and {from} stayed faster than the easy ceiling of {}: {} on the whole",
        ceiling(case),
        over_pace(case),
    );
    sentences(&[Some(what), hidden(case)])
}

fn surges(case: &Case) -> String {
    let strides: Vec<f64> = case.tagged(tag::STRIDE).map(|judged| judged.unit.seconds).collect();
    let what = if are_strides(case) {
        let n = plural(strides.len(), "stride", None);
        format!("An easy run with {n} of {}: short, but speed work", lengths(strides.iter().copied()))
    } else {
        let n = plural(case.efforts.len(), "stretch", Some("stretches"));
        format!("Mostly easy, with {n} over the easy ceiling of {}: {} in all", ceiling(case), share(case))
    };
    let fastest = case.efforts.iter().max_by(|a, b| a.ratio.total_cmp(&b.ratio));
    let fastest =
        fastest.map(|of| format!("The fastest, at {}, was {}", place(case, of.range.start), effort(case, of)));
    sentences(&[Some(what), fastest])
}

fn easy(case: &Case) -> String {
    let fastest =
        case.judged().filter(|(judged, _)| judged.over == Some(false)).map(|(_, ratio)| ratio).fold(0.0, f64::max);
    let held = if fastest <= 1.0 {
        format!("The running stayed under the easy ceiling of {}", ceiling(case))
    } else {
        format!("The running kept to the easy ceiling of {}, never clearly above it for long", ceiling(case))
    };
    let (sum, seconds) = case
        .judged()
        .filter_map(|(judged, _)| Some((judged.unit.speed?.graded, judged.unit.seconds)))
        .fold((0.0, 0.0), |(sum, time), (speed, seconds)| (sum + speed * seconds, time + seconds));
    let what = format!("{held}: {} on average", pace(case, sum / seconds));
    let kick = case.tagged(tag::KICK).next();
    let kick =
        kick.map(|judged| format!("The last {:.0} s were a finish kick; noted, not counted", judged.unit.seconds));
    let surge = case.efforts.first().map(|effort| {
        let at = place(case, effort.range.start);
        format!("One faster stretch of {} at {at} is noted, not counted", clock(effort.seconds))
    });
    sentences(&[Some(what), kick.or(surge)])
}

/// The sentence of a session that was judged by its heart rate alone.
pub(super) fn by_heart(case: &Case, class: Class) -> String {
    let limit = case.ceiling.heart_rate.as_ref().map_or_else(String::new, |limit| limit.value.to_string());
    let known = || case.units.iter().filter(|judged| judged.heart_over.is_some());
    let of = |over: bool| {
        let known = known().filter(|judged| judged.heart_over == Some(over));
        median(&mut known.filter_map(|judged| judged.demand).collect::<Vec<_>>()).map_or_else(String::new, bpm)
    };
    let (n, n_over) = (known().count(), known().filter(|judged| judged.heart_over == Some(true)).count());
    let counted = format!("{n_over} of {}", plural(n, "stretch of running", Some("stretches of running")));
    let what = match class {
        Class::Easy | Class::Undetermined => {
            format!(
                "By heart rate alone, the running stayed easy: it asked for about {}, with the ceiling at {limit}",
                of(false)
            )
        }
        Class::DisguisedIntervals => format!(
            "By heart rate alone, this was an interval session: {counted} asked for about {}, over the easy ceiling of {limit}",
            of(true)
        ),
        Class::AboveEasy | Class::DriftedOver | Class::Surges => {
            format!("By heart rate alone, {counted} asked for about {}, over the easy ceiling of {limit}", of(true))
        }
    };
    let mut sum = (0.0, 0);
    for bpm in case.timeline.heart_rate.iter().flatten() {
        sum = (sum.0 + bpm, sum.1 + 1);
    }
    let average = sum.0 / f64::from(sum.1.max(1));
    let below = case.ceiling.heart_rate.as_ref().is_some_and(|limit| average <= limit.value.as_bpm());
    let hidden = (class.is_over() && below).then(|| {
        format!("The average of the whole session, {}, looks easy and hides it", HeartRate::from_bpm(average))
    });
    sentences(&[Some(what), hidden])
}

/// The sentence of a session that cannot be judged: why, and what would help.
pub(super) fn of_doubt(case: &Case, doubt: Doubt) -> String {
    let tally = &case.tally;
    match doubt {
        Doubt::NoCeiling => {
            let structure =
                if super::relative::alternations(case).is_empty() { "" } else { " It does look like intervals." };
            format!(
                "No easy ceiling is known, so the run cannot be judged: give one with --easy-pace 6:30/km, --easy-hr 145 \
                 or --race 5k=25:00.{structure}"
            )
        }
        Doubt::LittleRunning if tally.run_s <= 0.0 => "No running was found in this session.".to_owned(),
        Doubt::LittleRunning => {
            format!("Only {} of running was found, too little to judge.", clock(tally.run_s))
        }
        Doubt::Speed if case.timeline.signals.speed == SpeedSource::None => {
            "The file holds no speed, distance or position, so the pace cannot be judged; with heart rate in the file, \
             --easy-hr 145 can help."
                .to_owned()
        }
        Doubt::Speed => format!(
            "The speed is missing or doubtful in {} of the running, too much to judge by the rest.",
            percent(tally.suspect_share())
        ),
        Doubt::Gait => {
            "The signals cannot tell running from walking, so the runs cannot be judged; a watch that records \
                        cadence can tell."
                .to_owned()
        }
        Doubt::Wheelchair => "This was done in a wheelchair, where running and walking do not apply.".to_owned(),
        Doubt::Uncertain => {
            "The speed and the easy ceiling are together too uncertain to say whether the run was easy.".to_owned()
        }
    }
}

/// What the averages over the whole session hide, where they do.
fn hidden(case: &Case) -> Option<String> {
    let limit = case.ceiling.speed.as_ref()?.value.as_meters_per_second();
    let meters = case.timeline.distance.last()? - case.timeline.distance.first()?;
    let average = meters / case.timeline.elapsed_s;
    if !(average > 0.0 && average <= limit) {
        return None;
    }
    let heart = case.ceiling.heart_rate.as_ref().and_then(|limit| {
        let (sum, n) = case.timeline.heart_rate.iter().flatten().fold((0.0, 0_u32), |(sum, n), bpm| (sum + bpm, n + 1));
        let average = sum / f64::from(n);
        (n > 0 && average <= limit.value.as_bpm()).then(|| format!(" at {}", bpm(average)))
    });
    let average = pace(case, average);
    Some(format!("The average of the whole session, {average}{}, looks easy and hides it", heart.unwrap_or_default()))
}

/// Mean pace of what was over the ceiling, as `5:40/km, 8 % faster`.
fn over_pace(case: &Case) -> String {
    let over =
        || case.over().filter_map(|(judged, ratio)| Some((judged.unit.speed?.graded, ratio, judged.unit.seconds)));
    let seconds: f64 = over().map(|(_, _, seconds)| seconds).sum();
    let speed = over().map(|(speed, _, time)| speed * time).sum::<f64>() / seconds;
    let ratio = over().map(|(_, ratio, time)| ratio * time).sum::<f64>() / seconds;
    compared(case, speed, ratio)
}

fn sentences(parts: &[Option<String>]) -> String {
    parts.iter().flatten().map(|part| format!("{part}.")).collect::<Vec<_>>().join(" ")
}
