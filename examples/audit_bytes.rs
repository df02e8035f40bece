//! Audits files of one runner and puts them into weeks, as another program would.
//!
//! ```text
//! cargo run --example audit_bytes -- 6:30/km RUN.fit...
//! ```
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::{env, fs};

use rehabrun::render::{self, Style};
use rehabrun::{Auditor, Runner};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let pace = arguments.next().ok_or("the first argument is an easy pace, such as 6:30/km")?;
    let auditor = Auditor::new(Runner::default().easy_pace(pace.parse()?));

    let mut files = Vec::new();
    for path in arguments {
        let file = auditor.audit(&path, fs::read(&path)?);
        print!("{}", render::text(&file, Style::default()));
        files.push(file);
    }

    let progress = auditor.history(files).progress();
    print!("{}", render::progress_text(&progress, Style::default()));
    Ok(())
}
