//! The verdict in one or two plain sentences: what happened, with its numbers, and what the averages hide.

use super::context::SessionContext;
use super::doubt::{Doubt, are_strides};
use super::judge::OVER;
use super::measures::{Lengths, Measures};
use super::words::{bpm, capitalize, ceiling, compared, effort, heart_ceiling, lengths, pace, place, share};
use super::{Class, Tag, heart_only};
use crate::timeline::SpeedSource;
use crate::units::{clock, percent, percent_over, plural, span_text};

/// The sentence of a session that was judged by its pace.
pub(super) fn by_pace(context: &SessionContext, class: Class, turned_at: Option<usize>, measures: &Measures) -> String {
    match class {
        Class::DisguisedIntervals => disguised(context, turned_at, measures),
        Class::AboveEasy => above_easy(context, turned_at, measures),
        Class::DriftedOver => drifted(context, turned_at, measures),
        Class::Surges => surges(context, measures),
        Class::Easy | Class::Undetermined => easy(context, measures),
    }
}

fn disguised(context: &SessionContext, turned_at: Option<usize>, measures: &Measures) -> String {
    let efforts = measures.row.map(|row| {
        let n = plural(row.lengths.n, "effort", None);
        let (lengths, typical) = (lengths(row.lengths), compared(context, row.typical));
        format!(": {n} of {lengths} at {typical} than {}", ceiling(context, measures))
    });
    let efforts = efforts.unwrap_or_default();
    let what = match turned_at {
        Some(at) => format!("From {} on, the easy run became intervals{efforts}", place(context, at)),
        None => format!("This was an interval session{efforts}"),
    };
    // A few efforts in a run that was too fast as a whole are not all there is to it.
    let is_part = |row: &super::measures::Row| {
        row.lengths.total_s < MOST_OF_IT * measures.over_s && measures.over_share() >= MOSTLY
    };
    let all = measures.row.as_ref().filter(|row| is_part(row));
    let all = all.map(|_| format!("{} went over the ceiling", capitalize(&share(measures))));
    sentences(&[Some(what), all, hidden(context, measures)])
}

fn above_easy(context: &SessionContext, turned_at: Option<usize>, measures: &Measures) -> String {
    let went = format!("{} went faster than {}", capitalize(&share(measures)), ceiling(context, measures));
    // Where nearly all of it was over the ceiling, there is no turn to tell of.
    let turned_at = turned_at.filter(|_| measures.over_share() < THROUGHOUT);
    let from = turned_at.map(|at| format!("; from {} on it stayed faster", place(context, at)));
    let what = format!("{went}{}{}", averaging(context, measures), from.unwrap_or_default());
    sentences(&[Some(what), hidden(context, measures)])
}

fn drifted(context: &SessionContext, turned_at: Option<usize>, measures: &Measures) -> String {
    let (limit, average) = (ceiling(context, measures), averaging(context, measures));
    let what = if let Some(at) = turned_at {
        format!("The run began easier and from {} on stayed faster than {limit}{average}", place(context, at))
    } else {
        let went = share(measures);
        format!("The run began easier and became faster: {went} went over {limit}{average}")
    };
    sentences(&[Some(what), hidden(context, measures)])
}

/// Share over the ceiling that is nearly all of it. Our choice.
const THROUGHOUT: f64 = 0.8;
/// Share of the time over the ceiling that efforts have to be for nothing else to be told. Our choice.
const MOST_OF_IT: f64 = 0.5;
/// Share over the ceiling from which a session is no longer mostly easy. Our choice.
const MOSTLY: f64 = 0.2;

fn surges(context: &SessionContext, measures: &Measures) -> String {
    if let Some(strides) = measures.strides.filter(|_| are_strides(context)) {
        let n = plural(strides.n, "stride", None);
        let what = format!("An easy run with {n} of {}: short, but speed work", lengths(strides));
        return sentences(&[Some(what), fastest(context)]);
    }
    let easy = if measures.over_share() < MOSTLY { "Mostly easy" } else { "Easy in part only" };
    if let [only] = context.efforts.as_slice() {
        let what = format!(
            "{easy}, with one stretch over {}: from {} on, {}",
            ceiling(context, measures),
            place(context, only.range.start),
            effort(context, only),
        );
        return sentences(&[Some(what)]);
    }
    let n = plural(measures.stretches.map_or(0, |of| of.n), "stretch", Some("stretches"));
    let what = format!("{easy}, with {n} over {}: {} in all", ceiling(context, measures), share(measures));
    sentences(&[Some(what), fastest(context)])
}

