use super::clock_time::whole_seconds;

/// A time as it is spoken, in whole hours, minutes and seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpokenTime {
    /// Whole hours.
    pub hours: u32,
    /// Whole minutes, below 60.
    pub minutes: u32,
    /// Whole seconds, below 60.
    pub seconds: u32,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// 3600 seconds.
    Hour,
    /// 60 seconds.
    Minute,
    /// A second.
    Second,
}

impl TimeUnit {
    /// Returns the English name in the singular. `Intl.NumberFormat` uses the same name as a
    /// `unit`, so that it can format the unit in any language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }
}

impl SpokenTime {
    /// Converts a number of seconds, truncated to whole ones; 0 for anything but a finite positive
    /// number.
    #[must_use]
    pub fn of(seconds: f64) -> Self {
        let seconds = whole_seconds(seconds);
        Self { hours: seconds / 3600, minutes: seconds / 60 % 60, seconds: seconds % 60 }
    }

    /// Returns the parts in the order in which they are spoken, without those that are 0; a time of
    /// 0 is 0 seconds.
    pub fn parts(self) -> impl Iterator<Item = (u32, TimeUnit)> {
        let is_zero = self == Self { hours: 0, minutes: 0, seconds: 0 };
        [(self.hours, TimeUnit::Hour), (self.minutes, TimeUnit::Minute), (self.seconds, TimeUnit::Second)]
            .into_iter()
            .filter(move |(number, unit)| *number > 0 || (is_zero && *unit == TimeUnit::Second))
    }
}

/// Formats a time in English words, such as `1 minute 23 seconds`, for a prerendered page, where
/// there is no `Intl` to format it in the reader's language.
#[must_use]
pub fn spoken_en(seconds: f64) -> String {
    let mut text = String::new();
    for (number, unit) in SpokenTime::of(seconds).parts() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&number.to_string());
        text.push(' ');
        text.push_str(unit.name());
        if number != 1 {
            text.push('s');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spoken_without_their_zero_parts() {
        let expected = [
            (0.0, "0 seconds"),
            (1.9, "1 second"),
            (60.0, "1 minute"),
            (83.0, "1 minute 23 seconds"),
            (3600.0, "1 hour"),
            (3605.0, "1 hour 5 seconds"),
            (7384.0, "2 hours 3 minutes 4 seconds"),
            (f64::NAN, "0 seconds"),
            (-3.0, "0 seconds"),
        ];
        for (seconds, text) in expected {
            assert_eq!(spoken_en(seconds), text);
        }
    }

    #[test]
    fn parts_come_largest_first() {
        let parts: Vec<_> = SpokenTime::of(3723.0).parts().collect();
        assert_eq!(parts, [(1, TimeUnit::Hour), (2, TimeUnit::Minute), (3, TimeUnit::Second)]);
    }
}
