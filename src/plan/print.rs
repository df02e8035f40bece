//! Prints a prescription in the notation that [`Prescription::parse`] reads.

use std::fmt::{self, Display, Formatter};

use super::{Item, Kind, Length, Prescription, Step, StepCeiling};
use crate::units::{Distance, Pace, clock};

impl Display for Prescription {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        list(&self.items, f)
    }
}

fn list(items: &[Item], f: &mut Formatter<'_>) -> fmt::Result {
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        item.fmt(f)?;
    }
    Ok(())
}

impl Display for Item {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let items = match self {
            Self::Step(step) => return step.fmt(f),
            Self::Repeat(times, items) => {
                write!(f, "{times}x(")?;
                items
            }
            Self::Until(distance, items) => {
                f.write_str("until ")?;
                write_distance(*distance, f)?;
                f.write_str(" (")?;
                items
            }
        };
        list(items, f)?;
        f.write_str(")")
    }
}

impl Display for Step {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.length)?;
        match self.ceiling {
            None => Ok(()),
            Some(StepCeiling::Pace(pace)) => write_pace(pace, f),
            Some(StepCeiling::HeartRate(heart_rate)) => write!(f, " @ {}bpm", heart_rate.as_bpm()),
        }
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Run => "run",
            Self::Walk => "walk",
            Self::Any => "any",
        })
    }
}

impl Display for Length {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(seconds) if seconds.fract() != 0.0 || *seconds < 60.0 => write!(f, "{seconds}s"),
            Self::Time(seconds) => f.write_str(&clock(*seconds)),
            Self::Distance(distance) => write_distance(*distance, f),
            Self::Open => f.write_str("open"),
        }
    }
}

/// Writes miles where they are the rounder number, else kilometres, or metres below one.
fn write_distance(distance: Distance, f: &mut Formatter<'_>) -> fmt::Result {
    let miles = (distance.as_miles() * 100.0).round() / 100.0;
    let is_miles = miles > 0.0 && (Distance::from_miles(miles).as_meters() - distance.as_meters()).abs() < 5e-4;
    let meters = distance.as_meters();
    if is_miles && (meters / 10.0).fract() != 0.0 {
        write!(f, "{miles}mi")
    } else if meters < 1000.0 {
        write!(f, "{meters} meters")
    } else {
        write!(f, "{}km", distance.as_kilometers())
    }
}

/// Writes the unit in which the pace has whole seconds.
fn write_pace(pace: Pace, f: &mut Formatter<'_>) -> fmt::Result {
    let off = |seconds: f64| (seconds - seconds.round()).abs();
    let (per_km, per_mile) = (pace.as_seconds_per_kilometer(), pace.as_seconds_per_mile());
    if off(per_mile) < off(per_km) && off(per_km) > 1e-6 {
        write!(f, " @ {}/mi", clock(per_mile))
    } else {
        write!(f, " @ {}/km", clock(per_km))
    }
}
