//! Writes exports as Runkeeper has them. They hold positions, and of the rest but means.

use std::fmt::Write as _;

use super::gpx::{self, Dialect};
use super::span;
use crate::model::{Activity, Session, Sport};
use crate::units::{Distance, HeartRate};

/// The files of the export of some activities, by their paths in it.
pub fn export(activities: &[Activity]) -> Vec<(String, String)> {
    let mut table = String::from(
        "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Average Speed (km/h),Calories Burned,Climb (m),\
         Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File\n",
    );
    let mut files = Vec::new();
    for activity in activities {
        for session in &activity.sessions {
            let Some((start, _)) = span::of(session) else { continue };
            let local = span::local(start, span::ahead_s(session));
            let track = format!("{}.gpx", local.replace(' ', "-").replace(':', ""));
            let sport = match session.sport {
                Sport::Running => "Running",
                Sport::Walking => "Walking",
                _ => "Cycling",
            };
            let seconds = span::timer_s(session).round() as u64;
            let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
            writeln!(
                table,
                "{:08x},{local},{sport},,{:.2},{hours}:{minutes:02}:{seconds:02},,,0,0,{},,\"Easy, with a friend\",{track}",
                files.len(),
                session.distance.map_or(0.0, Distance::as_kilometers),
                session.mean_heart_rate.map_or(String::new(), |rate: HeartRate| rate.as_bpm().to_string()),
            )
            .expect("a string takes all that is written to it");
            // On UTC.
            let session = Session { utc_offset: None, ..session.clone() };
            let one = Activity { sessions: vec![session], ..activity.clone() };
            files.push((track, gpx::activity(&one, Dialect::Phone)));
        }
    }
    files.push(("cardioActivities.csv".to_owned(), table));
    files
}
