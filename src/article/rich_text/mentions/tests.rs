use super::super::super::read::nfkc;
use super::*;

fn references(publishers: &[&str]) -> Vec<Reference> {
    let reference =
        |publisher: &&str| Reference { publisher: Some(Text::from(*publisher)), ..Reference::default() };
    publishers.iter().map(reference).collect()
}

/// Returns the mentions found, each with its references.
fn mentions(references: &[Reference], language: Option<&str>, text: &str) -> Vec<(String, Vec<usize>)> {
    let language = language.and_then(Language::parse);
    let mut rich = RichText::plain(text);
    let mut names = Names::of(references, language.as_ref(), nfkc);
    names.next_block();
    names.link(&mut rich, false);
    assert_eq!(rich.plain_text(), text, "no word is lost");
    let mut found = Vec::new();
    rich.each_citation(&mut |citation| {
        found.push((citation.mention.as_deref().unwrap_or_default().to_owned(), citation.references.clone()));
    });
    found
}

#[track_caller]
fn finds(publishers: &[&str], text: &str, expected: &[(&str, &[usize])]) {
    let expected: Vec<_> = expected.iter().map(|(name, refs)| ((*name).to_owned(), refs.to_vec())).collect();
    assert_eq!(mentions(&references(publishers), None, text), expected, "{text}");
}

#[track_caller]
fn finds_none(publisher: &str, texts: &[&str]) {
    for text in texts {
        finds(&[publisher], text, &[]);
    }
}

#[test]
fn the_first_mention_of_each_publisher_is_found() {
    finds(
        &["Reuters", "Nikkei"],
        "Nikkei reported and Reuters said; Reuters said again",
        &[("Nikkei", &[1]), ("Reuters", &[0])],
    );
}

#[test]
fn only_whole_words_are_mentions() {
    finds_none("Time", &["Times said", "Timely said", "aTime said", "Time_ said", "Zeit-Time said"]);
    finds(&["Time"], "Times. Time’s report", &[("Time", &[0])]);
    finds(&["time"], "according to Time", &[]);
}

#[test]
fn the_longest_matching_name_wins() {
    finds(&["TechCrunch", "TechCrunch AI"], "by TechCrunch AI.", &[("TechCrunch AI", &[1])]);
}

#[test]
fn a_name_of_several_references_cites_them_all() {
    finds(&["Reuters", "AP", "Reuters"], "Reuters reported", &[("Reuters", &[0, 2])]);
}

#[test]
fn a_name_of_too_many_references_cites_none() {
    let most = ["Reuters"; MAX_MENTIONED];
    let all: Vec<usize> = (0..MAX_MENTIONED).collect();
    finds(&most, "Reuters reported", &[("Reuters", &all)]);
    finds(&[&most[..], &["Reuters"]].concat(), "Reuters reported", &[]);
}

#[test]
fn the_longest_name_that_ends_with_a_word_wins() {
    let names = ["Aa", "Aa B", "Aa Bb", "Aa Bb C", "Ab", "A"];
    for (text, name, index) in [
        ("according to Aa.", "Aa", 0),
        ("according to Aa Bb.", "Aa Bb", 2),
        ("according to Aa Bb C.", "Aa Bb C", 3),
        ("according to Ab.", "Ab", 4),
    ] {
        finds(&names, text, &[(name, &[index])]);
    }
    finds(&names, "according to Ac, Aab, B", &[]);
}

#[test]
fn a_name_without_a_reporting_word_is_not_a_mention() {
    finds_none(
        "Time",
        &[
            "Time is running out for the talks",
            "Time’s up, the minister said",
            "It was Time, officials said, to act",
            "He said “Time” and left",
            "Time",
            "Nature, Time and Fortune",
        ],
    );
    finds_none("Le Monde", &["Le Monde entier regarde", "Le Monde diplomatique rapporte"]);
    finds_none("Welt", &["In aller Welt berichten Zeitungen", "Er sagt, die Welt sei anders"]);
    finds_none("Zeit", &["In der Zeit berichtete niemand", "In der Zeit hat niemand davon berichtet"]);
    finds_none("Правда", &["Правда сообщила свету", "Он сказал «Правда»"]);
    finds_none("الرأي", &["بحسب الرأي السائد"]);
    finds_none("البيان", &["بحسب البيان، توقفت المحادثات", "وفق البيان توقفت المحادثات"]);
    finds(&["البيان"], "وفق صحيفة البيان توقفت المحادثات", &[("البيان", &[0])]);
}

