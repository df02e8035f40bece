//! The report for reading: one file in full, or many with a line each and a summary.

mod bouts;
mod line;
mod overview;
mod session;
mod strip;

use std::io::{self, Write};

pub use line::line;

use super::{Renderer, Style};
use crate::report::{File, Summary};
use overview::Overview;

/// Begins a report. Whether it is about one file or many is known when the second comes.
pub fn begin(style: Style) -> Box<dyn Renderer> {
    Box::new(Terminal { style, only: None, overview: Overview::default() })
}

struct Terminal {
    style: Style,
    /// The first file until a second comes.
    only: Option<File>,
    overview: Overview,
}

impl Renderer for Terminal {
    fn file(&mut self, file: File, _out: &mut dyn Write) -> io::Result<()> {
        if self.only.is_none() && self.overview.is_empty() {
            self.only = Some(file);
            return Ok(());
        }
        if let Some(first) = self.only.take() {
            self.overview.add(&first);
        }
        self.overview.add(&file);
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let text = match &self.only {
            Some(file) => session::file(file, self.style),
            None => self.overview.text(summary, self.style),
        };
        out.write_all(text.as_bytes())
    }
}

/// The few colours, each beside a word that says the same.
mod color {
    use anstyle::{AnsiColor, Style};

    use super::super::words::Standing;
    use crate::report::Class;

    pub const BOLD: Style = Style::new().bold();
    pub const DIM: Style = Style::new().dimmed();
    const OVER: Style = AnsiColor::Red.on_default().bold();
    const UNDER: Style = AnsiColor::Green.on_default();
    const UNCLEAR: Style = AnsiColor::Yellow.on_default();

    /// The style of a bout.
    pub const fn of_standing(standing: Standing) -> Style {
        match standing {
            Standing::Over => OVER,
            Standing::Under => UNDER,
            Standing::Unclear => UNCLEAR,
            Standing::NotRun => Style::new(),
        }
    }

    /// The style of a verdict.
    pub const fn of_class(class: Class) -> Style {
        match class {
            Class::Easy => UNDER.bold(),
            Class::Undetermined => UNCLEAR.bold(),
            _ => OVER,
        }
    }
}

