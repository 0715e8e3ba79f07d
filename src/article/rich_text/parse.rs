//! Builds inline text from its tokens.

use super::super::limits::{MAX_JOINED, MAX_NUMBERS};
use super::super::{Text, Url, UrlError};
use super::script::{digit, is_invisible};
use super::tokens::{Token, tokens};
use super::{Citation, Inline, RichText, joined_numbers};

/// The ids of the references, by which markers are resolved.
#[derive(Debug, Default)]
pub(crate) struct Markers {
    /// The ids with their indices, sorted by id.
    ids: Vec<(Text, usize)>,
}

/// A problem that was noticed while a text was parsed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum InlineProblem {
    /// A marker without an existing reference; it stays as text.
    Dangling(String),
    /// A link whose address was rejected; its text stays.
    BadLink(String, UrlError),
}

/// The maximum length of an id in a marker, in bytes.
pub(super) const MAX_ID: usize = 200;

impl Markers {
    /// Takes the ids of the references, in the order of their numbers. Of several with the same id, the first
    /// counts.
    pub(crate) fn new(ids: impl Iterator<Item = Text>) -> Self {
        let mut ids: Vec<_> = ids.enumerate().map(|(index, id)| (id, index)).collect();
        ids.sort_unstable();
        Self { ids }
    }

    fn index_of(&self, id: &str) -> Option<usize> {
        let at = self.ids.partition_point(|(known, _)| **known < *id);
        self.ids.get(at).filter(|(known, _)| **known == *id).map(|(_, index)| *index)
    }

    /// Reads a marker at the beginning of `text`. Returns the indices of its references (`None` if one of
    /// them does not exist) and its length in bytes. Anything else in brackets is not a marker. Brackets,
    /// digits, commas, dashes and spaces may be those of any keyboard, and invisible characters may set the
    /// direction of the digits.
    pub(super) fn read(&self, text: &str) -> Option<(Option<Vec<usize>>, usize)> {
        let inner = text.strip_prefix(MARKER_BRACKETS)?.trim_start_matches(is_invisible);
        let length_to = |rest: &str| text.len() - rest.len();
        if let Some(named) = inner.strip_prefix(['^', '＾']) {
            let (end, _) = named
                .char_indices()
                .take_while(|(at, _)| *at <= MAX_ID)
                .find(|(_, c)| matches!(c, '[' | '\n') || CLOSING.contains(c))?;
            let (id, rest) = named.split_at_checked(end)?;
            let rest = rest.strip_prefix(CLOSING).filter(|_| !id.is_empty())?;
            return Some((
                self.index_of(id.trim_matches(is_space)).map(|index| vec![index]),
                length_to(rest),
            ));
        }
        let end = inner.find(|c| !(digit(c).is_some() || is_comma(c) || is_dash(c) || is_space(c)))?;
        let (list, rest) = inner.split_at_checked(end)?;
        let rest = rest.strip_prefix(CLOSING)?;
        let numbers = numbers(list)?;
        let indices: Option<Vec<usize>> = numbers
            .iter()
            .map(|number| number.checked_sub(1).filter(|index| *index < self.ids.len()))
            .collect();
        // A number of four digits is a year in brackets, not a forgotten reference.
        let may_be_year = numbers.iter().any(|number| *number > 999);
        (indices.is_some() || !may_be_year).then_some((indices, length_to(rest)))
    }
}

/// The brackets that begin a marker: `[` and its forms on other keyboards.
pub(super) const MARKER_BRACKETS: [char; 5] = ['[', '［', '【', '〔', '〖'];

/// The brackets that end a marker.
const CLOSING: [char; 5] = [']', '］', '】', '〕', '〗'];

fn is_comma(c: char) -> bool {
    matches!(c, ',' | ';' | '，' | '；' | '、' | '､' | '،' | '؛')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '~' | '\u{2010}'..='\u{2015}' | '−' | '∼' | '－' | '〜' | '～')
}

/// Whether it may be beside a number.
pub(super) fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\n') || is_invisible(c)
}