#[test]
fn a_reporting_word_before_or_after_makes_a_mention() {
    for text in [
        "according to Time",
        "As Time reported,",
        "The news was reported by the French weekly Time.",
        "officials told Time",
        "Time’s investigation",
        "a Time investigation",
        "laut „Time“ und anderen",
        "wie das Magazin Time am Montag berichtete",
        "selon le magazine Time",
        "según Time",
        "据Time报道",
        "Timeによると、",
        "وفقا لمجلة Time",
        "сообщает журнал Time",
        "Time dergisine göre",
        "ตามรายงานของ Time",
        "Time에 따르면",
    ] {
        finds(&["Time"], text, &[("Time", &[0])]);
    }
}

#[test]
fn credits_are_mentions() {
    for text in [
        "Output fell by a fifth. (Reuters)",
        "Output fell by a fifth (Reuters).",
        "LONDON (Reuters) - Output fell",
        "Output fell by a fifth. — Reuters",
        "Output by year (Source: Reuters)",
        "產量下降。（Reuters）",
    ] {
        finds(&["Reuters"], text, &[("Reuters", &[0])]);
    }
    finds_none("Time", &["the fourth dimension (Time), he said", "The Dimension (Time) is the fourth"]);
    finds_none("WHO", &["by the World Health Organization (WHO).", "the health organisation (WHO)"]);
}

#[test]
fn urls_handles_and_compounds_are_not_mentions() {
    finds_none(
        "Reuters",
        &[
            "reported at https://www.example.org/Reuters/2026/x",
            "reported at www.example.org/a,Reuters,b",
            "reported by https://example.org/?q=(Reuters)",
            "according to @Reuters",
            "according to #Reuters",
            "according to ＃Reuters",
            "according to Reuters@example.org",
            "according to news.Reuters@example.org",
            "according to Reuters.com",
            "according to www.Reuters.example",
            "according to /srv/Reuters/2026",
            "according to C:\\Reuters\\2026",
            "according to Reuters-Ipsos",
            "according to Ipsos‑Reuters",
            "according to Reuters–Ipsos",
            "according to Reuters/Ipsos",
            "according to Reuters_Ipsos",
            "according to AT&Reuters",
        ],
    );
    finds(&["Reuters"], "he left—Reuters reported—at noon", &[("Reuters", &[0])]);
    finds(&["Reuters"], "see a/b, according to Reuters.", &[("Reuters", &[0])]);
}

#[test]
fn parts_of_longer_names_are_not_mentions() {
    finds_none("Bloomberg", &["Michael Bloomberg said", "according to Bloomberg Philanthropies"]);
    finds_none(
        "Reuters",
        &["The Reuters Institute reported", "according to Thomson Reuters", "Reuters & Sons reported"],
    );
    finds_none("Welt", &["laut der Welt am Sonntag stocken die Gespräche"]);
    finds_none("MIT", &["据MIT科技评论报道", "据MIT技术人员称"]);
    finds(&["CNN"], "据CNN报道", &[("CNN", &[0])]);
    finds_none("Times", &["The New York Times reported it", "according to The Times of India"]);
    finds_none(
        "The Times",
        &["The New York Times reported it", "according to The Times Educational Supplement"],
    );
    finds_none("Nature", &["Nature Communications reported", "according to Nature 2000"]);
    finds_none("Die Zeit", &["Laut Die Zeit Stiftung"]);
    finds_none("Le Monde", &["selon Le Monde des Livres"]);
    finds_none("Известия", &["сообщают «Известия Чувашии»"]);
    finds(&["Times"], "The Times reported it", &[("Times", &[0])]);
    finds(&["Reuters"], "According to Reuters and Bloomberg", &[("Reuters", &[0])]);
}

