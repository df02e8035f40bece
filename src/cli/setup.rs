//! `rehabrun setup`: a short dialogue that writes a commented `athlete.toml`.

mod ask;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use ask::Asker;
use rehabrun::ceiling::Giver;
use rehabrun::ceiling::from_runs::from_runs;
use rehabrun::model::NoteId;
use rehabrun::plan::built_in;
use rehabrun::render::Style;
use rehabrun::report;
use rehabrun::runner::setup::{Answers, to_toml};
use rehabrun::runner::{FILE_NAME, parse_date, parse_race};
use rehabrun::units::{self, Pace, UnitSystem};

use super::args::{self, Setup};
use super::ceiling::{seen_runs, talk_test, today};
use super::config::{Config, Options, misnamed};
use super::failure::Failure;
use super::output::Output;
use super::screen::Screen;
use super::stderr;

/// Runs the command.
pub fn run(options: &Setup, screen: Screen) -> Result<ExitCode, Failure> {
    let dir = options.dir.as_path();
    if !dir.is_dir() {
        let cause = if dir.exists() { "it is no folder" } else { "there is no such folder" };
        return Err(Failure::new(format!("cannot set up {}", dir.display()), cause, "name the folder of your runs"));
    }
    let mut asker = Asker::new();
    let path = dir.join(FILE_NAME);
    if let Some(found) = misnamed(dir) {
        stderr::line(&format!("note: {} is not read: its name must be {FILE_NAME}", found.display()));
    }
    if fs::symlink_metadata(&path).is_ok() && !options.force {
        let question = format!("{} is there already. Replace it?", path.display());
        if !asker.yes(&question, false)? {
            let hint = "edit it, name another folder, or say --force";
            return Err(Failure::new(format!("{} is left as it is", path.display()), "nobody said yes", hint));
        }
    }
    let style = screen.style(UnitSystem::default(), false);
    let answers = answers(&mut asker, dir, screen, style)?;
    let text = to_toml(&answers).map_err(|fault| {
        let hint = "run `rehabrun setup` again with other answers";
        Failure::new("these answers do not go together", fault.message, hint)
    })?;
    let mut out = Output::replacing(&path)?;
    out.write_all(text.as_bytes()).map_err(|error| Failure::of_file("write", &path, &error))?;
    out.finish()?;
    let folder = if dir == Path::new(".") { ".".to_owned() } else { dir.display().to_string() };
    let next = format!("Written: {}. Now `rehabrun audit {folder}` holds your runs against it.\n", path.display());
    super::print(next.as_bytes())
}

fn answers(asker: &mut Asker, dir: &Path, screen: Screen, style: Style) -> Result<Answers, Failure> {
    stderr::line("Leave empty what you do not know or do not want to say.");
    let units = match asker.choose("Kilometres or miles?", &["km", "mi"])? {
        1 => UnitSystem::Imperial,
        _ => UnitSystem::Metric,
    };
    let name = asker.text("Your name, as reports show it", |text| Ok::<_, String>(text.to_owned()))?;
    let started = asker.text("The first day of rehab running, as 2026-09-07", parse_date)?;
    let tissue = asker.text("What was hurt: bone, tendon, muscle, joint?", |text| Ok::<_, String>(text.to_owned()))?;
    let programmes = built_in::all();
    let mut plans = vec!["none, or my physio's own".to_owned()];
    plans.extend(programmes.iter().map(|programme| format!("{}: {}", programme.name, programme.title)));
    let plans: Vec<&str> = plans.iter().map(String::as_str).collect();
    let plan = asker.choose("Which plan do you follow?", &plans)?.checked_sub(1);
    let plan = plan.and_then(|at| programmes.get(at)).map(|programme| programme.name.clone());
    let easy_weeks = asker.text("Weeks in which all running is easy (empty: 12)", weeks)?;
    let answers = Answers { units, name, started, plan, easy_weeks, tissue, ..Answers::default() };
    let answers = ceiling(asker, answers, dir, screen, style)?;
    let race = asker.text("A race of this year, as 5k=25:00@2026-05-01", parse_race)?;
    let max_heart_rate = asker.text("The highest heart rate that you ever measured", units::parse_heart_rate)?;
    let birth_year = asker.text("Year of birth", year)?;
    let question = "Do you take beta-blockers or anything else that limits the heart rate, or have a pacemaker?";
    let rate_limiting_medication = asker.yes(question, false)?;
    Ok(Answers { race, max_heart_rate, birth_year, rate_limiting_medication, ..answers })
}

