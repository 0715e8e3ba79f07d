//! Durations, in seconds.

use crate::article::Json;

/// Reads seconds as a number or text, a clock time (`1:01:05`), or an ISO 8601 duration (`PT1M45S`) without
/// days or longer units, which no recording needs.
pub(super) fn seconds(json: &Json) -> Option<f64> {
    let seconds = match json {
        Json::Number(number) => *number,
        Json::Text(text) => parse(text.trim())?,
        _ => return None,
    };
    (seconds.is_finite() && seconds > 0.0).then_some(seconds)
}

fn parse(text: &str) -> Option<f64> {
    let Some(iso) = text.strip_prefix(['P', 'p']) else {
        return text.split(':').try_fold(0.0, |sum, part| Some(sum * 60.0 + number(part)?));
    };
    let time = iso.strip_prefix("0D").unwrap_or(iso).strip_prefix(['T', 't'])?;
    let mut sum = 0.0;
    let mut from = 0;
    for (at, unit) in time.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()) {
        let value = number(time.get(from..at)?)?;
        sum += value
            * match unit {
                'H' | 'h' => 3600.0,
                'M' | 'm' => 60.0,
                'S' | 's' => 1.0,
                _ => return None,
            };
        from = at + 1;
    }
    (from == time.len()).then_some(sum)
}

/// Parses digits with an optional fraction. A general number parser takes more bytes than this whole file.
fn number(text: &str) -> Option<f64> {
    let (integer, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| {
        text.bytes()
            .try_fold(0.0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10.0 + f64::from(byte - b'0')))
    };
    let scale = fraction.bytes().fold(1.0, |scale, _| scale * 10.0);
    (!integer.is_empty()).then_some(digits(integer)? + digits(fraction)? / scale)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn durations_are_parsed_in_common_notations() {
        for (text, seconds) in [
            ("PT1M45S", Some(105.0)),
            ("PT1H0.5S", Some(3600.5)),
            ("P0DT0H1M1S", Some(61.0)),
            ("1:01:05", Some(3665.0)),
            ("61.25", Some(61.25)),
            ("P10M", None),
            ("P1D", None),
            ("soon", None),
            ("", None),
            ("PT5", None),
            ("1:x", None),
        ] {
            assert_eq!(parse(text), seconds, "{text}");
        }
    }
}
