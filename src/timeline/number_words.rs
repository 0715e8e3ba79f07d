/// A run of digits without anything in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    value: u64,
    count: u32,
}

impl Digits {
    pub(super) const NONE: Self = Self { value: 0, count: 0 };

    pub(super) fn push(&mut self, digit: u8) {
        self.value = self.value.saturating_mul(10).saturating_add(u64::from(digit));
        self.count = self.count.saturating_add(1);
    }

    /// Returns whether the digits are read one by one: a code, not a quantity.
    fn is_code(self) -> bool {
        let leading_zero = self.count > 1 && self.value < 10_u64.saturating_pow(self.count - 1);
        leading_zero || self.count > 15
    }
}

/// Returns how many words a number is when spoken, given its runs of digits between points and
/// commas.
///
/// Points, commas and spaces have different meanings in different countries, so their positions
/// decide: three digits after each of them are one large number, other digits after the last are a
/// fraction, and anything else is several numbers, as in a date. The words are those of English;
/// other languages need about as many, or longer ones.
pub(super) fn number_words(runs: &[Digits]) -> u32 {
    let Some((first, rest)) = runs.split_first() else { return 0 };
    let (last, middle) = rest.split_last().unwrap_or((first, &[]));
    let grouped = first.count <= 3 && middle.iter().all(|run| run.count == 3);
    match rest.len() {
        0 => plain_words(*first),
        _ if grouped && last.count == 3 && !first.is_code() => integer_words(joined(*first, rest)),
        _ if grouped || rest.len() == 1 => {
            let whole =
                if middle.is_empty() { plain_words(*first) } else { integer_words(joined(*first, middle)) };
            let point = 1;
            whole.saturating_add(point).saturating_add(last.count)
        }
        _ => runs.iter().fold(0, |words, run| words.saturating_add(plain_words(*run))),
    }
}

fn joined(first: Digits, rest: &[Digits]) -> u64 {
    rest.iter().fold(first.value, |value, run| value.saturating_mul(1000).saturating_add(run.value))
}

/// Counts the words of a single run; four digits count as a year, which is read in pairs.
fn plain_words(run: Digits) -> u32 {
    if run.is_code() {
        run.count
    } else if run.count == 4 {
        let low = match run.value % 100 {
            0 => 1,
            1..=9 => 2,
            pair => words_below_thousand(pair),
        };
        words_below_thousand(run.value / 100) + low
    } else {
        integer_words(run.value)
    }
}

fn integer_words(value: u64) -> u32 {
    if value == 0 {
        return 1;
    }
    let (mut words, mut rest) = (0, value);
    while rest > 0 {
        let below = rest % 1000;
        let is_lowest = rest == value;
        if below > 0 {
            let thousand = u32::from(!is_lowest);
            words += words_below_thousand(below) + thousand;
        }
        rest /= 1000;
    }
    words
}

fn words_below_thousand(value: u64) -> u32 {
    let hundreds = if value >= 100 { 2 } else { 0 };
    let rest = match value % 100 {
        0 => 0,
        1..=20 => 1,
        pair if pair % 10 == 0 => 1,
        _ => 2,
    };
    hundreds + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(number: &str) -> u32 {
        let runs: Vec<Digits> = number
            .split(['.', ',', ' '])
            .map(|run| {
                let mut digits = Digits::NONE;
                run.bytes().for_each(|byte| digits.push(byte - b'0'));
                digits
            })
            .collect();
        number_words(&runs)
    }

    #[test]
    fn integers_count_as_they_are_said() {
        let expected = [
            ("0", 1),
            ("7", 1),
            ("13", 1),
            ("40", 1),
            ("42", 2),
            ("100", 2),
            ("342", 4),
            ("10000", 2),
            ("2,000,000", 2),
            ("2.000.000", 2),
            ("2 000 000", 2),
            ("1,234", 6),
            ("1,000,001", 3),
        ];
        for (number, count) in expected {
            assert_eq!(words(number), count, "{number}");
        }
    }

    #[test]
    fn years_are_said_in_pairs() {
        for (number, count) in [("1984", 3), ("2026", 3), ("1900", 2), ("2005", 3), ("2000", 2)] {
            assert_eq!(words(number), count, "{number}");
        }
    }

    #[test]
    fn fractions_are_said_digit_by_digit() {
        for (number, count) in [("1.5", 3), ("3.14159", 7), ("0,25", 4), ("1.234,56", 9), ("2026.5", 5)] {
            assert_eq!(words(number), count, "{number}");
        }
    }

    #[test]
    fn dates_are_said_as_several_numbers_and_codes_digit_by_digit() {
        assert_eq!(words("12.10.2026"), 1 + 1 + 3);
        assert_eq!(words("007"), 3);
        assert_eq!(words("00"), 2);
        assert_eq!(words("1234567890123456"), 16);
    }

    #[test]
    fn very_long_numbers_are_counted() {
        assert_eq!(words(&"9".repeat(5000)), 5000);
        assert!(words(&vec!["999"; 5000].join(".")) > 0);
    }
}
