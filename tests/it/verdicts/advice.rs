//! What is said after each verdict.

use rehabrun::advice::{RULES, next};
use rehabrun::ceiling::Ceiling;
use rehabrun::export::fit;
use rehabrun::model::{Activity, Format, Profile, Session as Recorded, Sport};
use rehabrun::report::{
    Class, Compliance, Effort, Felt, Finding, RuleId, Session, Severity, Structure, Verdict, skipped, undetermined,
};
use rehabrun::units::UnitSystem;

fn session(class: Class) -> Session {
    let mut session = undetermined(&Recorded::new(Sport::Running), "", &Ceiling::default());
    verdict(&mut session).class = class;
    session.ceiling.pace_s_per_km = Some(390.0);
    session
}

fn verdict(session: &mut Session) -> &mut Verdict {
    session.verdict.as_mut().expect("a verdict")
}

fn effort(start_s: f64, end_s: f64, pace: f64, counted: bool) -> Effort {
    Effort {
        start_s,
        end_s,
        start_m: 0.0,
        end_m: 100.0,
        pace_s_per_km: Some(pace),
        graded_pace_s_per_km: None,
        ratio_to_ceiling: None,
        heart_rate_mean_bpm: None,
        heart_rate_max_bpm: None,
        counted,
        bout: 0,
    }
}

fn said(session: &Session) -> String {
    let advice = next(session, UnitSystem::Metric).expect("advice");
    format!("{}: {}", advice.rule, advice.message)
}

#[test]
fn each_verdict_has_its_line() {
    let mut fast = session(Class::DisguisedIntervals);
    fast.efforts =
        vec![effort(0.0, 60.0, 350.0, true), effort(90.0, 120.0, 320.0, true), effort(0.0, 900.0, 200.0, false)];
    assert_eq!(
        said(&fast),
        "repeat-slower: run the same again, easy this time, about 50 s/km slower than in your fast stretches: no faster \
         than 6:30/km."
    );
    assert_eq!(next(&fast, UnitSystem::Imperial).map(|a| a.message.contains("80 s/mi")), Some(true));
    let mut drifted = session(Class::DriftedOver);
    verdict(&mut drifted).turned_at_s = Some(865.0);
    assert!(said(&drifted).ends_with("It was easy until 14:00: take a walk break there."), "{}", said(&drifted));
    assert!(said(&session(Class::Surges)).starts_with("leave-out-bursts: run the same again without the bursts."));
    assert!(said(&session(Class::Easy)).starts_with("go-on: keep this pace"));
    let mut open = session(Class::Undetermined);
    assert_eq!(next(&open, UnitSystem::Metric), None, "no running, nothing to repeat");
    open.run_s = 1200.0;
    assert!(said(&open).starts_with("still-open"));
    let mut unknown = session(Class::Undetermined);
    unknown.ceiling.pace_s_per_km = None;
    assert!(said(&unknown).starts_with("find-your-ceiling"));
}

#[test]
fn a_long_fast_stretch_is_no_burst() {
    let mut surges = session(Class::Surges);
    surges.efforts = vec![effort(21.0, 137.0, 364.0, true), effort(300.0, 310.0, 300.0, false)];
    assert_eq!(
        said(&surges),
        "leave-out-bursts: run the same again at one easy effort, no faster than 6:30/km: the 1:56 from 0:21 were the \
         faster part."
    );
}

/// A formula's heart rate is no limit beside a pace, and is called what it is without one.
#[test]
fn a_heart_rate_from_a_formula_is_no_order() {
    let mut over = session(Class::AboveEasy);
    (over.ceiling.heart_rate_bpm, over.ceiling.heart_rate_uncertainty_bpm) = (Some(145.0), Some(12.0));
    assert!(said(&over).ends_with("no faster than 6:30/km."), "{}", said(&over));
    over.ceiling.heart_rate_uncertainty_bpm = Some(3.0);
    assert!(said(&over).ends_with("no faster than 6:30/km and not above 145 bpm."), "{}", said(&over));
    (over.ceiling.pace_s_per_km, over.ceiling.heart_rate_uncertainty_bpm) = (None, Some(12.0));
    assert!(said(&over).contains("not above about 145 bpm, which is a formula's"), "{}", said(&over));
}

fn planned(source: &str, label: Structure) -> Compliance {
    Compliance {
        plan: "10x(run 1:00, walk 1:00)".to_owned(),
        source: source.to_owned(),
        structure: 100.0,
        structure_label: label,
        intensity: Some(100.0),
        runs_done: 10,
        runs_planned: 10,
        walks_done: 10,
        walks_planned: 10,
        run_time_ratio: Some(1.0),
        walk_time_ratio: Some(1.0),
        extra_run_s: 0.0,
        unplanned_walks: 0,
        unplanned_walk_s: 0.0,
        forced_walks: 0,
        steps: Vec::new(),
    }
}

