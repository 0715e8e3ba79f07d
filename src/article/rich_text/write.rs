//! Writes inline text as the source from which it can be parsed.

use std::borrow::Cow;

use super::super::limits::MAX_NUMBERS;
use super::super::{Text, Url};
use super::parse::{MARKER_BRACKETS, MAX_ID, is_space};
use super::script::{can_begin, can_end, digit, ends_in_particle, is_invisible};
use super::tokens::{MAX_TICKS, target};
use super::{Citation, Inline, RichText, joined_numbers};

#[cfg(feature = "native")]
impl serde::Serialize for RichText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_source())
    }
}

impl RichText {
    /// Returns the source that parses to this text. Citations are written by number.
    ///
    /// The syntax can express everything that can be parsed from it. Any other structure is written in the
    /// nearest way: nested emphasis as one, and parts of a word with the same emphasis as one, without the
    /// white space at its ends, and no emphasis if it begins or ends inside a word.
    #[must_use]
    pub fn to_source(&self) -> String {
        self.to_source_by_id(&[])
    }

    /// Returns the same source with citations by reference id; `ids` has the ids in the order of the
    /// references. A citation of an id that no marker can name is written by number.
    #[must_use]
    pub fn to_source_by_id(&self, ids: &[Text]) -> String {
        let mut source = String::new();
        write_all(&self.0, Context { ids, ..Context::default() }, &mut source);
        source
    }
}

/// The context of the inlines that are being written.
#[derive(Clone, Copy, Default)]
struct Context<'a> {
    emphasis: bool,
    strong: bool,
    /// The visible characters next to them, beyond marks of emphasis; `None` at the ends of the text.
    before: Option<char>,
    after: Option<char>,
    /// The ids of the references.
    ids: &'a [Text],
}

fn write_all(inlines: &[Inline], context: Context<'_>, source: &mut String) {
    let inlines = &*joined(inlines);
    let mut after = context.after;
    let mut next_chars: Vec<Option<char>> = Vec::new();
    for inline in inlines.iter().rev() {
        next_chars.push(after);
        after = first_char(inline).or(after);
    }
    let mut before = context.before;
    for inline in inlines {
        let context = Context { before, after: next_chars.pop().flatten(), ..context };
        before = last_char(inline).or(before);
        match inline {
            Inline::Text(text) => write_text(text, source),
            Inline::Emphasis(inner) => {
                let marks =
                    if context.emphasis || !can_have_marks(inner, context, source) { "" } else { "*" };
                write_emphasis(marks, inner, Context { emphasis: true, ..context }, source);
            }
            Inline::Strong(inner) => {
                let marks = if context.strong || !can_have_marks(inner, context, source) { "" } else { "**" };
                write_emphasis(marks, inner, Context { strong: true, ..context }, source);
            }
            Inline::Code(code) => write_code(code, source),
            Inline::Link { text, url } => {
                // An exclamation mark before the link would make it an image.
                if source.ends_with('!') {
                    source.pop();
                    source.push_str("\\!");
                }
                source.push('[');
                write_all(text, Context { ids: context.ids, ..Context::default() }, source);
                source.push_str("](");
                write_url(url, source);
                source.push(')');
            }
            Inline::Citation(citation) => match &citation.mention {
                Some(words) => write_text(words, source),
                None => write_citation(&citation.references, context.ids, source),
            },
        }
    }
}

/// Joins adjacent emphasis of the same kind inside a word, as editors leave it when they format a word in two
/// steps: marks between the parts would not be read as emphasis.
fn joined(inlines: &[Inline]) -> Cow<'_, [Inline]> {
    if !inlines.windows(2).any(|pair| matches!(pair, [one, other] if must_be_joined(one, other))) {
        return Cow::Borrowed(inlines);
    }
    let mut all: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (all.last_mut(), inline) {
            (Some(last), Inline::Strong(more) | Inline::Emphasis(more)) if must_be_joined(last, inline) => {
                if let Inline::Strong(known) | Inline::Emphasis(known) = last {
                    known.extend_from_slice(more);
                }
            }
            _ => all.push(inline.clone()),
        }
    }
    Cow::Owned(all)
}

/// Whether two adjacent inlines are emphasis of the same kind that cannot be divided between them.
fn must_be_joined(one: &Inline, other: &Inline) -> bool {
    let have_same_kind = matches!(
        (one, other),
        (Inline::Strong(_), Inline::Strong(_)) | (Inline::Emphasis(_), Inline::Emphasis(_))
    );
    let marks = 2;
    let can_be_divided = |(last, first)| can_end(last, first, marks) && can_begin(last, first, marks);
    have_same_kind && !last_char(one).zip(first_char(other)).is_some_and(can_be_divided)
}