/// What is known of the easy pace. Where nothing is, the runs are looked at and the talk test is explained.
fn ceiling(asker: &mut Asker, answers: Answers, dir: &Path, screen: Screen, style: Style) -> Result<Answers, Failure> {
    let sources =
        ["my physio gave it", "a laboratory measured it", "I did a talk test", "my own estimate", "I do not know it"];
    let from = match asker.choose("Where does your easy pace or easy heart rate come from?", &sources)? {
        0 => Giver::Physio,
        1 => Giver::Laboratory,
        2 => Giver::TalkTest,
        3 => Giver::Guess,
        _ => return unknown(asker, answers, dir, screen, style),
    };
    let example = if answers.units == UnitSystem::Imperial { "10:30" } else { "6:30" };
    let question = format!("Easy pace, as minutes and seconds a {} such as {example}", unit(answers.units));
    let easy_pace = asker.text(&question, |text| units::parse_pace_in(text, Some(answers.units)))?;
    let easy_heart_rate = asker.text("Easy heart rate, in beats a minute", units::parse_heart_rate)?;
    Ok(Answers { easy_pace, easy_heart_rate, easy_from: Some(from), ..answers })
}

fn unknown(asker: &mut Asker, answers: Answers, dir: &Path, screen: Screen, style: Style) -> Result<Answers, Failure> {
    stderr::line(talk_test(style).trim_end());
    let config = Config::new(Options {
        runner: args::Runner { sees_runs: true, ..args::Runner::default() },
        units: None,
        report: report::Options { location: false, chart: false, route: false, hide_ends_m: None },
        top: None,
        ignore_device_gait: false,
    })?;
    // A runner's file with a fault is the very thing that is being replaced.
    let runs = seen_runs(&[dir.to_owned()], &config, screen.hushed()).unwrap_or_default();
    if runs.is_empty() {
        return Ok(answers);
    }
    let own = from_runs(&runs, (Some(today()), answers.started), answers.units);
    for note in own.notes.iter().filter(|note| note.id == NoteId::OwnRuns || note.id == NoteId::OwnRunsTooFew) {
        // What to write into the file, the next question asks.
        let message = note.message.split(" Until then ").next().unwrap_or(&note.message);
        stderr::line(rehabrun::render::wrapped("your runs: ", message, style.width).trim_end());
    }
    let Some((speed, _)) = own.speed else { return Ok(answers) };
    let question = format!("Use {} as your own estimate until then?", answers.units.pace(speed));
    if !asker.yes(&question, true)? {
        return Ok(answers);
    }
    let easy_pace = speed.pace().map(|pace| Pace::from_seconds_per_kilometer(pace.as_seconds_per_kilometer().round()));
    Ok(Answers { easy_pace, easy_from: Some(Giver::Guess), ..answers })
}

const fn unit(units: UnitSystem) -> &'static str {
    match units {
        UnitSystem::Metric => "kilometre",
        UnitSystem::Imperial => "mile",
    }
}

fn weeks(text: &str) -> Result<u8, String> {
    text.parse().ok().filter(|weeks| *weeks <= 104).ok_or_else(|| "weeks are 0 to 104".to_owned())
}

fn year(text: &str) -> Result<i16, String> {
    let year = text.parse().ok().filter(|year| (1900..=2100).contains(year));
    year.ok_or_else(|| "write it with four digits, as 1988".to_owned())
}
