//! Knows the bulk exports of watch makers and apps by the names of their files, and says what comes of each.
//!
//! An export is never passed over in silence: one line says what it is, what is read of it, what is not, and how to get
//! more. Names are known by parts of them, as each maker puts users, dates and numbers into the rest.

use std::collections::BTreeMap;

use super::Error;

/// One maker's bulk export.
#[derive(Debug, PartialEq, Eq)]
pub struct Export {
    /// The maker or app as its users call it.
    pub name: &'static str,
    /// Parts of the path of a file that only this export has; any of them is enough. Lower case.
    marks: &'static [&'static str],
    /// What is read of it, as the end of a sentence; empty where nothing is.
    read: &'static str,
    /// What is not, as the end of a sentence.
    unread: &'static str,
    /// How to get more out of it.
    more: &'static str,
}

/// The exports that are known, the ones with the rarest marks first.
const EXPORTS: &[Export] = &[
    Export {
        name: "Apple Health",
        marks: &["apple_health_export/", "workout-routes/route_", "export_cda.xml"],
        read: "routes, as positions alone",
        unread: "workouts, heart rate and steps, as `export.xml` is not there or cannot be read",
        more: "export again and name the whole export, zip or folder",
    },
    Export {
        name: "Google Health or Fitbit",
        marks: &["global export data/", "physical activity_googledata/", "takeout/fitbit/", "takeout/google health/"],
        read: "TCX files of activities, where it holds any",
        unread: "exercises with positions, heart rate and steps, as their list is not among the files",
        more: "unpack all parts of the export into one folder and name that",
    },
    Export {
        name: "Polar Flow",
        marks: &["training-session-20", "training-target-20"],
        read: "training sessions with route, heart rate, speed and cadence",
        unread: "daily activity, sleep and all that is no session",
        more: "flow.polar.com exports a single session as TCX, with its laps",
    },
    Export {
        name: "Samsung Health",
        marks: &["com.samsung.shealth.", "com.samsung.health.", "samsunghealth_"],
        read: "",
        unread: "exercises, as their table is not among the files",
        more: "name the whole export, zip or folder",
    },
    Export {
        name: "Huawei Health",
        marks: &["motion path detail data"],
        read: "motion paths on foot with route, heart rate, steps and speed",
        unread: "other sports, sleep and all that is no motion path",
        more: "a link to Strava keeps laps, too",
    },
    Export {
        name: "adidas Running",
        marks: &["sport-sessions/"],
        read: "tracks in GPX, as positions alone",
        unread: "sports, heart rate and pauses, as the sessions are not among the files",
        more: "name the whole export, zip or folder",
    },
    Export {
        name: "Runkeeper",
        marks: &["cardioactivities.csv"],
        read: "tracks in GPX, as positions alone",
        unread: "the list of activities with their sports",
        more: "name the whole export, zip or folder; a link to Strava or Garmin Connect keeps heart rate and steps",
    },
    Export {
        name: "Health Connect",
        marks: &["health_connect_export.db"],
        read: "",
        unread: "a database of all health data",
        more: "export from the app that recorded the run, as FIT, GPX or TCX",
    },
];

impl Export {
    /// The line that says what it is and what comes of it.
    pub fn sentence(&self) -> String {
        let Self { name, read, unread, more, .. } = self;
        let read = if read.is_empty() { "nothing".to_owned() } else { (*read).to_owned() };
        format!("{name} export: read: {read}; not read: {unread}; to get more: {more}")
    }

    /// The same for who visits an archive: nothing is wrong, and there is nothing to judge.
    pub fn remark(&self) -> Error {
        Error { is_other_kind: true, ..Error::new("export that is not all read", self.sentence(), "") }
    }
}

/// The export that files of these names are.
pub fn recognize<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'static Export> {
    let found = names.filter_map(|name| {
        let name = name.replace('\\', "/").to_lowercase();
        EXPORTS.iter().position(|export| export.marks.iter().any(|mark| name.contains(mark)))
    });
    found.min().map(|at| &EXPORTS[at])
}

/// The unpacked exports among files that are met one by one, each by the folder of its first file.
#[derive(Debug, Default)]
pub struct UnpackedExports(BTreeMap<String, &'static Export>);

impl UnpackedExports {
    /// Keeps in mind that a file is one of an unpacked export.
    pub fn note(&mut self, path: &str) {
        let Some(export) = recognize([path].into_iter()) else { return };
        if !self.0.values().any(|known| *known == export) {
            let folder = path.rfind(['/', '\\']).map_or(".", |at| &path[..at.max(1)]);
            self.0.insert(folder.to_owned(), export);
        }
    }

    /// Each folder with what is to be said of its export, but for those of a name whose sessions were read.
    pub fn remarks(self, read: &[&str]) -> impl Iterator<Item = (String, String)> {
        let is_new = |export: &Export| !read.contains(&export.name);
        self.0.into_iter().filter(move |(_, export)| is_new(export)).map(|(folder, export)| (folder, export.sentence()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: Option<&str>) {
        let found = recognize(names.iter().copied());
        assert_eq!(found.map(|export| export.name), expected, "{names:?}");
    }

    #[test]
    fn each_export_is_known_by_its_files() {
        check(&["apple_health_export/Exportar.xml"], Some("Apple Health"));
        check(&["Takeout/Fitbit/Global Export Data/exercise-0.json"], Some("Google Health or Fitbit"));
        check(&["notes.txt", "training-session-2026-06-15-1-a.json"], Some("Polar Flow"));
        check(&["samsunghealth_ana_20260615/com.samsung.shealth.exercise.2026.csv"], Some("Samsung Health"));
        check(&["data\\Motion path detail data & description\\motion path detail data.json"], Some("Huawei Health"));
        check(&["Sport-sessions/GPS-data/1.gpx"], Some("adidas Running"));
        check(&["cardioActivities.csv", "2026-06-15-0600.gpx"], Some("Runkeeper"));
        check(&["health_connect_export.db"], Some("Health Connect"));
        check(&["activities.csv", "activities/1.fit.gz"], None);
    }

    #[test]
    fn no_sentence_leaves_a_part_empty() {
        for export in EXPORTS {
            assert!(!export.sentence().contains(": ;") && !export.unread.is_empty() && !export.more.is_empty());
        }
    }
}
