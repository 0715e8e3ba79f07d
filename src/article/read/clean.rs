//! Removes characters from a text that readers cannot see but that can disturb the host page.

use std::borrow::Cow;

/// A fault that was found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextFault {
    /// Control characters were removed.
    Controls,
    /// Characters that change the direction of the text around them were removed.
    Directions,
    /// The text has U+FFFD, left where a character was cut in half on its way.
    Broken,
}

impl TextFault {
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Controls => "has control characters; they were left out",
            Self::Directions => {
                "has invisible characters that change text direction; they were left out. Use \"lang\" instead"
            }
            Self::Broken => "has a broken character (U+FFFD), damaged before it arrived here; type it again",
        }
    }
}

/// Removes control characters, directional overrides and embeddings, and isolates that are not
/// balanced. Balanced isolates stay: a well-made text uses them to set off a foreign name.
pub(super) fn clean(text: &str) -> (Cow<'_, str>, Vec<TextFault>) {
    let mut faults = Vec::new();
    let mut note = |fault| {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    };
    let balanced = isolates_are_balanced(text);
    let mut unwanted = false;
    for c in text.chars() {
        match fault_of(c, balanced) {
            Some(fault) => {
                unwanted = true;
                // A carriage return is how some systems end a line.
                if c != '\r' && !is_explained(c) {
                    note(fault);
                }
            }
            None if c == '\u{FFFD}' => note(TextFault::Broken),
            None => {}
        }
    }
    if !unwanted {
        return (Cow::Borrowed(text), faults);
    }
    let kept = text.chars().filter(|c| fault_of(*c, balanced).is_none());
    (Cow::Owned(kept.collect()), faults)
}

/// Whether the native command says more about a control character than that it was left out.
#[cfg(feature = "native")]
use super::super::lint::explains_control as is_explained;

#[cfg(not(feature = "native"))]
fn is_explained(_: char) -> bool {
    false
}

fn fault_of(c: char, isolates_are_balanced: bool) -> Option<TextFault> {
    match c {
        '\n' | '\t' => None,
        '\u{2066}'..='\u{2069}' if isolates_are_balanced => None,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(TextFault::Directions),
        '\u{FFFE}' | '\u{FFFF}' => Some(TextFault::Controls),
        c if c.is_control() => Some(TextFault::Controls),
        _ => None,
    }
}

fn isolates_are_balanced(text: &str) -> bool {
    let mut open = 0_usize;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => open += 1,
            '\u{2069}' => match open.checked_sub(1) {
                Some(left) => open = left,
                None => return false,
            },
            '\n' if open > 0 => return false,
            _ => {}
        }
    }
    open == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_text_is_unchanged() {
        for text in ["", "a\nb\tc", "مرحبا \u{200F}(x)", "a \u{2068}مرحبا\u{2069} b", "👩\u{200D}🔬"]
        {
            let (cleaned, faults) = clean(text);
            assert!(matches!(cleaned, Cow::Borrowed(same) if same == text));
            assert_eq!(faults, []);
        }
    }

    #[test]
    fn carriage_returns_are_removed_without_a_report() {
        assert_eq!(clean("a\r\nb"), ("a\nb".into(), vec![]));
    }

    #[test]
    fn bidi_overrides_and_unbalanced_isolates_are_removed() {
        assert_eq!(clean("a\u{202E}b"), ("ab".into(), vec![TextFault::Directions]));
        assert_eq!(clean("a\u{2067}b"), ("ab".into(), vec![TextFault::Directions]));
        assert_eq!(clean("a\u{2069}b\u{2067}"), ("ab".into(), vec![TextFault::Directions]));
    }

    #[test]
    fn control_characters_are_removed_and_broken_ones_reported() {
        assert_eq!(clean("a\u{0}b\u{85}"), ("ab".into(), vec![TextFault::Controls]));
        assert_eq!(clean("a\u{FFFD}"), ("a\u{FFFD}".into(), vec![TextFault::Broken]));
    }
}
