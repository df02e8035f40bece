//! CSV: one row a bout, with the columns of its file and session repeated. A file without bouts has one row.

use std::io::{self, Write};

use ::csv::Writer;

use super::{Renderer, Style};
use crate::report::{Bout, Class, File, Session, Summary};

/// Begins the table. The header is written even when no file comes.
pub fn begin(_style: Style) -> Box<dyn Renderer> {
    Box::new(Rows { headed: false })
}

/// What a row is about.
#[derive(Clone, Copy)]
struct Row<'a> {
    file: &'a File,
    /// With its number from 1.
    session: Option<(usize, &'a Session)>,
    /// With its number from 1, as the report for reading counts.
    bout: Option<(usize, &'a Bout)>,
}

/// A column: its name, and its text where there is one.
type Column = (&'static str, fn(Row) -> Option<String>);

const COLUMNS: &[Column] = &[
    ("path", |row| text(Some(&row.file.path))),
    ("athlete", |row| text(row.file.athlete.as_deref())),
    ("format", |row| text(row.file.format)),
    ("status", |row| text(Some(row.file.status.name()))),
    ("error", |row| row.file.error.as_ref().and_then(|e| text(Some(&format!("{}: {}", e.message, e.cause))))),
    ("device", |row| text(row.file.device.as_deref())),
    ("file_verdict", |row| text(row.file.verdict.map(Class::name))),
    ("session", |row| row.session.map(|(number, _)| number.to_string())),
    ("sport", |row| text(Some(&row.session?.1.sport))),
    ("name", |row| text(row.session?.1.name.as_deref())),
    ("started_at", |row| text(row.session?.1.started_at.as_deref())),
    ("elapsed_s", |row| Some(row.session?.1.elapsed_s.to_string())),
    ("timer_s", |row| Some(row.session?.1.timer_s.to_string())),
    ("moving_s", |row| Some(row.session?.1.moving_s.to_string())),
    ("distance_m", |row| Some(row.session?.1.distance_m.to_string())),
    ("run_s", |row| Some(row.session?.1.run_s.to_string())),
    ("walk_s", |row| Some(row.session?.1.walk_s.to_string())),
    ("stand_s", |row| Some(row.session?.1.stand_s.to_string())),
    ("paused_s", |row| Some(row.session?.1.paused_s.to_string())),
    ("ceiling_pace_s_per_km", |row| number(row.session?.1.ceiling.pace_s_per_km)),
    ("ceiling_pace_source", |row| text(row.session?.1.ceiling.pace_source.as_deref())),
    ("ceiling_heart_rate_bpm", |row| number(row.session?.1.ceiling.heart_rate_bpm)),
    ("ceiling_heart_rate_source", |row| text(row.session?.1.ceiling.heart_rate_source.as_deref())),
    ("judged", |row| Some(row.session?.1.judged.to_string())),
    ("verdict", |row| Some(row.session?.1.verdict.class.name().to_owned())),
    ("severity", |row| text(row.session?.1.verdict.severity)),
    ("confidence", |row| Some(row.session?.1.verdict.confidence.to_string())),
    ("index", |row| row.session?.1.verdict.index.map(|index| index.to_string())),
    ("turned_at_s", |row| number(row.session?.1.verdict.turned_at_s)),
    ("turned_at_m", |row| number(row.session?.1.verdict.turned_at_m)),
    ("bout", |row| row.bout.map(|(number, _)| number.to_string())),
    ("gait", |row| Some(row.bout?.1.gait.to_owned())),
    ("start_s", |row| Some(row.bout?.1.start_s.to_string())),
    ("end_s", |row| Some(row.bout?.1.end_s.to_string())),
    ("start_m", |row| Some(row.bout?.1.start_m.to_string())),
    ("end_m", |row| Some(row.bout?.1.end_m.to_string())),
    ("pace_s_per_km", |row| number(row.bout?.1.pace_s_per_km)),
    ("graded_pace_s_per_km", |row| number(row.bout?.1.graded_pace_s_per_km)),
    ("cadence_spm", |row| number(row.bout?.1.cadence_spm)),
    ("heart_rate_mean_bpm", |row| number(row.bout?.1.heart_rate_mean_bpm)),
    ("heart_rate_max_bpm", |row| number(row.bout?.1.heart_rate_max_bpm)),
    ("heart_rate_demand_bpm", |row| number(row.bout?.1.heart_rate_demand_bpm)),
    ("ratio_to_ceiling", |row| number(row.bout?.1.ratio_to_ceiling)),
    ("over", |row| row.bout?.1.over.map(|over| over.to_string())),
    ("told_from", |row| Some(row.bout?.1.told_from.to_owned())),
    ("bout_confidence", |row| Some(row.bout?.1.confidence.to_string())),
    ("tags", |row| text(Some(&row.bout?.1.tags.join(" ")))),
    ("lat", |row| number(row.bout?.1.position.map(|place| place.lat))),
    ("lon", |row| number(row.bout?.1.position.map(|place| place.lon))),
];

struct Rows {
    headed: bool,
}

impl Renderer for Rows {
    fn file(&mut self, file: File, out: &mut dyn Write) -> io::Result<()> {
        self.head(out)?;
        let mut writer = Writer::from_writer(out);
        let whole = Row { file: &file, session: None, bout: None };
        if file.sessions.is_empty() {
            write(&mut writer, whole)?;
        }
        for (i, session) in file.sessions.iter().enumerate() {
            let of_session = Row { session: Some((i + 1, session)), ..whole };
            if session.bouts.is_empty() {
                write(&mut writer, of_session)?;
            }
            for (i, bout) in session.bouts.iter().enumerate() {
                write(&mut writer, Row { bout: Some((i + 1, bout)), ..of_session })?;
            }
        }
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
        writer.write_record(COLUMNS.iter().map(|column| column.0)).map_err(io_error)?;
        writer.flush()
    }
}

fn write<W: Write>(writer: &mut Writer<W>, row: Row) -> io::Result<()> {
    writer.write_record(COLUMNS.iter().map(|(_, text)| text(row).unwrap_or_default())).map_err(io_error)
}

/// The error of the file beneath, so that a closed pipe is known as such.
pub fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn number(value: Option<f64>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// Text from outside, kept from becoming a formula when a spreadsheet opens it.
fn text(text: Option<&str>) -> Option<String> {
    let text = text?;
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    Some(if formula { format!("'{text}") } else { text.to_owned() })
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
            path,athlete,format,status,error,device,file_verdict,session,sport,name,started_at,elapsed_s,timer_s,moving_s,distance_m,run_s,walk_s,stand_s,paused_s,ceiling_pace_s_per_km,ceiling_pace_source,ceiling_heart_rate_bpm,ceiling_heart_rate_source,judged,verdict,severity,confidence,index,turned_at_s,turned_at_m,bout,gait,start_s,end_s,start_m,end_m,pace_s_per_km,graded_pace_s_per_km,cadence_spm,heart_rate_mean_bpm,heart_rate_max_bpm,heart_rate_demand_bpm,ratio_to_ceiling,over,told_from,bout_confidence,tags,lat,lon
            "'=HYPERLINK(""x"").fit",,fit,audited,,'@SUM(A1),disguised-intervals,1,running,"'+1, ""quoted""
            line",2026-09-07T18:05:00+02:00,660,660,660,1320,240,420,-0,-0,390,physio,,,true,disguised-intervals,high,0.82,74,420,804,1,walk,0,180,0,360,666.7,666.7,112,118,,,,,cadence,0.97,,52.5,-13.4
            "'=HYPERLINK(""x"").fit",,fit,audited,,'@SUM(A1),disguised-intervals,1,running,"'+1, ""quoted""
            line",2026-09-07T18:05:00+02:00,660,660,660,1320,240,420,-0,-0,390,physio,,,true,disguised-intervals,high,0.82,74,420,804,2,run,180,240,360,480,400,400,166,141.2,,,0.9750390015600624,false,cadence,0.97,,52.5,-13.4
            notes.fit,,,failed,not an activity file: its content is neither FIT nor GPX nor TCX,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
        "#]].assert_eq(&text);
    }

    #[test]
    fn no_file_is_a_header_alone() {
        let text = render(sample::report(Vec::new()), output("csv").expect("an output"), sample::STYLE);
        assert_eq!(text.lines().count(), 1);
    }
}
