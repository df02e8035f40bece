//! The numbers that the texts of a session are made of, rounded as everything in a report, each under a name that ends in
//! its unit.

use std::collections::BTreeMap;

use super::round::{bpm, known, pace, ratio};
use crate::audit::measures::{Bounds, Compared, HeartMeasures, Lengths, Measures};
use crate::units::{HeartRate, Speed};

/// The numbers of a verdict under their names. What was not measured is left out.
pub(super) fn named(measures: &Measures) -> BTreeMap<String, f64> {
    let mut named = Named::default();
    named.share("over_share", Some(measures.over_share()).filter(|_| measures.judged_s > 0.0));
    named.paces("slowest_ceiling", "fastest_ceiling", measures.ceiling);
    named.rates("lowest_ceiling", "highest_ceiling", measures.heart_ceiling);
    named.paces("slowest_step_ceiling", "fastest_step_ceiling", measures.step_ceiling);
    named.rates("lowest_step_ceiling", "highest_step_ceiling", measures.step_heart_ceiling);
    named.pace("average", measures.average);
    named.bpm("average_heart_rate", measures.average_bpm);
    named.compared("running", "ceiling", measures.running);
    named.lengths("stretches", measures.stretches);
    named.compared("over", "ceiling", measures.over);
    named.lengths("efforts", measures.row.map(|row| row.lengths));
    named.compared("typical_effort", "ceiling", measures.row.map(|row| row.typical));
    named.lengths("strides", measures.strides);
    named.lengths("noted", measures.noted);
    named.seconds("finish_kick", measures.kick_s);
    named.share("typical_ratio_to_ceiling", measures.typical_ratio);
    named.share("suspect_share", Some(measures.suspect_share));
    named.count("n_left_out", measures.n_left_out);
    named.count("n_unseen", measures.holes.n);
    named.lengths("fast_unseen", measures.holes.fast.map(|(lengths, _)| lengths));
    named.pace("fast_unseen", measures.holes.fast.map(|(_, speed)| speed));
    named.lengths("open_unseen", measures.holes.open);
    if let Some(heart) = &measures.heart {
        named.heart(heart);
    }
    named.0
}

/// The numbers of a finding.
pub(super) fn rounded(measures: &[(&'static str, f64)]) -> BTreeMap<String, f64> {
    let round = |&(name, value): &(&'static str, f64)| {
        let is_ratio = name.contains("ratio") || name.contains("share");
        Some((name.to_owned(), if is_ratio { ratio(value) } else { known(1, value) }?))
    };
    measures.iter().filter_map(round).collect()
}

#[derive(Default)]
struct Named(BTreeMap<String, f64>);

impl Named {
    fn add(&mut self, name: String, value: Option<f64>) {
        self.0.extend(value.map(|value| (name, value)));
    }

    fn seconds(&mut self, name: &str, seconds: Option<f64>) {
        self.add(format!("{name}_s"), seconds.and_then(|seconds| known(1, seconds)));
    }

    fn pace(&mut self, name: &str, speed: Option<f64>) {
        self.add(format!("{name}_pace_s_per_km"), pace(speed.map(Speed::from_meters_per_second)));
    }

    fn bpm(&mut self, name: &str, rate: Option<f64>) {
        self.add(format!("{name}_bpm"), bpm(rate.map(HeartRate::from_bpm)));
    }

    fn share(&mut self, name: &str, share: Option<f64>) {
        self.add(name.to_owned(), share.and_then(ratio));
    }

    fn count(&mut self, name: &str, n: usize) {
        self.add(name.to_owned(), Some(n as f64));
    }

    /// A low and a high speed are a slow and a fast pace.
    fn paces(&mut self, slowest: &str, fastest: &str, bounds: Option<Bounds>) {
        self.pace(slowest, bounds.map(|bounds| bounds.low));
        self.pace(fastest, bounds.map(|bounds| bounds.high));
    }

    fn rates(&mut self, lowest: &str, highest: &str, bounds: Option<Bounds>) {
        self.bpm(lowest, bounds.map(|bounds| bounds.low));
        self.bpm(highest, bounds.map(|bounds| bounds.high));
    }

    fn compared(&mut self, name: &str, with: &str, compared: Option<Compared>) {
        self.pace(name, compared.map(|compared| compared.speed));
        self.share(&format!("{name}_ratio_to_{with}"), compared.map(|compared| compared.ratio));
    }

    fn lengths(&mut self, name: &str, lengths: Option<Lengths>) {
        let Some(Lengths { n, shortest_s, longest_s, total_s }) = lengths else { return };
        self.count(&format!("n_{name}"), n);
        self.seconds(&format!("shortest_{name}"), Some(shortest_s));
        self.seconds(&format!("longest_{name}"), Some(longest_s));
        self.seconds(name, Some(total_s));
    }

    fn heart(&mut self, heart: &HeartMeasures) {
        self.seconds("heart_judged", Some(heart.judged_s));
        self.seconds("heart_above", Some(heart.above_s));
        self.seconds("heart_longest_above", Some(heart.longest_above_s));
        self.seconds("heart_explained", Some(heart.explained_s));
        self.seconds("heart_in_short_bouts", Some(heart.in_short.0));
        self.count("n_heart_short_bouts", heart.in_short.1);
        self.bpm("heart_above", heart.above_bpm);
        self.seconds("heart_unclear", Some(heart.unclear.0));
        self.seconds("heart_longest_unclear", Some(heart.unclear.1));
        self.bpm("heart_drift", heart.drift_bpm);
        self.count("n_heart_over", heart.n_over);
        self.count("n_heart_known", heart.n_known);
        self.bpm("heart_demand", heart.demand_bpm);
        self.bpm("heart_asked", heart.asked_bpm);
        self.bpm("heart_peak", heart.peak_bpm);
        self.lengths("fast_efforts", heart.fast.map(|(lengths, _)| lengths));
        self.compared("fast_efforts", "slower_running", heart.fast.map(|(_, compared)| compared));
        self.pace("steady", heart.steady.map(|(speed, _, _)| speed));
        self.bpm("steady_heart_rate", heart.steady.map(|(_, rate, _)| rate));
        self.pace("ceiling_today", heart.steady.map(|(_, _, limit)| limit));
    }
}
