//! Words that more than one output for readers needs.

use std::collections::BTreeMap;

use super::Style;
use super::efforts::Efforts;
use crate::report::{Bout, Ceiling, Class, Compliance, Effort, Finding, Gait, RuleId, Session, Source, StartTime, Tag};
use crate::safety;
use crate::units::{Distance, Pace, clock, is_control_or_bidi, percent_over, plural};

/// Text from a file, safe to print.
pub fn sanitize(text: &str) -> String {
    text.chars().map(|c| if is_control_or_bidi(c) { '\u{fffd}' } else { c }).collect()
}

/// What keeps a runner safe, for every first look.
pub fn safety(width: usize) -> String {
    safety::LINES.iter().map(|line| wrapped("safety: ", line, width)).collect()
}

/// The start in words, as `Mon 7 Sep 2026, 18:05`, with `UTC` where the file does not give the runner's clock.
pub fn when(start: StartTime) -> String {
    let zone = if start.offset.is_none() { " UTC" } else { "" };
    format!("{}, {}{zone}", start.date().words(), start.wall_clock())
}

/// The sport as the file says it.
pub fn sport(session: &Session) -> String {
    sanitize(session.sport_name.as_deref().unwrap_or(session.sport.as_str()))
}

/// A verdict's class as people say it.
pub const fn class(class: Class) -> &'static str {
    match class {
        Class::DisguisedIntervals => "disguised intervals",
        Class::AboveEasy => "above easy",
        Class::DriftedOver => "drifted over",
        Class::Surges => "surges",
        Class::Undetermined => "cannot tell",
        Class::Easy => "easy",
    }
}

/// The same, and whether it was agreed on.
pub fn class_of(class: Class, is_agreed: bool) -> String {
    let agreed = if is_agreed { ", agreed" } else { "" };
    format!("{}{agreed}", self::class(class))
}

/// How a bout stands against the ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Over it.
    Over,
    /// Not over it.
    Under,
    /// It cannot be told.
    Unclear,
    /// Nothing to be judged: not a run.
    NotRun,
}

/// How a bout stands against the ceiling.
pub fn standing(bout: &Bout) -> Standing {
    match (bout.gait, bout.over) {
        (Gait::Run, Some(true)) => Standing::Over,
        (Gait::Run, Some(false)) => Standing::Under,
        (Gait::Run | Gait::Unknown, None) => Standing::Unclear,
        _ => Standing::NotRun,
    }
}

/// The mark of a bout: `▲` over the ceiling, `△` where only a part of it is or where the verdict leaves it out, `?` unclear.
pub fn mark(bout: &Bout, efforts: &Efforts) -> &'static str {
    match standing(bout) {
        Standing::Over if efforts.is_only_noted(bout) => "△",
        Standing::Over => "▲",
        Standing::Unclear => "?",
        Standing::Under if !efforts.inside(bout).is_empty() => "△",
        Standing::Under | Standing::NotRun => "",
    }
}

/// Shorter runs are not judged, as the audit has it.
const SHORTEST_S: f64 = 15.0;

/// How far a ratio is over the ceiling, as `+12 %`; `None` below one per cent.
#[cfg(any(feature = "html", feature = "png"))]
pub fn excess(ratio: f64) -> Option<String> {
    percent_over(ratio).map(|percent| format!("+{percent}"))
}

/// An effort against the ceiling in words: `12 % too fast`.
pub fn too_fast(effort: &Effort) -> String {
    match effort.ratio_to_ceiling.and_then(percent_over) {
        Some(percent) => format!("{percent} too fast"),
        None => "too fast".to_owned(),
    }
}

/// The time over the ceiling, of what was judged: `21:03 of 1:14:20`; `None` where nothing was judged.
#[cfg(any(feature = "html", feature = "png"))]
pub fn time_over(session: &Session) -> Option<String> {
    let verdict = session.verdict.as_ref()?;
    (verdict.judged_s >= 1.0).then(|| format!("{} of {}", clock(verdict.over_s), clock(verdict.judged_s)))
}

