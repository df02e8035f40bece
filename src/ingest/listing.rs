//! The list in a bulk export of Strava, `activities.csv`: titles and sports that the files themselves do not have.

use std::collections::BTreeMap;

use super::{limits, sport};
use crate::model::Sport;

/// The name of the list, which lies beside the folder of the activities.
pub const LISTING_NAME: &str = "activities.csv";

/// The beginning of every path in the list, by which the column of paths is known in any language.
const FOLDER: &str = "activities/";

/// Headers of the columns in the languages that we know. In others the columns stand at the same places.
const TITLES: &[&str] =
    &["activity name", "name der aktivität", "nom de l'activité", "nombre de la actividad", "nome attività"];
const SPORTS: &[&str] = &["activity type", "aktivitätsart", "type d'activité", "tipo de actividad", "tipo attività"];

/// Where the columns stand where their headers are in a language that we do not know.
const TITLE_AT: usize = 2;
const SPORT_AT: usize = 3;

/// What the list says of every activity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing(BTreeMap<String, Listed>);

/// What the list says of one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The title, as the runner last saw it.
    pub title: Option<String>,
    /// The sport in the words of the list.
    pub sport: String,
}

impl Listing {
    /// Reads the list, as far as it can be read.
    pub fn read(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let headers = reader.byte_headers().map(|row| row.iter().map(text).collect::<Vec<_>>()).unwrap_or_default();
        let column = |names: &[&str], otherwise| {
            let is_named = |header: &String| names.contains(&header.to_lowercase().as_str());
            headers.iter().position(is_named).unwrap_or(otherwise)
        };
        let (title_at, sport_at) = (column(TITLES, TITLE_AT), column(SPORTS, SPORT_AT));
        let listed = reader.byte_records().map_while(Result::ok).filter_map(|row| {
            // A comment may begin with the word too, but comments stand before the path.
            let path = row.iter().rev().find(|field| field.starts_with(FOLDER.as_bytes()))?;
            let title = row.get(title_at).map(text).filter(|title| !title.is_empty());
            Some((text(path), Listed { title, sport: row.get(sport_at).map(text).unwrap_or_default() }))
        });
        Self(listed.take(limits::ARCHIVE_MEMBERS).collect())
    }

    /// What it says of an activity, by its path beside the list.
    pub fn get(&self, path: &str) -> Option<&Listed> {
        self.0.get(path)
    }
}

impl Listed {
    /// True when the list says that it was no sport on foot. A workout may have been anything: its file tells.
    pub fn is_not_on_foot(&self) -> bool {
        sport::of(&self.sport) == Sport::Other && !self.sport.eq_ignore_ascii_case("workout")
    }
}

fn text(field: &[u8]) -> String {
    String::from_utf8_lossy(field).trim().chars().take(limits::NAME_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(csv: &str, expected: &Expect) {
        let lines = Listing::read(csv.as_bytes()).0.into_iter().map(|(path, listed)| {
            let foot = if listed.is_not_on_foot() { "not on foot" } else { "" };
            format!("{path}: {} | {} {foot}", listed.title.as_deref().unwrap_or("-"), listed.sport)
                .trim_end()
                .to_owned()
        });
        expected.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn columns_are_found_by_their_names() {
        check(
            "\u{feff}Activity ID,Activity Type,Activity Date,Activity Name,Activity Description,Filename\n\
             1,Run,\"Sep 7, 2026, 6:05:00 PM\",Easy one,\"felt good,\n\"\"really\"\" good\",activities/11.fit.gz\n\
             2,Ride,\"Sep 8, 2026, 6:05:00 PM\",To work,,activities/12.gpx\n\
             3,Workout,\"Sep 9, 2026, 6:05:00 PM\",By hand,,\n\
             4,Run,,,,activities/14.tcx.gz\n\
             5,Workout,,Stairs,,activities/15.fit\n",
            &expect![[r#"
                activities/11.fit.gz: Easy one | Run
                activities/12.gpx: To work | Ride not on foot
                activities/14.tcx.gz: - | Run
                activities/15.fit: Stairs | Workout"#]],
        );
    }

    #[test]
    fn headers_in_other_languages() {
        check(
            "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Dateiname\n\
             1,07.09.2026,Lockerer Lauf,Lauf,,activities/11.fit.gz\n\
             2,08.09.2026,Zur Arbeit,Radfahrt,,activities/12.fit.gz\n\
             3,09.09.2026,Loipe,Skilanglauf,,activities/13.fit.gz\n",
            &expect![[r#"
                activities/11.fit.gz: Lockerer Lauf | Lauf
                activities/12.fit.gz: Zur Arbeit | Radfahrt not on foot
                activities/13.fit.gz: Loipe | Skilanglauf not on foot"#]],
        );
        check(
            "活動ID,日付,名前,種類,説明,ファイル名\n1,2026,朝ラン,ラン,,activities/11.fit.gz\n",
            &expect!["activities/11.fit.gz: 朝ラン | ラン"],
        );
    }

    #[test]
    fn what_is_no_list_is_an_empty_one() {
        for bytes in [&b""[..], b"\xff\xfe", b"a,b\n1,2\n", b"Filename\n\"activities/1.fit", b"\"\n\""] {
            assert!(Listing::read(bytes).get("activities/2.fit").is_none());
        }
    }
}
