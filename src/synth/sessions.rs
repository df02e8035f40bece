//! The made-up sessions that the verdict is held against.

use super::{Fault, Script, Setup};

/// The flat-ground speed of the easy ceiling that the sessions are made for, in metres per second: 6:07/km, which is
/// 70 % of the oxygen uptake of the usual body.
const CEILING: f64 = 2.727;

/// A made-up session with the verdicts that are right for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// What it shows, such as `10 x 1:1 at 1.20`. Ratios are speed over ceiling.
    pub name: &'static str,
    /// Its script.
    pub script: String,
    /// The names of the verdict classes that are right; the first is the best.
    pub verdicts: &'static [&'static str],
    /// Where the run should be said to have turned, in seconds from the start; `None` where that is not asked.
    pub turned_at_s: Option<f64>,
    /// Creep of the heart rate as on a hot day, in bpm a minute.
    pub drift_bpm_per_min: f64,
    /// What is wrong with the watch.
    pub fault: Option<Fault>,
}

impl Made {
    /// The setup of the session with the noise of a seed.
    pub fn setup(&self, noise: Option<u64>) -> Setup {
        let mut setup = Setup::new(noise);
        setup.body.drift_bpm_per_min = self.drift_bpm_per_min;
        setup.name = Some(self.name.to_owned());
        setup.watch.fault = self.fault;
        setup
    }

    /// The script, read.
    ///
    /// # Panics
    ///
    /// Never: every script of [`sessions`] is read in a test.
    pub fn script(&self) -> Script {
        Script::parse(&self.script).expect("the scripts of this table are well formed")
    }
}

const EASY: &[&str] = &["easy"];
const INTERVALS: &[&str] = &["disguised-intervals"];
const ABOVE: &[&str] = &["above-easy"];

/// The sessions. All begin with three minutes of walking at 1.5 m/s and are made for a ceiling of 2.727 m/s.
pub fn sessions() -> Vec<Made> {
    let mut sessions = plain();
    sessions.extend(with_rests());
    sessions.extend(hills_and_faults());
    sessions
}

/// Runs and walks, even runs, hills, drift and strides.
fn plain() -> Vec<Made> {
    vec![
        made("10 x 1:1 at 0.95", EASY, &repeats(10, 60, 0.95, 60)),
        made("10 x 1:1 at 1.00", EASY, &repeats(10, 60, 1.00, 60)),
        made("10 x 1:1 at 1.02", &["easy", "surges"], &repeats(10, 60, 1.02, 60)),
        made("10 x 1:1 at 1.05", &["easy", "above-easy", "surges"], &repeats(10, 60, 1.05, 60)),
        made("10 x 1:1 at 1.08", ABOVE, &repeats(10, 60, 1.08, 60)),
        made("10 x 1:1 at 1.12", INTERVALS, &repeats(10, 60, 1.12, 60)),
        made("10 x 1:1 at 1.20", INTERVALS, &repeats(10, 60, 1.20, 60)),
        made("10 x 1:1 at 1.35", INTERVALS, &repeats(10, 60, 1.35, 60)),
        made("10 x 30:30 s at 0.95", EASY, &repeats(10, 30, 0.95, 30)),
        made("10 x 30:30 s at 1.15", INTERVALS, &repeats(10, 30, 1.15, 30)),
        made("10 x 30:30 s at 1.30", INTERVALS, &repeats(10, 30, 1.30, 30)),
        Made {
            turned_at_s: Some(780.0),
            ..made(
                "5 easy, then 5 at 1.20",
                INTERVALS,
                &format!("{}, {}", repeats(5, 60, 0.95, 60), repeats(5, 60, 1.20, 60)),
            )
        },
        made("0.90 rising to 1.20", &["disguised-intervals", "drifted-over"], &rising_repeats()),
        made("even at 0.95", EASY, &run(1800, 0.95)),
        made(
            "even at 0.95 with one surge of 40 s",
            EASY,
            &format!("{}, {}, {}", run(860, 0.95), run(40, 1.25), run(900, 0.95)),
        ),
        made("three sprints of 8 s over crossings", EASY, &crossings("")),
        made("three stops of 6 s and sprints of 8 s", EASY, &crossings("stand 6s, ")),
        made("kick in the last 30 s", EASY, &format!("{}, {}", run(1770, 0.95), run(30, 1.35))),
        made("tunnel", EASY, &format!("{}, {} tunnel, {}", run(900, 0.95), run(40, 0.95), run(860, 0.95))),
        made(
            "rolling hills at even effort",
            EASY,
            &format!("8x({} +4%, {} -4%)", run(100, 0.95 / 1.135), run(100, 0.95 / 0.918)),
        ),
        made("rolling hills at even pace 0.93", EASY, &format!("8x({} +4%, {} -4%)", run(100, 0.93), run(100, 0.93))),
        made(
            "downhill at 1.08 before the slope is counted",
            EASY,
            &format!("{}, {} -6%, {}", run(600, 0.95), run(600, 1.08), run(600, 0.95)),
        ),
        Made { drift_bpm_per_min: 1.2, ..made("hot day", EASY, &run(1800, 0.95)) },
        made("even at 1.08", ABOVE, &run(1800, 1.08)),
        made("even at 1.20", ABOVE, &run(1800, 1.20)),
        made(
            "drift from 0.92 to 1.16",
            &["drifted-over"],
            &format!("run 1800s {:.4}..{:.4}m/s", 0.92 * CEILING, 1.16 * CEILING),
        ),
        Made {
            turned_at_s: Some(900.0),
            ..made(
                "12 min easy, then 6 x 1:1 of 1.25 and 0.85",
                INTERVALS,
                &format!("{}, 6x({}, {})", run(720, 0.95), run(60, 1.25), run(60, 0.85)),
            )
        },
        made(
            "6 strides of 20 s at 1.60",
            &["surges"],
            &format!("{}, 6x({}, {})", run(1200, 0.95), run(20, 1.60), run(70, 0.85)),
        ),
    ]
}

