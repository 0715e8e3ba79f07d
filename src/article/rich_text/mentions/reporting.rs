//! Decides whether a sentence says that a name reports: by a word before it (`according to`, `selon`, `据`) or
//! after it (`reported`, `によると`), or because the name is a credit.

use super::super::super::Language;
use super::letters::{is_capital, is_cyrillic, is_han, is_unspaced, is_word_char, lower, without_particle};
use super::neighbours::without_preposition;

/// The reporting words of each language of the interface, one language per line.
///
/// The parts of a line are separated by `|`: the language; words before a name; words on either side of a
/// name; words after it; nouns after it, if it has an article or an apostrophe; words that may be in between;
/// words before a name that begins a clause; words for a publisher, such as "newspaper"; words on either side
/// of a name that open a clause; words that close this clause.
///
/// `_` is a space, and `*` any ending. A word that ends in `!` is weak evidence: it does not count before a
/// name in quotation marks, which may be a quotation, nor after a name that may be any word at the beginning
/// of a sentence. A word that ends in `:` is followed by a colon in the text. After a word that ends in `+`,
/// the name is not followed by a verb: a further word in lower case may be part of the name, as in
/// `selon Le Monde diplomatique`. German, Dutch and Swedish have no such word: `Laut Spiegel plant …`.
const TABLE: &str = include_str!("reporting_words.txt");

/// Arabic names of newspapers that are also common words for a source, as "the statement" in "according to
/// the statement".
const AMBIGUOUS_ARABIC_NAMES: [&str; 5] = ["البیان", "الخبر", "الرأی", "المصدر", "التقریر"];

/// How many characters around a name are examined, and how many words.
const CONTEXT_CHARS: usize = 120;
const CONTEXT_WORDS: usize = 6;

/// The words of one language or of all languages, indexed by how they begin and end: however many there are,
/// only few are compared.
pub(super) struct ReportingWords {
    /// Phrases that may be before a name, in buckets by the [`LookupKey`] of their last word.
    left: Vec<Vec<Phrase>>,
    /// Phrases that may be after a name, in buckets by the [`LookupKey`] of their first word.
    right: Vec<Vec<Phrase>>,
    closing: Vec<&'static str>,
}

/// One or more words of the table.
#[derive(Clone, Copy)]
struct Phrase {
    /// The list of the table that contains it.
    list: Lists,
    /// Whether it is weak evidence.
    is_weak: bool,
    /// Whether a verb may follow a name after it.
    before_verb: bool,
    words: &'static str,
}

/// A set of lists of the table, one bit for each.
type Lists = u16;
const BEFORE: Lists = 1;
const EITHER: Lists = 1 << 1;
const AFTER: Lists = 1 << 2;
const NOUNS: Lists = 1 << 3;
const BETWEEN: Lists = 1 << 4;
const LEADING: Lists = 1 << 5;
const PUBLISHER: Lists = 1 << 6;
const OPENING: Lists = 1 << 7;
const CLOSING: Lists = 1 << 8;
/// Words before a colon. The table has them in the list of words before a name.
const SOURCE: Lists = 1 << 9;

/// The lookup key of a word: its first two letters. In a script without spaces, the character next to the
/// name and a NUL.
type LookupKey = (char, char);

/// Returns the key of a word in a script with spaces.
fn key(word: &str) -> Option<LookupKey> {
    let mut letters = word.trim_end_matches('*').chars().map(lower);
    Some((letters.next()?, letters.next().unwrap_or('\0')))
}

/// Returns the key of a word that touches a name, in a script without spaces.
fn unspaced_key(beside: Option<char>) -> Option<LookupKey> {
    beside.filter(|c| is_unspaced(*c)).map(|c| (c, '\0'))
}

/// The number of buckets.
const BUCKETS: usize = 256;

fn bucket((first, second): LookupKey) -> usize {
    (first as usize * 31 + second as usize) % BUCKETS
}

