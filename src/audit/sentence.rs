//! The verdict in one or two plain sentences: what happened, with its numbers, and what the averages hide.

use super::chain::Effort;
use super::context::SessionContext;
use super::doubt::{Doubt, are_strides};
use super::judge::{JudgedStretch, OVER};
use super::noise::median;
use super::unseen::Hole;
use super::words::{bpm, capitalize, ceiling, compared, effort, heart_ceiling, lengths, pace, place, share};
use super::{Class, Tag, heart_only};
use crate::timeline::SpeedSource;
use crate::units::{clock, percent, plural};

/// The sentence of a session that was judged by its pace.
pub(super) fn by_pace(context: &SessionContext, class: Class, turned_at: Option<usize>) -> String {
    match class {
        Class::DisguisedIntervals => disguised(context, turned_at),
        Class::AboveEasy => above_easy(context, turned_at),
        Class::DriftedOver => drifted(context, turned_at),
        Class::Surges => surges(context),
        Class::Easy | Class::Undetermined => easy(context),
    }
}

fn disguised(context: &SessionContext, turned_at: Option<usize>) -> String {
    let chain = &context.chain;
    let speed = median(&mut chain.iter().map(|effort| effort.graded).collect::<Vec<_>>()).unwrap_or(0.0);
    let ratio = median(&mut chain.iter().map(|effort| effort.ratio).collect::<Vec<_>>()).unwrap_or(1.0);
    let efforts = format!(
        "{} of {} at {} than {}",
        plural(chain.len(), "effort", None),
        lengths(chain.iter().map(|effort| effort.seconds)),
        compared(context, speed, ratio),
        ceiling(context)
    );
    let what = match turned_at {
        Some(at) => format!("From {} on, the easy run became intervals: {efforts}", place(context, at)),
        None => format!("This was an interval session: {efforts}"),
    };
    // A few efforts in a run that was too fast as a whole are not all there is to it.
    let row_s: f64 = chain.iter().map(|effort| effort.seconds).sum();
    let is_part = row_s < MOST_OF_IT * context.tally.over_s && context.tally.over_share() >= MOSTLY;
    let all = is_part.then(|| format!("{} went over the ceiling", capitalize(&share(context))));
    sentences(&[Some(what), all, hidden(context)])
}

fn above_easy(context: &SessionContext, turned_at: Option<usize>) -> String {
    let went = format!("{} went faster than {}", capitalize(&share(context)), ceiling(context));
    // Where nearly all of it was over the ceiling, there is no turn to tell of.
    let turned_at = turned_at.filter(|_| context.tally.over_share() < THROUGHOUT);
    let from = turned_at.map(|at| format!("; from {} on it stayed faster to the end", place(context, at)));
    let what = format!("{went}, averaging {}{}", over_pace(context), from.unwrap_or_default());
    sentences(&[Some(what), hidden(context)])
}

fn drifted(context: &SessionContext, turned_at: Option<usize>) -> String {
    let (limit, average) = (ceiling(context), over_pace(context));
    let what = if let Some(at) = turned_at {
        format!(
            "The run began easier and from {} on stayed faster than {limit}, averaging {average}",
            place(context, at)
        )
    } else {
        let went = share(context);
        format!("The run began easier and became faster: {went} went over {limit}, averaging {average}")
    };
    sentences(&[Some(what), hidden(context)])
}

/// Share over the ceiling that is nearly all of it. Our choice.
const THROUGHOUT: f64 = 0.8;
/// Share of the time over the ceiling that efforts have to be for nothing else to be told. Our choice.
const MOST_OF_IT: f64 = 0.5;
/// Share over the ceiling from which a session is no longer mostly easy. Our choice.
const MOSTLY: f64 = 0.2;

fn surges(context: &SessionContext) -> String {
    let strides: Vec<f64> = context.tagged(Tag::Stride).map(|judged| judged.stretch.seconds).collect();
    if are_strides(context) {
        let n = plural(strides.len(), "stride", None);
        let what = format!("An easy run with {n} of {}: short, but speed work", lengths(strides.iter().copied()));
        return sentences(&[Some(what), fastest(context)]);
    }
    let easy = if context.tally.over_share() < MOSTLY { "Mostly easy" } else { "Easy in part only" };
    if let [only] = context.efforts.as_slice() {
        let what = format!(
            "{easy}, with one stretch over {}: from {} on, {}",
            ceiling(context),
            place(context, only.range.start),
            effort(context, only),
        );
        return sentences(&[Some(what)]);
    }
    let n = plural(context.efforts.len(), "stretch", Some("stretches"));
    let what = format!("{easy}, with {n} over {}: {} in all", ceiling(context), share(context));
    sentences(&[Some(what), fastest(context)])
}

/// The fastest of several efforts.
fn fastest(context: &SessionContext) -> Option<String> {
    let fastest = context.efforts.iter().max_by(|a, b| a.ratio.total_cmp(&b.ratio))?;
    Some(format!("The fastest, at {}, was {}", place(context, fastest.range.start), effort(context, fastest)))
}

