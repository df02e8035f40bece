//! The tables beside the bouts: equal splits, the watch's own laps, and time around the ceiling on heart rate.

use maud::{Markup, html};

use super::words;
use crate::report::{HeartRateBand, Session, Split};
use crate::units::{Distance, UnitSystem, clock};

/// The tables of a session, closed until somebody opens them; none without what a chart needs.
pub fn tables(session: &Session, id: &str, units: UnitSystem) -> Markup {
    let Some(chart) = &session.chart else { return html! {} };
    let equal = if units == UnitSystem::Imperial { &chart.miles } else { &chart.kilometers };
    html! {
        (table(if units == UnitSystem::Imperial { "Splits by mile" } else { "Splits by kilometre" }, equal, id, units))
        (table("Laps of the watch", &chart.laps, id, units))
        (bands(&chart.heart_rate_bands))
    }
}

fn table(heading: &str, splits: &[Split], id: &str, units: UnitSystem) -> Markup {
    let bpm = |split: &Split| split.heart_rate_mean_bpm.map_or("–".to_owned(), |bpm| format!("{bpm:.0}"));
    html! {
        @if !splits.is_empty() {
            details.splits {
                summary { (heading) span.soft { " (" (splits.len()) ")" } }
                div.scroll tabindex="0" role="group" aria-label=(heading) {
                    table data-chart=(id) {
                        thead {
                            tr {
                                th.num scope="col" { "#" } th.num scope="col" { "Start" } th.num scope="col" { "Length" }
                                th.num scope="col" { "Distance" } th.num scope="col" { "Pace " span.unit { (units.pace_unit()) } }
                                th.num.wide scope="col" { "On the flat " span.unit { (units.pace_unit()) } }
                                th.num scope="col" { abbr title="heart rate, mean" { "HR" } " " span.unit { "bpm" } }
                                th.num.wide scope="col" { "Running" }
                            }
                        }
                        tbody {
                            @for (n, split) in splits.iter().enumerate() {
                                tr data-from=(split.start_s) data-to=(split.end_s) {
                                    td.num { (n + 1) }
                                    td.num.at { (clock(split.start_s)) }
                                    td.num { (clock(split.end_s - split.start_s)) }
                                    td.num { (units.distance(Distance::from_meters(split.distance_m))) }
                                    td.num { (words::pace(split.pace_s_per_km, units)) }
                                    td.num.wide { (words::pace(split.graded_pace_s_per_km, units)) }
                                    td.num { (bpm(split)) }
                                    td.num.wide { (clock(split.run_s)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn bands(bands: &[HeartRateBand]) -> Markup {
    let all_s: f64 = bands.iter().map(|band| band.run_s).sum();
    let name = |band: &HeartRateBand| match (band.from_bpm, band.to_bpm) {
        (None, Some(to)) => format!("under {to:.0} bpm"),
        (Some(from), Some(to)) => format!("{from:.0} to {:.0} bpm", to - 1.0),
        (Some(from), None) => format!("{from:.0} bpm and more"),
        (None, None) => "all".to_owned(),
    };
    html! {
        @if all_s > 0.0 {
            details.splits {
                summary { "Heart rate around its ceiling, of the time run" }
                table {
                    thead { tr { th scope="col" { "Heart rate" } th.num scope="col" { "Running" } th.num scope="col" { "Share" } } }
                    tbody {
                        @for band in bands {
                            tr { td { (name(band)) } td.num { (clock(band.run_s)) } td.num { (format!("{:.0} %", 100.0 * band.run_s / all_s)) } }
                        }
                    }
                }
            }
        }
    }
}
