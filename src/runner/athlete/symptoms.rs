//! How it felt: `[[symptom]]` tables, and the physio's limits under `[symptoms]`.
//!
//! No verdict comes from a symptom. A limit is the physio's; the defaults by tissue are those of the one trial that tested
//! any, and of the guidance for bone.

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};

use super::value;
use crate::units::Date;

/// How one day of running felt, as the runner said it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Symptom {
    /// The day of the run.
    #[serde(deserialize_with = "day")]
    pub date: Date,
    /// Pain while running, 0 to 10.
    #[serde(default, deserialize_with = "pain")]
    pub during: Option<f64>,
    /// Pain after it, 0 to 10.
    #[serde(default, deserialize_with = "pain")]
    pub after: Option<f64>,
    /// Pain the next morning, 0 to 10.
    #[serde(default, deserialize_with = "pain")]
    pub next_day: Option<f64>,
    /// Where it hurt.
    #[serde(default, deserialize_with = "words")]
    pub site: Option<String>,
    /// Anything else.
    #[serde(default, deserialize_with = "words")]
    pub note: Option<String>,
}

/// What the physio accepts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SymptomLimits {
    /// What was hurt.
    pub tissue: Option<Tissue>,
    /// The highest pain that is acceptable, 0 to 10; by the tissue where it is not set.
    #[serde(deserialize_with = "pain")]
    pub acceptable: Option<f64>,
    /// True when the next morning must be no worse; by the tissue where it is not set.
    pub next_day_rule: Option<bool>,
}

/// What was hurt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tissue {
    /// A tendon.
    Tendon,
    /// A bone.
    Bone,
    /// A muscle.
    Muscle,
    /// A joint.
    Joint,
}

names! {
    Tissue {
        Tendon => "tendon",
        Bone => "bone",
        Muscle => "muscle",
        Joint => "joint",
    }
}

impl Symptom {
    /// The most that any of the three was; `None` where none was said.
    pub fn worst(&self) -> Option<f64> {
        [self.during, self.after, self.next_day].into_iter().flatten().reduce(f64::max)
    }
}

impl SymptomLimits {
    /// The highest pain that is acceptable: the physio's, else 5 for a tendon (Silbernagel et al. 2007) and 0 for a bone
    /// (George, Sheerin and Reid 2024). Nothing is known of muscles and joints that a limit could rest on.
    pub fn acceptable(&self) -> Option<f64> {
        self.acceptable.or(match self.tissue? {
            Tissue::Tendon => Some(5.0),
            Tissue::Bone => Some(0.0),
            Tissue::Muscle | Tissue::Joint => None,
        })
    }

    /// True when the next morning must be no worse: as the physio says, else for a tendon (Silbernagel et al. 2007).
    pub fn next_day_rule(&self) -> bool {
        self.next_day_rule.unwrap_or(self.tissue == Some(Tissue::Tendon))
    }

    /// Where the highest acceptable pain comes from, in words; `None` where there is none.
    pub fn source(&self) -> Option<&'static str> {
        match (self.acceptable, self.tissue) {
            (Some(_), _) => Some("set by the physio"),
            (None, Some(Tissue::Tendon)) => {
                Some("default for a tendon: 0 to 3 safe, 4 and 5 acceptable, more not, Silbernagel et al. 2007")
            }
            (None, Some(Tissue::Bone)) => Some("default for a bone: George, Sheerin and Reid 2024"),
            _ => None,
        }
    }
}

/// A number on the scale of pain.
fn pain<'de, D: Deserializer<'de>>(input: D) -> Result<Option<f64>, D::Error> {
    let pain = value::number(input)?;
    if (0.0..=10.0).contains(&pain) { Ok(Some(pain)) } else { Err(D::Error::custom("pain is 0 to 10")) }
}

/// A day that must be there.
fn day<'de, D: Deserializer<'de>>(input: D) -> Result<Date, D::Error> {
    value::date(input)?.ok_or_else(|| D::Error::custom("write a day as 2026-05-01, without quotes"))
}

/// The most characters of a site or a note.
const MOST_CHARACTERS: usize = 1000;

/// Words in one line; none where there is nothing but space.
fn words<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(input)?;
    let text = super::super::sanitize(text.trim());
    if text.chars().count() > MOST_CHARACTERS {
        return Err(D::Error::custom(format!("a site or a note has at most {MOST_CHARACTERS} characters")));
    }
    Ok((!text.is_empty()).then_some(text))
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn limits(text: &str) -> (Option<f64>, bool) {
        let symptoms = parse(&format!("[symptoms]\n{text}\n")).expect("limits").symptoms;
        (symptoms.acceptable(), symptoms.next_day_rule())
    }

    #[test]
    fn the_physio_comes_before_the_tissue() {
        assert_eq!(limits(""), (None, false));
        assert_eq!(limits("tissue = \"tendon\""), (Some(5.0), true));
        assert_eq!(limits("tissue = \"tendon\"\nacceptable = 3\nnext_day_rule = false"), (Some(3.0), false));
        assert_eq!(limits("tissue = \"bone\""), (Some(0.0), false));
        assert_eq!(limits("tissue = \"muscle\""), (None, false));
        assert_eq!(limits("tissue = \"joint\"\nacceptable = 2.5\nnext_day_rule = true"), (Some(2.5), true));
    }

    #[test]
    fn symptoms_are_read_as_they_were_written() {
        let text = "[[symptom]]\ndate = 2026-11-03\nduring = 2\nafter = 3.5\nsite = \" left achilles \"\nnote = \"\"\n";
        let symptom = &parse(text).expect("a symptom").symptom[0];
        assert_eq!(symptom.date.to_string(), "2026-11-03");
        assert_eq!((symptom.during, symptom.after, symptom.next_day), (Some(2.0), Some(3.5), None));
        assert_eq!((symptom.site.as_deref(), symptom.note.as_deref()), (Some("left achilles"), None));
        assert_eq!(symptom.worst(), Some(3.5));
    }

    #[test]
    fn faults_name_their_line() {
        let fault = |text: &str| parse(text).expect_err("a fault").to_string();
        assert_eq!(fault("[[symptom]]\ndate = 2026-11-03\nduring = 11\n"), "line 3: pain is 0 to 10");
        assert_eq!(fault("[[symptom]]\nduring = 1\n"), "line 1: missing field `date`");
        let unknown = "line 2: unknown variant `knee`, expected one of `tendon`, `bone`, `muscle`, `joint`";
        assert_eq!(fault("[symptoms]\ntissue = \"knee\"\n"), unknown);
    }
}