/// Decides whether a phrase counts, given the text beside it.
type Counts<'c> = &'c mut dyn FnMut(Phrase, &str) -> bool;

/// The kind of text to the left of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    /// A word that says that the name reports, and whether a verb may follow the name.
    Reports { before_verb: bool },
    /// Nothing, or an article: the name may begin a sentence.
    Start,
    /// A comma, a conjunction or the like: the name may begin a clause.
    Open,
    /// An unknown word.
    Unknown,
}

/// Which words after a name count.
struct Right {
    with_after: bool,
    with_nouns: bool,
    with_weak: bool,
}

impl ReportingWords {
    /// Collects the words of a language, or of all languages if it is unknown or not in the table.
    pub(super) fn of(language: Option<&Language>) -> Self {
        let language = language.map(Language::primary).unwrap_or_default();
        let is_of = |line: &str| line.split('|').next() == Some(&*language);
        let is_known = TABLE.lines().any(is_of);
        let mut known =
            Self { left: vec![Vec::new(); BUCKETS], right: vec![Vec::new(); BUCKETS], closing: Vec::new() };
        for line in TABLE.lines().filter(|line| !is_known || is_of(line)) {
            for (at, part) in line.split('|').skip(1).enumerate() {
                part.split(' ').for_each(|words| known.add(1 << at, words));
            }
        }
        known
    }

    fn add(&mut self, list: Lists, words: &'static str) {
        let (before_verb, words) = match words.strip_suffix('+') {
            Some(words) => (false, words),
            None => (true, words),
        };
        let (is_weak, words) = match words.strip_suffix('!') {
            Some(words) => (true, words),
            None => (false, words),
        };
        let (list, words) = match words.strip_suffix(':') {
            Some(words) => (SOURCE, words),
            None => (list, words),
        };
        if list == CLOSING && !words.is_empty() {
            self.closing.push(words);
        }
        let last = words.rsplit('_').next().unwrap_or_default();
        let first = words.split('_').next().unwrap_or_default();
        for (buckets, word, beside) in
            [(&mut self.left, last, last.chars().next_back()), (&mut self.right, first, first.chars().next())]
        {
            let key = if word.starts_with(is_unspaced) { unspaced_key(beside) } else { key(word) };
            if let Some(bucket) = key.and_then(|key| buckets.get_mut(bucket(key))) {
                bucket.push(Phrase { list, is_weak, before_verb, words });
            }
        }
    }

    /// Returns the text before a phrase of these lists that `text` ends with and that counts.
    fn before<'t>(&self, lists: Lists, text: &'t str, counts: Counts<'_>) -> Option<&'t str> {
        let head = Head::of(text);
        let keys = head.last.keys(head.text.chars().next_back());
        Self::find(&self.left, lists, keys, &mut |phrase| {
            head.without(phrase.words).filter(|before| counts(phrase, before))
        })
    }

    /// Returns the text after a phrase of these lists that `text` begins with and that counts.
    fn after<'t>(&self, lists: Lists, text: &'t str, counts: Counts<'_>) -> Option<&'t str> {
        let tail = Tail::of(text);
        let keys = tail.first.keys(tail.text.chars().next());
        Self::find(&self.right, lists, keys, &mut |phrase| {
            tail.without(phrase.words).filter(|after| counts(phrase, after))
        })
    }

