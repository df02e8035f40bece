//! How it felt, in words: facts beside the load, never a cause.

use super::words::sanitize;
use crate::report::{File, PainRise, Progress, SymptomEntry, Symptoms, Week};
use crate::units::{clock, percent, plural};

/// A number of the scale, without a fraction where it has none.
pub fn number(pain: f64) -> String {
    format!("{pain}")
}

/// How a day felt, as `during 2, after 3, next morning 1 (achilles): note`.
pub fn entry(entry: &SymptomEntry) -> String {
    let parts = [("during", entry.during), ("after", entry.after), ("next morning", entry.next_day)];
    let said = parts.into_iter().filter_map(|(when, pain)| Some(format!("{when} {}", number(pain?))));
    let said: Vec<String> = said.collect();
    let said = if said.is_empty() { "no number".to_owned() } else { said.join(", ") };
    let site = entry.site.as_deref().map_or(String::new(), |site| format!(" ({})", sanitize(site)));
    let note = entry.note.as_deref().map_or(String::new(), |note| format!(": {}", sanitize(note)));
    said + &site + &note
}

/// What a day was against the limits; `None` where it kept to them or there is none.
pub fn against(entry: &SymptomEntry, acceptable: Option<f64>) -> Option<String> {
    let over = acceptable.filter(|_| entry.over_limit == Some(true));
    let over = over.map(too_much);
    let worse = (entry.worse_next_day == Some(true)).then(|| "worse the next morning".to_owned());
    let all: Vec<String> = over.into_iter().chain(worse).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// That it was more than is acceptable, in words.
pub fn too_much(acceptable: f64) -> String {
    if acceptable > 0.0 {
        format!("more than the acceptable {}", number(acceptable))
    } else {
        "not free of pain".to_owned()
    }
}

/// How it felt last, and against which limit.
pub fn pain_line(progress: &Progress) -> Option<String> {
    let symptoms = progress.symptoms.as_ref()?;
    let last = symptoms.entries.last()?;
    Some(format!("pain, 0 to 10, on {}: {}; {}", last.date, entry(last), limit(symptoms)))
}

/// The limits that hold, and where they come from.
pub fn limit(symptoms: &Symptoms) -> String {
    let mornings = if symptoms.next_day_rule { ", and the next morning no worse" } else { "" };
    match (symptoms.acceptable, symptoms.source) {
        (Some(limit), Some(source)) if limit <= 0.0 => format!("only free of pain is acceptable{mornings} ({source})"),
        (Some(limit), Some(source)) => format!("acceptable up to {}{mornings} ({source})", number(limit)),
        _ if symptoms.next_day_rule => "no limit is set, but the next morning is to be no worse".to_owned(),
        _ => "no limit is set".to_owned(),
    }
}

/// Days of the time asked for that were more than is acceptable, or worse the next morning.
pub fn days_against(progress: &Progress) -> Vec<String> {
    let Some(symptoms) = &progress.symptoms else { return Vec::new() };
    let asked_for = symptoms.entries.iter().filter(|entry| progress.is_since(&entry.date));
    asked_for
        .filter_map(|said| Some(format!("{}: {}: {}", said.date, entry(said), against(said, symptoms.acceptable)?)))
        .collect()
}

/// Weeks in which pain rose, with the load of both weeks beside it.
pub fn rises(progress: &Progress) -> Vec<String> {
    let Some(symptoms) = &progress.symptoms else { return Vec::new() };
    let week = |number: usize| progress.weeks.iter().find(|week| week.week == number);
    let asked_for = symptoms.rises.iter().filter(|rise| progress.is_since(&rise.date));
    asked_for.filter_map(|rise| Some(beside(rise, week(rise.before_week)?, week(rise.week)?))).collect()
}

/// A rise and the load side by side.
fn beside(rise: &PainRise, before: &Week, week: &Week) -> String {
    let PainRise { date, pain, before: pain_before, .. } = rise;
    let over = |week: &Week| week.over_share.map_or("?".to_owned(), percent);
    format!(
        "pain {} in week {} (most on {date}) after {} in week {}; side by side: {} of running after {}, {} after {}, {} \
         over the ceiling after {}",
        number(*pain),
        rise.week,
        number(*pain_before),
        rise.before_week,
        clock(week.run_s),
        clock(before.run_s),
        plural(week.run_days, "day", None),
        before.run_days,
        over(week),
        over(before)
    )
}

/// How the days of a file's runs felt, where that was asked for and something was said.
pub fn of_file(file: &File) -> Option<String> {
    let entries = file.symptoms.as_deref().filter(|entries| !entries.is_empty())?;
    let said: Vec<String> = entries.iter().map(|said| format!("{}: {}", said.date, entry(said))).collect();
    Some(format!("Pain, 0 to 10, as told on {}", said.join("; ")))
}