/// The fastest of several efforts.
fn fastest(context: &SessionContext) -> Option<String> {
    let fastest = context.efforts.iter().max_by(|a, b| a.ratio.total_cmp(&b.ratio))?;
    Some(format!("The fastest, at {}, was {}", place(context, fastest.range.start), effort(context, fastest)))
}

fn easy(context: &SessionContext, measures: &Measures) -> String {
    let limit = ceiling(context, measures);
    let under = context.judged().filter(|(judged, _)| judged.over == Some(false)).map(|(_, ratio)| ratio);
    let what = match measures.running {
        None => format!("The running kept to {limit}"),
        Some(running) => {
            let (average, by) = (pace(context, running.speed), percent(running.ratio - 1.0));
            match running.ratio {
                _ if under.fold(0.0, f64::max) <= 1.0 && measures.noted.is_none() => {
                    format!("The running stayed under {limit}: {average} on average")
                }
                ..=1.0 => format!("The running kept to {limit}, never clearly above it for long: {average} on average"),
                ..=OVER => {
                    let by = percent_over(running.ratio).map_or(String::new(), |by| format!(", {by} faster"));
                    format!("The running was right at {limit}: {average} on average{by}, which still counts as easy")
                }
                _ => format!(
                    "The running was {by} faster than {limit}, at {average} on average: no more than the ceiling and the \
                     data leave open"
                ),
            }
        }
    };
    let kick = context.tagged(Tag::Kick).map(|judged| &judged.stretch).next().filter(|_| measures.kick_s.is_some());
    let kick = kick.map(|kick| {
        format!(
            "A finish kick of {} at {} is noted, not counted",
            clock(kick.seconds),
            place(context, kick.range.start)
        )
    });
    let noted = || match (measures.noted?, context.efforts.as_slice()) {
        (_, [only]) => {
            let at = place(context, only.range.start);
            Some(format!("One stretch over it, {} at {at}, is noted, not counted", clock(only.seconds)))
        }
        (noted, _) => {
            let total = clock(noted.total_s);
            Some(format!("{} stretches over it, {total} in all, are noted, not counted", noted.n))
        }
    };
    let noted = kick.or_else(noted);
    sentences(&[Some(what), hard_for_the_heart(context, measures), noted])
}

/// Said of an easy pace where half of the running, or more, was not easy for the heart.
fn hard_for_the_heart(context: &SessionContext, measures: &Measures) -> Option<String> {
    let heart = measures.heart.as_ref()?;
    let n_over = context.heart_over().into_iter().filter(|judged| heart_only::is_over(context, judged)).count();
    if n_over == 0 || 2 * n_over < heart.n_known {
        return None;
    }
    let (asked, limit) = (bpm(heart.demand_bpm?), heart_ceiling(measures));
    Some(format!("It was not easy for the heart, which was asked for about {asked}, over {limit}"))
}