/// Sets, long rests, jog recoveries and breaks.
fn with_rests() -> Vec<Made> {
    vec![
        made(
            "4 pairs of 70 s at 1.60 with 6 min between",
            INTERVALS,
            &format!("{}, 4x({r}, {}, {r}, {})", run(600, 0.95), run(90, 0.8), run(360, 0.85), r = run(70, 1.60)),
        ),
        made(
            "6 x 50 s at 1.90 with rests of 5 min",
            INTERVALS,
            &format!("{}, {}", run(900, 0.92), repeats(6, 50, 1.90, 300)),
        ),
        made(
            "2 x 8 min, then 5 x 50 s",
            INTERVALS,
            &format!(
                "{}, 2x({}, {}), 5x({}, {})",
                run(600, 0.92),
                run(480, 1.25),
                run(180, 0.8),
                run(50, 1.60),
                run(70, 0.8)
            ),
        ),
        made(
            "5 x 3 min at 1.40 with jogs at 1.15: nothing is easy",
            INTERVALS,
            &format!("{}, 5x({}, {}), {}", run(600, 1.12), run(180, 1.40), run(90, 1.15), run(600, 1.12)),
        ),
        made(
            "even at 1.20 with three breaks",
            ABOVE,
            &format!(
                "{}, stand 60s, {}, stand 40s, {}, stand 90s, {}",
                run(520, 1.2),
                run(400, 1.2),
                run(650, 1.2),
                run(300, 1.2)
            ),
        ),
        made(
            "25 min at 1.20 after 45 min easy",
            &["drifted-over"],
            &format!("{}, {}", run(2700, 0.92), run(1500, 1.20)),
        ),
    ]
}

/// Hills, and what only the sensors saw: slopes of flat ground, speeds between tall buildings, a ride.
fn hills_and_faults() -> Vec<Made> {
    let city =
        format!("8x({}, stand 25s, {}, stand 15s, {}, stand 40s)", run(210, 0.92), run(130, 0.92), run(60, 0.92));
    let flat = |name, fault| Made { fault: Some(fault), ..made(name, EASY, &run(2400, 0.95)) };
    vec![
        flat("flat, an altimeter that swings within 100 m", Fault::QuickAltimeter),
        flat("flat, an altimeter that swings within 400 m", Fault::SlowAltimeter),
        // What stays of the noise of the speed may be a surge; it is no row of efforts.
        Made { fault: Some(Fault::City), ..made("easy between tall buildings", &["easy", "surges"], &city) },
        Made {
            fault: Some(Fault::City),
            ..made(
                "6 x 90 s at 1.36 between tall buildings",
                INTERVALS,
                &format!("{}, 6x({}, {}), {}", run(600, 0.92), run(90, 1.36), run(90, 0.84), run(300, 0.92)),
            )
        },
        made(
            "8 hill repetitions of 75 s at 0.92 up 10 %",
            &["disguised-intervals", "surges", "above-easy", "drifted-over"],
            &format!("{}, 8x({} +10%, {} -10%)", run(600, 0.9), run(75, 0.92), run(90, 0.8)),
        ),
        made(
            "300 m of descent at 1.06",
            EASY,
            &format!("{}, {} -12%, {}", run(600, 0.93), run(900, 1.06), run(600, 0.93)),
        ),
        made(
            "a ride of 10 min before the run",
            EASY,
            &format!("run 600s 5.5m/s no-cadence 120bpm, stand 30s, {}", run(1800, 0.93)),
        ),
        made(
            "3 x 5 min at 1.25, then 5 x 30 s at 1.8",
            INTERVALS,
            &format!(
                "{}, 3x({}, {}), 5x({}, {}), {}",
                run(600, 0.92),
                run(300, 1.25),
                run(120, 0.8),
                run(30, 1.8),
                run(60, 0.8),
                run(300, 0.9)
            ),
        ),
    ]
}

fn made(name: &'static str, verdicts: &'static [&'static str], script: &str) -> Made {
    let script = format!("walk 180s 1.5m/s, {script}");
    Made { name, script, verdicts, turned_at_s: None, drift_bpm_per_min: 0.0, fault: None }
}

fn run(seconds: u32, ratio: f64) -> String {
    format!("run {seconds}s {:.4}m/s", ratio * CEILING)
}

fn repeats(count: u32, run_s: u32, ratio: f64, walk_s: u32) -> String {
    format!("{count}x({}, walk {walk_s}s 1.5m/s)", run(run_s, ratio))
}

fn rising_repeats() -> String {
    let bouts: Vec<String> =
        (0..10).map(|i| format!("{}, walk 60s 1.5m/s", run(60, 0.90 + 0.30 * f64::from(i) / 9.0))).collect();
    bouts.join(", ")
}

/// An easy run with three sprints over crossings, after a short stop or without.
fn crossings(stop: &str) -> String {
    let crossing = format!("{stop}run 8s 4.5m/s, {}", run(420, 0.95));
    format!("{}, 3x({crossing})", run(420, 0.95))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_session_can_be_acted_out_and_has_a_name_of_its_own() {
        let sessions = sessions();
        for made in &sessions {
            let recording = super::super::record(&made.script(), &made.setup(Some(1)));
            assert!(recording.truth.len() >= 13 * 60, "{}", made.name);
            assert!(sessions.iter().filter(|other| other.name == made.name).count() == 1, "{}", made.name);
        }
    }
}
