use super::BuiltIn;

pub(super) const PROGRAMME: BuiltIn = BuiltIn {
    name: "nike",
    title: "Nike and McManus, 4 weeks",
    source: "McManus, nike.com",
    cautions: &[
        "From 10 to 25 minutes of running a session in four weeks: faster than the others.",
        "A day of rest or cross-training between sessions.",
    ],
    stop_rule: "Ease off, or stop running for a while, when the old injury comes back or a new pain appears.",
    days_per_week: Some((3, 3)),
    rest_between: true,
    times_each: None,
    stages: &[
        ("week-1", "walk 10:00, 5x(walk 4:00, run 2:00)"),
        ("week-2", "walk 10:00, 5x(walk 3:00, run 3:00)"),
        ("week-3", "walk 10:00, 5x(walk 2:00, run 4:00)"),
        ("week-4", "walk 10:00, 5x(walk 1:00, run 5:00)"),
    ],
};
