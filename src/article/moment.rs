use std::rc::Rc;

/// A date (`2026-03-04`) or a moment (`2026-03-04T14:15:00Z`), as RFC 3339 writes it.
///
/// A moment without an offset is taken as UTC, so that it means the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "native", derive(serde::Serialize), serde(transparent))]
pub struct Moment(Rc<str>);

impl Moment {
    /// Reads a date or a moment; `None` when it is neither, or no such day exists.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, time) = match text.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        check_date(date)?;
        let Some(time) = time else {
            return Some(Self(date.into()));
        };
        let (clock, offset) = split_offset(time);
        check_clock(clock)?;
        let offset = check_offset(offset)?;
        Some(Self([date, "T", clock, offset].concat().into()))
    }

    /// The date or moment, in the form that `<time datetime>` and `Date` take.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same as shared text.
    #[must_use]
    pub fn to_text(&self) -> Rc<str> {
        Rc::clone(&self.0)
    }

    /// The day alone: `2026-03-04`.
    #[must_use]
    pub fn date(&self) -> &str {
        self.0.get(..10).unwrap_or_default()
    }

    /// Whether only the day is known.
    #[must_use]
    pub fn is_date_only(&self) -> bool {
        self.0.len() == 10
    }
}

/// A number of exactly `digits` ASCII digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let all_digits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| text.bytes().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0')))
}

fn check_date(date: &str) -> Option<()> {
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4)?;
    let month = number(parts.next()?, 2)?;
    let day = number(parts.next()?, 2)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    ((1..=days).contains(&day) && parts.next().is_none()).then_some(())
}

fn check_clock(clock: &str) -> Option<()> {
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = whole.split(':');
    let hour = number(parts.next()?, 2)?;
    let minute = number(parts.next()?, 2)?;
    let second = parts.next().map_or(Some(0), |second| number(second, 2))?;
    let fraction = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    (hour < 24 && minute < 60 && second <= 60 && fraction && parts.next().is_none()).then_some(())
}

fn split_offset(time: &str) -> (&str, &str) {
    time.find(['Z', 'z', '+', '-']).and_then(|at| time.split_at_checked(at)).unwrap_or((time, "Z"))
}

fn check_offset(offset: &str) -> Option<&str> {
    if offset.eq_ignore_ascii_case("z") {
        return Some("Z");
    }
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    (number(hours, 2)? < 24 && number(minutes, 2)? < 60).then_some(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_and_moments() {
        for (text, read) in [
            ("2026-03-04", "2026-03-04"),
            ("2026-03-04T14:15:00Z", "2026-03-04T14:15:00Z"),
            ("2026-03-04t14:15z", "2026-03-04T14:15Z"),
            ("2026-03-04 14:15:00.125+02:00", "2026-03-04T14:15:00.125+02:00"),
            ("2026-03-04T14:15:00", "2026-03-04T14:15:00Z"),
            ("2024-02-29", "2024-02-29"),
        ] {
            assert_eq!(Moment::parse(text).as_ref().map(Moment::as_str), Some(read), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "soon",
            "2026-13-01",
            "2026-02-29",
            "2026-3-4",
            "04.03.2026",
            "2026-03-04T25:00",
            "2026-03-04T10",
            "2026-03-04T10:00+2",
            "2026-03-04T10:00:00.Z",
            "２０２６-03-04",
            "2026-03-04é",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
