//! Holds the library's formulas to reference values: each vector names a function, its input and what must come out.
//!
//! A part of the vectors is kept in `tests/data/vectors.json`. `REHABRUN_VECTORS` may name a file with more.

use std::path::{Path, PathBuf};

use rehabrun::audit::critical;
use rehabrun::audit::grade::{self, CostModel};
use rehabrun::audit::heart::periodic_peak_trough;
use rehabrun::audit::index::{self, Parts};
use rehabrun::audit::noise::{self, SpeedError};
use rehabrun::ceiling::heart_rate::{self as heart, FrielZone};
use rehabrun::ceiling::{acsm, daniels, detraining};
use rehabrun::history::spike::Spike;
use rehabrun::plan::{PerformedBout, Prescription, align};
use rehabrun::segment::{Gait, body, score};
use rehabrun::timeline::kalman::{self, Fix};
use rehabrun::timeline::{Convention, geodesy, smooth};
use rehabrun::units::{Distance, HeartRate, Position, Speed, fit};
use serde_json::{Value, json};

type Compute = fn(&Input) -> Value;

/// Every function that a vector may name, with what computes it.
const FUNCTIONS: &[(&str, Compute)] = &[
    ("daniels_vo2_cost", |i| json!(daniels::oxygen_cost(i.speed_per_minute()))),
    ("daniels_pct_vo2max", |i| json!(daniels::sustainable_fraction(i.number("t_min")))),
    ("vdot", |i| json!(daniels::vdot(i.distance("d_m"), 60.0 * i.number("t_min")))),
    ("race_time", |i| json!(daniels::race_time(i.number("vdot"), i.distance("d_m")).map(|s| s / 60.0))),
    ("pace_at_fraction", |i| json!(1000.0 / speed_at_fraction(i))),
    ("speed_at_fraction", |i| json!(speed_at_fraction(i))),
    ("v_at_vo2", |i| json!(daniels::speed_at(i.number("vo2")).as_meters_per_minute())),
    ("cs_dprime_from_vdot", |i| {
        let minutes = (i.or("t1_min", 3.0), i.or("t2_min", 12.0));
        let (speed, above) = daniels::critical_speed(i.number("vdot"), minutes);
        json!([speed.as_meters_per_second(), above.as_meters()])
    }),
    ("vdot_detrained", |i| {
        json!(i.number("vdot") * detraining::fitness_left(i.number("days_off"), i.flag("cross_trained")))
    }),
    ("minetti_cr", |i| json!(grade::run_cost(i.number("i")))),
    ("minetti_cw", |i| json!(grade::walk_cost(i.number("i")))),
    ("gap_factor_hr", |i| json!(grade::heart_rate_factor(i.number("i")))),
    ("gap_speed", |i| {
        let model = if i.text("model") == "minetti" { CostModel::Oxygen } else { CostModel::HeartRate };
        json!(grade::graded_speed(i.number("v"), i.number("i"), model))
    }),
    ("hrmax_nes", |i| json!(heart::max_by_age(i.number("age")).as_bpm())),
    ("hrmax_tanaka", |i| json!(heart::max_by_age_tanaka(i.number("age")).as_bpm())),
    ("hrmax_gellish", |i| json!(heart::max_by_age_gellish(i.number("age")).as_bpm())),
    ("hrmax_gellish_linear", |i| json!(heart::max_by_age_gellish(i.number("age")).as_bpm())),
    ("hrmax_gellish_quadratic", |i| json!(heart::max_by_age_gellish_quadratic(i.number("age")).as_bpm())),
    ("hrmax_beta_blocker", |i| json!(heart::max_by_age_with_beta_blockers(i.number("age")).as_bpm())),
    ("karvonen", |i| json!(heart::of_reserve(i.bpm("hr_rest"), i.bpm("hr_max"), i.number("frac")).as_bpm())),
    ("lthr_ceiling", |i| json!(heart::share_of(i.bpm("lthr"), i.or("frac", 0.89)).as_bpm())),
    ("hrmax_ceiling", |i| json!(heart::share_of(i.bpm("hr_max"), i.or("frac", 0.79)).as_bpm())),
    ("friel_zone", |i| json!(FrielZone::of(i.bpm("hr"), i.bpm("lthr")).name())),
    ("maf", |i| json!(heart::maffetone(i.number("age"), i.or("adjust", 0.0)).as_bpm())),
    ("hr_at_vo2_fraction", |i| {
        let (rest, max) = (i.bpm("hr_rest"), i.bpm("hr_max"));
        json!(heart::at_vdot_share(i.number("vdot"), i.number("frac_vo2max"), rest, max).map(HeartRate::as_bpm))
    }),
    ("acsm_walk_vo2", |i| json!(acsm::walking_cost(i.speed_per_minute(), i.number("grade")))),
    ("acsm_run_vo2", |i| json!(acsm::running_cost(i.speed_per_minute(), i.number("grade")))),
    ("hr_periodic_peak_trough", |i| {
        let levels = (i.number("hr_walk"), i.number("hr_run"));
        let (peak, trough) = periodic_peak_trough(levels, (i.number("t_on"), i.number("t_off")), i.number("tau"));
        json!([peak, trough])
    }),
    ("haversine", |i| {
        // Ours is on the mean sphere; distance grows with the radius.
        let radius = i.or("R", 6_371_008.8) / 6_371_008.8;
        json!(radius * geodesy::haversine(i.position(1), i.position(2)).as_meters())
    }),
    ("local_wgs84", |i| {
        let (east, north) = geodesy::local_offset(i.position(1), i.position(2));
        json!(east.hypot(north))
    }),
    ("geodesic_wgs84", |i| json!(geodesy::geodesic(i.position(1), i.position(2)).as_meters())),
    ("semicircles_to_deg", |i| {
        let position = Position::from_semicircles(0, i.number("s") as i32).expect("a longitude");
        json!(position.longitude())
    }),
    ("deg_to_semicircles", |i| {
        json!(Position::from_degrees(0.0, i.number("deg")).expect("a longitude").as_semicircles().1)
    }),
    ("fit_time_to_unix", |i| json!(fit::timestamp(i.number("t") as u32).as_unix_seconds())),
    ("fit_speed", |i| json!(fit::SPEED.value(i.number("raw")))),
    ("fit_altitude", |i| json!(fit::ALTITUDE.value(i.number("raw")))),
    ("fit_distance", |i| json!(fit::DISTANCE.value(i.number("raw")))),
    ("fit_stance_time", |i| json!(fit::STANCE_TIME.value(i.number("raw")))),
    ("fit_stance_time_percent", |i| json!(fit::STANCE_TIME_PERCENT.value(i.number("raw")))),
    ("fit_vertical_oscillation", |i| json!(fit::VERTICAL_OSCILLATION.value(i.number("raw")))),
    ("fit_vertical_ratio", |i| json!(fit::VERTICAL_RATIO.value(i.number("raw")))),
    ("fit_step_length", |i| json!(fit::STEP_LENGTH.value(i.number("raw")))),
    ("fit_grade", |i| json!(fit::GRADE.value(i.number("raw")))),
    ("fit_cadence", fit_cadence),
    ("fit_cadence_spm", fit_cadence),
    ("fit_running_cadence", fit_cadence),
    ("cadence_spm", fit_cadence),
    ("gpx_cadence_spm", |i| {
        let single_leg = i.text("convention").starts_with("single");
        let convention = if single_leg { Convention::Strides } else { Convention::Steps };
        json!(convention.cadence(i.number("cad")).as_spm())
    }),
    ("duty_factor", |i| json!(body::duty_factor(i.number("stance_ms"), i.number("spm")))),
    ("speed_at_froude", |i| json!(body::speed_at_froude(i.number("fr"), i.number("leg_m")))),
    ("froude", |i| json!(body::froude(i.number("v"), i.number("leg_m")))),
    ("population_run_cadence", |i| json!(body::run_cadence(i.number("v")))),
    ("emission_llr_run_minus_walk", |i| json!(i.or("temper", 1.0) * body::run_odds(i.optional("v"), i.optional("c")))),
    ("hmm_leave_prob", |i| json!(body::leave_probability(i.number("dwell_s"), i.number("min_s")))),
    ("rts_position", |i| json!(smoothed(i).iter().map(|state| state.x).collect::<Vec<_>>())),
    ("rts_velocity", |i| json!(smoothed(i).iter().map(|state| state.vx).collect::<Vec<_>>())),
    ("rts_speed", |i| json!(smoothed(i).iter().map(|state| state.vx).collect::<Vec<_>>())),
    ("savgol_weights", |i| json!(smooth::savitzky_golay_weights(i.number("window") as usize))),
    ("gps_bout_sigma_ln", |i| {
        assert!((i.or("tau_s", 84.0) - 84.0).abs() < 1e-12, "position errors last 84 s");
        let error = SpeedError { position_m: i.number("sigma_pos"), scale: i.or("scale", 0.015) };
        json!(error.of_mean(i.number("T_s"), i.number("v")))
    }),
    ("eb_shrink", |i| {
        let ratios = i.numbers("r");
        let errors = i.optional("sigma").map_or_else(|| i.numbers("sigma"), |sigma| vec![sigma; ratios.len()]);
        json!(noise::shrink(&ratios, &errors).iter().map(|drawn| drawn.0).collect::<Vec<_>>())
    }),
    ("interval_index", |i| {
        json!(index::index(Parts {
            ratio: i.optional("med_r_over"),
            over_share: i.number("frac_over"),
            n_over: i.number("n_over") as usize,
            heart_rate_share: i.optional("hr_frac"),
        }))
    }),
    ("dprime_balance", |i| {
        let mut reserve = critical::Reserve::full(Speed::from_meters_per_second(i.number("cs")), i.distance("D0"));
        let steps = i.value("steps").as_array().expect("steps");
        let after = steps.iter().map(|step| {
            let (speed, seconds) = (step[0].as_f64().expect("a speed"), step[1].as_f64().expect("seconds"));
            reserve.spend(Speed::from_meters_per_second(speed), seconds, i.or("dt", 1.0));
            reserve.left().as_meters()
        });
        json!(after.collect::<Vec<_>>())
    }),
    ("segment_iou", |i| {
        let (truth, found) = (i.numbers("truth"), i.numbers("pred"));
        json!(score::iou(&(truth[0]..truth[1]), &(found[0]..found[1])))
    }),
    ("plan_alignment_cost", |i| {
        let plan = Prescription::parse(i.text("plan")).expect("a plan");
        let alignment = align(&plan, &bouts(i.value("detected")));
        json!([alignment.cost, alignment.structure])
    }),
    ("session_spike", |i| {
        let spike = Spike::of(i.number("d_km"), i.number("longest30_km")).expect("a baseline");
        json!([spike.increase, spike.dose.name(), spike.dose.hazard_ratio()])
    }),
];