/// How a bout stands in words: `12 % too fast`, or of a long one `4:10 of it too fast` where only a part of it was.
pub fn judgement(bout: &Bout, efforts: &Efforts) -> String {
    let standing = standing(bout);
    if let Some(fast_s) = efforts.in_part(bout).filter(|_| matches!(standing, Standing::Over | Standing::Under)) {
        return format!("{} of it too fast", clock(fast_s));
    }
    let past = bout.ratio_to_ceiling.and_then(percent_over);
    match (standing, past) {
        (Standing::Over, Some(past)) if efforts.is_only_noted(bout) => format!("{past} over, not counted"),
        (Standing::Over, Some(past)) => format!("{past} too fast"),
        // Where heart rate decides, the effort is shown that it was judged by: its mean may be under the ceiling.
        (Standing::Over, _) => match bout.heart_rate_demand_bpm.filter(|&bpm| efforts.heart_limit < Some(bpm)) {
            Some(bpm) => format!("too hard: asks for {bpm:.0} bpm"),
            None => "too hard".to_owned(),
        },
        (Standing::Under, Some(past)) => format!("at it, +{past}"),
        (Standing::Under, _) => "easy".to_owned(),
        (Standing::Unclear, _) if bout.end_s - bout.start_s < SHORTEST_S => "too short".to_owned(),
        (Standing::Unclear, _) => "cannot tell".to_owned(),
        (Standing::NotRun, _) => String::new(),
    }
}

/// What is special about a bout, in words. What fills a minute at most is only a part of a longer bout.
pub fn tags(bout: &Bout) -> Vec<String> {
    const SHORT_S: f64 = 75.0;
    let is_long = bout.end_s - bout.start_s > SHORT_S;
    let word = |tag: &Tag| match tag {
        Tag::Kick if is_long => "ends in a kick".to_owned(),
        Tag::Kick => "finish kick".to_owned(),
        Tag::Stride if is_long => "with a stride".to_owned(),
        Tag::Hill if is_long => "with a hill".to_owned(),
        Tag::Suspect => "doubtful speed".to_owned(),
        Tag::GradeDependent => "slope decides".to_owned(),
        Tag::HeartRateOver => "heart rate over".to_owned(),
        Tag::FastDownhill => "fast downhill".to_owned(),
        Tag::Hill | Tag::Stride | Tag::Surges => tag.name().to_owned(),
    };
    bout.tags.iter().map(word).collect()
}

/// The findings to show, and the rest: of a rule that found much, only the first few are shown.
pub fn first_few(findings: &[Finding]) -> (Vec<&Finding>, Vec<&Finding>) {
    const SHOWN: usize = 4;
    let mut n_of: BTreeMap<RuleId, usize> = BTreeMap::new();
    for found in findings {
        *n_of.entry(found.rule).or_default() += 1;
    }
    let mut n_seen = BTreeMap::new();
    findings.iter().partition(|found| {
        let n_seen: &mut usize = n_seen.entry(found.rule).or_default();
        *n_seen += 1;
        // A line that says "1 more" is no shorter than the one more.
        *n_seen <= SHOWN || n_of[&found.rule] <= SHOWN + 2
    })
}

/// What gives a ceiling on pace on the command line, after a verdict that it would decide.
pub const HINT: &str =
    "hint: --easy-pace PACE gives the easy pace, --race 5k=25:00 a recent race, --easy-hr 145 an easy heart rate";

/// True where a ceiling on pace would decide what cannot be told without one.
pub fn needs_a_pace(session: &Session) -> bool {
    let is_open = session.verdict.as_ref().is_some_and(|verdict| verdict.class == Class::Undetermined);
    is_open && session.run_s > 0.0 && session.ceiling.pace_s_per_km.is_none()
}

/// Where a ceiling comes from, in words: `own runs`.
pub fn source(source: Source) -> String {
    source.name().replace('-', " ")
}