/// Reads `1`, `1,3` and `2-4`, and any mixture of them.
fn numbers(list: &str) -> Option<Vec<usize>> {
    let mut numbers = Vec::new();
    // Repeated numbers count, too: checking for them takes as long.
    let mut count = 0;
    for part in list.split(is_comma) {
        let (first, last) = part.split_once(is_dash).unwrap_or((part, part));
        let (first, last) = (number(first.trim_matches(is_space))?, number(last.trim_matches(is_space))?);
        count += last.checked_sub(first)?.saturating_add(1);
        if count > MAX_NUMBERS {
            return None;
        }
        for number in first..=last {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    Some(numbers)
}

fn number(digits: &str) -> Option<usize> {
    let mut sum = None;
    for (at, c) in digits.chars().enumerate() {
        sum = Some(sum.unwrap_or(0) * 10 + digit(c).filter(|_| at < 6)?);
    }
    sum
}

/// Parses inline text. Malformed markup stays as text. `report` receives dangling markers and rejected links.
pub(crate) fn parse(text: &str, markers: &Markers, report: &mut impl FnMut(InlineProblem)) -> RichText {
    let mut builder = Builder { root: Frame::new(Opener::Root), inner: Vec::new() };
    for token in tokens(text, markers) {
        builder.add(token, report);
    }
    RichText(builder.finish())
}

/// The markup that opened a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Opener {
    Root,
    Emphasis,
    Strong,
    Link,
}

impl Opener {
    fn source(self) -> &'static str {
        match self {
            Self::Root => "",
            Self::Emphasis => "*",
            Self::Strong => "**",
            Self::Link => "[",
        }
    }
}

struct Frame {
    opener: Opener,
    inlines: Vec<Inline>,
    /// The text after `inlines`, collected until another inline follows.
    text: String,
}

impl Frame {
    fn new(opener: Opener) -> Self {
        Self { opener, inlines: Vec::new(), text: String::new() }
    }

    fn is_empty(&self) -> bool {
        self.inlines.is_empty() && self.text.is_empty()
    }

    fn push(&mut self, inline: Inline) {
        self.end_text();
        self.inlines.push(inline);
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.inlines.push(Inline::Text(std::mem::take(&mut self.text).into()));
        }
    }

    fn into_inlines(mut self) -> Vec<Inline> {
        self.end_text();
        self.inlines
    }
}

/// Builds the tree. At most one emphasis and one strong are open at a time, inside them a link, and inside
/// the link again one of each. Turning a frame into text is therefore cheap.
struct Builder {
    root: Frame,
    /// The frames open inside the root, the innermost last.
    inner: Vec<Frame>,
}

impl Builder {
    fn add(&mut self, token: Token<'_>, report: &mut impl FnMut(InlineProblem)) {
        match token {
            Token::Text(text) => self.text(text),
            Token::Code(code) => self.frame().push(Inline::Code(code.into())),
            Token::Stars { run, can_close, can_open } => self.stars(run, can_close, can_open),
            Token::LinkStart => self.inner.push(Frame::new(Opener::Link)),
            Token::LinkEnd(url, source) => self.end_link(url, source, report),
            Token::Marker(references) if self.inner.iter().any(|frame| frame.opener == Opener::Link) => {
                // A citation button cannot be inside a link; the numbers stay as text.
                self.text(&["[", &joined_numbers(&references), "]"].concat());
            }
            Token::Marker(references) => self.cite(references),
            Token::Dangling(source) => {
                report(InlineProblem::Dangling(source.to_owned()));
                self.text(source);
            }
        }
    }

    /// Returns the innermost frame.
    fn frame(&mut self) -> &mut Frame {
        self.inner.last_mut().unwrap_or(&mut self.root)
    }

    fn text(&mut self, text: &str) {
        self.frame().text.push_str(text);
    }

    /// Adds a citation, or joins it with the one before if at most white space is in between.
    fn cite(&mut self, references: Vec<usize>) {
        let frame = self.frame();
        if frame.text.trim().is_empty()
            && let Some(Inline::Citation(citation)) = frame.inlines.last_mut()
            && citation.references.len() + references.len() <= MAX_JOINED
        {
            frame.text.clear();
            for reference in references {
                if !citation.references.contains(&reference) {
                    citation.references.push(reference);
                }
            }
            return;
        }
        frame.push(Inline::Citation(Citation { ordinal: 0, references, mention: None }));
    }

    /// Handles a run of asterisks: closes an open frame, else opens one, else keeps the run as text.
    fn stars(&mut self, run: &str, can_close: bool, can_open: bool) {
        let mut left = run.len();
        while left > 0 {
            if let Some(opener) = self.closes(left).filter(|_| can_close) {
                left -= opener.source().len();
                self.close(opener);
            } else if can_open && left <= 3 {
                let opener = if left >= 2 { Opener::Strong } else { Opener::Emphasis };
                left -= opener.source().len();
                self.open(opener);
            } else {
                self.text(run.get(..left).unwrap_or_default());
                left = 0;
            }
        }
    }

