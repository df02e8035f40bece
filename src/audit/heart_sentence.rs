//! The verdict by heart rate in one or two plain sentences: how long, how high, and what heart rate cannot show.

use super::Class;
use super::context::SessionContext;
use super::heart::pace_witness::PaceLimit;
use super::heart::sensor_faults::{Fault, FaultKind};
use super::heart_only::{Open, Outcome};
use super::noise::median;
use super::sentence::sentences;
use super::words::{bpm, heart_ceiling, lengths, pace};
use crate::units::{HeartRate, clock, percent, plural};

/// Rise over the ceiling that is told beside a pace that did not rise, in bpm. Our choice.
const TOLD_DRIFT_BPM: f64 = 2.0;

/// The sentence of a session that was judged by its heart rate alone.
pub(super) fn by_heart(context: &SessionContext, outcome: &Outcome) -> String {
    match (outcome.class, &outcome.open) {
        (_, Some(open)) => undetermined(context, open),
        (Class::Easy | Class::Undetermined, None) => easy(context),
        (class, None) => over(context, class),
    }
}

fn over(context: &SessionContext, class: Class) -> String {
    let limit = heart_ceiling(context);
    let time = &context.over_time;
    let spent = spent(context);
    let what = match class {
        Class::DisguisedIntervals if time.above.seconds > 0.0 => {
            format!("By heart rate alone, this was an interval session: {spent} was over {limit}")
        }
        Class::DriftedOver => format!("By heart rate alone, the run began easier and rose: {spent} was over {limit}"),
        _ if time.above.seconds > 0.0 => format!("By heart rate alone, {spent} was over {limit}"),
        _ => format!("The heart rate stayed near {limit}, but the efforts were too short for it"),
    };
    sentences(&[Some(what), efforts(context), hidden(context)])
}

/// Running over the ceiling, as `12:40 of 30:00 of running, at about 168 bpm,`.
fn spent(context: &SessionContext) -> String {
    let time = &context.over_time;
    let at = time.over_bpm.map(bpm).unwrap_or_default();
    let at = if 2.0 * time.in_short.0 > time.above.seconds {
        let asked: Vec<f64> = context
            .stretches
            .iter()
            .filter(|judged| judged.heart_over == Some(true))
            .filter_map(|x| x.demand)
            .collect();
        let asked =
            median(&mut { asked }).map(|asked| format!(", for an effort of about {}", bpm(asked))).unwrap_or_default();
        let bouts = plural(time.in_short.1, "bout", None);
        format!(", in {bouts} too short for the heart, which still rose to about {at}{asked},")
    } else {
        format!(", at about {at},")
    };
    if time.above_share() >= 0.995 {
        return format!("all the running{at}");
    }
    format!("{} of {} of running{at}", clock(time.above.seconds), clock(time.run_s))
}

/// What pace shows: the efforts, and the pace that belongs to the ceiling.
fn efforts(context: &SessionContext) -> Option<String> {
    let witness = &context.witness;
    if !witness.has_structure() {
        return None;
    }
    let n = plural(witness.efforts.len(), "effort", None);
    let lengths = lengths(witness.efforts.iter().map(|effort| effort.seconds));
    let seconds: f64 = witness.efforts.iter().map(|effort| effort.seconds).sum();
    let speed = witness.efforts.iter().map(|effort| effort.speed * effort.seconds).sum::<f64>() / seconds;
    let (at, faster) = (pace(context, speed), percent(speed / witness.base - 1.0));
    let shown = format!("The pace shows {n} of {lengths} at {at}, {faster} faster than the slower running");
    let headroom = |limit: &PaceLimit| witness.n_faster() > 0 && limit.speed > limit.steady.0;
    let Some(limit) = witness.limit.filter(headroom) else { return Some(shown) };
    let (steady, asked) = limit.steady;
    Some(format!(
        "{shown}; steady running at {} took {}, so that the ceiling is at about {} today",
        pace(context, steady),
        bpm(asked),
        pace(context, limit.speed)
    ))
}

fn easy(context: &SessionContext) -> String {
    let (limit, time) = (heart_ceiling(context), &context.over_time);
    let what = if time.unclear.seconds > 0.0 {
        format!(
            "By heart rate alone, the running kept to {limit}: above it for {} of {}, never for long",
            clock(time.unclear.seconds),
            clock(time.run_s)
        )
    } else {
        let asked = median(&mut context.stretches.iter().filter_map(|judged| judged.demand).collect::<Vec<_>>());
        let lowest = context.stretches.iter().filter_map(|judged| judged.heart_limit).fold(f64::INFINITY, f64::min);
        let asked = asked
            .filter(|&asked| asked <= lowest)
            .map(|asked| format!(": it asked the heart for about {}", bpm(asked)));
        format!("By heart rate alone, the running kept to {limit}{}", asked.unwrap_or_default())
    };
    let drift = time.drift_bpm.filter(|&drift| drift >= TOLD_DRIFT_BPM).map(|drift| {
        format!("Late in the run up to {drift:.0} bpm above it were taken for drift, as the pace did not rise")
    });
    sentences(&[Some(what), drift])
}

fn undetermined(context: &SessionContext, open: &Open) -> String {
    let (limit, time) = (heart_ceiling(context), &context.over_time);
    match open {
        Open::SomeTime => {
            // Half of it and more is what only heat can explain.
            let heat = 2.0 * time.over.seconds < time.unclear.seconds && context.witness.base > 0.0;
            let why = if heat {
                "heat or tiring can do that where the pace does not rise"
            } else {
                "too long for an easy run, and too little to call it more"
            };
            format!(
                "By heart rate alone this cannot be told: {} of {} of running was above {limit}, {} of it on end; {why}. \
                 A ceiling on pace, --easy-pace PACE, would decide it.",
                clock(time.unclear.seconds),
                clock(time.run_s),
                clock(time.unclear.longest_s),
            )
        }
        Open::FastEfforts => {
            let shown = efforts(context).unwrap_or_default();
            format!(
                "{shown}. Heart rate cannot clear efforts like these; a ceiling on pace, --easy-pace PACE, would \
                 decide it."
            )
        }
        Open::RoughCeiling => {
            let uncertainty = context.ceiling.heart_rate.as_ref().map_or(0.0, |limit| limit.uncertainty);
            format!(
                "The heart rate is too close to {limit}, which is uncertain by {uncertainty:.0} bpm, to tell. A ceiling on \
                 pace, --easy-pace PACE or --race 5k=25:00, would decide it."
            )
        }
        Open::ShortBouts => format!(
            "Heart rate alone cannot clear bouts as short as these: it comes so near to {limit} that they may have \
             asked for more. A ceiling on pace, --easy-pace PACE, would decide it."
        ),
        Open::Sensor(fault) => {
            let (what, help) = (fault_words(fault), fault_help(fault.kind));
            format!("Heart rate cannot clear this run: {what}; {help}, or a ceiling on pace, --easy-pace PACE.")
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
fn hidden(context: &SessionContext) -> Option<String> {
    let (sum, n) = context.timeline.heart_rate.iter().flatten().fold((0.0, 0_u32), |(sum, n), bpm| (sum + bpm, n + 1));
    let average = sum / f64::from(n.max(1));
    let lowest = context.stretches.iter().filter_map(|judged| judged.heart_limit).fold(f64::INFINITY, f64::min);
    (n > 0 && lowest.is_finite() && average <= lowest)
        .then(|| format!("The average of the whole session, {}, looks easy and hides it", HeartRate::from_bpm(average)))
}