    /// Returns the text before a phrase of these lists that `text` ends with.
    fn ends_with<'t>(&self, lists: Lists, text: &'t str) -> Option<&'t str> {
        self.before(lists, text, &mut |_, _| true)
    }

    /// Returns the text after a phrase of these lists that `text` begins with.
    fn starts_with<'t>(&self, lists: Lists, text: &'t str) -> Option<&'t str> {
        self.after(lists, text, &mut |_, _| true)
    }

    /// Compares the phrases of these lists that have one of these keys, until one matches.
    fn find<'t>(
        buckets: &[Vec<Phrase>],
        lists: Lists,
        keys: [Option<LookupKey>; 4],
        compare: &mut dyn FnMut(Phrase) -> Option<&'t str>,
    ) -> Option<&'t str> {
        for (at, key) in keys.iter().enumerate() {
            // The forms of a word are mostly equal; look up each key once.
            let key = key.filter(|_| !keys.iter().take(at).any(|before| before == key));
            for phrase in key.and_then(|key| buckets.get(bucket(key))).into_iter().flatten() {
                if phrase.list & lists != 0
                    && let Some(beside) = compare(*phrase)
                {
                    return Some(beside);
                }
            }
        }
        None
    }

    /// Whether the text says that the name from `start` to `end` reports.
    pub(super) fn indicate_reporting(&self, text: &str, start: usize, end: usize) -> bool {
        let (Some(head), Some(name), Some(tail)) = (text.get(..start), text.get(start..end), text.get(end..))
        else {
            return false;
        };
        if is_credit(head, name, tail) {
            return true;
        }
        let head = last_chars(head);
        let tail = first_chars(tail);
        // Arabic and Hebrew attach "to" and similar words to the name.
        let can_prefix = name.starts_with(is_prefixing);
        let is_addressee = can_prefix && head.ends_with(['ل', 'ל']);
        let head = if can_prefix { head.trim_end_matches(char::is_alphabetic) } else { head };
        let opened = without_quote_after(head);
        let closed = without_quote_before(tail);
        let is_quoted = opened.is_some() && closed.is_some();
        // If only one side has a quotation mark, the quotation has more words than the name, and the text
        // outside of it is not about the name.
        let (left, has_publisher_word) = match opened {
            None => self.left_of(head, false),
            Some(outside) if is_quoted => self.left_of(outside, true),
            Some(_) => (Left::Open, false),
        };
        let (tail, has_ending) = match closed {
            Some(outside) if is_quoted => (outside, false),
            Some(_) => ("", false),
            None => (without_ending(tail).unwrap_or(tail), without_ending(tail).is_some()),
        };
        let right = Right {
            // The known words after an Arabic or Hebrew name mean "that".
            with_after: is_addressee || !can_prefix,
            with_nouns: has_ending || self.ends_with(BETWEEN, head).is_some(),
            with_weak: left != Left::Start || is_quoted || !self.may_be_a_word(name),
        };
        let after = self.reports_after(tail, &right);
        let before = match left {
            Left::Reports { before_verb } => {
                !has_ending && (before_verb || is_quoted || !self.may_continue_name(tail))
            }
            _ => false,
        };
        if name.chars().all(is_han) && name.chars().nth(2).is_none() && !is_quoted {
            // Two Chinese characters are more often a word than a name.
            return (before && after) || self.starts_with(AFTER, tail).is_some();
        }
        // Without capitals, the name may be the beginning of a phrase such as "by the prevailing opinion".
        let may_continue = can_prefix
            && !is_quoted
            && !has_publisher_word
            && (!self.ends_at(tail) || AMBIGUOUS_ARABIC_NAMES.contains(&name));
        // In Russian and Ukrainian, titles that are words are in quotation marks, and an object may begin the
        // sentence.
        let may_be_object = name.chars().any(|c| is_cyrillic(c) && !is_capital(c)) && !is_quoted;
        let can_begin = left != Left::Unknown
            || is_quoted
            || is_addressee
            || head.ends_with(is_unspaced)
            || name.starts_with(is_unspaced);
        (before && !may_continue)
            || (can_begin && ((after && !may_be_object) || self.begins_reporting_clause(head, tail)))
    }

    /// Whether the only capital of a name is the one that any word has at the beginning of a sentence.
    fn may_be_a_word(&self, name: &str) -> bool {
        let word = self.starts_with(BETWEEN, name).map_or(name, str::trim_start);
        let word = word.rsplit('\'').next().unwrap_or(word);
        let mut letters = word.chars();
        letters.next().is_some_and(|first| !is_caseless(first)) && !letters.any(|c| c == ' ' || is_capital(c))
    }

    /// Whether `tail` begins with a word in lower case that may be the rest of a name: Le Monde diplomatique,
    /// Le Journal du dimanche. Most of the shorter words are no part of names.
    pub(super) fn may_continue_name(&self, tail: &str) -> bool {
        let Some(after) = tail.strip_prefix(' ') else { return false };
        let of = without_preposition(after);
        let after = of.map_or(after, |of| self.starts_with(BETWEEN, of).unwrap_or(of).trim_start());
        let word = first_word(after);
        let least = if of.is_some() { 4 } else { 5 };
        word.starts_with(is_small)
            && word.chars().nth(least - 1).is_some()
            && self.starts_with(Lists::MAX, after).is_none()
    }

    /// Whether a name ends before `tail`: `tail` begins with a punctuation mark or with "that".
    fn ends_at(&self, tail: &str) -> bool {
        !tail.trim_start_matches(' ').starts_with(char::is_alphanumeric)
            || self.starts_with(AFTER, tail).is_some()
    }

    /// Whether the text beside a name consists of words, or endings of words, that may touch a name in a
    /// script without spaces. `None` means that a side needs no check.
    pub(super) fn allow_neighbours(&self, before: Option<&str>, after: Option<&str>) -> bool {
        let left = BEFORE | EITHER | BETWEEN | LEADING;
        let right = AFTER | EITHER | BETWEEN | OPENING;
        before.is_none_or(|head| self.ends_with(left, head).is_some())
            && after.is_none_or(|tail| self.starts_with(right, tail).is_some())
    }

    /// Whether `head` ends with an article or the like.
    pub(super) fn end_with_article(&self, head: &str) -> bool {
        self.ends_with(BETWEEN, head).is_some()
    }

    /// Whether the last word of `head` is one that may be before a name without being part of it.
    pub(super) fn knows_last_word(&self, head: &str) -> bool {
        let lists = BEFORE | EITHER | BETWEEN | LEADING | PUBLISHER | OPENING;
        let word = Word::of(last_word(head));
        let found = Self::find(&self.left, lists, word.keys(None), &mut |phrase| {
            let last = phrase.words.rsplit('_').next()?;
            word.is(last).then_some(last)
        });
        found.is_some()
    }

    /// Returns what is to the left of a name, and whether the name is called a newspaper or the like there.
    fn left_of(&self, head: &str, is_quoted: bool) -> (Left, bool) {
        let mut rest = head;
        let mut result = Left::Unknown;
        let mut has_publisher_word = false;
        let mut near_publisher = false;
        let mut may_skip = true;
        for _ in 0..CONTEXT_WORDS {
            rest = rest.trim_end_matches(' ');
            if let Some(before) = rest.strip_suffix(':') {
                let is_source = self.ends_with(SOURCE, before).is_some();
                let left = if is_source { Left::Reports { before_verb: true } } else { Left::Start };
                return (left, has_publisher_word);
            }
            if let Some(before) = without_elision(rest) {
                (rest, result, near_publisher) = (before, Left::Open, false);
                continue;
            }
            let said_directly = is_quoted && !near_publisher;
            let mut before_verb = true;
            let phrase = self.before(BEFORE | EITHER, rest, &mut |phrase, _| {
                before_verb = phrase.before_verb;
                !(phrase.is_weak && said_directly)
            });
            if phrase.is_some() {
                return (Left::Reports { before_verb }, has_publisher_word);
            }
            if let Some(before) = self.ends_with(PUBLISHER, rest) {
                (rest, result, near_publisher, has_publisher_word) = (before, Left::Open, true, true);
                continue;
            }
            let word = last_word(rest);
            if !word.contains(char::is_alphanumeric) {
                let is_start = rest.is_empty() || rest.ends_with(['.', '!', '?', '。', '"', '\n']);
                return (if is_start { Left::Start } else { Left::Open }, has_publisher_word);
            }
            if let Some(before) = self.ends_with(BETWEEN, rest) {
                (rest, result) = (before, Left::Open);
                continue;
            }
            if self.ends_with(LEADING, rest).is_some() {
                return (Left::Open, has_publisher_word);
            }
            // Skip one word for the kind of newspaper: the French daily, le quotidien suisse.
            let before = rest.strip_suffix(word).unwrap_or_default();
            if may_skip && (near_publisher || self.ends_with(PUBLISHER, before).is_some()) {
                (rest, may_skip) = (before, false);
                continue;
            }
            // "In der Zeit berichtete" does not begin with the name; "die Zeitung Die Zeit" says what the
            // name is.
            return (if has_publisher_word { result } else { Left::Unknown }, has_publisher_word);
        }
        (result, has_publisher_word)
    }

    fn reports_after(&self, tail: &str, right: &Right) -> bool {
        let mut rest = without_particle(tail).unwrap_or(tail);
        let after = if right.with_after { AFTER } else { 0 };
        let nouns = if right.with_nouns { NOUNS } else { 0 };
        for _ in 0..CONTEXT_WORDS {
            rest = rest.trim_start_matches(' ');
            // A weak word always counts if the clause ends after it.
            let phrase = self.after(EITHER | after | nouns, rest, &mut |phrase, after| {
                right.with_weak || !phrase.is_weak || after.is_empty() || after.starts_with([',', '.', ':'])
            });
            if phrase.is_some() {
                return true;
            }
            let further = self.starts_with(BETWEEN, rest).or_else(|| self.starts_with(PUBLISHER, rest));
            // Skip a day of the month, in Chinese and Japanese.
            let digits = || {
                let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                (after.len() < rest.len() && after.starts_with(is_unspaced)).then_some(after)
            };
            // Skip an abbreviation of the name: the Associated Press (AP) reported.
            let abbreviation = || {
                let (inside, after) = rest.strip_prefix('(')?.split_once(')')?;
                (!inside.contains(' ')).then_some(after)
            };
            let Some(further) = further.or_else(digits).or_else(abbreviation) else { return false };
            rest = further;
        }
        false
    }

    /// Whether the name begins a clause that ends with a word that says that it reports: `wie X am Montag
    /// berichtet`, `Xは……と報じた`.
    fn begins_reporting_clause(&self, head: &str, tail: &str) -> bool {
        let publisher = self.ends_with(PUBLISHER, head);
        let before = publisher.map(|head| self.ends_with(BETWEEN, head).unwrap_or(head)).unwrap_or(head);
        let is_opened = self.ends_with(OPENING, before).is_some();
        let called = self
            .starts_with(PUBLISHER, tail)
            .or_else(|| self.starts_with(BETWEEN, tail).filter(|_| tail.starts_with(is_unspaced)));
        let tail = called.filter(|_| self.starts_with(OPENING, tail).is_none()).unwrap_or(tail);
        let mut opened = "";
        let after_opening = self.after(OPENING, tail, &mut |phrase, _| {
            opened = phrase.words;
            true
        });
        let clause = match after_opening {
            Some(after) => after,
            None if is_opened => tail,
            None => return false,
        };
        let clause = clause.split(['.', '。', '!', '?', ';', ':', ',', '"', '\n']).next().unwrap_or_default();
        if is_opened && after_opening.is_none() || !clause.contains(is_unspaced) {
            return clause.split(' ').any(|word| self.starts_with(CLOSING, word).is_some());
        }
        let closes = |(at, _): &(usize, char)| {
            let rest = clause.get(*at..).unwrap_or_default();
            self.closing.iter().any(|word| rest.starts_with(word))
        };
        let closing = clause.char_indices().find(closes).map(|(at, _)| at);
        // After another topic, someone else would report.
        closing.is_some_and(|at| {
            let between = clause.get(..at).unwrap_or_default();
            let opens = |(at, _)| between.get(at..).is_some_and(|rest: &str| rest.starts_with(opened));
            after_opening.is_none() || !between.char_indices().any(opens)
        })
    }
}

