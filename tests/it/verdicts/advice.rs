//! What is said after each verdict.

use rehabrun::advice::{RULES, next};
use rehabrun::export::fit;
use rehabrun::model::{Activity, Format, Profile, Session as Recorded, Sport};
use rehabrun::report::{Class, Effort, Felt, Finding, RuleId, Session, Severity, listed};
use rehabrun::units::UnitSystem;

fn session(class: Class) -> Session {
    let mut session = listed(&Recorded::new(Sport::Running), "");
    session.judged = true;
    session.verdict.class = class;
    session.ceiling.pace_s_per_km = Some(390.0);
    session
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
        "repeat-slower: do this session again before you go on, about 50 s/km slower than in your fast stretches: no \
         faster than 6:30/km."
    );
    assert_eq!(next(&fast, UnitSystem::Imperial).map(|a| a.message.contains("80 s/mi")), Some(true));
    let mut drifted = session(Class::DriftedOver);
    drifted.verdict.turned_at_s = Some(865.0);
    assert!(said(&drifted).ends_with("It was easy until 14:00: take a walk break there."), "{}", said(&drifted));
    assert!(said(&session(Class::Surges)).starts_with("leave-out-bursts"));
    assert!(said(&session(Class::Easy)).starts_with("go-on: keep this pace"));
    assert!(said(&session(Class::Undetermined)).starts_with("still-open"));
    let mut unknown = session(Class::Undetermined);
    unknown.ceiling.pace_s_per_km = None;
    assert!(said(&unknown).starts_with("find-your-ceiling"));
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
    agreed.verdict.allowed = Some("strides agreed".to_owned());
    assert_eq!(next(&agreed, UnitSystem::Metric), None);
    let listed = listed(&Recorded::new(Sport::Walking), "A walk");
    assert_eq!(next(&listed, UnitSystem::Metric), None);
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
