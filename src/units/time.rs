//! Moments, offsets from UTC and civil dates. The clock and the zone of the machine are never asked.

use jiff::tz::{Offset, TimeZone};

/// A moment, in milliseconds since 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// A moment in whole seconds since 1970.
    pub const fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// A moment in milliseconds since 1970.
    pub const fn from_unix_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Reads RFC 3339, as reports have it.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|moment| Self(moment.as_millisecond()))
    }

    /// Milliseconds since 1970.
    pub const fn as_unix_millis(self) -> i64 {
        self.0
    }

    /// Seconds since 1970, with their fraction.
    pub const fn as_unix_seconds(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// True from 1980 to 2100: before, there were no satellites to set a watch by, and what lies behind is a clock that
    /// was never set, or no time at all.
    pub const fn is_of_a_watch(self) -> bool {
        const FIRST: i64 = 315_532_800_000;
        const BEHIND_LAST: i64 = 4_133_980_800_000;
        FIRST <= self.0 && self.0 < BEHIND_LAST
    }

    /// Seconds from `earlier` to this moment; negative when this one comes first.
    pub const fn seconds_since(self, earlier: Self) -> f64 {
        self.0.saturating_sub(earlier.0) as f64 / 1000.0
    }

    /// The moment `seconds` later.
    #[must_use]
    pub fn plus_seconds(self, seconds: f64) -> Self {
        Self(self.0.saturating_add((seconds * 1000.0).round() as i64))
    }

    /// The moment in RFC 3339, with the offset where it is known, else in UTC with `Z`.
    pub fn to_rfc3339(self, offset: Option<UtcOffset>) -> String {
        let Ok(moment) = jiff::Timestamp::from_millisecond(self.0) else {
            return String::new();
        };
        match offset.and_then(|o| Offset::from_seconds(o.0).ok()) {
            Some(offset) => moment.display_with_offset(offset).to_string(),
            None => moment.to_string(),
        }
    }

    /// The date on the runner's calendar.
    pub fn date(self, offset: UtcOffset) -> Date {
        let local = jiff::Timestamp::from_millisecond(self.0.saturating_add(i64::from(offset.0) * 1000))
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        Date(Offset::UTC.to_datetime(local).date())
    }

    /// Hours and minutes on the runner's clock, as `18:05`.
    pub fn wall_clock(self, offset: UtcOffset) -> String {
        let second_of_day = (self.0.div_euclid(1000) + i64::from(offset.0)).rem_euclid(86_400);
        format!("{:02}:{:02}", second_of_day / 3600, second_of_day / 60 % 60)
    }
}

/// How far the runner's clock is ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UtcOffset(i32);

impl UtcOffset {
    /// The clock of UTC itself.
    pub const UTC: Self = Self(0);

    /// An offset in seconds east, or `None` beyond the 26 hours that any clock could show.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        let seconds = i32::try_from(seconds).ok()?;
        (seconds.abs() < 26 * 3600).then_some(Self(seconds))
    }

    /// The offset of a moment in RFC 3339: `Some(None)` where it ends in `Z`, and `None` where it cannot be read.
    pub fn from_rfc3339(text: &str) -> Option<Option<Self>> {
        if text.ends_with(['Z', 'z']) {
            return Some(None);
        }
        let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text).ok()?;
        let offset = pieces.to_numeric_offset()?;
        Self::from_seconds(offset.seconds().into()).map(Some)
    }

    /// Seconds east of UTC.
    pub const fn as_seconds(self) -> i32 {
        self.0
    }
}

/// A named time zone with its summer times, from the table that is built in.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of an IANA name such as `Pacific/Auckland`.
    pub fn from_name(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// Its IANA name; empty for a zone without one.
    pub fn name(&self) -> String {
        self.0.iana_name().unwrap_or_default().to_owned()
    }

    /// The offset in force at a moment.
    pub fn offset_at(&self, moment: Timestamp) -> UtcOffset {
        let moment = jiff::Timestamp::from_millisecond(moment.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        UtcOffset(self.0.to_offset(moment).seconds())
    }
}

/// A day on the calendar, with no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The day of a year, month and day, where there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `2026-09-07`.
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }

    /// Whole days from `earlier` to this day; negative when this one comes first.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.duration_since(earlier.0).as_hours() as i32 / 24
    }

    /// The day `days` later.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// The day in words, as `Mon 7 Sep 2026`.
    pub fn words(self) -> String {
        self.0.strftime("%a %-d %b %Y").to_string()
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The day of the week, 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_on_the_runners_clock() {
        let moment = Timestamp::from_unix_seconds(1_631_065_600);
        let kathmandu = UtcOffset::from_seconds(20_700).expect("a real offset");
        assert_eq!(moment.to_rfc3339(None), "2021-09-08T01:46:40Z");
        assert_eq!(moment.to_rfc3339(Some(kathmandu)), "2021-09-08T07:31:40+05:45");
        assert_eq!(moment.wall_clock(kathmandu), "07:31");
        assert_eq!(moment.date(UtcOffset(-10 * 3600)).to_string(), "2021-09-07");
    }

    #[test]
    fn a_zone_knows_its_summer_time() {
        let auckland = Zone::from_name("Pacific/Auckland").expect("in the table");
        let offset = |text: &str| {
            auckland.offset_at(Timestamp::from_unix_millis(
                text.parse::<jiff::Timestamp>().expect("a moment").as_millisecond(),
            ))
        };
        assert_eq!(offset("2026-09-26T12:00:00Z").as_seconds(), 12 * 3600);
        assert_eq!(offset("2026-09-27T12:00:00Z").as_seconds(), 13 * 3600);
    }

    #[test]
    fn days_count_over_month_ends() {
        let day = Date::parse("2026-03-01").expect("a date");
        assert_eq!(day.days_since(Date::parse("2026-02-01").expect("a date")), 28);
        assert_eq!(day.plus_days(-1).to_string(), "2026-02-28");
        assert_eq!(day.words(), "Sun 1 Mar 2026");
    }
}
