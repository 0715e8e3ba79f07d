//! Detects text that looks like something else: HTML, marks that programs leave behind, text in another
//! encoding, markup that is not understood. The text is shown unchanged; the editor is warned and advised.
//!
//! Only publishers receive these warnings, from the native command. None of this code is in what readers
//! download.

mod encoding;
mod host;
mod html;
mod leftovers;
mod markup;

/// Warns about everything in a plain text that looks like something else.
pub(super) fn plain(text: &str, tell: &mut dyn FnMut(&str)) {
    each(text, &[&ANYWHERE, &[markup::in_plain_text as Rule]], tell);
}

/// Warns about everything in inline text that looks like something else. `rest` is the result of
/// `not_understood`.
pub(super) fn inline(rest: &str, tell: &mut dyn FnMut(&str)) {
    each(rest, &[&ANYWHERE, &markup::IN_INLINE_TEXT], tell);
}

/// Warns about text that loses part of its letters when control characters are removed, because it is in a
/// wrong encoding.
pub(super) fn with_controls(text: &str, tell: &mut dyn FnMut(&str)) {
    if text.contains(|c| matches!(c, '\u{80}'..='\u{9F}')) {
        each(text, &[&[encoding::mojibake as Rule]], tell);
    }
}

/// Warns if an address looks as if it was copied from HTML, or has no scheme.
pub(super) fn address(text: &str, tell: &mut dyn FnMut(&str)) {
    each(text, &[&[html::reference as Rule, host::without_scheme]], tell);
}

/// Searches a text for one thing; returns the message if it is found.
type Rule = fn(&str) -> Option<String>;

const ANYWHERE: [Rule; 7] = [
    html::reference,
    html::tag,
    encoding::mojibake,
    encoding::private_use,
    leftovers::citation_of_a_model,
    leftovers::token_of_a_model,
    leftovers::template,
];

fn each(text: &str, rules: &[&[Rule]], tell: &mut dyn FnMut(&str)) {
    for rule in rules.iter().copied().flatten() {
        if let Some(message) = rule(text) {
            tell(&message);
        }
    }
}

/// Returns the message that a text contains something that looks like something else. `instead` is the advice, a
/// sentence without a full stop.
fn looks_like(found: &str, what: &str, instead: &str) -> String {
    let quoted = super::read::quote(found);
    ["has ", &quoted, ", which looks like ", what, "; readers see it exactly as written. ", instead].concat()
}

/// Returns the positions of `start` in a text, each with the text after it.
fn after<'t>(text: &'t str, start: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
    // Checking whether it occurs at all is much faster than finding its positions.
    let places = text.contains(start).then(|| text.match_indices(start));
    places.into_iter().flatten().filter_map(move |(at, _)| Some((at, text.get(at + start.len()..)?)))
}