/// Whether marks around these inlines, written after `source`, are read as emphasis, which they are not inside a
/// word.
fn can_have_marks(inner: &[Inline], context: Context<'_>, source: &str) -> bool {
    // In Korean this depends on the number of marks; two are always read again as emphasis.
    let marks = 2;
    let begins = match (context.before, inner.iter().find_map(first_char)) {
        (Some(before), Some(first)) => {
            can_begin(before, first, marks) || ends_in_particle(source.trim_end_matches(is_invisible))
        }
        _ => true,
    };
    let ends = match (inner.iter().rev().find_map(last_char), context.after) {
        (Some(last), Some(after)) => can_end(last, after, marks),
        _ => true,
    };
    begins && ends
}

/// Returns the first visible character of an inline, beyond marks of emphasis; the mark if nothing in the
/// emphasis is visible.
fn first_char(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => first_visible(text.chars()),
        Inline::Emphasis(inner) | Inline::Strong(inner) => inner.iter().find_map(first_char).or(Some('*')),
        Inline::Citation(Citation { mention: Some(words), .. }) => first_visible(words.chars()),
        Inline::Citation(_) | Inline::Link { .. } => Some('['),
        Inline::Code(_) => Some('`'),
    }
}

fn last_char(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => first_visible(text.chars().rev()),
        Inline::Emphasis(inner) | Inline::Strong(inner) => {
            inner.iter().rev().find_map(last_char).or(Some('*'))
        }
        Inline::Citation(Citation { mention: Some(words), .. }) => first_visible(words.chars().rev()),
        Inline::Citation(_) => Some(']'),
        Inline::Link { .. } => Some(')'),
        Inline::Code(_) => Some('`'),
    }
}

fn first_visible(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.find(|c| !is_invisible(*c))
}

/// Writes emphasis. White space at its ends goes outside of the marks, which would not be read as emphasis
/// next to it.
fn write_emphasis(marks: &str, inner: &[Inline], context: Context<'_>, source: &mut String) {
    let mut inside = String::new();
    write_all(inner, context, &mut inside);
    let words = inside.trim();
    let start = inside.len() - inside.trim_start().len();
    let marks = if words.is_empty() { "" } else { marks };
    let before = inside.get(..start).unwrap_or_default();
    let after = inside.get(start + words.len()..).unwrap_or_default();
    source.extend([before, marks, words, marks, after]);
}

fn write_citation(references: &[usize], ids: &[Text], source: &mut String) {
    let named: Option<Vec<&Text>> = references.iter().map(|index| ids.get(*index)).collect();
    if let Some(named) = named.filter(|named| named.iter().all(|id| can_be_named(id))) {
        for id in named {
            source.extend(["[^", id, "]"]);
        }
        return;
    }
    // Adjacent markers are read as one citation.
    for some in references.chunks(MAX_NUMBERS) {
        source.extend(["[", &joined_numbers(some), "]"]);
    }
}

/// Whether a marker can name exactly this id.
fn can_be_named(id: &str) -> bool {
    let is_good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    !id.is_empty() && id.len() <= MAX_ID && id.chars().all(is_good)
}

fn write_text(text: &str, source: &mut String) {
    for (at, c) in text.char_indices() {
        let next = text.get(at + c.len_utf8()..).unwrap_or_default();
        let is_mark = match c {
            '\\' | '*' | '`' | '[' | ']' => true,
            // An opening parenthesis matters only directly after a marker.
            '(' => at == 0,
            '<' => next.starts_with(['h', 'H']),
            c if MARKER_BRACKETS.contains(&c) => {
                next.starts_with(|c| digit(c).is_some() || matches!(c, '^' | '＾') || is_space(c))
            }
            _ => false,
        };
        if is_mark {
            source.push('\\');
        }
        source.push(c);
    }
}

/// Writes code between backticks, as many as never occur side by side in it.
fn write_code(code: &str, source: &mut String) {
    let runs: Vec<usize> = code.split(|c| c != '`').map(str::len).collect();
    let Some(ticks) = (1..=MAX_TICKS).find(|ticks| !runs.contains(ticks)) else {
        return write_text(code, source);
    };
    let fence = "`".repeat(ticks);
    let padding = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    source.extend([&*fence, padding, code, padding, &*fence]);
}