#[test]
fn a_name_after_initials_or_a_title_is_a_person() {
    finds_none(
        "Bloomberg",
        &[
            "Michael R. Bloomberg reported spending $108 million.",
            "St. Bloomberg reported",
            "Mr. Bloomberg said",
            "according to Mr. Bloomberg, it is over",
            "M. Bloomberg reported it.",
            "Michael R. J. Bloomberg reported it.",
            "J.R. Bloomberg reported it.",
            "Yesterday Dr. Bloomberg said",
            "officials told Sen. Bloomberg",
            "Prof. Bloomberg reported",
            "ex-Gov. Bloomberg reported",
            "officials told prof. Bloomberg",
            "laut Hr. Bloomberg",
            "según el Sr. Bloomberg, todo",
            "М. Bloomberg сообщил",
        ],
    );
    finds_none("Forbes", &["Malcolm S. Forbes reported it.", "Gov. Forbes said"]);
    for text in [
        "It happened in the EU. Reuters reported it.",
        "It happened in the U.S. Reuters reported it.",
        "It happened in the UK. Reuters reported it.",
        "It happened in Iran. Reuters reported it.",
        "It was made by Apple Inc. Reuters reported it.",
        "It happened at 9 a.m. Reuters reported it.",
        "It happened in Sept. Reuters reported it.",
        "1. Reuters reported it.",
        "... Reuters reported it.",
    ] {
        finds(&["Reuters"], text, &[("Reuters", &[0])]);
    }
}

#[test]
fn an_edition_in_brackets_is_another_publisher() {
    finds_none(
        "The Guardian",
        &[
            "According to The Guardian (Nigeria), it is over.",
            "The Guardian (Nigeria) reported it.",
            "According to The Guardian (UK), it is over.",
            "According to The Guardian (of Trinidad), it is over.",
        ],
    );
    finds_none("Forbes", &["сообщает Forbes (Казахстан)", "selon Forbes (Afrique), oui"]);
    finds_none("The Sun", &["The Sun (Malaysia) reported it."]);
    for (name, text) in [
        ("Associated Press", "the Associated Press (AP) reported"),
        ("Associated Press", "according to the Associated Press (A.P.), it is over"),
        ("Agence France-Presse", "selon l’Agence France-Presse (AFP), oui"),
        ("Frankfurter Allgemeine Zeitung", "laut Frankfurter Allgemeine Zeitung (FAZ) ist es aus"),
        ("Deutsche Presse-Agentur", "laut Deutsche Presse-Agentur (dpa) ist es aus"),
        ("Reuters", "according to Reuters (2024), it is over"),
        ("Reuters", "according to Reuters (which saw it), it is over"),
        ("Reuters", "according to Reuters („Bild“ disagrees), it is over"),
    ] {
        finds(&[name], text, &[(name, &[0])]);
    }
}

#[test]
fn a_longer_name_may_go_on_in_lower_case() {
    finds_none(
        "Le Monde",
        &[
            "Selon Le Monde diplomatique, oui",
            "d’après Le Monde diplomatique, oui",
            "c’est ce que rapporte Le Monde diplomatique.",
            "selon le mensuel Le Monde diplomatique",
            "According to Le Monde diplomatique, yes",
            "Selon Le Monde arabe",
        ],
    );
    finds_none("Courrier", &["selon Courrier international", "écrit Courrier international."]);
    finds_none(
        "Le Journal",
        &["Selon Le Journal du dimanche, oui.", "Selon Le Journal d’Haïti", "indique Le Journal du soir"],
    );
    finds_none("Zeit", &["laut Zeit online", "wie Zeit online am Montag berichtet", "berichtet Zeit online"]);
    finds_none("Spiegel", &["laut Spiegel online", "Laut Spiegel online will Merz gehen"]);
    finds_none("Welt", &["laut Welt kompakt"]);
    finds_none("El Correo", &["según El Correo gallego", "informó El Correo gallego."]);
    finds_none("La Voz", &["según La Voz de la calle", "De acuerdo con La Voz libre, sí"]);
    finds_none("Correio", &["segundo o Correio brasiliense, sim"]);
    finds_none("Corriere", &["secondo il Corriere padano"]);
}

#[test]
fn an_attribution_mentions_no_part_of_a_longer_name() {
    let found = |name: &str, text: &str| {
        let mut rich = RichText::plain(text);
        let mut names = Names::of(&references(&[name]), None, nfkc);
        names.next_block();
        names.link(&mut rich, true);
        let mut count = 0;
        rich.each_citation(&mut |_| count += 1);
        count
    };
    for (name, text) in [
        ("Le Monde", "Le Monde diplomatique"),
        ("Courrier", "Courrier international"),
        ("Spiegel", "Spiegel online"),
        ("Bloomberg", "Michael R. Bloomberg"),
        ("The Guardian", "The Guardian (Nigeria)"),
    ] {
        assert_eq!(found(name, text), 0, "{text}");
    }
    for (name, text) in
        [("Le Monde", "Le Monde"), ("Le Monde", "Le Monde, mardi"), ("Time", "a man, in Time")]
    {
        assert_eq!(found(name, text), 1, "{text}");
    }
}