fn easy(context: &SessionContext) -> String {
    let all = || context.judged().filter_map(|(judged, ratio)| Some((judged.stretch.speed?.graded, ratio, judged)));
    let seconds: f64 = all().map(|(_, _, judged)| judged.stretch.seconds).sum();
    let speed = all().map(|(speed, _, judged)| speed * judged.stretch.seconds).sum::<f64>() / seconds;
    let ratio = all().map(|(_, ratio, judged)| ratio * judged.stretch.seconds).sum::<f64>() / seconds;
    let fastest = all().filter(|(_, _, judged)| judged.over == Some(false)).map(|(_, ratio, _)| ratio);
    let (limit, average) = (ceiling(context), pace(context, speed));
    let what = if fastest.fold(0.0, f64::max) <= 1.0 {
        format!("The running stayed under {limit}: {average} on average")
    } else if ratio <= 1.0 {
        format!("The running kept to {limit}, never clearly above it for long: {average} on average")
    } else if ratio <= OVER {
        let by = percent(ratio - 1.0);
        format!("The running was right at {limit}: {average} on average, {by} faster, which still counts as easy")
    } else {
        let by = percent(ratio - 1.0);
        format!(
            "The running was {by} faster than {limit}, at {average} on average: no more than the ceiling and the data leave open"
        )
    };
    let kick = context.tagged(Tag::Kick).next().filter(|_| !context.settings.count_kicks);
    let kick =
        kick.map(|judged| format!("The last {} were a finish kick; noted, not counted", clock(judged.stretch.seconds)));
    let noted = match context.efforts.as_slice() {
        [] => None,
        [only] => {
            let at = place(context, only.range.start);
            Some(format!("One stretch over it, {} at {at}, is noted, not counted", clock(only.seconds)))
        }
        several => {
            let seconds = several.iter().map(|effort| effort.seconds).sum();
            Some(format!("{} stretches over it, {} in all, are noted, not counted", several.len(), clock(seconds)))
        }
    };
    sentences(&[Some(what), hard_for_the_heart(context), kick.or(noted)])
}

/// Said of an easy pace where half of the running, or more, was not easy for the heart.
fn hard_for_the_heart(context: &SessionContext) -> Option<String> {
    let known = context.stretches.iter().filter(|judged| judged.heart_over.is_some()).count();
    let over: Vec<&JudgedStretch> =
        context.heart_over().into_iter().filter(|judged| heart_only::is_over(context, judged)).collect();
    if over.is_empty() || 2 * over.len() < known {
        return None;
    }
    let demand = median(&mut over.iter().filter_map(|judged| judged.demand).collect::<Vec<_>>())?;
    let (asked, limit) = (bpm(demand), heart_ceiling(context));
    Some(format!("It was not easy for the heart, which was asked for about {asked}, over {limit}"))
}

/// The sentence of a session that cannot be judged: why, and what would help.
pub(super) fn of_doubt(context: &SessionContext, doubt: Doubt) -> String {
    let tally = &context.tally;
    match doubt {
        Doubt::NoCeiling => no_ceiling(context),
        Doubt::LittleRunning if tally.run_s <= 0.0 => "No running was found in this session.".to_owned(),
        Doubt::LittleRunning => {
            format!("Only {} of running was found, too little to judge.", clock(tally.run_s))
        }
        Doubt::Speed if context.timeline.signals.speed == SpeedSource::None => {
            let heart = heart_unfit(context).unwrap_or("with heart rate in the file, --easy-hr 145 can help".to_owned());
            format!("The file holds no speed, distance or position, so the pace cannot be judged; {heart}.")
        }
        Doubt::Speed => format!(
            "The speed is missing or doubtful in {} of the running, too much to judge by the rest.",
            percent(tally.suspect_share())
        ),
        Doubt::Disputed => "The speed or distance in the file and its positions tell of two different paces, and nothing says which is \
                            right, so the pace cannot be judged."
            .to_owned(),
        Doubt::Unseen => unseen(context),
        Doubt::Sparse => format!(
            "The watch recorded only every {:.0} s, so that short efforts vanish in the means between: what there is kept to \
             {}, but its swings could be efforts; set the watch to record every second.",
            context.timeline.signals.interval_s,
            ceiling(context)
        ),
        Doubt::Gait => {
            "The signals cannot tell running from walking, so the runs cannot be judged; a watch that records \
                        cadence can tell."
                .to_owned()
        }
        Doubt::Wheelchair => "This was done in a wheelchair, where running and walking do not apply.".to_owned(),
        Doubt::Damaged => {
            "The file is damaged and any number in it may be wrong, so it cannot be told whether the run \
                           was easy; export it from the watch again."
                .to_owned()
        }
        Doubt::Hidden => {
            "Most of the running was easy, but several stretches whose speed or gait is in doubt were fast: they may be \
             repetitions or noise; a watch that records cadence would tell."
                .to_owned()
        }
        Doubt::Uncertain => {
            "The speed and the easy ceiling are together too uncertain to say whether the run was easy.".to_owned()
        }
    }
}

