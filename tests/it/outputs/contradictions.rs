//! Numbers printed beside each other agree: every percentage in a text comes from the paces in it, every ratio from the
//! paces of its row.

use crate::common::{self, checks};
use rehabrun::auditor::{self, Settings};
use rehabrun::report::{Effort, Options, Session, Verdict};
use rehabrun::synth::demo;

/// The easy pace that the files are held against, in seconds a kilometre.
const CEILING: f64 = 390.0;

#[test]
fn percentages_follow_from_the_paces_beside_them() {
    let mut n_checked = 0;
    for (name, bytes) in demo().iter().flat_map(rehabrun::synth::Demo::files) {
        n_checked += check(&name, &bytes);
    }
    assert!(n_checked > 0, "the demo has efforts");
}

#[test]
fn percentages_of_real_runs_follow_from_the_paces_beside_them() {
    let Some(corpus) = common::corpus() else { return };
    let files = ["fit", "gpx", "tcx"].map(|extension| common::files(&corpus, extension)).concat();
    let n_checked: usize = files.iter().map(|path| check(&path.to_string_lossy(), &common::bytes(path))).sum();
    assert!(n_checked > 0, "the corpus has efforts");
}

/// Fails on the first contradiction; how many percentages of texts were checked.
fn check(name: &str, bytes: &[u8]) -> usize {
    let settings = Settings { report: Options::default(), ..checks::settings(Some(CEILING)) };
    let file = auditor::audit_bytes("a", bytes.to_vec(), &settings);
    let mut n = 0;
    for (session, verdict) in file.judged() {
        let faults: Vec<String> = texts(session, verdict).filter_map(|text| fault_of_text(text, CEILING)).collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        assert_eq!(fault_of_efforts(session), None, "{name}");
        assert_eq!(fault_of_rows(session), None, "{name}");
        assert_eq!(fault_of_turn(session), None, "{name}");
        assert!(verdict.severity.is_none() || verdict.class.is_over(), "{name}");
        n += texts(session, verdict).map(|text| compared(text).count()).sum::<usize>();
    }
    n
}

fn texts<'a>(session: &'a Session, verdict: &'a Verdict) -> impl Iterator<Item = &'a str> {
    let findings = session.findings.iter().map(|finding| finding.message.as_str());
    [verdict.sentence.as_str()].into_iter().chain(verdict.reasons.iter().map(String::as_str)).chain(findings)
}

/// The paces with their percentages in a text such as `1:02 at 5:06/km, 20 % faster`.
fn compared(text: &str) -> impl Iterator<Item = (f64, f64)> {
    text.match_indices(" % faster").filter_map(|(at, _)| {
        let (before, percentage) = text[..at].rsplit_once(' ')?;
        let pace = before.strip_suffix("/km,")?.rsplit(' ').next()?;
        Some((seconds(pace)?, percentage.parse().ok()?))
    })
}

/// Seconds of `m:ss` or `h:mm:ss`.
fn seconds(clock: &str) -> Option<f64> {
    clock.split(':').try_fold(0.0, |sum, part| Some(60.0 * sum + part.parse::<f64>().ok()?))
}

/// Paces are rounded to tenths of a second, as reports keep them, and then to seconds.
const PACE_ROUNDING_S: f64 = 0.55;

/// A percentage that the paces beside it, each rounded, cannot give.
fn fault_of_text(text: &str, ceiling: f64) -> Option<String> {
    let is_possible = |(pace, percentage): (f64, f64)| {
        let (least, most) = (ceiling / (pace + PACE_ROUNDING_S) - 1.0, ceiling / (pace - PACE_ROUNDING_S) - 1.0);
        (100.0 * least - 0.5..=100.0 * most + 0.5).contains(&percentage)
    };
    compared(text).any(|printed| !is_possible(printed)).then(|| text.to_owned())
}

/// An effort whose ratio is not ceiling over graded pace, to rounding.
fn fault_of_efforts(session: &Session) -> Option<String> {
    let ceiling = session.ceiling.pace_s_per_km?;
    let wrong = session.efforts.iter().find(|effort| {
        let paces = effort.graded_pace_s_per_km.zip(effort.ratio_to_ceiling);
        paces.is_some_and(|(pace, ratio)| (ceiling / pace - ratio).abs() > 0.002)
    });
    wrong.map(|effort| format!("{effort:?}"))
}

/// A finding about an effort or a bout that has another pace or percentage than its row in the table.
fn fault_of_rows(session: &Session) -> Option<String> {
    let efforts = session.efforts.iter();
    let efforts = efforts
        .map(|row| (row.start_s, row.end_s, [row.pace_s_per_km, row.graded_pace_s_per_km], row.ratio_to_ceiling));
    let bouts = session.bouts.iter();
    let bouts =
        bouts.map(|row| (row.start_s, row.end_s, [row.pace_s_per_km, row.graded_pace_s_per_km], row.ratio_to_ceiling));
    let rows: Vec<_> = efforts.chain(bouts).collect();
    session.findings.iter().find_map(|finding| {
        let of_finding = |row: &&(f64, f64, [Option<f64>; 2], Option<f64>)| {
            is_same(row.0, finding.start_s) && is_same(row.1, finding.end_s)
        };
        let (_, _, paces, ratio) = rows.iter().find(of_finding)?;
        let has_pace = |printed: f64| paces.iter().flatten().any(|pace| (pace - printed).abs() <= PACE_ROUNDING_S);
        let is_of_row = told(&finding.message).all(has_pace);
        let percentage = compared(&finding.message).map(|(_, percentage)| percentage).next();
        let is_ratio =
            percentage.zip(*ratio).is_none_or(|(printed, ratio)| (100.0 * (ratio - 1.0) - printed).abs() <= 0.51);
        (!is_of_row || !is_ratio).then(|| format!("{} beside {paces:?} {ratio:?}", finding.message))
    })
}

fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.05
}

/// The paces of a text.
fn told(text: &str) -> impl Iterator<Item = f64> {
    text.match_indices("/km").filter_map(|(at, _)| seconds(text[..at].rsplit(' ').next()?))
}

/// A turn that is told and at which no effort begins or goes on.
fn fault_of_turn(session: &Session) -> Option<String> {
    let verdict = session.verdict.as_ref()?;
    let turned = verdict.turned_at_s?;
    let holds = |effort: &Effort| effort.counted && is_same(effort.start_s, turned);
    (!session.efforts.iter().any(holds)).then(|| format!("turned at {turned}: {}", verdict.sentence))
}

#[test]
fn a_finding_beside_its_row_is_held_against_it() {
    let mut file = auditor::audit_bytes("a", demo()[2].files()[0].1.clone(), &checks::settings(Some(CEILING)));
    let session = &mut file.sessions[0];
    assert_eq!((fault_of_rows(session), fault_of_turn(session)), (None, None));
    let effort = session.efforts.iter_mut().find(|effort| effort.counted).expect("an effort over the ceiling");
    effort.start_s -= 3.0;
    assert!(
        session.verdict.as_ref().is_none_or(|verdict| verdict.turned_at_s.is_none())
            || fault_of_turn(session).is_some()
    );
}

#[test]
fn a_wrong_percentage_is_seen() {
    assert_eq!(fault_of_text("1:02 at 5:00/km, 20 % faster", 360.0), None);
    assert!(fault_of_text("1:02 at 5:00/km, 25 % faster", 360.0).is_some());
}