/// The ceiling in words, one part each for pace and heart rate; `None` where there is no ceiling.
pub fn ceiling(ceiling: &Ceiling, style: Style) -> Option<String> {
    let source = |source: Option<Source>| source.map_or("unknown source".to_owned(), self::source);
    let pace = ceiling.pace_s_per_km.map(|seconds| {
        let percent = ceiling.pace_uncertainty.map_or(String::new(), |share| format!(", ± {:.0} %", share * 100.0));
        format!("{} ({}{percent})", pace(seconds, style), source(ceiling.pace_source))
    });
    let heart_rate = ceiling.heart_rate_bpm.map(|bpm| {
        let spread = ceiling.heart_rate_uncertainty_bpm.map_or(String::new(), |bpm| format!(", ± {bpm:.0} bpm"));
        format!("{bpm:.0} bpm ({}{spread})", source(ceiling.heart_rate_source))
    });
    let parts: Vec<String> = pace.into_iter().chain(heart_rate).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// How a session followed its plan: structure and intensity are two things, and are said apart.
pub fn compliance(plan: &Compliance) -> String {
    let Compliance { runs_done, runs_planned, walks_done, walks_planned, .. } = plan;
    let mut text =
        format!("plan {} ({}): structure {}", sanitize(&plan.plan), sanitize(&plan.source), plan.structure_label);
    text += &format!(", {runs_done} of {runs_planned} runs and {walks_done} of {walks_planned} walks");
    if plan.extra_run_s >= 1.0 {
        text += &format!(", {} of running more than planned", clock(plan.extra_run_s));
    }
    if plan.unplanned_walks > 0 {
        let walks = plural(plan.unplanned_walks, "walk", None);
        text += &format!(", {walks} that the plan did not ask for ({})", clock(plan.unplanned_walk_s));
        text += &match (plan.forced_walks, plan.unplanned_walks) {
            (0, _) => String::new(),
            (1, 1) => ", right after running over the ceiling".to_owned(),
            (forced, all) if forced == all => ", each right after running over the ceiling".to_owned(),
            (forced, _) => format!(", {forced} of them right after running over the ceiling"),
        };
    }
    match plan.intensity {
        Some(share) => text + &format!("; intensity: {share:.0} % of the runs stayed under their ceiling"),
        None => text + "; intensity: cannot be told",
    }
}

/// A pace with its unit.
pub fn pace(seconds_per_kilometer: f64, style: Style) -> String {
    style.units.pace(Pace::from_seconds_per_kilometer(seconds_per_kilometer).speed())
}

/// A pace without its unit.
pub fn pace_number(seconds_per_kilometer: f64, style: Style) -> String {
    style.units.pace_number(Pace::from_seconds_per_kilometer(seconds_per_kilometer))
}

/// Distance and the three clocks, the last two only where they differ by more than 5 s.
pub fn clocks(session: &Session, style: Style) -> String {
    let distance = style.units.distance(Distance::from_meters(session.distance_m));
    let mut text = format!("{distance} in {} elapsed", clock(session.elapsed_s));
    if (session.elapsed_s - session.timer_s).abs() > 5.0 {
        text += &format!(" · timer {}", clock(session.timer_s));
    }
    if session.judged && (session.timer_s - session.moving_s).abs() > 5.0 {
        text += &format!(" · moving {}", clock(session.moving_s));
    }
    text
}

/// Time by gait, as `ran 10:00 in 10 bouts · walked 12:00`.
pub fn times(session: &Session) -> String {
    let n_runs = session.bouts.iter().filter(|bout| bout.gait == Gait::Run).count();
    let ran = match n_runs {
        0 => "no running found".to_owned(),
        1 => format!("ran {} without a break", clock(session.run_s)),
        _ => format!("ran {} in {n_runs} bouts", clock(session.run_s)),
    };
    let others = [
        ("walked", session.walk_s),
        ("stood", session.stand_s),
        ("paused", session.paused_s),
        ("not clear", session.unknown_s),
    ];
    let others = others.into_iter().filter(|(_, seconds)| *seconds >= 1.0);
    let others = others.map(|(word, seconds)| format!(" · {word} {}", clock(seconds)));
    ran + &others.collect::<String>()
}

/// Text in lines of at most `width` characters; the first after `first`, the others after as many blanks.
///
/// A per cent sign stays with its number.
pub fn wrapped(first: &str, text: &str, width: usize) -> String {
    let indent = first.chars().count();
    let mut lines: Vec<String> = Vec::new();
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" %", "\u{a0}%");
    for word in joined.split(' ') {
        match lines.last_mut() {
            Some(line) if indent + line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    format!("{first}{}\n", lines.join(&format!("\n{:indent$}", ""))).replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_file_steers_the_terminal() {
        assert_eq!(
            sanitize("a\u{1b}[31mred\u{7}\r\n\u{202e}gnp\u{9b}1m é 走"),
            "a\u{fffd}[31mred\u{fffd}\u{fffd}\u{fffd}\u{fffd}gnp\u{fffd}1m é 走"
        );
    }

    #[test]
    fn the_runners_clock_is_shown() {
        let shown = |text: &str| when(serde_json::from_value(text.into()).expect("RFC 3339"));
        assert_eq!(shown("2026-09-07T18:05:00+05:45"), "Mon 7 Sep 2026, 18:05");
        assert_eq!(shown("2026-09-07T18:05:00.25Z"), "Mon 7 Sep 2026, 18:05 UTC");
    }

    #[test]
    fn long_text_is_wrapped() {
        assert_eq!(wrapped("- ", "one two three", 9), "- one two\n  three\n");
        assert_eq!(wrapped("- ", "incomprehensibilities", 9), "- incomprehensibilities\n");
        assert_eq!(wrapped("- ", "", 9), "- \n");
        assert_eq!(wrapped("", "one 21 % two", 6), "one\n21 %\ntwo\n");
    }
}
