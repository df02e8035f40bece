//! The evidence for each bout, how sure it is, and notes for the reader.

use super::bouts::Stretch;
use super::device::Detection;
use super::evidence::Odds;
use super::score::Confusion;
use super::{Bout, Evidence, Gait};
use crate::model::{Note, NoteId};
use crate::timeline::{SpeedSource, Timeline};
use crate::units::clock;

/// Log odds that the watch's own detection adds.
const WATCH_ODDS: f64 = 2.0;

/// Share of its confidence that a bout keeps where the watch's own detection and ours disagree. Our choice.
pub(super) const TRUST_IN_DISPUTE: f64 = 0.8;

/// The bout of a stretch. `trust` is the share of the confidence that it keeps.
pub(super) fn bout(stretch: Stretch, odds: &[Odds], watch: Option<&Detection>, trust: f64) -> Bout {
    let Stretch { gait, range, stops: crossings } = stretch;
    let own = &odds[range.clone()];
    let watched = watch.map_or(0, |watch| watch.seconds_of(gait, range.clone()));
    let evidence = match gait {
        Gait::Paused => Evidence::Timer,
        _ if 2 * watched > range.len() => Evidence::Device,
        _ => most_of(own),
    };
    let confidence = match gait {
        Gait::Paused => 1.0,
        Gait::Unknown => 0.0,
        _ => {
            let margin: f64 = own.iter().map(|o| margin(o, gait)).sum();
            let margin = (margin + WATCH_ODDS * watched as f64) / range.len().max(1) as f64;
            trust * (1.0 - (-margin.max(0.0)).exp())
        }
    };
    Bout { gait, range, evidence, confidence, crossings }
}

/// What most of the seconds rest on.
fn most_of(own: &[Odds]) -> Evidence {
    let count = |evidence: Evidence| own.iter().filter(|o| o.evidence == evidence).count();
    let kinds = [Evidence::Nothing, Evidence::Speed, Evidence::CadenceAndSpeed, Evidence::Cadence];
    kinds.into_iter().max_by_key(|&evidence| count(evidence)).unwrap_or(Evidence::Nothing)
}

/// By how much one second speaks for a gait and against the best of the others.
fn margin(odds: &Odds, gait: Gait) -> f64 {
    let (run, stand) = (f64::from(odds.run), f64::from(odds.stand));
    match gait {
        Gait::Run => run - stand.max(0.0),
        Gait::Walk => -run.max(stand),
        Gait::Stand => stand - run.max(0.0),
        Gait::Paused | Gait::Unknown => 0.0,
    }
}

/// Below this kappa, and below this share of seconds, our segmentation and the watch's own disagree. A session of one
/// gait has a kappa near zero for a few seconds of difference, so both must hold.
const LEAST_KAPPA: f64 = 0.7;
const LEAST_ACCURACY: f64 = 0.95;

/// True when our segmentation and the watch's own disagree.
pub(super) fn disagree(agreement: &Confusion) -> bool {
    agreement.kappa().is_some_and(|kappa| kappa < LEAST_KAPPA)
        && agreement.accuracy().is_some_and(|accuracy| accuracy < LEAST_ACCURACY)
}

/// What the reader should know about how the bouts were told.
pub(super) fn notes(bouts: &[Bout], timeline: &Timeline, agreement: Option<&Confusion>) -> Vec<Note> {
    let mut notes = Vec::new();
    if !timeline.signals.cadence && timeline.signals.speed != SpeedSource::None {
        notes.push(Note::new(
            NoteId::GaitFromSpeed,
            "without a usable cadence, running and walking are told from speed alone",
        ));
    }
    let open: f64 = bouts
        .iter()
        .filter(|bout| bout.gait == Gait::Unknown && bout.evidence == Evidence::Speed)
        .map(|bout| timeline.duration(bout.range.clone()))
        .sum();
    if open > 0.0 {
        let message = format!("{} could be slow running or brisk walking: speed alone cannot tell", clock(open));
        notes.push(Note::new(NoteId::GaitUnknown, message));
    }
    if let Some(agreement) = agreement.filter(|a| disagree(a)) {
        let share = agreement.accuracy().map_or(0.0, |accuracy| (1.0 - accuracy) * 100.0);
        let message = format!(
            "the watch's own run and walk detection and the step rate disagree in {share:.0} % of the time; the bouts are less sure",
        );
        notes.push(Note::new(NoteId::GaitDetectionDisagrees, message));
    }
    notes
}
