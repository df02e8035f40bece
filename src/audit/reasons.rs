//! What a verdict rests on, a sentence each: the ceiling, the shares, what the heart says, what was left out.

use super::Class;
use super::context::SessionContext;
use super::heart::Method;
use super::heart_only;
use super::noise::median;
use super::words::{bpm, share};
use crate::ceiling::Source;
use crate::timeline::SpeedSource;
use crate::units::{clock, percent, plural};

/// What the verdict of a session rests on, which comes to a class.
pub(super) fn reasons(context: &SessionContext, class: Class) -> Vec<String> {
    let judged = context.judged().next().is_some();
    let over = (judged && context.tally.over_s > 0.0).then(|| format!("Over the ceiling: {}", share(context)));
    let damaged = context.settings.damaged.then(|| "The file is damaged: any number in it may be wrong".to_owned());
    [
        ceiling(context),
        of_steps(context),
        over,
        effort(context, class),
        heart_ceiling(context),
        heart_time(context),
        heart(context),
        left_out(context),
        unseen(context),
        damaged,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn ceiling(context: &SessionContext) -> Option<String> {
    let limit = context.ceiling.speed.as_ref()?;
    let (pace, source) = (context.settings.units.pace(limit.value), limit.source.citation());
    Some(format!("Easy ceiling {pace} ± {}: {source}", percent(limit.uncertainty)))
}

/// The ceilings of steps of the plan that are stricter than the runner's. Of laxer ones, a finding speaks.
fn of_steps(context: &SessionContext) -> Option<String> {
    let mut told: Vec<String> = Vec::new();
    for step in &context.settings.steps {
        let speed = step.speed.filter(|speed| context.ceiling.speed.is_none_or(|limit| *speed < limit.value));
        let heart_rate =
            step.heart_rate.filter(|bpm| context.ceiling.heart_rate.is_none_or(|limit| *bpm < limit.value));
        told.extend(speed.map(|speed| context.settings.units.pace(speed)));
        told.extend(heart_rate.map(|heart_rate| heart_rate.to_string()));
    }
    told.sort();
    told.dedup();
    (!told.is_empty()).then(|| format!("Steps of the plan have their own ceiling: {}", told.join(", ")))
}

fn heart_ceiling(context: &SessionContext) -> Option<String> {
    let limit = context.ceiling.heart_rate.as_ref()?;
    Some(format!("Easy heart rate {} ± {:.0}: {}", limit.value, limit.uncertainty, limit.source.citation()))
}

/// What the running over the ceiling feels like. Only for a ceiling from a race, at 70 % of the highest oxygen uptake.
///
/// There, 82, 88 and 97.5 % of the uptake are 1.135, 1.20 and 1.30 times the ceiling's speed (Daniels and Gilbert, Oxygen
/// Power, 1979). What a person gave may stand anywhere.
fn effort(context: &SessionContext, class: Class) -> Option<String> {
    context.ceiling.speed.filter(|limit| limit.source == Source::Race)?;
    let ratio = context.typical_ratio(class)?;
    let name = match ratio {
        1.25.. => "interval",
        1.165.. => "threshold",
        1.09.. => "marathon",
        _ => return None,
    };
    Some(format!("{} over a ceiling from a race is about {name} effort", percent(ratio - 1.0)))
}

/// How long the heart was over its ceiling, by the measured series.
fn heart_time(context: &SessionContext) -> Option<String> {
    let (time, limit) = (&context.over_time, context.ceiling.heart_rate.as_ref()?);
    if time.known_s <= 0.0 || heart_only::is_rough(limit) {
        return None;
    }
    if time.above.seconds <= 0.0 {
        return Some("The heart rate never rose over its ceiling in the running".to_owned());
    }
    let open_s = time.above.seconds - time.over.seconds;
    let open =
        if open_s >= 1.0 { format!("; heat or tiring could explain {} of it", clock(open_s)) } else { String::new() };
    let short = if time.in_short.0 > 0.0 { ", short bouts judged whole by their peak" } else { "" };
    let (over, run, on_end) = (clock(time.above.seconds), clock(time.run_s), clock(time.above.longest_s));
    Some(format!("By heart rate, {over} of {run} of running was over its ceiling, {on_end} on end{short}{open}"))
}

/// What heart rate adds to the pace: short bouts show too little of it.
fn heart(context: &SessionContext) -> Option<String> {
    if context.heart.method == Method::Late {
        return Some("Heart rate lags too far behind to tell single bouts".to_owned());
    }
    let limit = context.ceiling.heart_rate.as_ref()?;
    let known = context.stretches.iter().filter(|judged| judged.heart_over.is_some()).count();
    let over = context.heart_over();
    if known == 0 {
        return None;
    }
    let Some(asked) = median(&mut over.iter().filter_map(|judged| judged.demand).collect::<Vec<_>>()) else {
        let kept = !heart_only::is_rough(limit) && context.over_time.unclear.seconds <= 0.0;
        return kept
            .then(|| "The effort of every stretch kept to the ceiling on heart rate, as far as it shows".to_owned());
    };
    let peak = context.timeline.heart_rate.iter().flatten().fold(0.0, f64::max);
    let stretches = match over.len() {
        n if n < known => format!("In {n} of {known} stretches"),
        1 => "In the running".to_owned(),
        2 => "In both stretches".to_owned(),
        n => format!("In all {n} stretches"),
    };
    let short = median(&mut context.stretches.iter().map(|judged| judged.stretch.seconds).collect::<Vec<_>>())? < 90.0;
    let catches_up = if short && peak < asked {
        format!("; it peaked at {}, but such short bouts end before it catches up", bpm(peak))
    } else {
        String::new()
    };
    Some(format!("{stretches} the heart was asked for about {} (ceiling {}){catches_up}", bpm(asked), limit.value))
}

/// Time without speed below which nothing is said, in seconds.
const TOLD_S: f64 = 15.0;

/// What was not seen of the speed, where pace decides.
fn unseen(context: &SessionContext) -> Option<String> {
    let unseen = &context.unseen;
    if !context.has_pace_ceiling() || context.timeline.signals.speed == SpeedSource::None || unseen.seconds < TOLD_S {
        return None;
    }
    let stretches = plural(unseen.holes.len(), "stretch", Some("stretches"));
    let told = format!("Not seen: {} without a sure speed, in {stretches}", clock(unseen.seconds));
    let bounded = unseen.open_s <= 0.0;
    Some(if bounded { format!("{told}; the way through it bounds it at an easy pace") } else { told })
}

fn left_out(context: &SessionContext) -> Option<String> {
    if context.timeline.signals.speed == SpeedSource::None {
        return None;
    }
    let is_out = |judged: &&super::judge::JudgedStretch| {
        judged.stretch.speed.is_none() || judged.over == Some(true) && !judged.counted
    };
    let n = context.stretches.iter().filter(is_out).count();
    (n > 0).then(|| {
        format!("{} left out: doubtful speed, a hill or a finish kick", plural(n, "stretch", Some("stretches")))
    })
}
