use super::BuiltIn;

pub(super) const PROGRAMME: BuiltIn = BuiltIn {
    name: "nhs-couch-to-5k",
    title: "NHS Couch to 5K, 9 weeks",
    source: "NHS, Couch to 5K running plan, nhs.uk",
    cautions: &[
        "Written for beginners, not for rehabilitation: week 5 goes from 8 to 20 minutes without a break.",
        "The source gives weeks 1 and 2 as 20 minutes; 8 and 6 repetitions are the usual reading.",
    ],
    stop_rule: "See a GP before you begin if you are worried about your health or an injury.",
    days_per_week: Some((3, 3)),
    rest_between: true,
    times_each: None,
    stages: &[
        ("week-1", "walk 5:00, 8x(run 1:00, walk 1:30)"),
        ("week-2", "walk 5:00, 6x(run 1:30, walk 2:00)"),
        ("week-3", "walk 5:00, 2x(run 1:30, walk 1:30, run 3:00, walk 3:00)"),
        ("week-4", "walk 5:00, run 3:00, walk 1:30, run 5:00, walk 2:30, run 3:00, walk 1:30, run 5:00"),
        ("week-5a", "walk 5:00, run 5:00, walk 3:00, run 5:00, walk 3:00, run 5:00"),
        ("week-5b", "walk 5:00, run 8:00, walk 5:00, run 8:00"),
        ("week-5c", "walk 5:00, run 20:00"),
        ("week-6a", "walk 5:00, run 5:00, walk 3:00, run 8:00, walk 3:00, run 5:00"),
        ("week-6b", "walk 5:00, run 10:00, walk 3:00, run 10:00"),
        ("week-6c", "walk 5:00, run 25:00"),
        ("week-7", "walk 5:00, run 25:00"),
        ("week-8", "walk 5:00, run 28:00"),
        ("week-9", "walk 5:00, run 30:00"),
    ],
};
