use super::BuiltIn;

pub(super) const PROGRAMME: BuiltIn = BuiltIn {
    name: "backtotri",
    title: "A surgeon's 12 weeks back to running",
    source: "Jones, backtotri.com",
    cautions: &["The last week is 20 to 25 minutes; 20 are asked for here.", "Every other day."],
    stop_rule: "The source gives none that is known here: stop at any pain in the injured place, and ask whoever operated on it.",
    days_per_week: Some((3, 3)),
    rest_between: true,
    times_each: None,
    stages: &[
        ("week-1", "10x(run 1:00, walk 1:30)"),
        ("week-2", "10x(run 1:30, walk 1:30)"),
        ("week-3", "10x(run 1:00, walk 1:00)"),
        ("week-4", "8x(run 2:00, walk 1:00)"),
        ("week-5", "6x(run 3:00, walk 1:00)"),
        ("week-6", "5x(run 4:00, walk 1:00)"),
        ("week-7", "4x(run 5:00, walk 1:00)"),
        ("week-8", "4x(run 6:00, walk 1:00)"),
        ("week-9", "3x(run 8:00, walk 1:00)"),
        ("week-10", "2x(run 10:00, walk 1:00)"),
        ("week-11", "2x(run 12:00, walk 1:00)"),
        ("week-12", "run 20:00, walk 1:00"),
    ],
};