/// Whether a name is a credit: in brackets or after a dash at the end of the text that it is for, or after
/// the place in the first line of a report.
fn is_credit(head: &str, name: &str, tail: &str) -> bool {
    let ends_sentence = |text: &str| text.trim_end().ends_with(['.', '!', '?', '。', '"', '」', '』']);
    if let (Some(before), Some(after)) = (head.strip_suffix('('), tail.strip_prefix(')')) {
        let before = before.trim_end();
        let after = after.trim_start();
        let is_last = after.is_empty() || after == ".";
        let last = last_word(last_chars(before));
        let is_small = last.starts_with(is_small);
        let is_short = !name.chars().any(|c| c.is_alphabetic() && !is_capital(c));
        // A report names its source early in the first line.
        let is_first = before.chars().nth(40).is_none() && after.starts_with('-');
        let is_place = || {
            let place = before.split([' ', ',']).next().unwrap_or_default();
            place.chars().nth(2).is_some() && place.chars().all(is_capital)
        };
        return ends_sentence(before) || (is_last && is_small && !is_short) || (is_first && is_place());
    }
    let after_dash = head.strip_suffix("- ").is_some_and(ends_sentence);
    after_dash && (tail.is_empty() || tail == ".")
}

/// Whether the character is a letter in lower case, of a script that has capital letters.
fn is_small(c: char) -> bool {
    c.is_alphabetic() && !is_capital(c) && !is_caseless(c)
}

