//! How many instructions each stage takes for a second of session: the same figure on a busy machine as on an idle one.
//!
//! ```sh
//! cargo bench --bench instructions                  # our fixtures, beside the figures kept in the repository
//! cargo bench --bench instructions -- --keep        # keeps the figures
//! cargo bench --bench instructions -- run.fit ...   # files of your own
//! ```
//!
//! `valgrind` counts. A stage is a function that is not inlined, whose calls a run of this program under `callgrind`
//! adds up; the whole process is `rehabrun audit FILE --format json`, from its start to its end.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its figures")]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use rehabrun::audit::{self, Audit};
use rehabrun::auditor::audit_activity;
use rehabrun::ceiling::{Ceiling, choose};
use rehabrun::ingest;
use rehabrun::model::Activity;
use rehabrun::report::File;
use rehabrun::segment::{Options, Segmentation, segment};
use rehabrun::timeline::{self, Timeline};
use rehabrun::units::UnitSystem;

mod common;

/// What is counted without files on the command line.
const FIXTURES: [&str; 10] = [
    "fit/cadence-lock.fit",
    "fit/fast-run-walk.fit",
    "fit/no-cadence.fit",
    "fit/run-walk.fit",
    "fit/tunnel-and-freeze.fit",
    "fit/workout-and-splits.fit",
    "gpx/garmin-connect.gpx",
    "gpx/phone.gpx",
    "tcx/run-walk.tcx",
    "tcx/treadmill.tcx",
];

/// The figures that are kept.
const KEPT: &str = "benches/instructions.tsv";

/// What is counted: the functions below, and the program as a whole.
const STAGES: [&str; 6] = ["read", "timeline", "segment", "audit", "report", "process"];

/// A figure that changes by more than this share is pointed at.
const CHANGED: f64 = 0.02;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [only, file] = arguments.as_slice()
        && only == "--stages"
    {
        stages(Path::new(file));
        return ExitCode::SUCCESS;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let keeps = arguments.iter().any(|argument| argument == "--keep");
    let named: Vec<PathBuf> = arguments.iter().filter(|argument| *argument != "--keep").map(PathBuf::from).collect();
    let is_ours = named.is_empty();
    let ours = || FIXTURES.iter().map(|name| root.join("fixtures").join(name)).collect();
    let files: Vec<PathBuf> = if is_ours { ours() } else { named };
    let kept = fs::read_to_string(root.join(KEPT)).unwrap_or_default();
    let mut table = format!("file\tseconds\t{}\n", STAGES.join("\t"));
    for file in &files {
        match count(file) {
            Ok(row) => table.push_str(&row),
            Err(error) => {
                eprintln!("error: {}: {error}", file.display());
                return ExitCode::FAILURE;
            }
        }
    }
    print(&table, if is_ours { &kept } else { "" });
    if keeps && is_ours {
        fs::write(root.join(KEPT), &table).expect("the figures are writable");
    }
    ExitCode::SUCCESS
}

/// The row of one file.
fn count(file: &Path) -> Result<String, String> {
    let activity = ingest::read(&fs::read(file).map_err(|error| error.to_string())?).map_err(|e| e.to_string())?;
    let timelines = activity.sessions.iter().filter_map(|session| timeline::build(session, activity.format).ok());
    let seconds: f64 = timelines.map(|timeline| timeline.elapsed_s).sum();
    let this = env::current_exe().map_err(|error| error.to_string())?;
    let path = file.to_str().ok_or("the name is not UTF-8")?;
    let profile = profile(&this, &["--stages", path])?;
    let program = Path::new(env!("CARGO_BIN_EXE_rehabrun"));
    let whole =
        profile_of_process(program, &["audit", path, "--easy-pace", "6:30/km", "--format", "json", "--no-cache"])?;
    let by_stage = stages_in(&profile);
    let mut row = format!("{}\t{seconds:.0}", file.file_name().map_or(path.into(), |name| name.to_string_lossy()));
    for stage in STAGES {
        let n = if stage == "process" { whole } else { by_stage.get(stage).copied().unwrap_or(0) };
        row.push_str(&format!("\t{:.0}", n as f64 / seconds.max(1.0)));
    }
    Ok(row + "\n")
}

