//! Sports by the words that files use for them.

use crate::model::Sport;

/// Parts of words by which a sport is known, looked for from top to bottom.
const WORDS: &[(&[&str], Sport)] = &[
    (&["wheel"], Sport::Wheelchair),
    // Before running, which the German word for skiing cross-country contains.
    (&["ski", "skat", "snowboard", "roller", "langlauf", "eislauf"], Sport::Other),
    (
        &[
            "run",
            "jog",
            "treadmill",
            "lauf",
            "corsa",
            "course à pied",
            "course a pied",
            "correr",
            "carrera",
            "corrida",
            "hardlopen",
        ],
        Sport::Running,
    ),
    (&["walk", "hik", "wander", "march", "snowshoe"], Sport::Walking),
    (
        &[
            "bik",
            "cycl",
            "cicl",
            "radf",
            "vélo",
            "fiets",
            "ride",
            "mtb",
            "swim",
            "schwimm",
            "nata",
            "nuoto",
            "zwem",
            "row",
            "sail",
            "kayak",
            "canoe",
            "paddl",
            "surf",
            "kite",
            "driv",
            "motor",
            "car",
            "flight",
            "fly",
            "glid",
            "elliptical",
            "strength",
            "weight",
            "yoga",
            "workout",
            "golf",
            "soccer",
            "football",
            "tennis",
            "climb",
            "horse",
        ],
        Sport::Other,
    ),
];

/// The sports that old files of one large service number, as far as they are on foot.
const NUMBERS: &[(&str, Sport)] = &[("9", Sport::Running), ("4", Sport::Walking), ("10", Sport::Walking)];

/// The sport that a word of the file means. Words that name no sport leave it unknown.
pub fn of(word: &str) -> Sport {
    let word = word.trim().to_lowercase();
    if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) {
        return NUMBERS.iter().find(|(number, _)| *number == word).map_or(Sport::Other, |row| row.1);
    }
    let known = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    WORDS.iter().find(|(parts, _)| known(parts)).map_or(Sport::Unknown, |row| row.1)
}

/// True when a word of the file says that the activity was on a machine or a track under a roof.
pub fn is_indoor(word: &str) -> bool {
    let word = word.to_lowercase();
    ["treadmill", "indoor", "virtual"].iter().any(|part| word.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_makers() {
        let check = |word, expected| assert_eq!(of(word), expected, "{word}");
        for word in ["running", "Run", "9", "trail_running", "TrailRun", "JOGGING", "treadmill_running", "virtual_run"]
        {
            check(word, Sport::Running);
        }
        for word in ["walking", "Hike", "10", "4", "nordic_walking"] {
            check(word, Sport::Walking);
        }
        for word in ["cycling", "MOUNTAIN_BIKING", "Ride", "1", "AlpineSki", "skilanglauf", "lap_swimming", "Biking"] {
            check(word, Sport::Other);
        }
        check("wheelchair_push_run", Sport::Wheelchair);
        for word in ["", " ", "T", "user", "trackOnWeb", "..."] {
            check(word, Sport::Unknown);
        }
        assert!(is_indoor("Treadmill_running") && !is_indoor("running"));
    }
}
