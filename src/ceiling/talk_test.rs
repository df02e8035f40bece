//! The talk test in the field, step by step: how a runner finds her easy pace with a watch and her voice.
//!
//! The last pace at which talking is comfortable lies at the first threshold (Persinger et al., Med Sci Sports Exerc
//! 2004;36:1632). The lengths of the stages are our choice.

/// What to do, a step each.
pub const STEPS: &[&str] = &[
    "Only when your physio lets you run for a quarter of an hour and running does not hurt; stop when it does. It takes \
     20 minutes on flat ground, on a track or on a treadmill.",
    "Walk for 5 minutes, then run for 3 minutes as slowly as you can.",
    "At the end of the 3 minutes press the lap button and say four sentences aloud, a verse or the days and months. Could \
     you speak comfortably? Only a plain yes counts.",
    "After a yes run the next 3 minutes a little faster, by 20 seconds a kilometre (30 a mile), and speak again.",
    "At the first `not quite` walk home. The last pace with a plain yes is your easy pace, and the heart rate at its end \
     your easy heart rate.",
    "Keep it in athlete.toml: under [ceiling], talk_test = { pace = \"M:SS/km\", hr = BPM }, with your own figures. Repeat it \
     every six weeks.",
];