fn speed_at_fraction(input: &Input) -> f64 {
    daniels::speed_at(input.number("frac") * input.number("vdot")).as_meters_per_second()
}

fn fit_cadence(input: &Input) -> Value {
    let fraction = ["fractional_cadence", "fractional", "frac"].into_iter().find_map(|name| input.optional(name));
    let strides = fit::cadence(input.number("cadence"), fraction.unwrap_or(0.0));
    json!(Convention::Strides.cadence(strides).as_spm())
}

fn smoothed(input: &Input) -> Vec<kalman::State> {
    let (dt, r) = (input.or("dt", 1.0), input.or("r", 2.0));
    let fixes: Vec<_> =
        input.numbers("z").iter().enumerate().map(|(n, &x)| Fix { t: dt * n as f64, x, y: 0.0, r }).collect();
    kalman::smooth(&fixes, input.or("q", 0.05))
}

fn bouts(detected: &Value) -> Vec<PerformedBout> {
    let bout = |bout: &Value| {
        let gait = match bout[0].as_str() {
            Some("R") => Gait::Run,
            Some("W") => Gait::Walk,
            _ => Gait::Stand,
        };
        PerformedBout::new(gait, bout[1].as_f64().expect("seconds"))
    };
    detected.as_array().expect("bouts").iter().map(bout).collect()
}