    /// Returns what a run of this many asterisks closes: the innermost open frame. An exception: exactly two
    /// close a strong rather than using one of them to close an emphasis.
    fn closes(&self, left: usize) -> Option<Opener> {
        let strong = left >= 2 && self.is_open(Opener::Strong);
        let emphasis = self.is_open(Opener::Emphasis);
        let innermost_is_emphasis = self.inner.last().is_some_and(|frame| frame.opener == Opener::Emphasis);
        match (strong, emphasis) {
            (true, true) if innermost_is_emphasis && left != 2 => Some(Opener::Emphasis),
            (true, _) => Some(Opener::Strong),
            (false, true) => Some(Opener::Emphasis),
            (false, false) => None,
        }
    }

    /// Returns the frames open inside the innermost link, innermost first.
    fn inside_link(&self) -> impl Iterator<Item = &Frame> {
        self.inner.iter().rev().take_while(|frame| frame.opener != Opener::Link)
    }

    /// Returns how many frames are open inside the innermost frame of this kind, within the innermost link.
    fn depth_of(&self, opener: Opener) -> Option<usize> {
        self.inside_link().position(|frame| frame.opener == opener)
    }

    /// Whether a frame of this kind is open within the innermost link, and is not empty.
    fn is_open(&self, opener: Opener) -> bool {
        let depth = self.depth_of(opener);
        depth.is_some_and(|depth| depth > 0 || self.inner.last().is_some_and(|frame| !frame.is_empty()))
    }

    fn open(&mut self, opener: Opener) {
        // An open one of the same kind was a stray asterisk: turn it into text, and open this one.
        if let Some(depth) = self.depth_of(opener) {
            self.turn_into_text(depth + 1);
        }
        self.inner.push(Frame::new(opener));
    }

    /// Closes the innermost frame of this kind; frames left open inside it become text.
    fn close(&mut self, opener: Opener) {
        self.reorder(opener);
        if let Some(depth) = self.depth_of(opener) {
            self.turn_into_text(depth);
        }
        if let Some(frame) = self.inner.pop() {
            let inner = frame.into_inlines();
            let closed =
                if opener == Opener::Strong { Inline::Strong(inner) } else { Inline::Emphasis(inner) };
            self.frame().push(closed);
        }
    }

    /// Puts the two frames of three asterisks in order. Which one is the inner one is known only when the
    /// first is closed: `***a** b*` is a strong inside an emphasis.
    fn reorder(&mut self, closed: Opener) {
        if let [.., outer, inner] = self.inner.as_mut_slice()
            && (outer.opener, inner.opener) == (Opener::Strong, Opener::Emphasis)
            && outer.is_empty()
            && closed == Opener::Strong
        {
            (outer.opener, inner.opener) = (Opener::Emphasis, Opener::Strong);
        }
    }

    fn end_link(&mut self, url: Result<Url, UrlError>, source: &str, report: &mut impl FnMut(InlineProblem)) {
        let depth = self.inside_link().count();
        self.turn_into_text(depth);
        let Some(frame) = self.inner.pop() else {
            return;
        };
        match url {
            Ok(url) if frame.is_empty() => {
                let text = vec![Inline::Text(url.to_text())];
                self.frame().push(Inline::Link { text, url });
            }
            Ok(url) => self.frame().push(Inline::Link { text: frame.into_inlines(), url }),
            // Keep only its words: marks inside it could not be distinguished from those around it.
            Err(error) => {
                report(InlineProblem::BadLink(source.to_owned(), error));
                let words = RichText(frame.into_inlines()).plain_text();
                self.text(&words);
            }
        }
    }

    /// Turns this many innermost frames into text.
    fn turn_into_text(&mut self, count: usize) {
        for _ in 0..count {
            if let Some(frame) = self.inner.pop() {
                self.text(frame.opener.source());
                self.append(frame);
            }
        }
    }

    /// Appends the content of a frame, joining adjacent texts and adjacent citations.
    fn append(&mut self, frame: Frame) {
        for inline in frame.inlines {
            match inline {
                Inline::Text(text) => self.text(&text),
                Inline::Citation(citation) => self.cite(citation.references),
                inline => self.frame().push(inline),
            }
        }
        self.text(&frame.text);
    }

