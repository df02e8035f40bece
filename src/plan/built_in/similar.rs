//! The built-in programme that a name was meant to be.

use super::PROGRAMMES;
use crate::units::nearest;

/// What people call the programmes.
const OTHER_NAMES: [(&str, &str); 10] = [
    ("c25k", "nhs-couch-to-5k"),
    ("couch-to-5k", "nhs-couch-to-5k"),
    ("couch25k", "nhs-couch-to-5k"),
    ("couch-25k", "nhs-couch-to-5k"),
    ("nhs", "nhs-couch-to-5k"),
    ("kr", "kinetic-revolution"),
    ("trc", "running-clinic"),
    ("the-running-clinic", "running-clinic"),
    ("army", "army-trial"),
    ("back-to-tri", "backtotri"),
];

/// The name of the programme, with the stage where one is named: `kinetic-revolution` for `Kinetic`.
pub fn similar(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase().replace([' ', '_'], "-");
    let (name, stage) = text.split_once('/').map_or((text.as_str(), None), |(name, stage)| (name, Some(stage)));
    let may_be_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|(_, known)| *known);
    let found = other.or_else(|| nearest(name, PROGRAMMES.iter().map(|programme| programme.name)));
    let found = found.filter(|_| may_be_name)?;
    Some(stage.map_or(found.to_owned(), |stage| format!("{found}/{stage}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_call_them() {
        let cases = [
            ("kinetic", Some("kinetic-revolution")),
            ("C25K", Some("nhs-couch-to-5k")),
            ("couch to 5k", Some("nhs-couch-to-5k")),
            ("c25k/week-1", Some("nhs-couch-to-5k/week-1")),
            ("kinetic revolution", Some("kinetic-revolution")),
            ("physioadviser", Some("physioadvisor")),
            ("marathon", None),
            ("run 20:00", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(similar(text).as_deref(), expected, "{text}");
        }
        for (_, known) in OTHER_NAMES {
            assert!(super::super::find(known).is_some(), "{known}");
        }
    }
}
