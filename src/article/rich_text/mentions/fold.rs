//! Folds names and texts for comparison: the different ways in which Unicode can write one name become the
//! same characters.
//!
//! Steps that need large tables (composition, ligatures, presentation forms) are left to a [`Normalize`]
//! function from outside. It is called once per text, with only the stretches that may need it. The small
//! steps are here: apostrophes, quotation marks, hyphens, spaces, invisible characters, and the marks that
//! Arabic and Hebrew may omit.

use super::super::script::{is_invisible, is_mark};
use std::borrow::Cow;

/// A function that normalizes a text to the Unicode form NFKC.
pub type Normalize = fn(&str) -> String;

/// A folded text that maps its characters back to their original positions.
pub(super) struct Folded<'t> {
    /// The folded text.
    pub(super) text: Cow<'t, str>,
    /// For each byte of the folded text, and for its end, the original position of the character that begins
    /// there. Empty if the text is unchanged; [`NO_ORIGIN`] after the first byte of a stretch that was folded
    /// as a whole.
    origins: Vec<usize>,
}

const NO_ORIGIN: usize = usize::MAX;

impl<'t> Folded<'t> {
    pub(super) fn of(text: &'t str, normalize: Normalize) -> Self {
        let has_spaces = text.as_bytes().windows(2).any(|two| two == b"  ");
        if text.is_ascii() && !has_spaces && !text.contains('\t') {
            return Self { text: Cow::Borrowed(text), origins: Vec::new() };
        }
        // A line break ends every stretch, so it can separate them.
        let mut stretches = String::new();
        each_stretch(text, &mut |_, stretch, is_plain| {
            if !is_plain {
                stretches.push_str(stretch);
                stretches.push('\n');
            }
        });
        if !stretches.is_empty() {
            stretches = normalize(&stretches);
        }
        let mut normalized = stretches.split('\n');
        let mut folding = Folding { text: String::with_capacity(text.len()), origins: Vec::new() };
        each_stretch(text, &mut |start, stretch, is_plain| {
            let from = folding.text.len();
            let stretch = if is_plain { stretch } else { normalized.next().unwrap_or(stretch) };
            stretch.chars().for_each(|c| folding.push(c));
            folding.origins.resize(folding.text.len(), NO_ORIGIN);
            if let Some(first) = folding.origins.get_mut(from) {
                *first = start;
            }
        });
        folding.origins.push(text.len());
        Self { text: Cow::Owned(folding.text), origins: folding.origins }
    }

    /// Returns the original position of the stretch that begins at `at`, if one begins there.
    pub(super) fn origin(&self, at: usize) -> Option<usize> {
        if self.origins.is_empty() {
            return Some(at);
        }
        self.origins.get(at).copied().filter(|origin| *origin != NO_ORIGIN)
    }
}

/// Folds a name for comparison.
pub(super) fn fold(name: &str, normalize: Normalize) -> String {
    Folded::of(name, normalize).text.trim().to_owned()
}

/// Visits each character that needs no normalization, and each run of other characters, with its position and
/// whether it is plain. A letter before a combining mark is part of the run.
fn each_stretch<'t>(text: &'t str, visit: &mut dyn FnMut(usize, &'t str, bool)) {
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let has_mark = chars.peek().is_some_and(|(_, next)| combines(*next)) && c.is_alphanumeric();
        let is_plain = is_plain(c) && !has_mark;
        let mut end = start + c.len_utf8();
        if !is_plain {
            while let Some((at, next)) = chars.next_if(|(_, next)| !self::is_plain(*next)) {
                end = at + next.len_utf8();
            }
        }
        visit(start, text.get(start..end).unwrap_or_default(), is_plain);
    }
}

/// Whether normalization does not change this character on its own, or the character is folded here. A
/// character that is missing from the list only costs time.
fn is_plain(c: char) -> bool {
    is_invisible(c)
        || c.is_whitespace()
        || matches!(c,
            '\0'..='\x7F' | '\u{AB}' | '\u{B4}' | '\u{B7}' | '\u{BB}' | '\u{C0}'..='\u{131}'
            | '\u{2B9}'..='\u{2BC}'
            | '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}'
            | '\u{5D0}'..='\u{5EA}' | '\u{621}'..='\u{64A}'
            | '\u{E01}'..='\u{E32}' | '\u{E34}'..='\u{E4E}'
            | '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201F}' | '\u{2032}' | '\u{2039}' | '\u{203A}' | '\u{2212}'
            | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}'
            | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
            | '\u{FF01}'..='\u{FF5E}'
            // Normalization would turn these marks into letters and digits, which they are not.
            | '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{2079}' | '\u{2122}')
}

/// Whether the character combines with the one before it.
fn combines(c: char) -> bool {
    is_mark(c)
        || matches!(c, '\u{1160}'..='\u{11FF}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{3099}' | '\u{309A}' | '\u{FE20}'..='\u{FE2F}')
}

