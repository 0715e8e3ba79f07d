/// Formats a time as on a clock: `0:00`, `1:23`, `1:02:03`, truncated to whole seconds. Anything
/// but a finite positive number is formatted as `0:00`.
#[must_use]
pub fn format_clock(seconds: f64) -> String {
    let seconds = whole_seconds(seconds);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let mut text = String::new();
    if hours > 0 {
        text.push_str(&hours.to_string());
        push_two_digits(&mut text, minutes);
    } else {
        text.push_str(&minutes.to_string());
    }
    push_two_digits(&mut text, seconds % 60);
    text
}

fn push_two_digits(text: &mut String, number: u32) {
    text.push(':');
    text.extend([number / 10, number % 10].into_iter().filter_map(|digit| char::from_digit(digit, 10)));
}

/// Parses a clock time such as `83`, `1:23` or `1:02:03`, with ASCII digits, and returns its
/// seconds.
///
/// Each colon is followed by exactly two digits below 60; before the first colon there may be up to
/// six digits, so `83:20` is a valid time too. Returns `None` for anything else.
#[must_use]
pub fn parse_clock(text: &str) -> Option<f64> {
    let mut parts = text.trim().split(':');
    let first = parts.next().filter(|part| (1..=6).contains(&part.len()))?;
    let mut seconds = digits(first)?;
    for (count, part) in parts.enumerate() {
        let number = (part.len() == 2 && count < 2).then(|| digits(part)).flatten()?;
        seconds = (number < 60).then_some(seconds * 60 + number)?;
    }
    Some(f64::from(seconds))
}

/// Parses decimal digits. Six digits of hours are still fewer seconds than 32 bits hold.
fn digits(text: &str) -> Option<u32> {
    text.bytes()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

/// Returns the whole seconds of a time; 0 for anything but a positive finite number.
pub(super) fn whole_seconds(seconds: f64) -> u32 {
    // The cast maps NaN and negative numbers to 0, but infinity to the largest number.
    if seconds.is_finite() { seconds as u32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_formatted_as_on_a_clock() {
        let expected = [
            (0.0, "0:00"),
            (0.999, "0:00"),
            (9.0, "0:09"),
            (59.99, "0:59"),
            (60.0, "1:00"),
            (83.4, "1:23"),
            (599.0, "9:59"),
            (3599.9, "59:59"),
            (3600.0, "1:00:00"),
            (3723.0, "1:02:03"),
            (360_000.0, "100:00:00"),
        ];
        for (seconds, text) in expected {
            assert_eq!(format_clock(seconds), text);
        }
    }

    #[test]
    fn invalid_times_are_formatted_as_zero() {
        for seconds in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, -0.0] {
            assert_eq!(format_clock(seconds), "0:00");
        }
        assert_eq!(format_clock(1e300), format_clock(f64::from(u32::MAX)));
    }

    #[test]
    fn formatted_clock_times_are_parsed_back() {
        for seconds in [0.0, 7.0, 59.0, 60.0, 83.0, 3599.0, 3600.0, 3723.0, 360_000.0] {
            assert_eq!(parse_clock(&format_clock(seconds)), Some(seconds));
        }
        assert_eq!(parse_clock("83"), Some(83.0));
        assert_eq!(parse_clock("83:20"), Some(5000.0));
        assert_eq!(parse_clock(" 1:23 "), Some(83.0));
    }

    #[test]
    fn malformed_clock_times_are_rejected() {
        for text in [
            "",
            " ",
            ":",
            "1:",
            ":30",
            "1:2",
            "1:60",
            "1:02:60",
            "1:60:00",
            "1:2:03",
            "1:02:03:04",
            "-5",
            "+5",
            "1.5",
            "1e3",
            "abc",
            "1:ab",
            "٣",
            "1 23",
            "9999999",
            "99999999999999999999",
            "NaN",
        ] {
            assert_eq!(parse_clock(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_longest_clock_time_is_parsed() {
        assert_eq!(parse_clock("999999:59:59"), Some(999_999.0 * 3600.0 + 3599.0));
    }
}