/// The input of a vector.
struct Input<'a>(&'a Value);

impl Input<'_> {
    fn value(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or_else(|| panic!("no `{name}` in {}", self.0))
    }

    fn optional(&self, name: &str) -> Option<f64> {
        self.0.get(name).and_then(Value::as_f64)
    }

    fn number(&self, name: &str) -> f64 {
        self.value(name).as_f64().unwrap_or_else(|| panic!("`{name}` is no number in {}", self.0))
    }

    fn or(&self, name: &str, otherwise: f64) -> f64 {
        self.optional(name).unwrap_or(otherwise)
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        self.value(name).as_array().expect("a list").iter().map(|x| x.as_f64().expect("a number")).collect()
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    fn bpm(&self, name: &str) -> HeartRate {
        HeartRate::from_bpm(self.number(name))
    }

    fn distance(&self, name: &str) -> Distance {
        Distance::from_meters(self.number(name))
    }

    fn speed_per_minute(&self) -> Speed {
        Speed::from_meters_per_second(self.number("v_m_per_min") / 60.0)
    }

    fn position(&self, n: u8) -> Position {
        Position::from_degrees(self.number(&format!("lat{n}")), self.number(&format!("lon{n}"))).expect("on the globe")
    }
}

#[test]
fn the_kept_vectors_hold() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/vectors.json"));
}