/// Whether the script of the character has no capital letters.
fn is_caseless(c: char) -> bool {
    c >= '\u{590}' && !matches!(c, '\u{1E00}'..='\u{1FFF}')
}

/// Whether the script of the character may attach "to" as one letter before a name.
fn is_prefixing(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{6FF}')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '《' | '》' | '〈' | '〉' | '「' | '」' | '『' | '』')
}

/// Returns the text before a quotation mark that directly precedes a name.
fn without_quote_after(head: &str) -> Option<&str> {
    head.strip_suffix(is_quote).or_else(|| {
        let before = head.strip_suffix('\'')?;
        (!before.ends_with(is_word_char)).then_some(before)
    })
}

/// Returns the text after a quotation mark that directly follows a name.
fn without_quote_before(tail: &str) -> Option<&str> {
    tail.strip_prefix(is_quote)
}

/// Returns the text after an apostrophe and the ending behind it: `Time's`, `Reuters'a`.
fn without_ending(tail: &str) -> Option<&str> {
    let after = tail.strip_prefix('\'')?;
    Some(after.trim_start_matches(|c: char| c.is_alphabetic()))
}

/// Returns the text before an elided article: `l'`, `dell'`.
fn without_elision(head: &str) -> Option<&str> {
    let word = last_word(head);
    let letters = word.strip_suffix('\'')?;
    let is_elided =
        !letters.is_empty() && letters.chars().all(char::is_alphabetic) && letters.chars().nth(4).is_none();
    head.strip_suffix(word).filter(|_| is_elided)
}

