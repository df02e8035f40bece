//! The verdict by heart rate in one or two plain sentences: how long, how high, and what heart rate cannot show.

use super::Class;
use super::context::SessionContext;
use super::heart::sensor_faults::{Fault, FaultKind};
use super::heart_only::{Open, Outcome};
use super::measures::{HeartMeasures, Measures};
use super::sentence::sentences;
use super::words::{bpm, faster, heart_ceiling, lengths, pace, running};
use crate::units::{clock, plural};

/// The least rise over the ceiling that is mentioned beside a pace that did not rise, in bpm. Our choice.
const TOLD_DRIFT_BPM: f64 = 2.0;

/// The sentence of a session that was judged by its heart rate alone.
pub(super) fn by_heart(context: &SessionContext, outcome: &Outcome, measures: &Measures) -> String {
    let Some(heart) = &measures.heart else { return String::new() };
    match (outcome.class, &outcome.open) {
        (_, Some(open)) => undetermined(context, open, measures, heart),
        (Class::Easy | Class::Undetermined, None) => easy(measures, heart),
        (class, None) => over(context, class, measures, heart),
    }
}

fn over(context: &SessionContext, class: Class, measures: &Measures, heart: &HeartMeasures) -> String {
    let (limit, spent) = (heart_ceiling(measures), spent(measures, heart));
    let what = match class {
        Class::DisguisedIntervals if heart.above_s > 0.0 => {
            format!("By heart rate alone, this was an interval session: {spent} was over {limit}")
        }
        Class::DriftedOver => format!("By heart rate alone, the run began easier and rose: {spent} was over {limit}"),
        _ if heart.above_s > 0.0 => format!("By heart rate alone, {spent} was over {limit}"),
        _ => format!("The heart rate stayed near {limit}, but the efforts were too short for it"),
    };
    sentences(&[Some(what), efforts(context, heart), hidden(measures)])
}

/// Running over the ceiling, as `12:40 of 30:00 of running, at about 168 bpm,`.
fn spent(measures: &Measures, heart: &HeartMeasures) -> String {
    let at = heart.above_bpm.map(bpm).unwrap_or_default();
    let (short_s, n_short) = heart.in_short;
    let at = if 2.0 * short_s > heart.above_s {
        let asked = heart.demand_bpm.map(|asked| format!(", for an effort of about {}", bpm(asked)));
        let bouts = plural(n_short, "bout", None);
        format!(", in {bouts} too short for the heart, which still rose to about {at}{},", asked.unwrap_or_default())
    } else {
        format!(", at about {at},")
    };
    let running = running(measures, heart.judged_s);
    match (clock(heart.above_s), clock(heart.judged_s)) {
        (above, run) if above == run => format!("all {run} of {running}{at}"),
        (above, run) => format!("{above} of {run} of {running}{at}"),
    }
}

/// What pace shows: the efforts, and the pace that belongs to the ceiling.
fn efforts(context: &SessionContext, heart: &HeartMeasures) -> Option<String> {
    let (of, fast) = heart.fast.filter(|_| context.witness.has_structure())?;
    let (n, lengths) = (plural(of.n, "effort", None), lengths(of));
    let (at, faster) = (pace(context, fast.speed), faster(fast.ratio));
    let shown = format!("The pace shows {n} of {lengths} at {at}, {faster} than the slower running");
    let headroom = |(steady, _, limit): &(f64, f64, f64)| context.witness.n_faster() > 0 && limit > steady;
    let Some((steady, asked, limit)) = heart.steady.filter(headroom) else { return Some(shown) };
    Some(format!(
        "{shown}; steady running at {} took {}, so that the ceiling is at about {} today",
        pace(context, steady),
        bpm(asked),
        pace(context, limit)
    ))
}

fn easy(measures: &Measures, heart: &HeartMeasures) -> String {
    let limit = heart_ceiling(measures);
    let (unclear_s, _) = heart.unclear;
    let what = if unclear_s > 0.0 {
        format!("By heart rate alone, the running kept to {limit}: {}, never for long", above(measures, heart))
    } else {
        let lowest = measures.heart_ceiling.map_or(f64::INFINITY, |limits| limits.low);
        let asked = heart.asked_bpm.filter(|&asked| asked <= lowest);
        let asked = asked.map(|asked| format!(": it asked the heart for about {}", bpm(asked)));
        format!("By heart rate alone, the running kept to {limit}{}", asked.unwrap_or_default())
    };
    let drift = heart.drift_bpm.filter(|&drift| drift >= TOLD_DRIFT_BPM).map(|drift| {
        format!("Late in the run up to {} above it were taken for drift, as the pace did not rise", bpm(drift))
    });
    sentences(&[Some(what), drift])
}

