use news_briefing::article::{Json, ReferenceKind};
use proptest::prelude::*;
use proptest::sample::select;

use super::{any_json, deep_json, fuzzed_text, object, valid_text};

/// Generates the values of an article, of which this share is invalid, in percent.
#[derive(Clone, Copy)]
struct Generator(u32);

/// Generates articles with any share of invalid values, from none to many.
pub(crate) fn article() -> BoxedStrategy<Json> {
    prop_oneof![
        2 => article_with(Generator(2)),
        2 => article_with(Generator(12)),
        1 => article_with(Generator(40)),
    ]
    .boxed()
}

/// Generates valid articles.
pub(crate) fn valid_article() -> BoxedStrategy<Json> {
    article_with(Generator(0))
}

/// Returns a reference with this id and publisher.
pub(crate) fn reference(id: &str, publisher: &str) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    object(vec![
        ("id".to_owned(), text(id)),
        ("title".to_owned(), text("A source")),
        ("publisher".to_owned(), text(publisher)),
    ])
}

impl Generator {
    /// Generates the expected value, or sometimes another one.
    fn or(self, expected: BoxedStrategy<Json>) -> BoxedStrategy<Json> {
        match self.0 {
            0 => expected,
            share => prop_oneof![100 - share => expected, share => any_json()].boxed(),
        }
    }

    /// Generates a good value if all must be valid, otherwise sometimes the bad one.
    fn choose(self, good: BoxedStrategy<Json>, bad: BoxedStrategy<Json>) -> BoxedStrategy<Json> {
        match self.0 {
            0 => good,
            _ => prop_oneof![3 => good, 1 => bad].boxed(),
        }
    }

    fn inline(self) -> BoxedStrategy<Json> {
        self.choose(valid_text().prop_map(Json::Text).boxed(), fuzzed_text().prop_map(Json::Text).boxed())
    }

    fn plain(self) -> BoxedStrategy<Json> {
        self.choose(
            one_of(&["A title", "标题", "عنوان", "Reuters", "a * b"]),
            fuzzed_text().prop_map(Json::Text).boxed(),
        )
    }

    fn url(self) -> BoxedStrategy<Json> {
        self.choose(
            one_of(&[
                "https://a.example/x?y=1#z",
                "/a.svg",
                "images/a.svg",
                "//cdn.example/a",
                "https://例え.example/日本",
            ]),
            one_of(&[
                "javascript:alert(1)",
                "data:text/html,x",
                "https://u:p@a.example",
                "ja\nvascript:x",
                "",
                "https://",
            ]),
        )
    }

    fn moment(self) -> BoxedStrategy<Json> {
        self.choose(
            one_of(&[
                "2026-03-04",
                "2026-03-04T14:15:00Z",
                "2026-03-04 14:15",
                "2024-02-29T23:59:60.5-11:30",
                "2026-03-04T09:35:33-0400",
                "2026-03-04T09:35:33,1234567890123+02",
                "20260304T093533Z",
                "20260304T24:00",
                "2026-03-04T09:35:33+01:00[Europe/Paris]",
                "2026-03-04 09:35:33 CET",
                "Wed, 04 Mar 2026 09:35:33 −0400",
                "4 March 26",
                "2026-03",
                "2026",
            ]),
            one_of(&["soon", "2026-02-30", "2026-03-04T25:00", "1772633700"]),
        )
    }

    fn language(self) -> BoxedStrategy<Json> {
        self.choose(one_of(&["en", "zh-Hans", "ar", "pt_BR"]), one_of(&["english", "x", "de-"]))
    }

    fn id(self, given: String) -> BoxedStrategy<Json> {
        self.choose(
            Just(Json::Text(given)).boxed(),
            one_of(&["r1", "p1", "p2", "k1", "title", "a b", "x]", "7", "p1'"]),
        )
    }

    fn count(self) -> BoxedStrategy<Json> {
        self.choose(
            (1_u32..2_000).prop_map(|count| Json::Number(count.into())).boxed(),
            select(&[0.0, -1.0, 2.5, 1e12][..]).prop_map(Json::Number).boxed(),
        )
    }

    fn seconds(self) -> BoxedStrategy<Json> {
        self.choose(
            (0_u32..90_000).prop_map(|tenths| Json::Number(f64::from(tenths) / 10.0)).boxed(),
            select(&[-1.0, 1e300, 5e-324, 0.0][..]).prop_map(Json::Number).boxed(),
        )
    }

