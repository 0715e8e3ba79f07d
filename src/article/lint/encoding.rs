//! Detects characters that were damaged in transit.

use super::looks_like;

/// Detects UTF-8 that was decoded as Windows-1252 or in another legacy encoding: `â€™` for `’`.
pub(super) fn mojibake(text: &str) -> Option<String> {
    let message = |found: &str, meant: &str| {
        let what = [meant, " in a wrong encoding"].concat();
        looks_like(found, &what, "Correct it, and read the source as UTF-8")
    };
    // Everything searched for begins with a character that contains one of these bytes, and few texts have
    // any.
    if !text.bytes().any(|byte| matches!(byte, 0xC3 | 0xD0 | 0xE2 | 0xE9 | 0xEF)) {
        return None;
    }
    if let Some((found, meant)) = misread_letters(text) {
        return Some(message(found, &meant));
    }
    if let Some(found) = read_as_mac_roman(text) {
        return Some(message(found, "a letter or a quotation mark"));
    }
    if let Some(found) = read_as_windows_1251(text) {
        return Some(message(found, "letters of another script"));
    }
    let (found, meant) = KNOWN.iter().find(|(found, _)| text.contains(found))?;
    Some(message(found, meant))
}

/// Finds UTF-8 that was decoded as Windows-1252, and what was meant.
fn misread_letters(text: &str) -> Option<(&str, String)> {
    let mut before = None;
    let mut rest = text;
    // The number of adjacent characters decoded in this way, and the text from the first of them.
    let mut run: Option<(usize, &str)> = None;
    while let Some(c) = rest.chars().next() {
        if is_before_space(before, rest) {
            return Some((rest.get(..c.len_utf8())?, if c == 'Ã' { "à" } else { "a space" }.to_owned()));
        }
        match misread(rest) {
            Some((length, meant)) => {
                let (found, after) = rest.split_at_checked(length)?;
                let (count, start) = run.unwrap_or((0, rest));
                if count >= 2 || is_certain(text, before, found, after) {
                    let from = if count >= 2 { start } else { rest };
                    let found = from.get(..from.len() - after.len())?;
                    let meant =
                        if count >= 2 { "letters of another script".to_owned() } else { meant.to_string() };
                    return Some((found, meant));
                }
                run = Some((count + 1, start));
                before = found.chars().next_back();
                rest = after;
            }
            None => {
                run = None;
                before = Some(c);
                rest = rest.get(c.len_utf8()..)?;
            }
        }
    }
    None
}

/// Characters that nobody writes on purpose, and what was meant.
const KNOWN: [(&str, &str); 7] = [
    ("ï»¿", "a byte order mark"),
    ("ï¿½", "a broken character"),
    ("ðŸ", "an emoji"),
    ("вЂ", "a quotation mark or dash"),
    ("锟斤拷", "a broken character"),
    ("\u{FFFC}", "an object that was left out, or a character"),
    ("â€", "a quotation mark, dash or ellipsis"),
];

/// Returns the length of what looks like one UTF-8 character decoded as Windows-1252, and that character.
fn misread(text: &str) -> Option<(usize, char)> {
    let mut chars = text.char_indices();
    // No other character has a byte that begins a longer sequence.
    let first = chars.next().filter(|(_, c)| matches!(c, 'Â'..='ï'))?.1;
    let first = to_windows(first)?;
    let count = match first {
        0xC2..=0xDF => 2,
        0xE1..=0xEF => 3,
        _ => return None,
    };
    let mut bytes = vec![first];
    for (_, c) in chars.by_ref().take(count - 1) {
        bytes.push(to_windows(c)?);
    }
    let character = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((chars.next().map_or(text.len(), |(at, _)| at), character))
}

/// Finds UTF-8 that was decoded as Mac OS Roman: `‚Äô` for `’`, `caf√©`.
fn read_as_mac_roman(text: &str) -> Option<&str> {
    let mut before = None;
    text.char_indices().find_map(|(at, c)| {
        let rest = text.get(at..)?;
        let second = rest.chars().nth(1)?;
        let is_letter = c == '√' && "©®†¢ß°±º∂§™´¥µ≥≤∞≠¬ªΩÆØ".contains(second);
        let is_one = (is_letter && before.is_some_and(char::is_alphabetic))
            || ["‚Äô", "‚Äò", "‚Äú", "‚Äù", "‚Äì", "‚Äî", "‚Ä¶", "√â"]
                .iter()
                .any(|mark| rest.starts_with(mark));
        before = Some(c);
        is_one.then(|| rest.get(..c.len_utf8() + second.len_utf8()))?
    })
}

