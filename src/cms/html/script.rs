//! Superscript and subscript characters, which Unicode has for digits and a few signs.

/// Returns the text in superscript (`is_up`) or subscript characters; `None` where a character has none, as
/// the letters of `1st`.
pub(in crate::cms) fn raised(text: &str, is_up: bool) -> Option<String> {
    const PLAIN: &str = "0123456789+-−=()n";
    const UP: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ";
    const DOWN: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ";
    let of = if is_up { UP } else { DOWN };
    let raise = |c| of.chars().nth(PLAIN.chars().position(|plain| plain == c)?);
    let raised: Option<String> = text.chars().map(raise).collect();
    raised.filter(|raised| !raised.is_empty())
}

#[cfg(test)]
mod tests {
    use super::raised;

    #[test]
    fn digits_become_script_characters_and_letters_do_not() {
        assert_eq!(raised("2", false).as_deref(), Some("₂"));
        assert_eq!(raised("-10", true).as_deref(), Some("⁻¹⁰"));
        assert_eq!(raised("st", true), None);
        assert_eq!(raised("", true), None);
    }
}