    /// Generates a list, sometimes of an invalid length.
    fn list(
        self,
        good: std::ops::Range<usize>,
        item: impl Fn(usize) -> BoxedStrategy<Json>,
    ) -> BoxedStrategy<Json> {
        let items: Vec<_> = (1..good.end).map(|number| self.or(item(number))).collect();
        let lengths = if self.0 == 0 { good } else { 0..good.end };
        (items, lengths)
            .prop_map(|(mut items, length)| {
                items.truncate(length);
                Json::List(items)
            })
            .boxed()
    }

    /// Generates an object with these keys, each with the percentage of its presence.
    fn object(self, fields: Vec<(&'static str, u32, BoxedStrategy<Json>)>) -> BoxedStrategy<Json> {
        let values: Vec<_> = fields
            .iter()
            .map(|(_, often, value)| {
                let often = if *often == 100 { 100 - self.0 / 4 } else { *often };
                match often {
                    0 => Just(None).boxed(),
                    100 => self.or(value.clone()).prop_map(Some).boxed(),
                    often => prop::option::weighted(f64::from(often) / 100.0, self.or(value.clone())).boxed(),
                }
            })
            .collect();
        let keys: Vec<&str> = fields.iter().map(|(key, ..)| *key).collect();
        let extra = match self.0 {
            0 => Just(None).boxed(),
            share => prop::option::weighted(f64::from(share) / 100.0, deep_json()).boxed(),
        };
        (values, extra)
            .prop_map(move |(values, extra)| {
                let given =
                    keys.iter().zip(values).filter_map(|(key, value)| Some(((*key).to_owned(), value?)));
                object(given.chain(extra.map(|extra| ("_extra".to_owned(), extra))).collect())
            })
            .boxed()
    }
}

fn one_of(texts: &'static [&'static str]) -> BoxedStrategy<Json> {
    select(texts).prop_map(|text| Json::Text(text.to_owned())).boxed()
}

fn flag() -> BoxedStrategy<Json> {
    any::<bool>().prop_map(Json::Bool).boxed()
}

fn article_with(generator: Generator) -> BoxedStrategy<Json> {
    generator.object(vec![
        ("format", 100, one_of(&["briefing"])),
        ("version", 100, one_of(&["1.0", "1.7"])),
        ("id", 50, generator.id("2026-talks".to_owned())),
        ("url", 50, generator.url()),
        ("lang", 50, generator.language()),
        ("category", 50, generator.plain()),
        ("title", 100, generator.plain()),
        ("summary", 50, generator.inline()),
        ("published", 50, generator.moment()),
        ("updated", 30, generator.moment()),
        ("authors", 50, generator.list(1..4, |_| generator.plain())),
        ("source_count", 30, generator.count()),
        ("image", 30, image(generator)),
        ("key_points", 60, generator.list(1..5, |number| key_point(generator, number))),
        ("body", 100, generator.list(1..8, |number| block(generator, number))),
        ("references", 100, generator.list(1..5, |number| reference_with(generator, number))),
        ("audio", 40, audio(generator)),
        ("next", 30, generator.object(vec![("url", 100, generator.url()), ("title", 60, generator.plain())])),
        ("link_mentions", 20, flag()),
    ])
}

fn image(generator: Generator) -> BoxedStrategy<Json> {
    generator.object(vec![
        ("url", 100, generator.url()),
        ("alt", 100, one_of(&["", "A lighthouse"])),
        ("width", 50, generator.count()),
        ("height", 50, generator.count()),
        ("caption", 50, generator.inline()),
        ("credit", 50, generator.plain()),
    ])
}

fn key_point(generator: Generator, number: usize) -> BoxedStrategy<Json> {
    let whole = generator.object(vec![
        ("id", 70, generator.id(format!("point-{number}"))),
        ("text", 100, generator.inline()),
        ("detail", 50, generator.list(1..3, |_| generator.inline())),
        // The first block has this id unless it sets another.
        (
            "supports",
            if generator.0 == 0 { 0 } else { 50 },
            generator.list(1..3, |_| one_of(&["block-1", "block-2", "p1"])),
        ),
    ]);
    prop_oneof![generator.inline(), whole].boxed()
}