/// The sentence of a session that cannot be judged: why, and what would help.
pub(super) fn of_doubt(context: &SessionContext, doubt: Doubt, measures: &Measures) -> String {
    match doubt {
        Doubt::NoCeiling => no_ceiling(context),
        Doubt::LittleRunning if measures.run_s <= 0.0 => "No running was found in this session.".to_owned(),
        Doubt::LittleRunning => {
            format!("Only {} of running was found, too little to judge.", clock(measures.run_s))
        }
        Doubt::Speed if context.timeline.signals.speed == SpeedSource::None => {
            let heart = heart_unfit(context).unwrap_or("with heart rate in the file, an easy heart rate would help".to_owned());
            format!("The file holds no speed, distance or position, so the pace cannot be judged; {heart}.")
        }
        Doubt::Speed => format!(
            "The speed is missing or doubtful in {} of the running, too much to judge by the rest.",
            percent(measures.suspect_share)
        ),
        Doubt::Disputed => "The speed or distance in the file and its positions tell of two different paces, and nothing says which is \
                            right, so the pace cannot be judged."
            .to_owned(),
        Doubt::Unseen => unseen(context, measures),
        Doubt::Sparse => format!(
            "The watch recorded only every {}, so that short efforts vanish in the means between: what there is kept to \
             {}, but its swings could be efforts; set the watch to record every second.",
            span_text(context.timeline.signals.interval_s),
            ceiling(context, measures)
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
            "Most of the running was easy, but stretches whose speed or gait is in doubt were fast: they may be efforts, \
             noise or a ride; a watch that records cadence would tell."
                .to_owned()
        }
        Doubt::Unconfirmed => format!(
            "{} went over {}, by a speed that nothing confirms and that is too uncertain to hold against the runner; it is too \
             much to call the run easy.",
            share(measures),
            ceiling(context, measures)
        ),
        Doubt::Uncertain => {
            "The speed and the easy ceiling are together too uncertain to say whether the run was easy.".to_owned()
        }
    }
}

/// What could not be seen, and why that matters: how far the runner came in it, or that nobody knows.
fn unseen(context: &SessionContext, measures: &Measures) -> String {
    let by_speed = context.has_pace_ceiling();
    let what = if by_speed { "speed" } else { "heart rate" };
    let all = |lengths: Lengths| match lengths.n {
        1 => format!("a stretch of {}", clock(lengths.total_s)),
        n => format!("{n} stretches, {} in all,", clock(lengths.total_s)),
    };
    if let Some((fast, speed)) = measures.holes.fast {
        let (limit, average) = (ceiling(context, measures), pace(context, speed));
        return format!(
            "The {what} is missing or doubtful in {} that the runner crossed at {average}, faster than {limit}; it cannot \
             be told what happened there, so this is no pass.",
            all(fast),
        );
    }
    let open = measures.holes.open.map_or("stretches".to_owned(), all);
    let limit = if by_speed { ceiling(context, measures) } else { heart_ceiling(measures) };
    format!(
        "The {what} is missing or doubtful in {open} that could hide efforts; the rest kept to {limit}, but this is no pass.",
    )
}

fn no_ceiling(context: &SessionContext) -> String {
    let structure =
        if super::relative::alternations(context).is_empty() { "" } else { " It does look like intervals." };
    match heart_unfit(context) {
        Some(heart) => {
            format!("No easy pace is known, and {heart}: an easy pace or a recent race would decide it.{structure}")
        }
        None => format!(
            "No easy ceiling is known, so the run cannot be judged: an easy pace, an easy heart rate or a recent race \
             would give one.{structure}"
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
            format!(
                "the heart rate is too close to its ceiling, {} ± {:.0} bpm, to tell",
                limit.value, limit.uncertainty
            )
        }
        None => "heart rate alone cannot clear bouts as short as these".to_owned(),
    })
}

/// What the averages over the whole session hide, where they do.
fn hidden(context: &SessionContext, measures: &Measures) -> Option<String> {
    let limit = context.ceiling.speed.as_ref()?.value.as_meters_per_second();
    let average = pace(context, measures.average.filter(|&average| average <= limit)?);
    let limit_bpm = context.ceiling.heart_rate.as_ref().map(|limit| limit.value.as_bpm());
    let heart = measures.average_bpm.filter(|&average| limit_bpm.is_some_and(|limit| average <= limit));
    let heart = heart.map(|average| format!(" at {}", bpm(average))).unwrap_or_default();
    Some(format!("The average of the whole session, {average}{heart}, looks easy and hides it"))
}

/// Mean pace of what was over the ceiling, as `, averaging 5:40/km, 8 % faster`.
fn averaging(context: &SessionContext, measures: &Measures) -> String {
    measures.over.map_or_else(String::new, |over| format!(", averaging {}", compared(context, over)))
}

pub(super) fn sentences(parts: &[Option<String>]) -> String {
    parts.iter().flatten().map(|part| format!("{part}.")).collect::<Vec<_>>().join(" ")
}
