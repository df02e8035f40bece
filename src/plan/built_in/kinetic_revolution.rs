use super::BuiltIn;

pub(super) const PROGRAMME: BuiltIn = BuiltIn {
    name: "kinetic-revolution",
    title: "Kinetic Revolution, 12 weeks from walk:run to 35 minutes",
    source: "J. Dunne, Running Technique Transition Program, kinetic-revolution.com",
    cautions: &["Every run is easy. No speed work in these 12 weeks."],
    stop_rule: "Stop the run at the first discomfort.",
    days_per_week: Some((3, 3)),
    rest_between: true,
    times_each: None,
    stages: &[
        ("week-1", "10x(run 1:00, walk 1:00)"),
        ("week-2", "8x(run 1:30, walk 30s)"),
        ("week-3", "8x(run 2:00, walk 30s)"),
        ("week-4", "8x(run 3:00, walk 1:00)"),
        ("week-5", "8x(run 4:00, walk 1:00)"),
        ("week-6", "6x(run 5:00, walk 1:00)"),
        ("week-7", "3x(run 10:00, walk 1:00)"),
        ("week-8", "2x(run 15:00, walk 1:00)"),
        ("week-9", "run 20:00"),
        ("week-10", "run 25:00"),
        ("week-11", "run 30:00"),
        ("week-12", "run 35:00"),
    ],
};
