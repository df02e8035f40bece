//! CSV: one of the tables, a bout a row where no other is asked for.

use std::io::{self, Write};

use ::csv::Writer;

use super::columns::{Table, Value};
use super::{Renderer, Style, words};
use crate::report::{File, Summary};

/// Begins the table. The header is written even when no file comes.
pub fn begin(style: Style) -> Box<dyn Renderer> {
    Box::new(Rows { table: style.table, headed: false })
}

struct Rows {
    table: Table,
    headed: bool,
}

impl Renderer for Rows {
    fn file(&mut self, file: File, out: &mut dyn Write) -> io::Result<()> {
        self.head(out)?;
        let mut writer = Writer::from_writer(out);
        self.table.rows(&file, |row| {
            let cells = self.table.columns().map(|column| (column.value)(row).map_or(String::new(), cell));
            writer.write_record(cells).map_err(io_error)
        })?;
        writer.flush()
    }

    fn finish(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.head(out)
    }
}

impl Rows {
    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.headed {
            return Ok(());
        }
        self.headed = true;
        let mut writer = Writer::from_writer(out);
        writer.write_record(self.table.columns().map(|column| column.name)).map_err(io_error)?;
        writer.flush()
    }
}

/// The error of the file beneath, so that a closed pipe is known as such.
pub fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A value as text. Text from outside is kept from steering a terminal, and from becoming a formula in a spreadsheet.
pub fn cell(value: Value) -> String {
    match value {
        Value::Text(text) => {
            let text = words::sanitize(&text);
            if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
        }
        Value::List(texts) => cell(Value::Text(texts.join("; "))),
        Value::Time(text, _) | Value::Date(text, _) => cell(Value::Text(text)),
        Value::Number(number) => number.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::{output, render, sample};

    #[test]
    fn text_never_becomes_a_formula() {
        let mut file = sample::disguised();
        file.path = "=HYPERLINK(\"x\").fit".to_owned();
        file.device = Some("@SUM(A1)".to_owned());
        file.sessions[0].name = Some("+1, \"quoted\"\nline".to_owned());
        file.sessions[0].bouts.truncate(2);
        let text =
            render(sample::report(vec![file, sample::broken()]), output("csv").expect("an output"), sample::STYLE);
        expect![[r#"
            path,athlete,format,status,error,device,file_verdict,session,sport,sport_name,name,started_at,elapsed_s,timer_s,moving_s,distance_m,run_s,walk_s,stand_s,paused_s,ceiling_pace_s_per_km,ceiling_pace_source,ceiling_heart_rate_bpm,ceiling_heart_rate_source,judged,verdict,severity,confidence,index,turned_at_s,turned_at_m,judged_s,over_s,unseen_s,bout,gait,start_s,end_s,start_m,end_m,pace_s_per_km,graded_pace_s_per_km,cadence_spm,heart_rate_mean_bpm,heart_rate_max_bpm,heart_rate_demand_bpm,ratio_to_ceiling,over,evidence,bout_confidence,tags,allowed,lat,lon,skipped_because
            "'=HYPERLINK(""x"").fit",,fit,audited,,'@SUM(A1),disguised-intervals,1,running,,"'+1, ""quoted""�line",2026-09-07T18:05:00+02:00,660,660,660,1320,240,420,-0,-0,390,physio,,,true,disguised-intervals,high,0.82,74,420,804,240,120,0,1,walk,0,180,0,360,666.7,666.7,112,118,,,,,cadence,0.97,,,52.5,-13.4,
            "'=HYPERLINK(""x"").fit",,fit,audited,,'@SUM(A1),disguised-intervals,1,running,,"'+1, ""quoted""�line",2026-09-07T18:05:00+02:00,660,660,660,1320,240,420,-0,-0,390,physio,,,true,disguised-intervals,high,0.82,74,420,804,240,120,0,2,run,180,240,360,480,400,400,166,141.2,,,0.9750390015600624,false,cadence,0.97,,,52.5,-13.4,
            notes.fit,,,failed,not an activity file: its content is neither FIT nor GPX nor TCX,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
        "#]].assert_eq(&text);
    }

    #[test]
    fn no_file_is_a_header_alone() {
        let text = render(sample::report(Vec::new()), output("csv").expect("an output"), sample::STYLE);
        assert_eq!(text.lines().count(), 1);
    }
}
