//! Detects characters that were damaged in transit.

use super::looks_like;

/// Detects UTF-8 that was decoded as Windows-1252 or in another legacy encoding: `â€™` for `’`.
pub(super) fn mojibake(text: &str) -> Option<String> {
    let message = |found: &str, meant: &str| {
        let what = [meant, " in a wrong encoding"].concat();
        looks_like(found, &what, "Correct it, and read the source as UTF-8")
    };
    if text.is_ascii() {
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
    if let Some(found) = read_as_another_alphabet(text) {
        return Some(message(found, "an accented letter"));
    }
    if let Some((found, meant)) = read_as_chinese(text) {
        return Some(message(found, meant));
    }
    if let Some(found) = another_alphabet(text) {
        return Some(looks_like(
            found,
            "letters of another alphabet in a wrong encoding",
            "Correct it, and read the source in its own encoding, such as Windows-1251 for Russian",
        ));
    }
    let (found, meant) = KNOWN.iter().find(|(found, _)| text.contains(found))?;
    Some(message(found, meant))
}

/// Finds UTF-8 that was decoded as Windows-1252, and what was meant.
fn misread_letters(text: &str) -> Option<(&str, String)> {
    let mut before = None;
    let mut rest = text;
    let has_guillemets = text.contains('«');
    // The weight as evidence of adjacent characters decoded in this way, and the text from the first of them.
    let mut run: Option<(usize, &str)> = None;
    while let Some(c) = rest.chars().next() {
        if is_before_space(before, rest) {
            return Some((rest.get(..c.len_utf8())?, if c == 'Ã' { "à" } else { "a space" }.to_owned()));
        }
        match misread(rest) {
            Some((length, meant)) => {
                let (found, after) = rest.split_at_checked(length)?;
                let (weight, start) = run.unwrap_or((0, rest));
                // Two characters of three bytes are enough, and so are three of any kind.
                let weight = weight + found.chars().count() - 1;
                if weight >= 3 {
                    let found = start.get(..start.len() - after.len())?;
                    return Some((found, "letters of another script".to_owned()));
                }
                if is_certain(before, found, after, has_guillemets) {
                    return Some((found, meant.to_string()));
                }
                run = Some((weight, start));
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
        0xE0..=0xEF => 3,
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
    let (mut start, mut count) = (0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match chars.next_if(|(_, second)| matches!(c, 'Р' | 'С') && is_second_of_windows_1251(*second)) {
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

/// Whether Windows-1251 has the character at a byte from 0x80 to 0xBF, by which a letter of UTF-8 ends.
fn is_second_of_windows_1251(c: char) -> bool {
    matches!(c, '\u{A0}'..='\u{BF}' | 'Ѐ'..='Џ' | 'ѐ'..='џ' | 'Ґ' | 'ґ' | '‘'..='„' | '†'..='•' | '…' | '‰' | '‹' | '›' | '€' | '№' | '™' | '–' | '—')
}

/// Finds a letter of two bytes of UTF-8 in a Latin word that was decoded as Windows-1251 or Windows-1250:
/// `cafГ©`, `cafĂ©`.
fn read_as_another_alphabet(text: &str) -> Option<&str> {
    let mut before = None;
    text.char_indices().find_map(|(at, c)| {
        let before = before.replace(c);
        let is_first = matches!(c, 'Г' | 'Д' | 'Е' | 'Ă' | 'Ĺ');
        let rest = is_first.then(|| text.get(at..))??;
        let mut chars = rest.chars().skip(1);
        let (second, after) = (chars.next()?, chars.next());
        let is_second = if c < 'Ѐ' {
            !second.is_ascii() && !second.is_whitespace()
        } else {
            is_second_of_windows_1251(second)
        };
        let after_small = before.is_some_and(|before| before.is_ascii_lowercase());
        let before_small = before
            .is_none_or(|before| before.is_ascii_alphabetic() || !before.is_alphanumeric())
            && after.is_some_and(|after| after.is_ascii_lowercase())
            && !is_punctuation(second);
        (is_second && (after_small || before_small)).then(|| rest.get(..c.len_utf8() + second.len_utf8()))?
    })
}

/// Finds UTF-8 that was decoded as GBK, and what was meant: `鈥檚` for `’s`, `caf茅`, `銆備粬鐨` for Chinese.
fn read_as_chinese(text: &str) -> Option<(&str, &'static str)> {
    let (mut before, mut rare) = (None, 0);
    text.char_indices().find_map(|(at, c)| {
        let before = before.replace(c);
        let rest = text.get(at..)?;
        let after = rest.get(c.len_utf8()..)?.chars().next();
        let found = rest.get(..c.len_utf8())?;
        rare += usize::from("鈥锛銆鐨鏄鍦".contains(c));
        if c == '鈥' && before.is_none_or(|before| before < '\u{2E80}') {
            let both = rest.get(..c.len_utf8() + after.map_or(0, char::len_utf8))?;
            return Some((both, "a quotation mark or dash"));
        }
        let after_latin = before.is_some_and(|before| before.is_ascii_alphabetic());
        let before_latin = after.is_some_and(|after| after.is_ascii_lowercase());
        let is_letter = after_latin
            && ((before_latin && "脿谩芒茫盲氓忙莽猫茅锚毛矛铆卯茂帽貌贸么玫枚酶霉煤没眉脽".contains(c))
                || (c == '茅' && after.is_none_or(|after| after.is_ascii())));
        if is_letter {
            return Some((found, "an accented letter"));
        }
        (rare >= 3).then_some((found, "letters of another script"))
    })
}

/// Finds a word of another alphabet that was decoded as Windows-1252: `Ïðèâåò` for `Привет`. Its letters are all
/// accented, and most of the text is like it.
fn another_alphabet(text: &str) -> Option<&str> {
    let is_high = |c: char| c.is_alphabetic() && matches!(c, 'À'..='ÿ');
    // A list of letters is sorted: `ÀÁÂÃÄÅ`.
    let word = text.split(|c: char| !c.is_alphabetic()).find(|word| {
        word.chars().all(is_high) && word.chars().nth(3).is_some() && !word.chars().is_sorted()
    })?;
    let others = text.chars().filter(|c| c.is_alphabetic() && !is_high(*c)).count();
    (text.chars().filter(|c| is_high(*c)).count() > others).then_some(word)
}

/// Whether the text begins with half a letter whose other half has become a space, which is cut off at the
/// end of a text.
fn is_before_space(before: Option<char>, text: &str) -> bool {
    let is_half = |half: char| {
        text.strip_prefix(half).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n']))
    };
    before.is_some_and(|before| {
        (is_half('Ã') && before.is_lowercase())
            || (is_half('Â') && !before.is_whitespace() && !before.is_uppercase())
    })
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '«' | '»' | '“' | '”' | '„' | '‘' | '’' | '‚' | '…' | '–' | '—' | '\u{A0}' | '›' | '‹')
}

/// Whether a single such character is enough evidence, given the text around it. Many of them can also be
/// capital letters at the end of a word and the punctuation after it, as in `IRMû`.
fn is_certain(before: Option<char>, found: &str, after: &str, has_guillemets: bool) -> bool {
    let mut chars = found.chars();
    let (first, second) = (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '));
    let is_punctuation = is_punctuation(second) && !matches!(second, '„' | '‚');
    let after_lower = before.is_some_and(char::is_lowercase);
    let after_letter = before.is_some_and(char::is_alphabetic);
    let before_letter = after.starts_with(char::is_alphabetic);
    // What does not follow a letter with an accent: `à¤®`, `ç¾Ž`.
    let is_strange = found.chars().skip(1).any(|c| "¤¥¦§¨¬¯±µ¶¸¼½¾¢£ƒˆ˜‰ŒœŠŽŸ".contains(c));
    match first {
        'Ã' => {
            let is_inside = before_letter && (!after_letter || matches!(second, '“' | '‘' | '‹' | '«'));
            !is_punctuation || after_lower || is_inside || (second == '\u{A0}' && !after_letter)
        }
        'Â' if second == '\u{A0}' => before.is_some_and(|c| !c.is_whitespace() && !c.is_uppercase()),
        'Â' => !is_punctuation || !after_letter,
        'â' => !is_punctuation && !matches!(second, '‚' | '„') || matches!(found, "â‚¬" | "â„¢"),
        // Œ and œ.
        'Å' if matches!(second, '“' | '’') && !after_letter => {
            after.starts_with("uv") || second == '“' && before_letter
        }
        // Letters of Turkish, Polish, Czech, Romanian; `Ä…` may be the end of a word in capitals.
        'Ä' | 'Å' | 'È' => after_lower || (!is_punctuation && after.starts_with(char::is_lowercase)),
        // Letters of Vietnamese. `«Quizá»…` is the end of a quotation.
        'á' => second == 'º' || (second == '»' && !has_guillemets) || is_strange,
        'à'..='ï' => is_strange,
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

/// Detects control characters where Windows-1252 has punctuation marks and letters, and says which.
pub(super) fn windows_controls(text: &str) -> Option<String> {
    let mut meant: Vec<String> = Vec::new();
    for c in text.chars().filter_map(of_control) {
        if !meant.iter().any(|known| known.starts_with(c)) {
            meant.push(c.into());
        }
    }
    let all = meant.join(" ");
    let message = [
        "has control characters that are ",
        &all,
        " in Windows-1252; they were left out. Write ",
        &all,
        " instead, and read the source as Windows-1252",
    ];
    (!meant.is_empty()).then(|| message.concat())
}

/// Returns the character that a control character is in Windows-1252.
pub(super) fn of_control(c: char) -> Option<char> {
    u8::try_from(u32::from(c)).ok().and_then(from_windows)
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
