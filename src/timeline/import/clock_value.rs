//! Parses times. Rust's parser for decimal numbers adds more code than all formats together.

/// Parses a decimal number such as `12.34`; returns `None` for anything else.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    let whole = digits(whole)?;
    let mut value = 0.0;
    let mut scale = 1.0;
    for (place, byte) in fraction.bytes().enumerate() {
        let digit = digit(byte)?;
        // More digits exceed the precision of any recording.
        if place < 12 {
            value = value * 10.0 + digit;
            scale *= 10.0;
        }
    }
    Some(whole + value / scale)
}

/// Parses a clock time such as `1:02:03.5`, `02:03,500` or `3.5` into seconds; returns `None` for
/// anything else.
pub(super) fn clock_value(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let mut parts = text.split(':').peekable();
    let mut count = 0;
    while let Some(part) = parts.next() {
        count += 1;
        let value = if parts.peek().is_some() { digits(part)? } else { decimal(part)? };
        seconds = seconds * 60.0 + value;
    }
    (count <= 3).then_some(seconds)
}

/// Parses decimal digits, at least one.
pub(super) fn digits(text: &str) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    let mut value = 0.0;
    for byte in text.bytes() {
        value = value * 10.0 + digit(byte)?;
    }
    Some(value)
}

fn digit(byte: u8) -> Option<f64> {
    byte.is_ascii_digit().then(|| f64::from(byte - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_and_clock_times_are_read() {
        for (text, seconds) in [
            ("0", 0.0),
            ("12.34", 12.34),
            ("0.040", 0.04),
            ("5.1234567890123456", 5.123_456_789_012),
            ("00:00:01,500", 1.5),
            ("1:02:03.25", 3723.25),
            ("02:03", 123.0),
            ("90:00", 5400.0),
        ] {
            assert_eq!(clock_value(text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn malformed_times_are_rejected() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            "1e3",
            "a",
            "1:",
            ":1",
            "1:2:3:4",
            "1.5:00",
            "NaN",
            "١",
            "1 ",
            "1.000000000000x",
        ] {
            assert_eq!(clock_value(text), None, "{text}");
        }
    }
}
