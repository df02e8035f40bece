//! What a verdict rests on, a sentence each: the ceiling, the shares, what the heart says, what was left out.

use super::context::SessionContext;
use super::heart::Method;
use super::judge::JudgedStretch;
use super::measures::{Bounds, Measures};
use super::noise::median;
use super::words::{bpm, pace, running, share};
use super::{Tag, heart_only};
use crate::ceiling::Source;
use crate::timeline::SpeedSource;
use crate::units::{clock, percent, plural};

/// What the verdict of a session rests on, in its order.
pub(super) fn reasons(context: &SessionContext, measures: &Measures) -> Vec<String> {
    let damaged = context.settings.damaged.then(|| "The file is damaged: any number in it may be wrong".to_owned());
    [
        ceiling(context),
        of_steps(context, measures),
        over(measures),
        effort(context, measures),
        heart_ceiling(context),
        heart_time(context, measures),
        heart(context, measures),
        left_out(context, measures),
        unseen(context, measures),
        damaged,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How much of the running was over the ceiling on pace.
fn over(measures: &Measures) -> Option<String> {
    (measures.by_pace && measures.judged_s > 0.0 && measures.over_s > 0.0)
        .then(|| format!("Over the ceiling: {}, {}", share(measures), percent(measures.over_share())))
}

fn ceiling(context: &SessionContext) -> Option<String> {
    let limit = context.ceiling.speed.as_ref()?;
    let (pace, source) = (context.settings.units.pace(limit.value), limit.source.citation());
    Some(format!("Easy ceiling {pace} ± {}: {source}", percent(limit.uncertainty)))
}

/// The ceilings of steps of the plan that are stricter than the runner's. Of laxer ones, a finding speaks.
fn of_steps(context: &SessionContext, measures: &Measures) -> Option<String> {
    let named = |bounds: Bounds, word: &dyn Fn(f64) -> String| match (word(bounds.low), word(bounds.high)) {
        (low, high) if low == high => low,
        (low, high) => format!("{low} to {high}"),
    };
    let speed = measures.step_ceiling.map(|bounds| named(bounds, &|speed| pace(context, speed)));
    let heart = measures.step_heart_ceiling.map(|bounds| named(bounds, &bpm));
    let told: Vec<String> = speed.into_iter().chain(heart).collect();
    (!told.is_empty()).then(|| format!("Steps of the plan have their own ceiling: {}", told.join(", ")))
}

fn heart_ceiling(context: &SessionContext) -> Option<String> {
    let limit = context.ceiling.heart_rate.as_ref()?;
    Some(format!("Easy heart rate {} ± {:.0} bpm: {}", limit.value, limit.uncertainty, limit.source.citation()))
}

/// What the running over the ceiling feels like. Only for a ceiling from a race, at 70 % of the highest oxygen uptake.
///
/// There, 82, 88 and 97.5 % of the uptake are 1.135, 1.20 and 1.30 times the ceiling's speed (Daniels and Gilbert, Oxygen
/// Power, 1979). What a person gave may stand anywhere.
fn effort(context: &SessionContext, measures: &Measures) -> Option<String> {
    context.ceiling.speed.filter(|limit| limit.source == Source::Race)?;
    let ratio = measures.typical_ratio?;
    let name = match ratio {
        1.25.. => "interval",
        1.165.. => "threshold",
        1.09.. => "marathon",
        _ => return None,
    };
    Some(format!("{} over a ceiling from a race is about {name} effort", percent(ratio - 1.0)))
}

/// How long the heart was over its ceiling, by the measured series.
fn heart_time(context: &SessionContext, measures: &Measures) -> Option<String> {
    let (time, limit) = (measures.heart.as_ref()?, context.ceiling.heart_rate.as_ref()?);
    if context.over_time.known_s <= 0.0 || heart_only::is_rough(limit) {
        return None;
    }
    if time.above_s <= 0.0 {
        return Some("The heart rate never rose over its ceiling in the running".to_owned());
    }
    let open = if time.explained_s >= 1.0 {
        format!("; heat or tiring could explain {} of it", clock(time.explained_s))
    } else {
        String::new()
    };
    let short = if time.in_short.0 > 0.0 { ", short bouts judged whole by their peak" } else { "" };
    let running = running(measures, time.judged_s);
    let (over, run, on_end) = (clock(time.above_s), clock(time.judged_s), clock(time.longest_above_s));
    Some(format!("By heart rate, {over} of {run} of {running} was over its ceiling, {on_end} on end{short}{open}"))
}

/// What heart rate adds to the pace: short bouts show too little of it.
fn heart(context: &SessionContext, measures: &Measures) -> Option<String> {
    if context.heart.method == Method::Late {
        return Some("Heart rate lags too far behind to tell single bouts".to_owned());
    }
    let limit = context.ceiling.heart_rate.as_ref()?;
    let heart = measures.heart.as_ref().filter(|heart| heart.n_known > 0)?;
    let Some(asked) = heart.demand_bpm else {
        let kept = !heart_only::is_rough(limit) && heart.unclear.0 <= 0.0;
        return kept
            .then(|| "The effort of every stretch kept to the ceiling on heart rate, as far as it shows".to_owned());
    };
    let stretches = match heart.n_over {
        n if n < heart.n_known => format!("In {n} of {} stretches", heart.n_known),
        1 => "In the running".to_owned(),
        2 => "In both stretches".to_owned(),
        n => format!("In all {n} stretches"),
    };
    let short = median(&mut context.stretches.iter().map(|judged| judged.stretch.seconds).collect::<Vec<_>>())? < 90.0;
    let catches_up = match heart.peak_bpm.filter(|&peak| short && peak < asked) {
        Some(peak) => format!("; it peaked at {}, but such short bouts end before it catches up", bpm(peak)),
        None => String::new(),
    };
    Some(format!("{stretches} the heart was asked for about {} (ceiling {}){catches_up}", bpm(asked), limit.value))
}

/// Time without speed below which nothing is said, in seconds.
const TOLD_S: f64 = 15.0;

/// What was not seen of the speed, where pace decides.
fn unseen(context: &SessionContext, measures: &Measures) -> Option<String> {
    if !context.has_pace_ceiling() || context.timeline.signals.speed == SpeedSource::None || measures.unseen_s < TOLD_S
    {
        return None;
    }
    let stretches = plural(measures.holes.n, "stretch", Some("stretches"));
    let told = format!("Not seen: {} without a sure speed, in {stretches}", clock(measures.unseen_s));
    let bounded = measures.holes.open.is_none();
    Some(if bounded { format!("{told}; the distance covered there leaves room for easy running only") } else { told })
}

fn left_out(context: &SessionContext, measures: &Measures) -> Option<String> {
    (context.timeline.signals.speed != SpeedSource::None && measures.n_left_out > 0).then(|| {
        let stretches = plural(measures.n_left_out, "stretch", Some("stretches"));
        let is = |left_out: fn(&JudgedStretch) -> bool| context.stretches.iter().any(left_out);
        let causes = [
            ("doubtful speed", is(|judged| judged.stretch.speed.is_none())),
            ("a hill", is(|judged| judged.over == Some(true) && judged.tags.contains(&Tag::Hill))),
            ("a finish kick", measures.kick_s.is_some()),
        ];
        let causes: Vec<&str> = causes.into_iter().filter(|(_, applies)| *applies).map(|(cause, _)| cause).collect();
        let causes = if causes.is_empty() { "not sure".to_owned() } else { causes.join(", ") };
        format!("{stretches} left out of the verdict: {causes}")
    })
}