/// Writes an address so that the parser finds its end.
fn write_url(url: &Url, source: &mut String) {
    let url = url.as_str();
    let whole = ["(", url, ")"].concat();
    if target(&whole).is_some_and(|(_, length)| length == whole.len()) {
        source.push_str(url);
        return;
    }
    if !url.contains([':', '/', '#', '?', '.']) {
        source.push_str("./");
    }
    // An IPv6 address contains brackets.
    if url.contains('[') {
        source.extend(["<", url, ">"]);
        return;
    }
    for c in url.chars() {
        match c {
            '(' => source.push_str("%28"),
            ')' => source.push_str("%29"),
            c => source.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Markers, parse};
    use super::*;

    fn read(source: &str) -> RichText {
        parse(source, &Markers::new(["a".into(), "b".into()].into_iter()), &mut |_| {})
    }

    #[test]
    fn written_source_parses_to_the_same_text() {
        for source in [
            "plain",
            r"\*a\* [x](/y(z)) **b *c*** `d` `` `e ``",
            "[1][2](sic) [1,2]",
            r"a\\b `c\d` [1]\(/x)",
            "*a**b* ***c*** 5 * 6",
            "*中**文* **한국**의 *한**국*",
            "Bürger*innen *Leser*innen* f**k",
            r"So\![x](/y) ![x](/y) \<https://x.example> <https://x.example/*a*>",
            "<https://[::1]/(> [x](<https://[::1]/> 'y')",
            r"［1］［９９］ [x［1］](/y) \［1］ ［1\,2］ 【\^a】",
            "[\u{200F}1] \\[\u{200F}1] \\〖\u{202F}1〗 〖1〗 <https://x.example/|*words*>",
            "Bürger\u{AD}*innen, \u{200B}*a*\u{200B} und *\u{200B}***b**",
        ] {
            let once = read(source);
            assert_eq!(read(&once.to_source()), once, "{source}");
        }
    }

    fn writes(inline: Inline, source: &str) {
        assert_eq!(RichText(vec![inline]).to_source(), source);
    }

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    #[test]
    fn white_space_at_the_ends_of_emphasis_is_moved_outside() {
        writes(Inline::Emphasis(vec![text(" a ")]), " *a* ");
        writes(Inline::Strong(vec![text(" ")]), " ");
    }

    #[test]
    fn emphasis_inside_a_word_is_written_without_marks() {
        let inlines = |inner: Inline| RichText(vec![text("un"), inner, text("able")]);
        assert_eq!(inlines(Inline::Strong(vec![text("believ")])).to_source(), "unbelievable");
        assert_eq!(
            inlines(Inline::Emphasis(vec![Inline::Strong(vec![text("believ")])])).to_source(),
            "unbelievable"
        );
        assert_eq!(inlines(Inline::Emphasis(vec![text(" believ ")])).to_source(), "un *believ* able");
        assert_eq!(inlines(Inline::Emphasis(vec![text("中")])).to_source(), "un*中*able");
        for inlines in [
            vec![text("un\u{AD}"), Inline::Strong(vec![text("believ\u{AD}")]), text("able")],
            vec![text("un"), text("\u{200B}"), Inline::Strong(vec![text("\u{2060}believable")])],
        ] {
            let source = RichText(inlines).to_source();
            assert!(!source.contains('*'), "{source:?}");
        }
        let free = RichText(vec![text("\u{200B}"), Inline::Strong(vec![text("a")]), text("\u{200B} b")]);
        assert_eq!(free.to_source(), "\u{200B}**a**\u{200B} b");
    }

    #[test]
    fn adjacent_emphasis_is_joined() {
        let strong = |inner: Inline| Inline::Strong(vec![inner]);
        let written = |inlines: Vec<Inline>| RichText(inlines).to_source();
        assert_eq!(written(vec![strong(text("Ber")), strong(text("lin"))]), "**Berlin**");
        let emphasis = |inner: Inline| Inline::Emphasis(vec![inner]);
        let parts = ["a", "b", "c"].map(|part| emphasis(strong(text(part))));
        assert_eq!(written(vec![text("x "), Inline::Strong(parts.into()), text(" y")]), "x ***abc*** y");
        assert_eq!(written(vec![emphasis(text("中")), emphasis(text("文"))]), "*中**文*");
        assert_eq!(written(vec![strong(text("a")), text(" "), strong(text("b"))]), "**a** **b**");
        assert_eq!(written(vec![text("un"), strong(text("be")), strong(text("liev"))]), "unbeliev");
    }

    #[test]
    fn nested_emphasis_is_flattened() {
        writes(Inline::Emphasis(vec![Inline::Emphasis(vec![text("a")])]), "*a*");
        writes(Inline::Strong(vec![text("a "), Inline::Strong(vec![text("b")])]), "**a b**");
    }

    #[test]
    fn code_is_delimited_by_an_unused_number_of_backticks() {
        writes(Inline::Code("a`b``c".into()), "```a`b``c```");
        writes(Inline::Code("a` b`` c``` d````".into()), r"a\` b\`\` c\`\`\` d\`\`\`\`");
    }

    #[test]
    fn link_urls_are_written_unambiguously() {
        for (url, written) in
            [("/a_(b)", "/a_(b)"), ("/a)", "/a%29"), ("/a[1]", "/a%5B1%5D"), ("about", "./about")]
        {
            let url = Url::parse(url).expect("a good url");
            writes(Inline::Link { text: vec![text("x")], url }, &["[x](", written, ")"].concat());
        }
    }

    #[test]
    fn a_citation_of_many_references_survives_a_round_trip() {
        let markers = Markers::new((0..120).map(|number| number.to_string().into()));
        let all = parse("[1-50][51-100][101-120]", &markers, &mut |_| {});
        assert_eq!(all.0.len(), 1);
        assert_eq!(parse(&all.to_source(), &markers, &mut |_| {}), all);
    }
}