/// The style where colours can be shown, else none.
fn shown(style: anstyle::Style, options: Style) -> anstyle::Style {
    if options.color { style } else { anstyle::Style::new() }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::{output, render, sample};
    use super::*;

    fn check(files: Vec<File>, style: Style, expected: &Expect) {
        expected.assert_eq(&render(sample::report(files), output("text").expect("an output"), style));
    }

    #[test]
    fn a_run_in_full() {
        check(
            vec![sample::disguised()],
            sample::STYLE,
            &expect![[r#"
                anna/2026-09-07.fit · Garmin Forerunner 255

                running · Mon 7 Sep 2026, 18:05
                1.32 km in 11:00 elapsed
                ran 4:00 in 4 bouts · walked 7:00
                easy ceiling 6:30/km (physio, ± 2 %)

                  too fast                                             ▆█████▄     ▃█████▇
                  easy run                    ▄█████▆     ▁██████▁
                      walk  ██████████████████▄     ▂█████▇      ▇█████▂     ▄█████▅     ▁██████
                            0:00        2:00        4:00         6:00        8:00        10:00

                  #  gait   from  time  pace/km     ceiling         HR  spm
                  1  walk   0:00  3:00    11:07                    118  112
                  2  run    3:00  1:00     6:40     easy           141  166
                  3  walk   4:00  1:00    11:07                    118  112
                  4  run    5:00  1:00     6:40     easy           141  166
                  5  walk   6:00  1:00    11:07                    118  112
                  6  run    7:00  1:00     5:23  ▲  21 % too fast  141  166
                  7  walk   8:00  1:00    11:07                    118  112
                  8  run    9:00  1:00     5:23  ▲  21 % too fast  141  166
                  9  walk  10:00  1:00    11:07                    118  112

                  ▲    7:00  Bout 6 was run at 5:23/km, 21 % faster than the ceiling.

                DISGUISED INTERVALS · high · index 74 of 100 · high confidence
                From 7:00 (0.8 km) on the easy run became intervals: 2 of 4 run minutes were
                21 % faster than your easy ceiling of 6:30/km.
                  · Averages hide it: the whole session was 8:20/km at 128 bpm.
            "#]],
        );
    }

    #[test]
    fn a_wide_terminal_and_miles() {
        let style = Style { units: crate::units::UnitSystem::Imperial, width: 120, ..sample::STYLE };
        check(
            vec![sample::disguised()],
            style,
            &expect![[r#"
                anna/2026-09-07.fit · Garmin Forerunner 255

                running · Mon 7 Sep 2026, 18:05
                0.82 mi in 11:00 elapsed
                ran 4:00 in 4 bouts · walked 7:00
                easy ceiling 10:28/mi (physio, ± 2 %)

                  too fast                                                                 ▃████████▆        ▁████████▇
                  easy run                             ▆████████▃        ▄████████▄
                      walk  ███████████████████████████▂        ▅████████▄        ▄████████▅        ▂████████▇        ▁█████████
                            0:00     1:00     2:00     3:00     4:00     5:00     6:00     7:00     8:00     9:00     10:00

                  #  gait   from  time  pace/mi     ceiling         HR  spm
                  1  walk   0:00  3:00    17:53                    118  112
                  2  run    3:00  1:00    10:44     easy           141  166
                  3  walk   4:00  1:00    17:53                    118  112
                  4  run    5:00  1:00    10:44     easy           141  166
                  5  walk   6:00  1:00    17:53                    118  112
                  6  run    7:00  1:00     8:39  ▲  21 % too fast  141  166
                  7  walk   8:00  1:00    17:53                    118  112
                  8  run    9:00  1:00     8:39  ▲  21 % too fast  141  166
                  9  walk  10:00  1:00    17:53                    118  112

                  ▲    7:00  Bout 6 was run at 5:23/km, 21 % faster than the ceiling.

                DISGUISED INTERVALS · high · index 74 of 100 · high confidence
                From 7:00 (0.8 km) on the easy run became intervals: 2 of 4 run minutes were 21 % faster than your easy ceiling of
                6:30/km.
                  · Averages hide it: the whole session was 8:20/km at 128 bpm.
            "#]],
        );
    }

    #[test]
    fn a_session_that_cannot_be_judged() {
        check(
            vec![sample::without_ceiling()],
            sample::STYLE,
            &expect![[r#"
                ben/run.gpx · Garmin Forerunner 255

                Morning�[2J · running · Tue 8 Sep 2026, 05:10 UTC
                1.52 km in 12:41 elapsed · moving 11:40
                ran 10:00 without a break · stood 1:01 · not clear 1:40
                no easy ceiling given

                       run  █████████████████████████████████████████████████████▅
                 not clear                                                       ▃████████▅
                     still                                                                ▃█████
                            0:00      2:00       4:00       6:00      8:00       10:00

                  #  gait        from   time  pace/km   HR  spm
                  1  run         0:00  10:00     6:25  141  166
                  2  not clear  10:00   1:40     8:20  118  112
                  3  stand      11:40   1:01           118

                CANNOT TELL
                Without an easy ceiling nothing can be said: give --easy-pace or --easy-hr.
                hint: --easy-pace PACE gives the easy pace, --race 5k=25:00 a recent race,
                --easy-hr 145 an easy heart rate

                note: The file ends early; 3 records were lost.
            "#]],
        );
    }

    #[test]
    fn many_bouts_are_folded() {
        check(
            vec![sample::long()],
            sample::STYLE,
            &expect![[r#"
                anna/long.fit · Garmin Forerunner 255

                running · Mon 7 Sep 2026, 18:05
                7.20 km in 1:00:00 elapsed
                ran 30:00 in 30 bouts · walked 30:00
                easy ceiling 6:30/km (physio, ± 2 %)

                  too fast                        ▃▆
                  easy run  █▁▆▃▄▅▂▇ ▇▂▅▄▃▆▁█ ▇▂▅▄  ▁█▁▆▃▄▅▂▇ █▁▆▃▄▅▂▇ ▇▂▅▄▃▆▁█ ▇▂▅▄▃▆▁█▁▆▃▄▅▂▇
                      walk   ▇▂▅▄▃▆▁█▁▆▃▄▅▂▇ █▁▆▃▄▅▂▇ ▇▂▅▄▃▆▁█ ▇▂▅▄▃▆▁█▁▆▃▄▅▂▇ █▁▆▃▄▅▂▇ ▇▂▅▄▃▆▁█
                            0:00       10:00      20:00       30:00      40:00      50:00

                   #  gait   from  time  pace/km     ceiling        HR  spm
                  1–20 from 0:00: 10 runs 10:00, 10 walks 10:00
                  21  run   20:00  1:00     5:57  ▲  9 % too fast  141  166
                  22–60 from 21:00: 19 runs 19:00, 20 walks 20:00

                EASY · medium confidence
                29 of 30 run minutes stayed under your easy ceiling of 6:30/km.
            "#]],
        );
    }

    #[test]
    fn many_files_are_an_overview() {
        let files =
            vec![sample::broken(), sample::without_ceiling(), sample::long(), sample::disguised(), sample::ride()];
        check(
            files,
            sample::STYLE,
            &expect![[r#"
                  verdict              date        distance    run  fastest  file
                  disguised intervals  2026-09-07   1.32 km   4:00    +21 %  anna/2026-09-07.fit
                  cannot tell          2026-09-08   1.52 km  10:00           ben/run.gpx
                  easy                 2026-09-07   7.20 km  30:00     +9 %  anna/long.fit

                could not be read:
                  notes.fit: not an activity file

                cannot be told:
                     1  Without an easy ceiling nothing can be said: give --easy-pace or
                        --easy-hr.
                        hint: --easy-pace PACE gives the easy pace, --race 5k=25:00 a recent
                        race, --easy-hr 145 an easy heart rate

                left out:
                     1  not a run: cycling

                5 files: 2 judged, 1 cannot tell, 1 left out, 1 not readable
                     1  disguised intervals
                     1  easy
            "#]],
        );
    }

    #[test]
    fn one_file_without_a_run() {
        check(
            vec![sample::ride()],
            sample::STYLE,
            &expect![[r#"
            anna/ride.tcx · Garmin Forerunner 255

            cycling · Mon 7 Sep 2026, 18:05
            0.00 km in 1:00:00 elapsed
            Not a run: listed, not judged.
        "#]],
        );
    }

    #[test]
    fn nothing_is_told_by_colour_alone() {
        let colored = render(
            sample::report(vec![sample::disguised()]),
            output("text").expect("an output"),
            Style { color: true, ..sample::STYLE },
        );
        let plain =
            render(sample::report(vec![sample::disguised()]), output("text").expect("an output"), sample::STYLE);
        assert!(colored.contains('\u{1b}') && !plain.contains('\u{1b}'));
        assert_eq!(without_escapes(&colored), plain);
    }

    fn without_escapes(text: &str) -> String {
        let mut parts = text.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
    }
}