#[test]
fn further_vectors_hold() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors.json");
    let file = std::env::var_os("REHABRUN_VECTORS").map_or(beside, PathBuf::from);
    if file.exists() {
        check(&file);
    } else {
        println!("skipped: no further vectors");
    }
}

/// Computes every vector of a file and lists all that are off.
fn check(file: &Path) {
    let text = std::fs::read_to_string(file).expect("a readable file");
    let vectors: Vec<Value> = serde_json::from_str(&text).expect("a list of vectors");
    assert!(!vectors.is_empty());
    let faults: Vec<String> = vectors.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} of {} vectors are off:\n{}", faults.len(), vectors.len(), faults.join("\n"));
}

/// What is wrong with our value of a vector, if anything is.
fn fault(vector: &Value) -> Option<String> {
    let name = vector["fn"].as_str().unwrap_or_default();
    let Some((_, compute)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
        return Some(format!("{}: unknown function `{name}` of {}", vector["id"], vector["input"]));
    };
    let ours = compute(&Input(&vector["input"]));
    let (expected, tolerance) = (&vector["expected"], vector["rel_tol"].as_f64().unwrap_or(1e-5));
    (!agree(&ours, expected, tolerance)).then(|| format!("{}: {name} gives {ours}, not {expected}", vector["id"]))
}

/// True when two values are equal, numbers within a relative tolerance or, near zero, within a millionth.
fn agree(ours: &Value, expected: &Value, tolerance: f64) -> bool {
    match (ours, expected) {
        (Value::Array(ours), Value::Array(expected)) => {
            ours.len() == expected.len() && ours.iter().zip(expected).all(|(a, b)| agree(a, b, tolerance))
        }
        (Value::Number(ours), Value::Number(expected)) => {
            let (ours, expected) = (ours.as_f64().unwrap_or(f64::NAN), expected.as_f64().unwrap_or(f64::NAN));
            (ours - expected).abs() <= f64::max(1e-6, tolerance * expected.abs())
        }
        (ours, expected) => ours == expected,
    }
}

#[test]
fn a_wrong_value_is_a_fault() {
    let vector = |name: &str, expected: f64| json!({"id": "x", "fn": name, "input": {"age": 45}, "expected": expected});
    assert_eq!(fault(&vector("hrmax_nes", 182.2)), None);
    assert!(fault(&vector("hrmax_nes", 182.21)).is_some());
    assert!(fault(&vector("hrmax_of_nobody", 182.2)).is_some());
}
