//! Writes a synthetic Apple Health export as large as asked for, to measure with: `apple_export MEGABYTES FILE.zip`.

use std::fs::File;
use std::io::{BufWriter, Write};

use rehabrun::export::apple::{Version, export};
use rehabrun::synth::demo;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (megabytes, path) = (args.next().ok_or("how many megabytes?")?, args.next().ok_or("which file?")?);
    let n_bytes = megabytes.parse::<usize>()? << 20;
    let activities: Vec<_> = demo().into_iter().map(|demo| demo.activity).collect();
    let files = export(&activities, Version::Ios16, 2.0);
    let options = SimpleFileOptions::default().large_file(true);
    let mut zip = ZipWriter::new(BufWriter::new(File::create(path)?));
    for (name, content) in &files[1..] {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(content.as_bytes())?;
    }
    // The measurements of other days stand in front, as they do in a real export.
    let (name, document) = &files[0];
    let (first, last) =
        (document.find(" <Record").ok_or("no record")?, document.rfind("<Workout ").ok_or("no workout")?);
    let last =
        document[..last].rfind("</Workout>").map_or(last, |end| document[..end].find("<Workout ").unwrap_or(last));
    let records = &document[first..last];
    zip.start_file(name.as_str(), options)?;
    zip.write_all(&document.as_bytes()[..first])?;
    for year in (0..).take(n_bytes / records.len()) {
        let other_year = format!("startDate=\"{:04}", 1990 + year % 30);
        zip.write_all(
            records
                .replace("startDate=\"2026", &other_year)
                .replace("endDate=\"2026", &other_year.replace("start", "end"))
                .as_bytes(),
        )?;
    }
    zip.write_all(&document.as_bytes()[first..])?;
    zip.finish()?.flush()?;
    Ok(())
}
