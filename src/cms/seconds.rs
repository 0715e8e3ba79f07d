//! Converts between moments and seconds since 1970, which old Drupal modules and language models send.
//!
//! The algorithm counts days in eras of 400 years that begin on 1 March, so that a leap day is the last day
//! of its year: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

use super::values::number as parse_number;
use crate::article::Moment;

const DAY: u64 = 86_400;

/// The days from 1 March of the year 0 to the beginning of 1970.
const DAYS_BEFORE: u64 = 719_468;

/// Returns the moment this many seconds after the beginning of 1970, UTC; `None` after the year 9999.
pub(super) fn to_moment(seconds: u64) -> Option<Moment> {
    let second = seconds % DAY;
    let days = seconds / DAY + DAYS_BEFORE;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let mut written = String::new();
    let parts = [
        (year, "-"),
        (month, "-"),
        (day_of_month, "T"),
        (second / 3600, ":"),
        (second / 60 % 60, ":"),
        (second % 60, "Z"),
    ];
    for (number, then) in parts {
        if number < 10 {
            written.push('0');
        }
        written.extend([&number.to_string(), then]);
    }
    Moment::parse(&written)
}

/// Returns the seconds between the beginning of 1970 and a moment; `None` before 1970. A date alone counts as
/// its first second, and a moment without a time zone as UTC.
pub(super) fn from_moment(moment: &Moment) -> Option<u64> {
    let text = moment.as_str();
    let number = |from: usize, to: usize| parse_number(text.get(from..to)?);
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (year, month) = if month <= 2 { (year.checked_sub(1)?, month + 9) } else { (year, month - 3) };
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let seconds = days.checked_sub(DAYS_BEFORE)? * DAY;
    let clock = number(11, 13).unwrap_or(0) * 3600 + number(14, 16).unwrap_or(0) * 60;
    let seconds = seconds + clock + number(17, 19).unwrap_or(0);
    let zone = text.get(11..).and_then(|time| time.rfind(['+', '-'])).map(|at| at + 11);
    let Some(zone) = zone else { return Some(seconds) };
    let offset = number(zone + 1, zone + 3)? * 3600 + number(zone + 4, zone + 6)? * 60;
    if text.get(zone..=zone) == Some("-") { Some(seconds + offset) } else { seconds.checked_sub(offset) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_convert_to_a_moment_and_back() {
        for (seconds, written) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_456_789_012, "2016-02-29T23:36:52Z"),
            (1_772_633_700, "2026-03-04T14:15:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] {
            let moment = to_moment(seconds);
            assert_eq!(moment.as_ref().map(Moment::as_str), Some(written));
            assert_eq!(moment.and_then(|moment| from_moment(&moment)), Some(seconds));
        }
        assert_eq!(to_moment(253_402_300_800), None);
        assert_eq!(to_moment(u64::MAX), None);
    }

    #[test]
    fn time_zones_are_applied() {
        let seconds = |text: &str| Moment::parse(text).and_then(|moment| from_moment(&moment));
        assert_eq!(seconds("2026-03-04T15:15:00+01:00"), Some(1_772_633_700));
        assert_eq!(seconds("2026-03-04T09:45:00.5-04:30"), Some(1_772_633_700));
        assert_eq!(seconds("2026-03-04T14:15"), Some(1_772_633_700));
        assert_eq!(seconds("2026-03-04"), Some(1_772_633_700 - 14 * 3600 - 15 * 60));
        assert_eq!(seconds("1969-12-31"), None);
    }
}