pub(super) fn last_word(head: &str) -> &str {
    head.get(head.trim_end_matches(is_word_char).len()..).unwrap_or_default()
}

fn first_word(tail: &str) -> &str {
    let rest = tail.trim_start_matches(is_word_char);
    tail.get(..tail.len() - rest.len()).unwrap_or_default()
}

pub(super) fn last_chars(head: &str) -> &str {
    let from = head.char_indices().rev().nth(CONTEXT_CHARS).map_or(0, |(at, _)| at);
    head.get(from..).unwrap_or_default()
}

fn first_chars(tail: &str) -> &str {
    let to = tail.char_indices().nth(CONTEXT_CHARS).map_or(tail.len(), |(at, _)| at);
    tail.get(..to).unwrap_or_default()
}

/// A text and its last word, which is compared with many words of the table.
struct Head<'t> {
    text: &'t str,
    last: Word<'t>,
}

impl<'t> Head<'t> {
    fn of(text: &'t str) -> Self {
        let text = text.trim_end_matches(' ');
        Self { text, last: Word::of(last_word(text)) }
    }

    /// Returns the text before a phrase of the table, if the text ends with the phrase.
    fn without(&self, word: &str) -> Option<&'t str> {
        let (others, part) = match word.rsplit_once('_') {
            Some((others, part)) => (Some(others), part),
            None => (None, word),
        };
        let before = if part.starts_with(is_unspaced) {
            let before = self.text.strip_suffix(part)?;
            // A single character is more often the end of another word.
            let is_one = part.chars().nth(1).is_none();
            Some(before).filter(|before| !is_one || !before.ends_with(is_unspaced))?
        } else {
            self.last.is(part).then(|| self.text.strip_suffix(self.last.whole()))??
        };
        match others {
            Some(others) => Head::of(before).without(others),
            None => Some(before),
        }
    }
}