/// What `callgrind` wrote about a run of a program.
fn profile(program: &Path, arguments: &[&str]) -> Result<String, String> {
    let path = env::temp_dir().join(format!("rehabrun-instructions-{}", std::process::id()));
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", path.display()))
        .arg(program)
        .args(arguments)
        .output()
        .map_err(|error| format!("valgrind does not start: {error}"))?;
    let text = fs::read_to_string(&path);
    let _ = fs::remove_file(&path);
    text.map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())
}

fn profile_of_process(program: &Path, arguments: &[&str]) -> Result<u64, String> {
    let profile = profile(program, arguments)?;
    let summary = profile.lines().find_map(|line| line.strip_prefix("summary: ").or(line.strip_prefix("totals: ")));
    summary.and_then(|n| n.trim().parse().ok()).ok_or_else(|| "callgrind wrote no sum".to_owned())
}

/// The instructions of each stage: in `callgrind`'s format a line `cfn=` names the function called, and the second line
/// behind it holds what the calls took. A name stands in full the first time, and as its number after that.
fn stages_in(profile: &str) -> BTreeMap<&'static str, u64> {
    let mut names: BTreeMap<&str, &'static str> = BTreeMap::new();
    let mut sums = BTreeMap::new();
    let mut lines = profile.lines();
    while let Some(line) = lines.next() {
        let Some((kind, name)) = line.split_once("fn=") else { continue };
        let (number, full) = name.split_once(' ').unwrap_or((name, ""));
        if let Some(stage) = STAGES.into_iter().find(|stage| full.contains(&format!("::stage_{stage}"))) {
            names.insert(number, stage);
        }
        if let (Some(stage), "c") = (names.get(number), kind) {
            let cost = lines.nth(1).and_then(|line| line.rsplit(' ').next()?.parse::<u64>().ok());
            *sums.entry(*stage).or_default() += cost.unwrap_or(0);
        }
    }
    sums
}

fn print(table: &str, kept: &str) {
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = table.lines().map(cells).collect();
    let before: BTreeMap<String, Vec<String>> =
        kept.lines().skip(1).map(|line| (cells(line)[0].clone(), cells(line))).collect();
    println!("instructions a second of session");
    for row in &rows {
        let old = before.get(&row[0]);
        for (i, cell) in row.iter().enumerate() {
            let number = |text: &str| text.parse::<f64>().ok();
            let change = number(cell).zip(old.and_then(|old| number(old.get(i)?))).map(|(new, old)| new / old - 1.0);
            let change = change.filter(|change| i > 1 && change.abs() > CHANGED);
            let change = change.map_or(String::new(), |change| format!(" ({:+.0} %)", 100.0 * change));
            if i == 0 {
                print!("{cell:30}");
            } else {
                print!("{:>16}", format!("{cell}{change}"));
            }
        }
        println!();
    }
}

/// Works one file through all stages.
fn stages(file: &Path) {
    let bytes = fs::read(file).expect("a readable file");
    let activity = stage_read(&bytes);
    for session in &activity.sessions {
        let Some(timeline) = stage_timeline(&activity, session) else { continue };
        let segmentation = stage_segment(&timeline);
        let ceiling = choose(&common::settings(false).runner.facts);
        black_box(stage_audit(&timeline, &segmentation, &ceiling));
    }
    let audited = audit_activity("run", Ok(activity), &common::settings(false));
    black_box(stage_report(audited));
}

#[inline(never)]
fn stage_read(bytes: &[u8]) -> Activity {
    ingest::read(black_box(bytes)).expect("an activity")
}

#[inline(never)]
fn stage_timeline(activity: &Activity, session: &rehabrun::model::Session) -> Option<Timeline> {
    timeline::build(black_box(session), activity.format).ok()
}

#[inline(never)]
fn stage_segment(timeline: &Timeline) -> Segmentation {
    segment(black_box(timeline), Options { ignore_device_gait: false })
}

#[inline(never)]
fn stage_audit(timeline: &Timeline, segmentation: &Segmentation, ceiling: &Ceiling) -> Audit {
    audit::audit(black_box(timeline), segmentation, ceiling, &audit::Settings::new(UnitSystem::Metric))
}

#[inline(never)]
fn stage_report(file: File) -> String {
    common::text_of(black_box(file), "json")
}
