//! The page of a clinic: every patient, worst first, with links to the pages of each.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::clinic::{LEGEND, LEGEND_OF_TREND, level, name, pain, remarks, stage, title, trend, week};
use super::super::words::sanitize;
use super::document;
use crate::report::{Clinic, Patient};
use crate::units::UnitSystem;

/// The page of all patients. `pages` has the address of each patient's own page by the name of the folder.
pub fn clinic(clinic: &Clinic, pages: &BTreeMap<String, String>, units: UnitSystem) -> String {
    let title = title(clinic);
    let body = html! {
        h1 { (title) }
        section.summary {
            div.scroll tabindex="0" role="group" aria-label="Patients" {
                table.patients {
                    thead { tr {
                        th scope="col" { "Level" } th scope="col" { "Patient" } th.num scope="col" { "Week" } th.wide scope="col" { "Stage" } th.num scope="col" { "Runs" }
                        th.num scope="col" { "Over" } th.num.wide scope="col" { "Cannot tell" } th.wide scope="col" { "Trend" } th.num scope="col" { "Pain" }
                        th.wide scope="col" { "Last run" }
                    } }
                    @for patient in &clinic.patients { (row(patient, pages.get(&patient.folder), units)) }
                }
            }
            p.soft { (LEGEND) (LEGEND_OF_TREND) }
            @for note in &clinic.notes { p.soft { "Note: " (sanitize(&note.message)) } }
        }
    };
    document(&title, &clinic.tool, &body)
}

fn row(patient: &Patient, page: Option<&String>, units: UnitSystem) -> Markup {
    let (sign, style) = level(patient.level);
    let name = name(patient);
    html! {
        tbody {
            tr.numbers {
                td { span class=(format!("badge {style}")) { span aria-hidden="true" { (sign) " " } (patient.level.name()) } }
                th scope="row" { @match page { Some(page) => { a href=(page) { (name) } }, None => (name) } }
                td.num { (week(patient)) }
                td.wide { (stage(patient)) }
                td.num { (patient.sessions) }
                td.num { (patient.over) }
                td.num.wide { (patient.cannot_tell) }
                td.wide { (trend(patient)) }
                td.num { (pain(patient)) }
                td.wide.day { (patient.last_run.as_deref().unwrap_or("–")) }
            }
            tr.remarks { td {} td colspan="9" { @for remark in remarks(patient, units) { p { (remark) } } } }
        }
    }
}