struct Folding {
    text: String,
    origins: Vec<usize>,
}

impl Folding {
    fn push(&mut self, c: char) {
        let c = match c {
            // Line breaks are kept: the host page has them, too.
            '\n' => '\n',
            c if c.is_whitespace() => return self.space(),
            c if is_invisible(c) => return,
            // Vowel points and similar marks, which are optional.
            '\u{591}'..='\u{5C7}'
            | '\u{610}'..='\u{61A}'
            | '\u{64B}'..='\u{652}'
            | '\u{656}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6ED}' => return,
            // The same letter on Arabic and on Persian keyboards.
            'ك' => 'ک',
            'ي' | 'ى' => 'ی',
            '\u{B4}' | '\u{2B9}'..='\u{2BC}' | '\u{2018}'..='\u{201B}' | '\u{2032}' => '\'',
            '\u{AB}' | '\u{BB}' | '\u{201C}'..='\u{201F}' | '\u{2039}' | '\u{203A}' => '"',
            '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
            // A dash that separates, with or without spaces around it.
            '\u{2014}' | '\u{2015}' => {
                self.space();
                self.text.push('-');
                return self.space();
            }
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        };
        self.text.push(c);
    }

    fn space(&mut self) {
        if !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use super::super::super::super::read::nfkc;
    use super::*;

    #[test]
    fn unicode_variants_of_a_name_fold_alike() {
        for (one, writings) in [
            (
                "L'Équipe",
                &["L’Équipe", "L‘Équipe", "LʼÉquipe", "L'E\u{301}quipe", "L’É\u{AD}quipe", "Ｌ＇Équipe"][..],
            ),
            ("Ouest-France", &["Ouest‐France", "Ouest\u{2011}France", "Ouest–France", "Ouest−France"]),
            (
                "Le Monde",
                &["Le\u{A0}Monde", "Le\u{202F}Monde", "Le  Monde", "Le\u{2009}Monde", "Ｌｅ　Ｍｏｎｄｅ"],
            ),
            ("Le Temps — Genève", &["Le Temps – Genève", "Le Temps—Genève", "Le Temps - Gene\u{300}ve"]),
            ("Office Journal", &["Oﬃce Journal", "Office\u{200B} Journal", "Of\u{AD}fice Journal"]),
            ("ロイター", &["ﾛｲﾀｰ"]),
            ("ガジェット", &["カ\u{3099}ジェット", "ｶﾞｼﾞｪｯﾄ"]),
            ("رويترز", &["رُويتَرز", "رويـتـرز", "ﺭﻭﻳﺘﺮﺯ", "رویترز"]),
            ("آفاق", &["ا\u{653}فاق"]),
            ("הארץ", &["הָאָרֶץ"]),
            ("한겨레", &["\u{1112}\u{1161}\u{11AB}\u{1100}\u{1167}\u{1105}\u{1166}"]),
            ("Новый край", &["Новыи\u{306} краи\u{306}"]),
            ("Tuổi Trẻ", &["Tuo\u{302}\u{309}i Tre\u{309}"]),
            ("ज़ी न्यूज़", &["\u{95B}ी न्यू\u{95B}"]),
        ] {
            for writing in writings {
                assert_eq!(fold(writing, nfkc), fold(one, nfkc), "{writing}");
            }
        }
    }

    #[test]
    fn names_with_different_meanings_stay_different() {
        for (one, other) in [("Time", "TIME"), ("Reuters", "Reuters²"), ("Le Monde", "Le\nMonde"), ("É", "E")]
        {
            assert_ne!(fold(one, nfkc), fold(other, nfkc));
        }
    }

    #[test]
    fn folded_characters_map_to_their_origins() {
        let text = "«E\u{301}quipe» — ﬁn";
        let folded = Folded::of(text, nfkc);
        assert_eq!(folded.text, "\"Équipe\" - fin");
        let origins: Vec<_> = folded.text.char_indices().map(|(at, _)| folded.origin(at)).collect();
        let position = |part: &str| text.find(part);
        assert_eq!(origins.get(..2), Some(&[Some(0), position("E")][..]));
        assert_eq!(origins.get(2).copied().flatten(), position("quipe"));
        assert_eq!(folded.text.find("fin").and_then(|at| folded.origin(at)), position("ﬁ"));
        assert_eq!(folded.text.find("in").and_then(|at| folded.origin(at)), None, "inside of a ligature");
        assert_eq!(folded.origin(folded.text.len()), Some(text.len()));
    }

    #[test]
    fn a_broken_normalizer_keeps_the_end_position() {
        let text = "E\u{301} ﬁ";
        for broken in [|_: &str| String::new(), |_: &str| "\n\n\n\n".to_owned()] {
            let folded = Folded::of(text, broken);
            assert_eq!(folded.origin(folded.text.len()), Some(text.len()));
        }
    }
}