    fn finish(mut self) -> Vec<Inline> {
        self.turn_into_text(self.inner.len());
        self.root.into_inlines()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Inline::{Code, Emphasis, Strong};

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    fn cite(references: &[usize]) -> Inline {
        Inline::Citation(Citation { ordinal: 0, references: references.to_vec(), mention: None })
    }

    fn link(words: &str, url: &str) -> Inline {
        Inline::Link { text: vec![text(words)], url: Url::parse(url).expect("a good url") }
    }

    /// Reads with four references: a, b, c and d.
    fn read(source: &str) -> (Vec<Inline>, Vec<InlineProblem>) {
        let markers = Markers::new(["a", "b", "c", "d"].into_iter().map(Text::from));
        let mut problems = Vec::new();
        let read = parse(source, &markers, &mut |problem| problems.push(problem));
        (read.0, problems)
    }

    fn reads(source: &str, expected: &[Inline]) {
        let (read, problems) = read(source);
        assert_eq!(read, expected, "{source:?}");
        assert_eq!(problems, [], "{source:?}");
    }

    #[test]
    fn emphasis_and_strong_are_parsed() {
        reads("a *b* c", &[text("a "), Emphasis(vec![text("b")]), text(" c")]);
        reads("**b**", &[Strong(vec![text("b")])]);
        reads("***both***", &[Strong(vec![Emphasis(vec![text("both")])])]);
        reads("**a *b***", &[Strong(vec![text("a "), Emphasis(vec![text("b")])])]);
        reads("*a **b***", &[Emphasis(vec![text("a "), Strong(vec![text("b")])])]);
        reads("***a** b*", &[Emphasis(vec![Strong(vec![text("a")]), text(" b")])]);
        reads("***a* b**", &[Strong(vec![Emphasis(vec![text("a")]), text(" b")])]);
        reads("*中**文*", &[Emphasis(vec![text("中")]), Emphasis(vec![text("文")])]);
        reads("从*中文*。", &[text("从"), Emphasis(vec![text("中文")]), text("。")]);
    }

    #[test]
    fn stray_asterisks_stay_literal() {
        for source in ["2 * 3 * 4", "*", "**", "****", "a*", "*a", "** a **", "5* rating", "*****a*****"] {
            reads(source, &[text(source)]);
        }
        reads("*note: *this*", &[text("*note: "), Emphasis(vec![text("this")])]);
        reads("**a *b**", &[Strong(vec![text("a *b")])]);
        reads("***a** b", &[text("*"), Strong(vec![text("a")]), text(" b")]);
    }

    #[test]
    fn asterisks_inside_words_are_literal() {
        for source in [
            "Bürger*innen und Leser*innen",
            "Bürger*, Leser*.",
            "Bürger*-innen und Leser*-innen",
            "Bürger*(innen) und Leser*(innen)",
            "(*in) Bürger(*innen)",
            "Bürger/*innen und Leser/*innen",
            "5*3*2",
            "a*b*c",
            "2**3**4",
            "f**k it, s**t",
            "f***ing b***ard",
            "M*A*S*H",
            "за*бор и за*бора",
            "كتاب*كم وكتاب*هم",
            "김*수 씨와 박*희 씨",
            "e\u{301}*e\u{301}*e",
            "தமிழ்*இல் மற்றும் தமிழ்*இல்",
            "ਪੰਜਾਬ੍*ਅ ਅਤੇ ਪੰਜਾਬ੍*ਅ",
            "ગુજરાત્*અ અને ગુજરાત્*અ",
            "ଓଡ଼ିଆ୍*ଅ ଓ ଓଡ଼*ଅ",
            "తెలుగ్*ఇ మరియు తెలుగ్*ఇ",
            "ಕನ್ನಡ್*ಅ ಮತ್ತು ಕನ್ನಡ್*ಅ",
            "മലയാള്*ഇ മലയാള്*ഇ",
            "සිංහල්*අ සහ සිංහල්*අ",
            "हिन्द्*ई और बांग्*ला",
            "Bürger\u{AD}*innen und Leser\u{AD}*innen",
            "Bürger*\u{AD}innen und Leser\u{AD}*\u{AD}innen",
            "Bürger\u{200B}*innen und Leser\u{200B}*innen",
            "Bürger\u{2060}*innen und Leser\u{2060}*innen",
            "Bürger\u{FEFF}\u{200B}*innen und Leser*\u{200E}innen",
            "Bürger*\u{AD}, Leser*\u{AD}.",
            "*word*s",
            "snake_case_name and _word_",
        ] {
            reads(source, &[text(source)]);
        }
        reads("*Leser*innen*", &[Emphasis(vec![text("Leser*innen")])]);
        reads("**Bürger*innen**", &[Strong(vec![text("Bürger*innen")])]);
        reads("*a**b*", &[Emphasis(vec![text("a**b")])]);
        reads("Umsatz*[1] und Gewinn*[2]", &[text("Umsatz*"), cite(&[0]), text(" und Gewinn*"), cite(&[1])]);
        reads("*Ein* Autor*in", &[Emphasis(vec![text("Ein")]), text(" Autor*in")]);
    }

    #[test]
    fn emphasis_can_be_next_to_anything_but_a_word() {
        reads(
            "l'*Équipe*, (*a*)",
            &[text("l'"), Emphasis(vec![text("Équipe")]), text(", ("), Emphasis(vec![text("a")]), text(")")],
        );
        reads(
            "و*الغيلي* (ب**ه**)",
            &[text("و"), Emphasis(vec![text("الغيلي")]), text(" (ب"), Strong(vec![text("ه")]), text(")")],
        );
        reads("خبر*نا*", &[text("خبر*نا*")]);
        reads("\u{200B}*a*\u{200B} b", &[text("\u{200B}"), Emphasis(vec![text("a")]), text("\u{200B} b")]);
        reads("x \u{FEFF}**a**\u{AD}.", &[text("x \u{FEFF}"), Strong(vec![text("a")]), text("\u{AD}.")]);
        reads("தமிழ் *இல்* ம", &[text("தமிழ் "), Emphasis(vec![text("இல்")]), text(" ம")]);
        reads(
            "ไทย\u{200B}*คำ*\u{200B}ไทย",
            &[text("ไทย\u{200B}"), Emphasis(vec![text("คำ")]), text("\u{200B}ไทย")],
        );
        reads("*Time*’s", &[Emphasis(vec![text("Time")]), text("’s")]);
        reads("据*Reuters*报道", &[text("据"), Emphasis(vec![text("Reuters")]), text("报道")]);
        reads("ไทย*คำ*ไทย", &[text("ไทย"), Emphasis(vec![text("คำ")]), text("ไทย")]);
        reads("**한겨레**는", &[Strong(vec![text("한겨레")]), text("는")]);
        reads("그는**“KBS”**는", &[text("그는"), Strong(vec![text("“KBS”")]), text("는")]);
        reads("**“KBS”**는", &[Strong(vec![text("“KBS”")]), text("는")]);
        reads("**Note:**text", &[Strong(vec![text("Note:")]), text("text")]);
        reads("*a[1]*b", &[Emphasis(vec![text("a"), cite(&[0])]), text("b")]);
    }

    #[test]
    fn code_is_parsed() {
        reads("`a*b*`", &[Code("a*b*".into())]);
        reads("`` a`b ``", &[Code(" a`b ".into())]);
        reads("`` `a ``", &[Code("`a".into())]);
        reads("a ` b `` c", &[text("a ` b `` c")]);
        reads(r"`\[`", &[Code(r"\[".into())]);
    }

    #[test]
    fn links_are_parsed() {
        reads("[a](https://x.example/)", &[link("a", "https://x.example/")]);
        reads("[a](/b_(c))", &[link("a", "/b_(c)")]);
        reads("[1](/one)", &[link("1", "/one")]);
        reads("[](/b)", &[link("/b", "/b")]);
        reads("[a] (b)", &[text("[a] (b)")]);
        reads("[a](b c)", &[text("[a](b c)")]);
        reads("[a](why)", &[text("[a](why)")]);
        reads("[x [a](/b) y](/c)", &[text("[x "), link("a", "/b"), text(" y](/c)")]);
        reads("*[a*](/b)", &[text("*"), link("a*", "/b")]);
        reads("[see [1]](/b)", &[link("see [1]", "/b")]);
    }

    #[test]
    fn markdown_link_variants_are_parsed() {
        let report = link("the report", "https://x.example/r");
        for source in [
            r#"[the report](https://x.example/r "Annual report")"#,
            r#"[the report](https://x.example/r "The \"annual\" (sic) [report]")"#,
            "[the report](https://x.example/r 'Annual report')",
            "[the report](https://x.example/r (Annual report))",
            "[the report](<https://x.example/r>)",
            "[the report](<https://x.example/r> \"Annual\")",
            "[the report]( https://x.example/r )",
            "[the report](\nhttps://x.example/r\n'Annual'\n)",
            "[the report](https://x.example/r \"\")",
        ] {
            reads(source, std::slice::from_ref(&report));
        }
        reads("[a](<https://x.example/a b>)", &[link("a", "https://x.example/a%20b")]);
        reads("[a](<https://x.example/a(b>)", &[link("a", "https://x.example/a(b")]);
        reads(r"[a](https://x.example/a_\(b\))", &[link("a", "https://x.example/a_(b)")]);
        reads(r"[a](https://x.example/a\_b)", &[link("a", "https://x.example/a_b")]);
        reads(
            "see <https://x.example/?a=1>.",
            &[text("see "), link("https://x.example/?a=1", "https://x.example/?a=1"), text(".")],
        );
        reads("*<HTTP://x.example>*", &[Emphasis(vec![link("HTTP://x.example", "HTTP://x.example")])]);
        for (source, words) in [
            ("<https://x.example/r|the report>", "the report"),
            ("<https://x.example/r|*the* [report]>", "*the* [report]"),
            ("<https://x.example/r|>", "https://x.example/r"),
            ("<https://x.example/r|a|b>", "a|b"),
        ] {
            reads(source, &[link(words, "https://x.example/r")]);
        }
        reads(
            "[see <https://x.example>](/b)",
            &[text("[see "), link("https://x.example", "https://x.example"), text("](/b)")],
        );
    }

    #[test]
    fn invalid_links_stay_literal() {
        for source in [
            "[a][b]",
            "![a](/b.png)",
            "![a](/b.png \"c\")",
            "[a](/b 'c' d)",
            "[a](/b\"c\" d)",
            "[a](/b \"c)",
            "[a](<b>)",
            "[a](<https://x.example)",
            "<mailto:a@x.example>",
            "<https://x.example/a b",
            "a <b> c",
            "<https://u:p@x.example>",
            "<https://u:p@x.example|words>",
            "<https://|words>",
            "<@U123|anna>",
            "<https://x.example|words",
        ] {
            reads(source, &[text(source)]);
        }
        reads("[![a](/b.png)](/c)", &[link("![a](/b.png)", "/c")]);
        reads("So it is![1]", &[text("So it is!"), cite(&[0])]);
        reads(r"So it is\![a](/b)", &[text("So it is!"), link("a", "/b")]);
    }

    #[test]
    fn rejected_links_keep_their_text() {
        let (read, problems) = read("[a *b*](javascript:x) c");
        assert_eq!(read, [text("a b c")]);
        assert_eq!(problems, [InlineProblem::BadLink("javascript:x".into(), UrlError::Scheme)]);
    }

    #[test]
    fn all_forms_of_citations_are_parsed() {
        reads("x[^b]", &[text("x"), cite(&[1])]);
        reads("[1]", &[cite(&[0])]);
        reads("[1,3]", &[cite(&[0, 2])]);
        reads("[1, 3]", &[cite(&[0, 2])]);
        reads("[2-4]", &[cite(&[1, 2, 3])]);
        reads("[4,1-2]", &[cite(&[3, 0, 1])]);
        reads("[1][^b] [2]c", &[cite(&[0, 1]), text("c")]);
        reads("[1], [2]", &[cite(&[0]), text(", "), cite(&[1])]);
        reads("[1] (see p. 3)", &[cite(&[0]), text(" (see p. 3)")]);
        reads("[1](sic)", &[cite(&[0]), text("(sic)")]);
        reads("*x[1]*", &[Emphasis(vec![text("x"), cite(&[0])])]);
    }

    #[test]
    fn markers_in_other_scripts_are_parsed() {
        for source in [
            "［１］",
            "【１】",
            "[１]",
            "〔1〕",
            "[١]",
            "[۱]",
            "[१]",
            "[১]",
            "[௧]",
            "[๑]",
            "［1]",
            "［^a］",
            "［＾a］",
            "〖1〗",
            "[\u{200F}١]",
            "[\u{200E}1]",
            "[\u{200F}1\u{200F}]",
            "[\u{2068}1\u{2069}]",
            "[\u{202F}1\u{2009}]",
            "[\u{200F}^a\u{200F}]",
            "[^\u{200E}a]",
        ] {
            reads(source, &[cite(&[0])]);
        }
        for source in [
            "［１，３］",
            "[１、３]",
            "[١،٣]",
            "[۱, ۳]",
            "【1,\u{3000}3】",
            "[1,\u{202F}3]",
            "[1；3]",
            "[1､3]",
            "[1;3]",
            "[1; 3]",
            "[١؛٣]",
            "[\u{200F}١\u{200F}،\u{200F} ٣]",
            "〖1、3〗",
        ] {
            reads(source, &[cite(&[0, 2])]);
        }
        for source in [
            "［２－４］",
            "【2〜4】",
            "[२–४]",
            "[২—৪]",
            "[2‑4]",
            "［２～４］",
            "[2~4]",
            "[2\u{2009}–\u{2009}4]",
            "[2\u{2060}–\u{2060}4]",
            "[٢\u{200F}-\u{200F}٤]",
            "〖2∼4〗",
        ] {
            reads(source, &[cite(&[1, 2, 3])]);
        }
        reads("据报道［１］【２】。", &[text("据报道"), cite(&[0, 1]), text("。")]);
        reads("［１］(/x)", &[cite(&[0]), text("(/x)")]);
        for source in [
            "【4:0†source】",
            "【北京讯】",
            "［編集部注］",
            "［２０２４］",
            "【】",
            "［１",
            "〔一〕",
            "［１：２］",
            "〖注〗",
            "〖2024〗",
            "[\u{200F}]",
            "[1\u{200F}2]",
            "[1 2]",
            "[1;]",
            "[~1]",
            "[1~~2]",
            "[1,\n3]",
        ] {
            reads(source, &[text(source)]);
        }
        let (read, problems) = read("【９】");
        assert_eq!((read, problems), (vec![text("【９】")], vec![InlineProblem::Dangling("【９】".into())]));
    }

    #[test]
    fn escaped_characters_are_literal() {
        reads(r"\[1] \*a\* \`b\` \\ \[^a] [a\](/b)", &[text(r"[1] *a* `b` \ [^a] [a](/b)")]);
        reads(r"c:\dir \n", &[text(r"c:\dir \n")]);
        reads(r"1\. a\_b \- \# \<b\>", &[text("1. a_b - # <b>")]);
    }

    #[test]
    fn dangling_markers_stay_literal_and_are_reported() {
        for source in ["[^nope]", "[9]", "[1,9]", "[0]", "[3-7]"] {
            let (read, problems) = read(source);
            assert_eq!(read, [text(source)], "{source}");
            assert_eq!(problems, [InlineProblem::Dangling(source.into())], "{source}");
        }
    }

    #[test]
    fn other_brackets_stay_literal_and_are_not_reported() {
        for source in
            ["[2024]", "[sic]", "[]", "[^]", "[1", "[^a", "[1,]", "[4-2]", "[1-]", "]", "[ 1x]", "[1-900]"]
        {
            reads(source, &[text(source)]);
        }
    }

    #[test]
    fn hostile_texts_are_parsed() {
        for unit in [
            "[",
            "](",
            "[](",
            "*a ",
            "**a*",
            "`",
            "``a`",
            r"\[",
            "[^",
            "[1,",
            "[1]",
            "a[1](",
            "*[a",
            "((",
            "]((a",
            "](/b \"",
            "[](/b 'c",
            "](/b (",
            "](<",
            "<https://",
            "![",
            "[](</b> \"\\\"",
            "［",
            "[１，",
            "a*b",
            "[](  ",
        ] {
            let (read, _) = read(&unit.repeat(10_000 / unit.len()));
            assert!(!read.is_empty(), "{unit}");
        }
    }

    #[test]
    fn long_runs_of_markers_become_several_citations() {
        let markers = Markers::new((0..250).map(|number| number.to_string().into()));
        let all = parse("[1-50][51-100][101-150][151-200][1][201-250]", &markers, &mut |_| {});
        let counts = all.0.iter().map(|inline| match inline {
            Inline::Citation(citation) => citation.references.len(),
            _ => 0,
        });
        assert_eq!(counts.collect::<Vec<_>>(), [200, 51]);
        assert_eq!(parse(&all.to_source(), &markers, &mut |_| {}), all);
    }
}