#[test]
fn the_plan_says_what_comes_next() {
    let mut easy = session(Class::Easy);
    easy.plan = Some(planned("kinetic-revolution/week-1", Structure::Good));
    assert_eq!(
        said(&easy),
        "go-on: do week-1 3 times in all, with a day of rest between, then week-2 (8x(run 1:30, walk 30s)), if nothing \
         hurts more than your physio allows, now and tomorrow morning."
    );
    easy.plan = Some(planned("physioadvisor/stage-19", Structure::Good));
    assert!(said(&easy).starts_with("go-on: stage-19 is the last of the plan"), "{}", said(&easy));
    easy.plan = Some(planned("athlete.toml", Structure::Good));
    assert!(said(&easy).starts_with("go-on: go on with the plan, if"), "{}", said(&easy));
    let mut over = session(Class::DisguisedIntervals);
    over.plan = Some(planned("kinetic-revolution/week-1", Structure::Good));
    assert!(said(&over).starts_with("repeat-slower: do week-1 again before you go on"), "{}", said(&over));
    over.plan = Some(planned("--plan", Structure::Off));
    assert!(
        said(&over).starts_with("repeat-slower: do what was planned (10x(run 1:00, walk 1:00)) before you go on"),
        "{}",
        said(&over)
    );
}

#[test]
fn walk_breaks_that_were_needed_ask_for_an_easier_session() {
    let mut easy = session(Class::Easy);
    let plan = planned("kinetic-revolution/week-7", Structure::Partial);
    easy.plan = Some(Compliance { unplanned_walks: 3, unplanned_walk_s: 180.0, ..plan });
    assert!(said(&easy).starts_with("walks-not-planned: it was easy, with 3 walk breaks"), "{}", said(&easy));
    assert!(said(&easy).contains("the session before this one"), "{}", said(&easy));
    let first = planned("kinetic-revolution/week-1", Structure::Good);
    easy.plan = Some(Compliance { unplanned_walks: 3, unplanned_walk_s: 180.0, ..first });
    assert!(said(&easy).ends_with("do week-1 again until it goes without them."), "{}", said(&easy));
    // Another run altogether is that first.
    easy.plan = Some(Compliance { unplanned_walks: 18, unplanned_walk_s: 900.0, ..planned("--plan", Structure::Off) });
    assert!(said(&easy).starts_with("do-as-planned"), "{}", said(&easy));
    easy.plan = Some(Compliance { unplanned_walks: 1, unplanned_walk_s: 180.0, ..planned("--plan", Structure::Good) });
    assert!(said(&easy).starts_with("go-on"), "{}", said(&easy));
}

#[test]
fn close_to_the_ceiling_a_little_slower() {
    let mut easy = session(Class::Easy);
    verdict(&mut easy).over_s = 180.0;
    assert!(said(&easy).starts_with("go-on: run the same, a little slower (3:00 of it was over 6:30/km), if"));
}

#[test]
fn what_was_felt_and_what_was_found_count() {
    let mut felt = session(Class::Easy);
    felt.felt = Some(Felt { effort: Some(8.0), feeling: None });
    assert!(said(&felt).starts_with("felt-hard: the numbers are easy, but you gave it 8 of 10"));
    felt.felt = Some(Felt { effort: Some(3.0), feeling: None });
    assert!(said(&felt).starts_with("go-on"));
    let finding = Finding {
        measures: std::collections::BTreeMap::new(),
        rule: RuleId::HeartRateNotRecovering,
        severity: Severity::Caution,
        bout: None,
        start_s: 0.0,
        end_s: 1.0,
        start_m: 0.0,
        message: String::new(),
        measured: None,
        limit: None,
        unit: None,
        allowed: None,
    };
    felt.findings.push(finding);
    assert!(said(&felt).starts_with("longer-walk-breaks"));
}

#[test]
fn what_was_agreed_on_needs_no_advice() {
    let mut agreed = session(Class::Surges);
    verdict(&mut agreed).allowed = Some("strides agreed".to_owned());
    assert_eq!(next(&agreed, UnitSystem::Metric), None);
    let walk = skipped(&Recorded::new(Sport::Walking), "A walk");
    assert_eq!(next(&walk, UnitSystem::Metric), None);
}

#[test]
fn no_word_predicts_an_injury() {
    for rule in RULES {
        let texts = [rule.title, rule.what, rule.why, rule.limits, rule.source];
        for text in texts {
            assert!(!text.contains("will injure") && !text.contains("risk of injury"), "{}", rule.id);
        }
        assert!(texts[1..].iter().all(|text| text.ends_with('.')), "{}", rule.id);
        let others = rehabrun::audit::RULES.iter().map(|other| other.id.name());
        let mut others = others.chain(rehabrun::history::RULES.iter().map(|other| other.id.name()));
        assert!(others.all(|other| other != rule.id.name()), "{}", rule.id);
        assert_eq!(RULES.iter().filter(|other| other.id == rule.id).count(), 1, "{}", rule.id);
    }
}

/// The effort and the feeling that a watch asks for after a run come back from its file.
#[test]
fn what_was_felt_is_read_from_a_file() {
    let mut recorded = Recorded::new(Sport::Running);
    (recorded.rpe, recorded.feel) = (Some(8.0), Some(75));
    let activity = Activity {
        format: Format::Fit,
        device: None,
        profile: Profile::default(),
        sessions: vec![recorded],
        notes: Vec::new(),
    };
    let read = rehabrun::ingest::read(&fit::activity(&activity));
    let first =
        read.ok().and_then(|activity| activity.sessions.into_iter().next()).map(|session| (session.rpe, session.feel));
    assert_eq!(first, Some((Some(8.0), Some(75))));
}