/// Time above the ceiling, as `above it for 2:11 of 27:40 of running, 1:13 of that more than ordinary drift`. Short bouts are judged by
/// what the heart was still to rise too, so that more of them may be in doubt than was above it.
fn above(measures: &Measures, heart: &HeartMeasures) -> String {
    let (unclear_s, _) = heart.unclear;
    let (above, unclear) = (clock(heart.above_s), clock(unclear_s));
    let run = format!("{} of {}", clock(heart.judged_s), running(measures, heart.judged_s));
    if unclear == above {
        format!("above it for {above} of {run}")
    } else if unclear_s < heart.above_s {
        format!("above it for {above} of {run}, {unclear} of that by more than ordinary drift")
    } else {
        format!("not clearly under it for {unclear} of {run}")
    }
}

fn undetermined(context: &SessionContext, open: &Open, measures: &Measures, heart: &HeartMeasures) -> String {
    let (limit, (unclear_s, longest_s)) = (heart_ceiling(measures), heart.unclear);
    match open {
        Open::SomeTime => {
            // Half of it and more is what only heat can explain.
            let heat = 2.0 * context.over_time.over.seconds < unclear_s && context.witness.base > 0.0;
            let why = if heat {
                "heat or tiring can do that where the pace does not rise"
            } else {
                "too long for an easy run, and too little to call it more"
            };
            format!(
                "By heart rate alone this cannot be told for {limit}: {}, at most {} of it on end; {why}. \
                 An easy pace would decide it.",
                above(measures, heart),
                clock(longest_s),
            )
        }
        Open::FastEfforts => {
            let shown = efforts(context, heart).unwrap_or_default();
            format!("{shown}. Heart rate cannot clear efforts like these; an easy pace would decide it.")
        }
        Open::RoughCeiling => {
            let uncertainty = context.ceiling.heart_rate.as_ref().map_or(0.0, |limit| limit.uncertainty);
            format!(
                "The heart rate is too close to {limit}, which is uncertain by {uncertainty:.0} bpm, to tell. An easy pace \
                 or a recent race would decide it."
            )
        }
        Open::ShortBouts => format!(
            "Heart rate alone cannot clear bouts as short as these: it comes so near to {limit} that they may have \
             asked for more. An easy pace would decide it."
        ),
        Open::Sensor(fault) => {
            let (what, help) = (fault_words(fault), fault_help(fault.kind));
            format!("Heart rate cannot clear this run: {what}; {help}, or an easy pace.")
        }
    }
}

/// What is wrong with a sensor, as `it copies the cadence for 4:10`.
pub(super) fn fault_words(fault: &Fault) -> String {
    let time = clock(fault.seconds);
    match fault.kind {
        FaultKind::Locked => format!("it copies the cadence for {time}"),
        FaultKind::Missing => format!("it is missing for {time} of the running"),
        FaultKind::Low => format!("it is too low for running for {time}, as when a strap loses contact"),
        FaultKind::Flat => format!("it does not change at all for {time}"),
        FaultKind::Late => "it comes 15 s or more after the legs".to_owned(),
        FaultKind::Wanders => {
            format!("it goes up and down by {:.0} bpm at an even pace", fault.bpm.unwrap_or_default())
        }
    }
}

/// What would help against it.
pub(super) fn fault_help(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Missing | FaultKind::Low => "a chest strap that is tight and moist would help",
        FaultKind::Locked | FaultKind::Flat | FaultKind::Late | FaultKind::Wanders => "a chest strap would help",
    }
}

/// What the average of the whole session hides.
fn hidden(measures: &Measures) -> Option<String> {
    let average =
        measures.average_bpm.filter(|&average| measures.heart_ceiling.is_some_and(|limit| average <= limit.low))?;
    Some(format!("The average of the whole session, {}, looks easy and hides it", bpm(average)))
}
