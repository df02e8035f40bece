//! `rehabrun patient new`: the folder of a new patient, with a runner's file to fill in.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use rehabrun::ceiling::Giver;
use rehabrun::plan::built_in;
use rehabrun::runner::FILE_NAME;
use rehabrun::runner::setup::{Answers, HOW_TO, to_toml};

use super::args::{NewPatient, Patient, PatientCommand};
use super::failure::Failure;
use super::print;

/// Runs the command.
pub fn run(options: &Patient) -> Result<ExitCode, Failure> {
    match &options.command {
        PatientCommand::New(new) => make(new),
    }
}

fn make(new: &NewPatient) -> Result<ExitCode, Failure> {
    let path = new.dir.join(FILE_NAME);
    let text = to_toml(&answers(new)?)
        .map_err(|fault| Failure::new("these do not go together", fault.message, "change one of the options"))?;
    let is_new = !new.dir.exists();
    fs::create_dir_all(&new.dir).map_err(|error| Failure::of_file("make the folder", &new.dir, &error))?;
    // Made only where there is none, whoever else makes one at the same time.
    let written = fs::File::create_new(&path).and_then(|mut file| file.write_all((text + HOW_TO).as_bytes()));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::new(format!("{} is left as it is", path.display()), "the patient has one already", "edit it")
        }
        _ => Failure::of_file("write", &path, &error),
    })?;
    let made = if is_new { "Made" } else { "Written" };
    let clinic = new.dir.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let next = format!(
        "{made}: {}. Put the exports beside it; `rehabrun clinic {}` then has a row for them.\n",
        path.display(),
        clinic.display()
    );
    print(next.as_bytes())
}

fn answers(new: &NewPatient) -> Result<Answers, Failure> {
    if let Some(plan) = new.plan.as_deref().filter(|plan| built_in::find(plan).is_none()) {
        let cause = format!("there is no programme {plan}");
        return Err(Failure::new(
            "no such programme",
            cause,
            "`rehabrun plan` lists them; your own goes into the file",
        ));
    }
    let of_folder = || new.dir.file_name().map(|name| name.to_string_lossy().into_owned());
    let is_given = new.easy_pace.is_some() || new.easy_hr.is_some();
    Ok(Answers {
        units: new.units.into(),
        name: new.name.clone().or_else(of_folder),
        started: new.started,
        plan: new.plan.clone(),
        tissue: new.tissue.clone(),
        easy_pace: new.easy_pace,
        easy_heart_rate: new.easy_hr,
        easy_from: is_given.then_some(Giver::Physio),
        ..Answers::default()
    })
}