/// A text and its first word.
struct Tail<'t> {
    text: &'t str,
    first: Word<'t>,
}

impl<'t> Tail<'t> {
    fn of(text: &'t str) -> Self {
        let text = text.trim_start_matches(' ');
        Self { text, first: Word::of(first_word(text)) }
    }

    /// Returns the text after a phrase of the table, if the text begins with the phrase.
    fn without(&self, word: &str) -> Option<&'t str> {
        let (part, others) = word.split_once('_').map_or((word, None), |(part, others)| (part, Some(others)));
        let after = if part.starts_with(is_unspaced) {
            self.text.strip_prefix(part)?
        } else {
            self.first.is(part).then(|| self.text.strip_prefix(self.first.whole()))??
        };
        match others {
            Some(others) => Tail::of(after).without(others),
            None => Some(after),
        }
    }
}

/// A word of a text in the forms that the table may have: unchanged, without an elided word before it, and
/// without an Arabic prefix.
struct Word<'t> {
    forms: [&'t str; 3],
}

impl<'t> Word<'t> {
    fn of(word: &'t str) -> Self {
        let without_elided = word.rsplit_once('\'').map_or(word, |(_, word)| word);
        let without_prefix = word.strip_prefix(['و', 'ف', 'ل', 'ب']).unwrap_or(word);
        Self { forms: [word, without_elided, without_prefix] }
    }

    /// Returns the keys of its forms, and the key of words that begin or end with this character.
    fn keys(&self, beside: Option<char>) -> [Option<LookupKey>; 4] {
        let [whole, without_elided, without_prefix] = self.forms.map(key);
        [whole, without_elided, without_prefix, unspaced_key(beside)]
    }

    /// Returns the word unchanged.
    fn whole(&self) -> &'t str {
        let [whole, ..] = self.forms;
        whole
    }

    /// Whether it is this word of the table, ignoring case.
    fn is(&self, known: &str) -> bool {
        self.forms.iter().any(|word| {
            let mut letters = word.chars().map(lower);
            match known.strip_suffix('*') {
                Some(stem) => stem.chars().all(|c| letters.next() == Some(c)),
                None => letters.eq(known.chars()),
            }
        })
    }
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use super::super::super::super::read::nfkc;
    use super::super::fold::fold;
    use super::*;

    #[test]
    fn table_lines_are_folded_and_have_at_most_ten_parts() {
        for line in TABLE.lines() {
            assert_eq!(fold(line, nfkc), line);
            assert!(line.split('|').count() <= 10, "{line}");
        }
    }
}
