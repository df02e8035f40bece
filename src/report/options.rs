//! What reports leave out, and what they keep for charts.

/// What to leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// False leaves out every coordinate.
    pub location: bool,
    /// True keeps what a chart needs.
    pub chart: bool,
    /// True keeps the route for a sketch, where there is a chart and coordinates are not left out.
    pub route: bool,
    /// Metres around the start and the end of a session within which no location is shown, 0 for none. `None` is 200 for the
    /// route, which is made to be shown, and 0 for coordinates among the data.
    pub hide_ends_m: Option<u32>,
}

impl Default for Options {
    /// Coordinates as they are, no chart.
    fn default() -> Self {
        Self { location: true, chart: false, route: false, hide_ends_m: None }
    }
}