/// What could not be seen, and why that matters: how far the runner came in it, or that nobody knows.
fn unseen(context: &SessionContext) -> String {
    let by_speed = context.has_pace_ceiling();
    let of_heart;
    let account = if by_speed {
        &context.unseen
    } else {
        of_heart = context.unheard();
        &of_heart
    };
    let what = if by_speed { "speed" } else { "heart rate" };
    let all = |n: usize, seconds: f64| match n {
        1 => format!("a stretch of {}", clock(seconds)),
        _ => format!("{n} stretches, {} in all,", clock(seconds)),
    };
    let fast: Vec<&Hole> = account.fast().collect();
    let seconds: f64 = fast.iter().map(|hole| hole.seconds).sum();
    let meters: f64 = fast.iter().filter_map(|hole| Some(hole.speed? * hole.seconds)).sum();
    if !fast.is_empty() && seconds > 0.0 {
        let (limit, average) = (ceiling(context), pace(context, meters / seconds));
        return format!(
            "The {what} is missing or doubtful in {} that the runner crossed at {average}, faster than {limit}; it cannot \
             be told what happened there, so this is no pass.",
            all(fast.len(), seconds)
        );
    }
    let open: Vec<&Hole> = account.holes.iter().filter(|hole| hole.open_s() > 0.0).collect();
    format!(
        "The {what} is missing or doubtful in {} that could hide efforts; the rest kept to {}, but this is no pass.",
        all(open.len(), open.iter().map(|hole| hole.seconds).sum()),
        if by_speed { ceiling(context) } else { heart_ceiling(context) },
    )
}

fn no_ceiling(context: &SessionContext) -> String {
    let structure =
        if super::relative::alternations(context).is_empty() { "" } else { " It does look like intervals." };
    match heart_unfit(context) {
        Some(heart) => {
            format!("No easy pace is known, and {heart}: give one with --easy-pace PACE or --race 5k=25:00.{structure}")
        }
        None => format!(
            "No easy ceiling is known, so the run cannot be judged: give one with --easy-pace PACE, --easy-hr 145 \
             or --race 5k=25:00.{structure}"
        ),
    }
}

/// Why a ceiling on heart rate could not stand in for one on pace; `None` without such a ceiling.
fn heart_unfit(context: &SessionContext) -> Option<String> {
    if context.stretches.iter().all(|judged| judged.heart_limit.is_none()) && context.ceiling.heart_rate.is_none() {
        return None;
    }
    let known = context.stretches.iter().any(|judged| judged.heart_over.is_some());
    let limit = context.ceiling.heart_rate.filter(heart_only::is_rough);
    Some(match limit {
        _ if !context.timeline.signals.heart_rate => "the file holds no heart rate for the ceiling on it".to_owned(),
        _ if !known => "the heart rate is too doubtful to be held against its ceiling".to_owned(),
        Some(limit) => {
            format!("the heart rate is too close to its ceiling, {} ± {:.0}, to tell", limit.value, limit.uncertainty)
        }
        None => "heart rate alone cannot clear bouts as short as these".to_owned(),
    })
}

/// What the averages over the whole session hide, where they do.
fn hidden(context: &SessionContext) -> Option<String> {
    let limit = context.ceiling.speed.as_ref()?.value.as_meters_per_second();
    let meters = context.timeline.distance.last()? - context.timeline.distance.first()?;
    // The pace that the watch shows: without the time in which the timer stood still.
    let paused: f64 = context.timeline.pauses.iter().map(|pause| context.seconds(&(pause.start..pause.end))).sum();
    let average = meters / (context.timeline.elapsed_s - paused);
    if !(average > 0.0 && average <= limit) {
        return None;
    }
    let heart = context.ceiling.heart_rate.as_ref().and_then(|limit| {
        let (sum, n) =
            context.timeline.heart_rate.iter().flatten().fold((0.0, 0_u32), |(sum, n), bpm| (sum + bpm, n + 1));
        let average = sum / f64::from(n);
        (n > 0 && average <= limit.value.as_bpm()).then(|| format!(" at {}", bpm(average)))
    });
    let average = pace(context, average);
    Some(format!("The average of the whole session, {average}{}, looks easy and hides it", heart.unwrap_or_default()))
}

/// Mean pace of what was over the ceiling, as `5:40/km, 8 % faster`.
fn over_pace(context: &SessionContext) -> String {
    let seconds: f64 = context.efforts.iter().map(|effort| effort.seconds).sum();
    let mean = |of: fn(&Effort) -> f64| {
        context.efforts.iter().map(|effort| of(effort) * effort.seconds).sum::<f64>() / seconds
    };
    compared(context, mean(|effort| effort.graded), mean(|effort| effort.ratio))
}

pub(super) fn sentences(parts: &[Option<String>]) -> String {
    parts.iter().flatten().map(|part| format!("{part}.")).collect::<Vec<_>>().join(" ")
}