#[test]
fn a_name_may_be_followed_by_another_word_in_lower_case() {
    for (name, text) in [
        ("Spiegel", "Laut Spiegel will Merz gehen"),
        ("Spiegel", "Laut Spiegel plant Merz den Rücktritt"),
        ("NRC", "Volgens NRC overweegt de minister een verbod"),
        ("Aftonbladet", "Enligt Aftonbladet planerar regeringen det"),
        ("Time", "Officials told Time yesterday that it is over"),
        ("Time", "According to Time magazine, it is over"),
        ("Reuters", "According to Reuters citing officials, it is over"),
        ("Reuters", "According to Reuters data, it is over"),
        ("Le Monde", "Selon Le Monde dans son édition de jeudi, oui"),
        ("Le Monde", "C’est publié par Le Monde mardi."),
        ("Le Monde", "rapporte Le Monde citant un ministre"),
        ("Le Monde", "Selon “Le Monde” cependant, oui"),
        ("Reuters", "informó Reuters citando a dos ministros"),
        ("EFE", "según EFE este lunes"),
        ("Meduza", "По данным Meduza обыски идут"),
    ] {
        finds(&[name], text, &[(name, &[0])]);
    }
    finds(&["Le Monde diplomatique"], "Selon Le Monde diplomatique, oui", &[("Le Monde diplomatique", &[0])]);
}

#[test]
fn addresses_go_on_in_other_scripts() {
    finds_none(
        "新华社",
        &[
            "参见 https://zh.example.org/wiki/据新华社报道",
            "参见https://zh.example.org/wiki/据新华社报道。",
            "见 zh.example.org/据新华社报道/2026",
            "参见 https://zh.example.org/search?q=据新华社报道",
            "参见 https://zh.example.org/#据新华社报道",
            "参见 https://zh.example.org/wiki/约翰·据新华社报道",
        ],
    );
    finds_none("财新", &["https://www.example.org/据财新报道/2026"]);
    finds_none("ロイター", &["https://ja.example.org/wiki/ロイターによると"]);
    finds_none("ไทยรัฐ", &["https://th.example.org/ไทยรัฐรายงานว่า"]);
    for text in [
        "参见 https://zh.example.org/wiki/。据新华社报道",
        "参见 https://zh.example.org/wiki/，据新华社报道",
        "参见https://zh.example.org/wiki据新华社报道",
        "参见 https://zh.example.org/wiki/财新 据新华社报道",
        "参见 https://zh.example.org/wiki/（据新华社报道）",
        "中国/据新华社报道",
        "AI/据新华社报道",
    ] {
        finds(&["新华社"], text, &[("新华社", &[0])]);
    }
    finds(&["财新", "新华社"], "https://www.example.org/据财新报道/2026 据新华社报道", &[("新华社", &[1])]);
    finds_none("Reuters", &["参见https://www.example.org/a,Reuters,b"]);
}

#[test]
fn mentions_are_found_in_scripts_without_spaces() {
    finds(&["量子位 QbitAI"], "据量子位 QbitAI报道", &[("量子位 QbitAI", &[0])]);
    finds(&["量子位"], "据量子位报道", &[("量子位", &[0])]);
    finds(&["日経"], "と日経によると、", &[("日経", &[0])]);
    finds(&["QbitAI"], "据QbitAI报道", &[("QbitAI", &[0])]);
    finds(&["财经"], "《财经》报道", &[("财经", &[0])]);
    finds(&["ไทยรัฐ"], "ไทยรัฐรายงานว่า", &[("ไทยรัฐ", &[0])]);
    finds(&["연합뉴스"], "연합뉴스에 따르면", &[("연합뉴스", &[0])]);
    finds_none("日経", &["今日経済によると、", "と日経は"]);
    finds_none("新华社", &["新华社区的居民报道", "据新华社区报道"]);
    finds_none("日报", &["据人民日报报道"]);
    finds_none("第一财经", &["据第一财经日报报道", "据第一财经周刊报道"]);
    finds_none("タイム", &["ハーフタイムの報道", "タイムズの報道"]);
    finds_none("ロイター", &["トムソン・ロイターによると、"]);
    finds_none("环球时报", &["占据环球时报的头版"]);
    finds_none("연합", &["연합뉴스에 따르면"]);
}

