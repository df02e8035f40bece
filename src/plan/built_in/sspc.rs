use super::BuiltIn;

pub(super) const PROGRAMME: BuiltIn = BuiltIn {
    name: "sspc",
    title: "SSPC basic return to running, 10 stages",
    source: "SSPC, sspc.physio",
    cautions: &["Every second day."],
    stop_rule: "Stop when the earlier pain comes back, and see a physio.",
    days_per_week: Some((3, 4)),
    rest_between: true,
    times_each: None,
    stages: &[
        ("stage-1", "5x(run 1:00, walk 5:00)"),
        ("stage-2", "5x(run 2:00, walk 5:00)"),
        ("stage-3", "5x(run 3:00, walk 5:00)"),
        ("stage-4", "5x(run 3:00, walk 4:00)"),
        ("stage-5", "5x(run 4:00, walk 4:00)"),
        ("stage-6", "5x(run 5:00, walk 3:00)"),
        ("stage-7", "5x(run 6:00, walk 3:00)"),
        ("stage-8", "5x(run 7:00, walk 3:00)"),
        ("stage-9", "5x(run 8:00, walk 2:00)"),
        ("stage-10", "run 30:00"),
    ],
};