fn block(generator: Generator, number: usize) -> BoxedStrategy<Json> {
    let of = |kind: &'static [&'static str], fields: Vec<(&'static str, u32, BoxedStrategy<Json>)>| {
        let common = vec![
            ("id", 70, generator.id(format!("block-{number}"))),
            ("type", 100, one_of(kind)),
            ("link_mentions", 10, flag()),
        ];
        generator.object(common.into_iter().chain(fields).collect())
    };
    let figure = || select(&[0.0, 2026.0, -0.25, 1e21, 12.5][..]).prop_map(Json::Number);
    let cells = || generator.list(2..3, |_| prop_oneof![3 => generator.inline(), 1 => figure()].boxed());
    let mut kinds = vec![
        generator.inline(),
        of(&["paragraph"], vec![("text", 100, generator.inline())]),
        of(
            &["heading"],
            vec![
                ("text", 100, generator.inline()),
                ("level", 60, (2_u8..5).prop_map(|n| Json::Number(n.into())).boxed()),
            ],
        ),
        of(&["list"], vec![("ordered", 50, flag()), ("items", 100, items(generator, 3))]),
        of(
            &["quote"],
            vec![
                ("text", 100, generator.inline()),
                ("attribution", 50, generator.inline()),
                ("url", 50, generator.url()),
            ],
        ),
        of(&["code"], vec![("text", 100, generator.plain()), ("language", 50, generator.plain())]),
        of(
            &["table"],
            vec![
                ("caption", 50, generator.inline()),
                ("header", 70, cells()),
                ("rows", 100, generator.list(1..4, |_| cells())),
            ],
        ),
        of(
            &["embed_link"],
            vec![
                ("url", 100, generator.url()),
                ("title", 100, generator.plain()),
                ("description", 50, generator.plain()),
                ("publisher", 50, generator.plain()),
            ],
        ),
        of(
            &["image"],
            vec![
                ("url", 100, generator.url()),
                ("alt", 100, generator.plain()),
                ("caption", 50, generator.inline()),
                ("credit", 50, generator.plain()),
                ("width", 50, generator.count()),
                ("height", 50, generator.count()),
            ],
        ),
    ];
    if generator.0 > 0 {
        kinds.push(of(
            &["poll", "video", ""],
            vec![("text", 50, generator.inline()), ("caption", 50, generator.plain())],
        ));
    }
    proptest::strategy::Union::new(kinds).boxed()
}

fn items(generator: Generator, depth: usize) -> BoxedStrategy<Json> {
    let item = move |_| match depth {
        0 => generator.inline(),
        _ => {
            let whole = generator.object(vec![
                ("text", 100, generator.inline()),
                ("ordered", 20, flag()),
                ("items", 30, items(generator, depth - 1)),
            ]);
            prop_oneof![3 => generator.inline(), 1 => whole].boxed()
        }
    };
    let lengths = if generator.0 == 0 { 1..4 } else { 0..4 };
    prop::collection::vec(generator.or(item(0)), lengths).prop_map(Json::List).boxed()
}

fn reference_with(generator: Generator, number: usize) -> BoxedStrategy<Json> {
    generator.object(vec![
        ("id", 100, generator.id(format!("r{number}"))),
        ("title", 100, generator.plain()),
        ("publisher", 80, one_of(&["Reuters", "量子位", "رويترز", "Nikkei"])),
        ("aliases", 20, generator.list(1..3, |_| generator.plain())),
        ("mention", 40, generator.choose(one_of(&["always", "never"]), one_of(&["sometimes"]))),
        ("url", 80, generator.url()),
        ("authors", 30, generator.list(1..3, |_| generator.plain())),
        ("published", 50, generator.moment()),
        ("lang", 50, generator.language()),
        ("kind", 50, generator.choose(kind_of_reference(), one_of(&["rumour"]))),
        ("excerpt", 50, generator.plain()),
        ("archive_url", 20, generator.url()),
    ])
}

fn kind_of_reference() -> BoxedStrategy<Json> {
    select(&ReferenceKind::NAMES[..]).prop_map(|(name, _)| Json::Text(name.to_owned())).boxed()
}

fn audio(generator: Generator) -> BoxedStrategy<Json> {
    let source = generator
        .object(vec![("url", 100, generator.url()), ("type", 60, one_of(&["audio/mpeg", "audio/ogg"]))]);
    // No passage of a valid article starts later.
    let last = Just(Json::Number(9_000.0)).boxed();
    let word = (generator.choose(last, generator.seconds()), generator.plain());
    let word = generator.or(word.prop_map(|(start, text)| Json::List(vec![start, text])).boxed());
    let timing = generator.object(vec![
        (
            "target",
            100,
            generator
                .choose(one_of(&["title", "summary"]), one_of(&["p1", "k1", "block-2", "nobody", "point-1"])),
        ),
        ("start", 100, generator.seconds()),
        ("end", if generator.0 == 0 { 0 } else { 60 }, generator.seconds()),
        ("estimated", 20, flag()),
        ("words", 40, generator.list(1..4, |_| word.clone())),
    ]);
    generator.object(vec![
        ("sources", 80, generator.list(1..3, |_| source.clone())),
        ("duration", 60, generator.seconds()),
        ("segments", 60, generator.list(1..8, |_| timing.clone())),
        ("timings_url", 20, generator.url()),
    ])
}