#[test]
fn arabic_and_hebrew_prefixes_do_not_hide_a_name() {
    finds(&["رويترز"], "وقال مصدر لرويترز إن", &[("رويترز", &[0])]);
    finds(&["رويترز"], "وفقا لرويترز، أمس", &[("رويترز", &[0])]);
    finds(&["رويترز"], "قالت مرويترز إن", &[]);
    finds(&["הארץ"], "כך אמר להארץ כי", &[("הארץ", &[0])]);
    finds(&["הארץ"], "לפי הארץ, אתמול", &[("הארץ", &[0])]);
}

#[test]
fn unicode_variants_of_a_name_are_found_and_kept_as_written() {
    for (name, text, words) in [
        ("L'Équipe", "selon L’E\u{301}quipe, hier", "L’E\u{301}quipe"),
        ("Le Monde", "selon Le\u{202F}Monde, hier", "Le\u{202F}Monde"),
        ("Ouest-France", "selon Ouest\u{2011}France, hier", "Ouest\u{2011}France"),
        ("TechCrunch", "ＴｅｃｈＣｒｕｎｃｈによると、", "ＴｅｃｈＣｒｕｎｃｈ"),
        ("رويترز", "قالت رُويـتـرز إن", "رُويـتـرز"),
        ("ロイター", "ﾛｲﾀｰによると、", "ﾛｲﾀｰ"),
    ] {
        finds(&[name], text, &[(words, &[0])]);
    }
}

#[test]
fn distinctive_names_need_no_reporting_word() {
    for name in ["TechCrunch", "9to5Mac", "elDiario.es", "量子位 QbitAI"] {
        finds(&[name], &["read by ", name, "."].concat(), &[(name, &[0])]);
    }
    for name in ["IT", "US", "WHO", "BBC", "20 Minuten", "G20"] {
        finds_none(name, &[&["read by ", name, "."].concat()]);
    }
    // The publisher of anything but an article acts in the news.
    let kind = Some(ReferenceKind::Website);
    let website = Reference { publisher: Some("OpenAI".into()), kind, ..Reference::default() };
    assert_eq!(mentions(&[website], Some("en"), "OpenAI raised money"), []);
}

#[test]
fn the_mention_member_overrides_the_detection() {
    let reference = |mention| Reference { publisher: Some("Time".into()), mention, ..Reference::default() };
    let found = |mention, text: &str| mentions(&[reference(mention)], Some("en"), text).len();
    assert_eq!(found(None, "Time has it"), 0);
    assert_eq!(found(Some(Mention::Always), "Time has it"), 1);
    assert_eq!(found(Some(Mention::Always), "#Time, Time-Life, Time Warner, New York Time, Time.com"), 0);
    assert_eq!(found(Some(Mention::Never), "according to Time"), 0);
    // References with the same name follow their own `mention`.
    let both = [reference(Some(Mention::Always)), reference(None), reference(Some(Mention::Never))];
    assert_eq!(mentions(&both, Some("en"), "Time has it"), [("Time".to_owned(), vec![0])]);
    assert_eq!(mentions(&both, Some("en"), "according to Time"), [("Time".to_owned(), vec![0, 1])]);
}

#[test]
fn reporting_words_depend_on_the_article_language() {
    let found = |language, text| mentions(&references(&["Time"]), language, text).len();
    assert_eq!(
        [found(Some("de"), "laut Time"), found(Some("fr"), "laut Time"), found(None, "laut Time")],
        [1, 0, 1]
    );
    assert_eq!([found(Some("de-AT"), "laut Time"), found(Some("ca"), "laut Time")], [1, 1]);
}

#[test]
fn single_letter_names_are_ignored() {
    finds_none("X", &["according to X"]);
}

/// Neither unusual texts nor many names may be a problem. `src/cli/growth.rs` counts the work this takes.
#[test]
fn hostile_texts_yield_few_mentions() {
    let many: Vec<String> = (0..3_000).map(|index| format!("Aaa Gazette {index}")).collect();
    let mut publishers: Vec<&str> = many.iter().map(String::as_str).collect();
    let long = "Aaa ".repeat(25);
    publishers.extend(["Aaa", "Aaa Aaa", &*long, "日日", "e\u{301}e\u{301}"]);
    for unit in [
        "Aaa ",
        "Aaa,",
        "Aaa Gazette 1 ",
        "日日",
        "e\u{301}",
        "ﬁ",
        "/Aaa",
        "Aaa: ",
        "'Aaa' ",
        "\u{200B}",
        "((Aaa))",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        assert!(mentions(&references(&publishers), Some("en"), &text).len() <= 3);
    }
}
