use super::BuiltIn;

pub(super) const PROGRAMME: BuiltIn = BuiltIn {
    name: "moen",
    title: "Moen graded running after medial tibial stress syndrome, 6 phases",
    source: "Moen et al., Sports Med Arthrosc Rehabil Ther Technol 2012;4:12; speeds, 6 and 7.5 mph on a treadmill, from ankleandfootnorthwest.com",
    cautions: &[
        "Not all of it is easy: phases 2, 4 and 6 are meant to be harder, which conflicts with 12 easy weeks.",
        "Phases 3 and 5 are light jogging to jogging while able to talk; phases 4 and 6 go on to where talking is difficult.",
        "In the trial a running test until pain set the phase to begin with; it is left out here, so begin with phase 1.",
        "From a randomised trial in athletes, in which stretching, strength work and compression added nothing.",
    ],
    stop_rule: "Go on while pain stays at or below 4 of 10, which holds for medial tibial stress syndrome alone: with a bone stress injury, running must be free of pain.",
    days_per_week: Some((3, 3)),
    rest_between: true,
    times_each: None,
    stages: &[
        ("phase-1", "4x(run 2:00 @ 6:13/km, walk 2:00)"),
        ("phase-2", "4x(run 2:00 @ 4:58/km, walk 2:00)"),
        ("phase-3", "4x(run 3:00, walk 2:00)"),
        ("phase-4", "4x(run 3:00, walk 2:00)"),
        ("phase-5", "run 16:00"),
        ("phase-6", "run 18:00"),
    ],
};
