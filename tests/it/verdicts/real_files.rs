//! Real files whose titles, laps or watches say what they were, each at a ceiling that makes its runner's easy runs easy.

use crate::common;
use rehabrun::audit::{Class, Settings, audit};
use rehabrun::ceiling::{Facts, choose};
use rehabrun::ingest;
use rehabrun::segment::{Options, segment};
use rehabrun::timeline::build;
use rehabrun::units::{UnitSystem, parse_pace};

use Class::{AboveEasy, DisguisedIntervals, Easy, Surges};

/// Path, easy pace, verdict, what it was.
const FILES: &[(&str, &str, Class, &str)] = &[
    ("gait/XiangLi00_6a86dae95edb.fit", "5:30", Easy, "run and walk on the road"),
    ("gait/XiangLi00_cd3ea59d289b.fit", "5:30", Easy, "hike and run on a trail"),
    ("gait/XiangLi00_2e24d909c710.fit", "5:30", Easy, "a steady run"),
    ("gait/XiangLi00_31001a2a15f9.fit", "5:30", Easy, "a long steady run"),
    // 2:20 at 6 % and 0:25 at 17 % over: the cadence rises from 171 to 176 and from 175 to 189 spm, the heart rate from
    // 136 to 159 bpm in the first.
    ("gait/XiangLi00_3c0604629972.fit", "5:30", Surges, "a steady run with two faster stretches"),
    ("gait/XiangLi00_c765f8f97d50.fit", "5:30", DisguisedIntervals, "laps of warm-up, work and rest"),
    ("gait/XiangLi00_f8ea5a555f80.fit", "5:30", DisguisedIntervals, "three times eight minutes"),
    ("gait/XiangLi00_68e3150484be.fit", "5:30", DisguisedIntervals, "half minutes up a hill, 9:12/km on the whole"),
    ("gait/GarethHarcombe_830563931eb7.fit", "4:15", Easy, "a steady run"),
    ("gait/GarethHarcombe_b23cb2281b31.fit", "4:15", Easy, "a steady run through a town"),
    ("gait/GarethHarcombe_fbda8471debc.fit", "4:15", Easy, "a steady run right at the ceiling"),
    ("gait/GarethHarcombe_a039a7b7f998.fit", "4:30", DisguisedIntervals, "200 m repetitions"),
    (
        "gait/GarethHarcombe_f688fc8a8f39.fit",
        "4:30",
        DisguisedIntervals,
        "strides, then 500 m, 1 km and 1.8 km with long rests",
    ),
    // At a ceiling far below the runner: steadily too fast, and the stops at crossings do not make it intervals.
    ("gait/GarethHarcombe_031a09fac68c.fit", "5:30", AboveEasy, "one pace, eight stops"),
    ("gait/GarethHarcombe_b23cb2281b31.fit", "5:30", AboveEasy, "one pace, eight stops"),
    ("gait/GarethHarcombe_dfe70bdc881b.fit", "5:30", AboveEasy, "one pace, six stops"),
    // Very fast repetitions are intervals however long the rests, also where the running before is over too.
    ("gait/GarethHarcombe_f688fc8a8f39.fit", "5:00", DisguisedIntervals, "the same"),
    // A known miss: four strides within the last two minutes are speed work, and 1:49 of them weigh too little to be
    // surges. They are noted in the sentence.
    ("files/endurabyte__FitEdit/activity.fit", "4:50", Easy, "35 min easy with four strides of 20 s"),
    ("files/endurabyte__FitEdit/activity.gpx", "4:50", Easy, "the same"),
    ("files/endurabyte__FitEdit/activity.tcx", "4:50", Easy, "the same"),
    ("files/endurabyte__FitEdit/90-minutes-easy__garmin-connect__activity.tcx", "4:20", Easy, "90 min on a treadmill"),
    ("files/thomaschampagne__elevate/fartleck.gpx", "4:50", DisguisedIntervals, "a fartlek"),
];

#[test]
fn files_that_say_what_they_were() {
    let Some(corpus) = common::corpus() else { return };
    let mut faults = Vec::new();
    for &(path, easy_pace, expected, what) in FILES {
        let path = corpus.join(path);
        if !path.exists() {
            println!("skipped: no {}", path.display());
            continue;
        }
        let activity = ingest::decode(&common::bytes(&path)).expect("a readable file");
        let easy_pace = parse_pace(&format!("{easy_pace}/km")).expect("a pace");
        let session = &activity.sessions[0];
        let timeline = build(session, activity.format).expect("a usable session");
        let segmentation = segment(&timeline, Options { ignore_device_gait: false });
        let ceiling = choose(&Facts { easy_pace: Some(easy_pace), ..Facts::default() });
        let verdict = audit(&timeline, &segmentation, &ceiling, &Settings::new(UnitSystem::Metric)).verdict;
        println!("{what}: {}\n    {}", verdict.class.name(), verdict.sentence);
        if verdict.class != expected {
            faults.push(format!("{} ({what}): {}", path.display(), verdict.sentence));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
