use super::BuiltIn;

pub(super) const PROGRAMME: BuiltIn = BuiltIn {
    name: "army-trial",
    title: "Army trial of return to running, standard programme, 6 phases",
    source: "Trials 2023, doi 10.1186/s13063-023-07502-x, table 1",
    cautions: &[
        "On level ground without hills, each phase at least twice, with at least a day of rest between.",
        "From a randomised trial of gait retraining for overuse knee injuries in soldiers, where it is what both groups did.",
        "Perceived effort 3 of 10 in phases 1 and 2, 4 in phases 3 and 4, 5 in phases 5 and 6.",
    ],
    stop_rule: "Swelling, stiffness or more pain during or after a run: stay in the phase until two runs pass without.",
    days_per_week: None,
    rest_between: true,
    times_each: Some(2),
    stages: &[
        ("phase-1", "until 1mi (run 3:00, walk 2:00)"),
        ("phase-2", "until 1.5mi (run 3:00, walk 2:00)"),
        ("phase-3", "until 1.5mi (run 4:00, walk 2:00)"),
        ("phase-4", "until 2mi (run 4:00, walk 2:00)"),
        ("phase-5", "until 2mi (run 4:00, walk 1:00)"),
        ("phase-6", "run 2mi"),
    ],
};