/// Finds Cyrillic UTF-8 that was decoded as Windows-1251: `РїСЂРёРІРµС‚` for `привет`. Each letter begins
/// with one of two characters.
fn read_as_windows_1251(text: &str) -> Option<&str> {
    let is_second = |c: char| matches!(c, '\u{A0}'..='\u{BF}' | 'Ѐ'..='Џ' | 'ѐ'..='џ' | 'Ґ' | 'ґ' | '‘'..='„' | '†'..='•' | '…' | '‰' | '‹' | '›' | '€' | '№' | '™' | '–' | '—');
    let (mut start, mut count) = (0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match chars.next_if(|(_, second)| matches!(c, 'Р' | 'С') && is_second(*second)) {
            Some((at_second, second)) => {
                if count == 0 {
                    start = at;
                }
                count += 1;
                if count == 3 {
                    return text.get(start..at_second + second.len_utf8());
                }
            }
            None => count = 0,
        }
    }
    None
}

/// Whether the text begins with half a letter whose other half has become a space.
fn is_before_space(before: Option<char>, text: &str) -> bool {
    before.is_some_and(|before| {
        (text.starts_with("Ã ") && before.is_lowercase())
            || (text.starts_with("Â ") && !before.is_whitespace() && !before.is_uppercase())
    })
}

/// Whether a single such character is enough evidence, given the text around it. Many of them can also be
/// capital letters at the end of a word and the punctuation after it, as in `IRMû`.
fn is_certain(text: &str, before: Option<char>, found: &str, after: &str) -> bool {
    let mut chars = found.chars();
    let (first, second) = (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '));
    let is_punctuation =
        matches!(second, '«' | '»' | '“' | '”' | '‘' | '’' | '…' | '–' | '—' | '\u{A0}' | '›' | '‹');
    let after_lower = before.is_some_and(char::is_lowercase);
    let after_letter = before.is_some_and(char::is_alphabetic);
    match first {
        'Ã' => !is_punctuation || after_lower || (second == '\u{A0}' && !after_letter),
        'Â' if second == '\u{A0}' => before.is_some_and(|c| !c.is_whitespace() && !c.is_uppercase()),
        'Â' => !is_punctuation || !after_letter,
        'â' => !is_punctuation && !matches!(second, '‚' | '„') || matches!(found, "â‚¬" | "â„¢"),
        // Letters of Turkish, Polish, Czech, Romanian; `Ä…` may be the end of a word in capitals.
        'Ä' | 'Å' | 'È' => after_lower || (!is_punctuation && after.starts_with(char::is_lowercase)),
        // Letters of Vietnamese. `«Quizá»…` is the end of a quotation.
        'á' => second == 'º' || (second == '»' && !text.contains('«')),
        _ => false,
    }
}

/// Returns the byte of a character in Windows-1252. Bytes that Windows-1252 leaves undefined are as in
/// Latin-1.
fn to_windows(c: char) -> Option<u8> {
    match WINDOWS.iter().position(|known| *known == c) {
        Some(at) => u8::try_from(0x80 + at).ok(),
        None => u8::try_from(u32::from(c)).ok(),
    }
}

/// Returns the character of a byte from 0x80 to 0x9F in Windows-1252.
pub(super) fn from_windows(byte: u8) -> Option<char> {
    WINDOWS.get(usize::from(byte.checked_sub(0x80)?)).copied().filter(|c| !c.is_control())
}

const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Detects a private-use character, which only one font knows. Language models delimit their citations with
/// some.
pub(super) fn private_use(text: &str) -> Option<String> {
    let is_private = |c: &char| matches!(c, '\u{E000}'..='\u{E1FF}' | '\u{E300}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}');
    let found = text.chars().find(is_private)?;
    let code = format!("U+{:04X}", u32::from(found));
    Some(["has a private-use character (", &code, "), which readers see as a box; remove it"].concat())
}
