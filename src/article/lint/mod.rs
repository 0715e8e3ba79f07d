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
pub(super) fn plain(text: &str, report: &mut dyn FnMut(&str)) {
    each(text, &[&ANYWHERE, &[markup::in_plain_text as Rule]], report);
}

/// Warns about everything in inline text that looks like something else. `rest` is the result of
/// `without_parsed_markup`.
pub(super) fn inline(rest: &str, report: &mut dyn FnMut(&str)) {
    each(rest, &[&ANYWHERE, &markup::IN_INLINE_TEXT], report);
}

/// Warns about text that loses part of its letters when control characters are removed, because it is in a
/// wrong encoding.
pub(super) fn with_controls(text: &str, report: &mut dyn FnMut(&str)) {
    if text.contains(|c| matches!(c, '\u{80}'..='\u{9F}')) {
        let rule = |text: &str| encoding::mojibake(text).or_else(|| encoding::windows_controls(text));
        each(text, &[&[rule as Rule]], report);
    }
}

/// Whether `with_controls` says what this control character was meant to be.
pub(super) fn explains_control(c: char) -> bool {
    encoding::of_control(c).is_some()
}

/// Warns if an address looks as if it was copied from HTML, has no scheme, or has words after its host.
pub(super) fn address(text: &str, report: &mut dyn FnMut(&str)) {
    each(text, &[&[html::reference as Rule, host::without_scheme, host::with_words]], report);
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

fn each(text: &str, rules: &[&[Rule]], report: &mut dyn FnMut(&str)) {
    for rule in rules.iter().copied().flatten() {
        if let Some(message) = rule(text) {
            report(&message);
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
    before_on_any_line(text, end, most).filter(|inner| !inner.contains('\n'))
}

/// Returns the text before `end`, if `end` is within this many bytes.
fn before_on_any_line<'t>(text: &'t str, end: &str, most: usize) -> Option<&'t str> {
    let reach = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let near = text.get(..reach)?;
    near.get(..near.find(end)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]

    use super::super::rich_text::{Markers, without_parsed_markup};
    use super::*;

    fn inline_messages(source: &str) -> Vec<String> {
        let markers = Markers::new(["r1".into(), "r2".into()].into_iter());
        let mut messages = Vec::new();
        inline(&without_parsed_markup(source, &markers), &mut |message| messages.push(message.to_owned()));
        messages
    }

    fn plain_text_messages(text: &str) -> Vec<String> {
        let mut messages = Vec::new();
        plain(text, &mut |message| messages.push(message.to_owned()));
        messages
    }

    /// Asserts that each of these has exactly one fault, and that the message contains `what`.
    fn assert_reported(what: &str, sources: &[&str]) {
        for source in sources {
            for messages in [inline_messages(source), plain_text_messages(source)] {
                assert!(messages.len() == 1 && messages[0].contains(what), "{source:?}: {messages:?}");
            }
        }
    }

    fn assert_reported_in_inline_text(what: &str, sources: &[&str]) {
        for source in sources {
            let messages = inline_messages(source);
            assert!(messages.len() == 1 && messages[0].contains(what), "{source:?}: {messages:?}");
        }
    }

    #[test]
    fn html_is_reported() {
        assert_eq!(
            inline_messages("Q&amp;A: the minister&#8217;s plan"),
            [
                "has \"&amp;\", which looks like an HTML character reference; readers see it exactly as written. Write & instead"
            ]
        );
        assert_eq!(
            inline_messages("One<br>two"),
            [
                "has \"<br>\", which looks like an HTML tag; readers see it exactly as written. Remove it, or put it in backticks if the text is about it"
            ]
        );
        assert_reported(
            "an HTML character reference",
            &[
                "the minister&#8217;s plan",
                "caf&eacute;",
                "a&nbsp;b",
                "&#x201C;Yes&#x201D;",
                "5 &lt; 6",
                "&hellip;",
                "a&nbsp b",
                "a&nbsp b; c",
                "Yes&mdash no",
                "the minister&#8217s plan",
                "AT&amp T",
                "5 &le; 6",
                "&infin;",
                "5 &permil;",
                "100 &Omega;",
                "&Ccaron;apek",
                "Cumhurba&scedil;kan",
                "Erdo&gbreve;an",
                "&uarr; 5 %",
                "&alpha; and &beta;",
                "Bra&scaron;ov",
                "&NotEqualTilde;",
                "a&ZeroWidthSpace;b",
                "&CounterClockwiseContourIntegral;",
                "caf&Eacute;",
            ],
        );
        assert_reported(
            "an HTML tag",
            &[
                "<b>bold</b>",
                "a<br/>b",
                "a<BR />b",
                "<a href=\"https://x.example\">x</a>",
                "<p class='x'>",
                "</p>",
                "<img src=x>",
                "on <time datetime=\"2026-03-04\">4 March",
                "<ruby>漢",
                "漢<rt>",
                "<bdi>x",
                "long<wbr>word",
                "<o:p></o:p>",
                "One.<o:p>",
                "<st1:City w:st=\"on\">Paris",
                "<thead>",
                "<video controls>",
                "<video controls muted src=\"x.mp4\">",
                "<iframe src='x' allowfullscreen>",
                "See <custom-tag>this",
                "x</custom-tag>",
                "<amp-img src=\"x.png\">",
                "<ref name=\"x\" />",
                "<unknown class=\"x\">",
                "<img src=\"x\"\nalt=\"y\">",
                "<a\n  href=\"https-x\"\n>x",
            ],
        );
        assert_reported(
            "an HTML comment",
            &[
                "<!DOCTYPE html>",
                "<!doctype html>x",
                "<?php echo 1 ?>",
                "One.<!-- more -->",
                "<![CDATA[One.]]>",
                "<?xml version=\"1.0\"?>One.",
            ],
        );
    }

    #[test]
    fn language_model_artifacts_are_reported() {
        assert_reported(
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
                "As said. turn0finance0",
                "As said. citeturn0product3",
                "As said. turn0academia1turn0search2",
                "As said. (turn12forecast0)",
                "As said.〖1†source〗",
                "As said.［2†L3］",
                "<co: 0>As said</co: 0>",
                "As said</co: 1,2>",
            ],
        );
        assert_reported_in_inline_text(
            "citation mark",
            &["As said. ([oai_citation:0‡port.example](https://port.example/a))"],
        );
        assert_reported(
            "token of a language model",
            &[
                "As said.<|endoftext|>",
                "<|im_start|>assistant",
                "<｜end▁of▁sentence｜>",
                "[INST] Write [/INST]",
                "<think>Hm.",
                "</think>As said.",
                "As said.<grok:render type=\"x\">",
                "As said.</grok:render>",
                "As said.<eos>",
                "<bos>As said.",
                "<start_of_turn>model",
                "As said.<end_of_turn>",
                "<tool_call>",
                "<</SYS>>",
            ],
        );
    }

    #[test]
    fn template_leftovers_are_reported() {
        assert_reported(
            "a placeholder",
            &[
                "By {{ author }}",
                "By {% if x %}",
                "By <%= author %>",
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
        assert_reported("an escape sequence", &["the minister\\u2019s plan", "caf\\u00e9", "One.\\n\\nTwo."]);
        assert_reported(
            "a shortcode",
            &["[caption id=\"a\" align=\"left\"]Picture", "Picture[/caption]", "[gallery ids=\"1,2\"]"],
        );
    }

    #[test]
    fn broken_encoding_is_reported() {
        assert_eq!(
            inline_messages("the ministerâ€™s plan"),
            [
                "has \"â€™\", which looks like ’ in a wrong encoding; readers see it exactly as written. Correct it, and read the source as UTF-8"
            ]
        );
        assert_reported(
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
                "à¤®à¤¾à¤¨",
                "à¤¹à¤®",
                "à¹„à¸—à¸¢",
                "à¦¬à¦¾à¦‚à¦²à¦¾",
                "à®¤à®®à®¿à®´à¯",
                "áƒ¥áƒ áƒ—",
                "ä¸\u{AD}æ–‡",
                "æ–°é—»",
                "ç¾Žå›½",
                "í•œêµ\u{AD}",
                "Ã–sterreich hat gewonnen",
                "In Ã–sterreich",
                "Ã“scar",
                "Ã…rhus",
                "SÃ“LO",
                "NOÃ‹L",
                "Å“uvre",
                "Å’uvres",
                "cittÃ\u{A0}",
                "cittÃ",
                "in cittÃ\ne fuori",
                "Ïðèâåò ìèð",
                "ÌÎÑÊÂÀ",
                "ùìåí òåìí",
                "Ïðåññ-ñëóæáà Reuters",
                "cafГ©",
                "MГјnchen",
                "Г©tГ©",
                "dЕ‚ugi",
                "cafĂ© noir",
                "MĂĽnchen",
                "the minister鈥檚 plan",
                "鈥淵es",
                "caf茅 noir",
                "M眉nchen",
                "杩欐槸鏂伴椈銆備粬浠 鍦ㄥ寳浜 锛屾槸鐨勩",
            ],
        );
        assert_reported("private-use", &["an icon \u{F0A1}", "\u{E000}", "\u{F8FF}"]);
    }

    #[test]
    fn html_in_urls_and_mojibake_with_controls_are_reported() {
        let mut messages = Vec::new();
        address("https://x.example/?a=1&amp;b=2", &mut |message| messages.push(message.to_owned()));
        with_controls("donâ\u{80}\u{99}t", &mut |message| messages.push(message.to_owned()));
        assert!(
            messages[0].contains("an HTML character reference") && messages[1].contains("’ in a wrong"),
            "{messages:?}"
        );
        address("https://x.example/?a=1&b=2;&copy=3", &mut |message| messages.push(message.to_owned()));
        with_controls("l'été\u{A0}!", &mut |message| messages.push(message.to_owned()));
        assert_eq!(messages.len(), 2, "{messages:?}");
    }

    #[test]
    fn the_characters_meant_by_control_characters_are_named() {
        for (text, meant) in [
            ("don\u{92}t", "are ’ in"),
            ("1990\u{96}2000, don\u{92}t, 1990\u{96}1991", "are – ’ in"),
            ("\u{93}Yes\u{94}", "are “ ” in"),
            ("\u{80}5", "are € in"),
            ("c\u{9C}ur", "are œ in"),
        ] {
            let mut messages = Vec::new();
            with_controls(text, &mut |message| messages.push(message.to_owned()));
            assert!(messages.len() == 1 && messages[0].contains(meant), "{text:?}: {messages:?}");
        }
        for text in ["a\u{81}b", "a\u{7}b", "a\u{7F}b", "it’s"] {
            with_controls(text, &mut |message| panic!("{text:?}: {message}"));
        }
    }

    #[test]
    fn unsupported_markup_is_reported() {
        assert_reported_in_inline_text(
            "a link",
            &[
                "See [the report][r].",
                "[x](y z)",
                "[x]()",
                "[a](b \"c\")",
                "[x](https://x.example",
                "[[https://x.example][words]]",
                "<mailto:a@x.example>",
                "<a@x.example>",
            ],
        );
        assert_reported(
            "a link",
            &[
                "See [a]（https://x.example）.",
                "See [a] (https://x.example).",
                "See [the report] (http://x.example/r).",
                "See [https://x.example words].",
                "[http://x.example/a 3 words]",
                "See [[Page|words]].",
                "[[Page]]",
                "See [words|https://x.example].",
            ],
        );
        // In a text with markup, this is a link.
        let messages = plain_text_messages("See <https://x.example|more words>.");
        assert!(messages.len() == 1 && messages[0].contains("a link"), "{messages:?}");
        assert_reported(
            "attributes",
            &["[text]{.underline}", "[text]{#id .a}", "{:.lead}\nText", "[text]{lang=fr}", "[text]{: .a}"],
        );
        assert_reported_in_inline_text(
            "attributes",
            &[
                "[a](https://x.example){:target=\"_blank\"}",
                "*a*{: .b}",
                "`a`{.rust}",
                "[a](https://x.example){rel=nofollow}",
            ],
        );
        assert_reported("a line break", &["One\\\nTwo", "One.\\\nTwo.\\\nThree.", "é\\\n"]);
        assert_reported(
            "emphasis",
            &["a '''bold''' word", "'''bold'''", "('''two words''')", "'''''both'''''"],
        );
        assert_reported("highlighted", &["a ==mark==", "==two words==, so", "(==x==)"]);
        assert_reported("an image", &["![[image.png]]", "![[a b.png|100]]", "![alt][ref]"]);
        assert_reported_in_inline_text(
            "an image",
            &["![alt](src.png)", "A ![alt](https://x.example/a.png \"t\")", "![alt][ref]"],
        );
        assert_reported_in_inline_text("a heading", &["## Heading", "# Heading", "One.\n### Two"]);
        assert_reported_in_inline_text("struck out", &["~~x~~ y", "not ~~so~~"]);
        assert_reported_in_inline_text(
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
        assert_reported_in_inline_text(
            "a footnote",
            &["[^r1]: The source.", "Text.\n[^9]: https://x.example"],
        );
        assert_reported_in_inline_text("a list", &["- one\n- two", "Text:\n* one\n* two", "1. one\n2. two"]);
        assert_reported_in_inline_text("a table", &["| a | b |\n|---|---|\n| 1 | 2 |"]);
        assert_reported_in_inline_text("a quotation", &["> So it is."]);
        assert_reported_in_inline_text("a block of code", &["```rust\nlet x;", "~~~\nx"]);
        for (what, text) in [
            ("emphasis", "**Talks** resume"),
            ("emphasis", "The *Dune* review"),
            ("emphasis", "The _Dune_ review"),
            ("a link", "[Talks](https://x.example) resume"),
            ("a heading", "# Talks"),
            ("a citation", "Talks resume[^r1]"),
            ("code", "The `x` of it"),
        ] {
            let messages = plain_text_messages(text);
            assert!(messages.len() == 1 && messages[0].contains(what), "{text:?}: {messages:?}");
        }
    }

    #[test]
    fn valid_text_is_not_reported() {
        for source in [
            "AT&T, R&D; and Q&A; B&B &c.",
            "a < b and c > d, x<y, 3<5>2, <3, <-, ->",
            "Marks & Spencer &; &#; &#x; & amp;",
            "Sun&Star; R&D; Q&As; B&B; Rock&Roll; Arts&Cross; P&L; &x; &foo; &abcdefghijklmnopqrstuvwxyzabcdefghij;",
            "if x<y>z, i<j and k>l, <removed>, <name unknown>, <link removed>, <e>, 1<x-y>0, min<max-min>0",
            "a <b and c = d> e, <time unknown>, <3 <333, >_<, <o.o>, <--, <=>, <<mot-clé>>, <<self-made>>",
            "<Name-Surname>, <co>, <CO: 2>, <Eos>, <start of turn>, <!>, <?>, <grok>, <-y>, <y->, <12:30>, <a:>",
            "turn2us, Turn2Us, a return0ab1, overturn1decision2, turn 0 search 1, turn1, turn180°, turn0ab1",
            "〖1〗 「1945」 (85†) 〔注1〕 ［注］ 「†」",
            "[sic] (https://x.example), [1] (https://x.example), [a] (see below), [a] (x.example)",
            "[https://x.example], [https://x.example, 4 March], [see https://x.example here]",
            "x[[i]], [[ -f a ]], [[:space:]], [[1, 2], [3, 4]], [[1]], [a|b], |a|, a||b",
            "{.x} {#y} a{.b} f(x){return x} f(x){x=1} [a]{b} {:) {: so} [1, 2]{3}",
            "C:\\files\\\nnext, a \\ b, D:\\\nx, ls \\\n -l",
            "a == b == c, a==b==c, ====, == Heading, ''quoted'' words, '' ''' ''', rock 'n' roll'''s",
            "100 <% of 5",
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
            "😀 日本語 한국어 العربية हिन्दी ไทย 👩\u{200D}🔬",
            "«Olé»…, café\u{A0}», l'été¹², liberté²³, André†, Nestlé®…, víš…, mlčíš“, dovážíš», déjà…»",
            "employé·e·s, marché™, «à\u{A0}», é—è, “é”, “è”, Zoë’s, naïveté”—",
            "À á Â ã, ÀÁÂÃÄÅ, àâäéêëîïôû, ÄÖÜ äöü ß, Äääh, Ööö, Åååå, ÐÞ, Æ, Ærø",
            "Les touches éèêëàâ du clavier, ÄÖÜäöü auf der Tastatur",
            "À, IRMÓ, CITTÀ… “Ó”, Å is a village, “Å”, Å’s, Å… nei, „Å“ und Ä",
            "ŠKODA, Ĺ, Ă, ROMÂNIĂ…, 220В°, ГТРК «Россия», С Г«», Где Ёж, витамин Е…, iPhone у Гё",
            "銆, 鄉鍦, 3枚, 用app没问题, 眉, iPhone猫, 茅台, T恤, 横浜, K歌, 没有, 我的cafe茅台",
        ] {
            assert_eq!(inline_messages(source), [""; 0], "{source:?}");
        }
        for text in
            ["5* rating, A* and B*", "Leser*innen", "a * b * c", "AT&T", "`", "[1] [sic]", "a_b _", "*NSYNC"]
        {
            assert_eq!(plain_text_messages(text), [""; 0], "{text:?}");
        }
    }
}