/// Returns the text before `end`, if `end` is within this many bytes on the same line.
fn before<'t>(text: &'t str, end: &str, most: usize) -> Option<&'t str> {
    let reach = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let near = text.get(..reach)?;
    near.get(..near.find(end)?).filter(|inner| !inner.contains('\n'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]

    use super::super::rich_text::{Markers, not_understood};
    use super::*;

    fn told(source: &str) -> Vec<String> {
        let markers = Markers::new(["r1".into(), "r2".into()].into_iter());
        let mut told = Vec::new();
        inline(&not_understood(source, &markers), &mut |message| told.push(message.to_owned()));
        told
    }

    fn told_of_plain(text: &str) -> Vec<String> {
        let mut told = Vec::new();
        plain(text, &mut |message| told.push(message.to_owned()));
        told
    }

    /// Asserts that each of these has exactly one fault, and that the message contains `what`.
    fn all_told(what: &str, sources: &[&str]) {
        for source in sources {
            for told in [told(source), told_of_plain(source)] {
                assert!(told.len() == 1 && told[0].contains(what), "{source:?}: {told:?}");
            }
        }
    }

    fn told_in_inline_text(what: &str, sources: &[&str]) {
        for source in sources {
            let told = told(source);
            assert!(told.len() == 1 && told[0].contains(what), "{source:?}: {told:?}");
        }
    }

    #[test]
    fn html_is_reported() {
        assert_eq!(
            told("Q&amp;A: the minister&#8217;s plan"),
            [
                "has \"&amp;\", which looks like an HTML character reference; readers see it exactly as written. Write & instead"
            ]
        );
        assert_eq!(
            told("One<br>two"),
            [
                "has \"<br>\", which looks like an HTML tag; readers see it exactly as written. Remove it, or put it in backticks if the text is about it"
            ]
        );
        all_told(
            "an HTML character reference",
            &[
                "the minister&#8217;s plan",
                "caf&eacute;",
                "a&nbsp;b",
                "&#x201C;Yes&#x201D;",
                "5 &lt; 6",
                "&hellip;",
                "a&nbsp b",
                "Yes&mdash no",
                "the minister&#8217s plan",
                "AT&amp T",
            ],
        );
        all_told(
            "an HTML tag",
            &[
                "<b>bold</b>",
                "a<br/>b",
                "a<BR />b",
                "<a href=\"https://x.example\">x</a>",
                "<p class='x'>",
                "</p>",
                "<img src=x>",
            ],
        );
        all_told(
            "an HTML comment",
            &["One.<!-- more -->", "<![CDATA[One.]]>", "<?xml version=\"1.0\"?>One."],
        );
    }

    #[test]
    fn language_model_artifacts_are_reported() {
        all_told(
            "citation mark",
            &[
                "As said.【4:0†source】",
                "As said.【12†L1-L9】",
                "As said.[5†source]",
                "As said.\u{E200}cite\u{E202}turn0search1\u{E201}",
                "As said. citeturn0search1turn2news12",
                "As said. [oaicite:0]",
                "As said. :contentReference[oaicite:0]{index=0}",
                "[cite_start]As said. [cite: 1, 2]",
                "As said. [cite: 1]",
                "As said. [web:12]",
                "As said.[attached_file:1]",
                "As said.[citation:3]",
                "As said. [oai_citation_attribution:1‡Port]",
            ],
        );
        told_in_inline_text(
            "citation mark",
            &["As said. ([oai_citation:0‡port.example](https://port.example/a))"],
        );
        all_told(
            "token of a language model",
            &[
                "As said.<|endoftext|>",
                "<|im_start|>assistant",
                "<｜end▁of▁sentence｜>",
                "[INST] Write [/INST]",
                "<think>Hm.",
                "</think>As said.",
            ],
        );
    }

    #[test]
    fn template_leftovers_are_reported() {
        all_told(
            "a placeholder",
            &[
                "By {{ author }}",
                "By {% if x %}",
                "By ${author.name}",
                "By [object Object]",
                "As said. [source]",
                "As said [citation needed].",
                "By [Insert name]",
                "undefined",
                "null",
                "NaN",
            ],
        );
        all_told("an escape sequence", &["the minister\\u2019s plan", "caf\\u00e9", "One.\\n\\nTwo."]);
        all_told(
            "a shortcode",
            &["[caption id=\"a\" align=\"left\"]Picture", "Picture[/caption]", "[gallery ids=\"1,2\"]"],
        );
    }

    #[test]
    fn broken_encoding_is_reported() {
        assert_eq!(
            told("the ministerâ€™s plan"),
            [
                "has \"â€™\", which looks like ’ in a wrong encoding; readers see it exactly as written. Correct it, and read the source as UTF-8"
            ]
        );
        all_told(
            "in a wrong encoding",
            &[
                "cafÃ©",
                "Ã‰tat",
                "FranÃ§ais",
                "GrÃ¼ÃŸe",
                "MÃ¤rz",
                "NoÃ«l",
                "20Â km",
                "Â« oui Â»",
                "5Â°",
                "Â£5",
                "â€œYesâ€\u{9D}",
                "1990â€“2000",
                "â€¦",
                "â‚¬5",
                "â„¢",
                "ï»¿Title",
                "naï¿½ve",
                "ðŸ˜€",
                "Ð¿Ñ€Ð¸Ð²ÐµÑ‚",
                "вЂ“",
                "voilÃ\u{A0} la",
                "voilÃ  la",
                "æ—¥æœ¬èªž",
                "Viá»‡t Nam",
                "tiáº¿ng",
                "Ä°stanbul",
                "BoÄŸaziÃ§i",
                "dÅ‚ugi",
                "Å‚Ã³dÅº",
                "Å™eka",
                "BucureÈ™ti",
                "Ä‡wierÄ‡",
                "РїСЂРёРІРµС‚",
                "the minister‚Äôs plan",
                "caf√© noir",
            ],
        );
        all_told("private-use", &["an icon \u{F0A1}", "\u{E000}", "\u{F8FF}"]);
    }

    #[test]
    fn html_in_urls_and_mojibake_with_controls_are_reported() {
        let mut told = Vec::new();
        address("https://x.example/?a=1&amp;b=2", &mut |message| told.push(message.to_owned()));
        with_controls("donâ\u{80}\u{99}t", &mut |message| told.push(message.to_owned()));
        assert!(
            told[0].contains("an HTML character reference") && told[1].contains("’ in a wrong"),
            "{told:?}"
        );
        address("https://x.example/?a=1&b=2;&copy=3", &mut |message| told.push(message.to_owned()));
        with_controls("l'été\u{A0}!", &mut |message| told.push(message.to_owned()));
        assert_eq!(told.len(), 2, "{told:?}");
    }

    #[test]
    fn unsupported_markup_is_reported() {
        told_in_inline_text(
            "a link",
            &[
                "See [the report][r].",
                "[x](y z)",
                "[x]()",
                "[a](b \"c\")",
                "[x](https://x.example",
                "<mailto:a@x.example>",
                "<a@x.example>",
            ],
        );
        told_in_inline_text(
            "an image",
            &["![alt](src.png)", "A ![alt](https://x.example/a.png \"t\")", "![alt][ref]"],
        );
        told_in_inline_text("a heading", &["## Heading", "# Heading", "One.\n### Two"]);
        told_in_inline_text("struck out", &["~~x~~ y", "not ~~so~~"]);
        told_in_inline_text(
            "emphasis",
            &[
                "__x__",
                "an _underscored word_.",
                "(_x_)",
                "**un**believable",
                "قرأ كتاب**هم** أمس",
                "עיתון**ים** אחרים",
            ],
        );
        told_in_inline_text("a footnote", &["[^r1]: The source.", "Text.\n[^9]: https://x.example"]);
        told_in_inline_text("a list", &["- one\n- two", "Text:\n* one\n* two", "1. one\n2. two"]);
        told_in_inline_text("a table", &["| a | b |\n|---|---|\n| 1 | 2 |"]);
        told_in_inline_text("a quotation", &["> So it is."]);
        told_in_inline_text("a block of code", &["```rust\nlet x;", "~~~\nx"]);
        for (what, text) in [
            ("emphasis", "**Talks** resume"),
            ("emphasis", "The *Dune* review"),
            ("emphasis", "The _Dune_ review"),
            ("a link", "[Talks](https://x.example) resume"),
            ("a heading", "# Talks"),
            ("a citation", "Talks resume[^r1]"),
            ("code", "The `x` of it"),
        ] {
            let told = told_of_plain(text);
            assert!(told.len() == 1 && told[0].contains(what), "{text:?}: {told:?}");
        }
    }

    #[test]
    fn valid_text_is_not_reported() {
        for source in [
            "AT&T, R&D; and Q&A; B&B &c.",
            "a < b and c > d, x<y, 3<5>2, <3, <-, ->",
            "Marks & Spencer &; &#; &#x; & amp;",
            "`let`: a keyword\n`x`: a name",
            "`<b>` is bold, `&amp;` is an ampersand, `{{ x }}` a placeholder, `[x](y z)` a link",
            r"\[x\](y z), \## and \~\~x\~\~",
            "SÃO PAULO, IRMÃ, MAÇÃ… «IRMû “MÔ, AMANHÔ",
            "voilà\u{A0}», café\u{A0}», «\u{A0}été\u{A0}», „Spaß“, „groß“, LIBERTÉ\u{A0}», hotărâ…”, É…",
            "Âge, ÂNCORA, câblé, Â la carte, România, Đà Nẵng, Ärger, Ÿ, æther, ðat, naïve, ïle",
            "Привет, Ђорђе, Вђ, Рим и Спас, РССР",
            "【北京讯】 ［編集部注］ [sic] [2024] [1] [^r1] 【1】 [1][2] [sic][1]",
            "†1989, [†] Gestorben, turn 0, returned0 search1, in turn0",
            "snake_case_name, __init, a_b_c, _ and __, ~5, ~~, 5 * 3 * 2, Leser*innen, f**k",
            "«Quizá»… dijo, «está», ÄÖÜ, ÅSA…, TÄ…, „Ä“, Åse, Ärzte, SÅ, È vero, CITTÈ… ",
            "?a=1&lt=2&copy=3, AT&T, R&B, &c, #1 & #2, &#1, A&M&N",
            "√2, x√3, 2√π, the √ sign, ‚Ein Wort‘, ‚Ärzte‘, ‚Äpfel‘",
            "РФ, СССР, «Рё», Сёмга, Рёв, С—Р, С «Р», Р–С–Р",
            "#hashtag #1 C# 5 # 3",
            "- a dash at the start",
            "1. Not a list.",
            "2026. A year",
            "It costs $5 {or so}, 100% {{}}",
            "undefined behaviour is null and void; not NaN",
            r"C:\new\users and \\server\u",
            "He said: [laughs] (of course) [applause](sic)",
            "x > y\na|b",
            "[the report](https://x.example/r \"Annual\") <https://x.example>",
            "😀 日本語 한국어 العربية हिन्दी 👩\u{200D}🔬",
        ] {
            assert_eq!(told(source), [""; 0], "{source:?}");
        }
        for text in
            ["5* rating, A* and B*", "Leser*innen", "a * b * c", "AT&T", "`", "[1] [sic]", "a_b _", "*NSYNC"]
        {
            assert_eq!(told_of_plain(text), [""; 0], "{text:?}");
        }
    }
}
