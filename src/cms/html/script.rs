//! Superscript and subscript characters, which Unicode has for digits and a few signs.

/// Returns the text in superscript (`is_superscript`) or subscript characters; `None` where a character has none,
/// as the letters of `1st`.
pub(in crate::cms) fn script_characters(text: &str, is_superscript: bool) -> Option<String> {
    const PLAIN: &str = "0123456789+-−=()n";
    const SUPERSCRIPT: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ";
    const SUBSCRIPT: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ";
    let script = if is_superscript { SUPERSCRIPT } else { SUBSCRIPT };
    let convert = |c| script.chars().nth(PLAIN.chars().position(|plain| plain == c)?);
    let converted: Option<String> = text.chars().map(convert).collect();
    converted.filter(|converted| !converted.is_empty())
}

#[cfg(test)]
mod tests {
    use super::script_characters;

    #[test]
    fn digits_become_script_characters_and_letters_do_not() {
        assert_eq!(script_characters("2", false).as_deref(), Some("₂"));
        assert_eq!(script_characters("-10", true).as_deref(), Some("⁻¹⁰"));
        assert_eq!(script_characters("st", true), None);
        assert_eq!(script_characters("", true), None);
    }
}
