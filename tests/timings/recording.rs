//! Generated articles in three languages and recordings of them, with typical recognition errors. They are
//! the same in every run.

use news_briefing::article::{Article, read_text};
use serde_json::{Value, json};

/// A pseudo-random number generator with the same sequence in every run (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    /// Returns a number from 0 to 1.
    pub(crate) fn fraction(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 53) as f64
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

/// The parts of sentences: subject, verb, object and time; and words of unrelated stories.
pub(crate) struct Vocabulary {
    pub(crate) name: &'static str,
    lang: &'static str,
    has_spaces: bool,
    subjects: &'static [&'static str],
    verbs: &'static [&'static str],
    objects: &'static [&'static str],
    times: &'static [&'static str],
    unrelated: &'static [&'static str],
}

pub(crate) const VOCABULARIES: [Vocabulary; 3] = [
    Vocabulary {
        name: "English",
        lang: "en",
        has_spaces: true,
        subjects: &[
            "the harbour board",
            "a group of shipowners",
            "the mayor of the old town",
            "two of the five unions",
            "the regional court",
            "a report by the ministry",
            "the owner of the ferry line",
            "the council",
            "an engineer who asked not to be named",
            "the insurance company",
            "a spokeswoman for the port",
            "the new head of customs",
            "most of the traders",
            "the families on the quay",
            "the company that runs the cranes",
            "the opposition",
            "researchers at the coast institute",
        ],
        verbs: &[
            "has rejected",
            "wants to delay",
            "is ready to pay for",
            "will vote on",
            "did not comment on",
            "has warned against",
            "welcomed",
            "put a price on",
            "plans to sell",
            "has taken over",
            "cannot explain",
            "was told about",
            "is suing over",
            "expects more from",
            "signed",
            "has lost sight of",
        ],
        objects: &[
            "the plan for a second terminal",
            "a loan of 40 million",
            "the strike that began in March",
            "new rules for small boats",
            "the repair of the eastern pier",
            "a contract with three suppliers",
            "the report on the accident",
            "higher fees for night berths",
            "the dredging of the channel",
            "a fund for the fishermen",
            "the sale of the warehouse",
            "cheaper electricity for ships at berth",
            "the search for the missing containers",
            "a bridge that nobody uses",
            "the school beside the lock",
            "the dispute about noise",
        ],
        times: &[
            "on Monday",
            "before the end of the month",
            "after a night of talks",
            "for the first time in ten years",
            "without giving a reason",
            "in a letter to the editor",
            "at a meeting on Thursday evening",
            "despite the rain",
            "until the court decides",
            "by a narrow margin",
            "as early as next week",
            "while the tide was low",
            "against the advice of its own experts",
            "in front of 300 people",
            "",
        ],
        unrelated: &[
            "garden",
            "violin",
            "seventeen",
            "whistle",
            "butter",
            "moreover",
            "Canada",
            "thin",
            "climbing",
            "paper",
            "orange",
            "subscribe",
            "today",
            "offer",
            "bank",
            "with",
            "and",
            "the",
            "a",
            "you",
            "of",
            "in",
            "to",
            "never",
            "bright",
        ],
    },
    Vocabulary {
        name: "German",
        lang: "de",
        has_spaces: true,
        subjects: &[
            "der Hafenrat",
            "eine Gruppe von Reedern",
            "die Bürgermeisterin der Altstadt",
            "zwei der fünf Gewerkschaften",
            "das Landgericht",
            "ein Bericht des Ministeriums",
            "der Eigentümer der Fährlinie",
            "der Stadtrat",
            "ein Ingenieur, der ungenannt bleiben will",
            "die Versicherung",
            "eine Sprecherin des Hafens",
            "der neue Leiter des Zolls",
            "ein Großteil der Händler",
            "die Familie am Kai",
            "das Unternehmen, das die Kräne betreibt",
            "die Opposition",
            "das Institut für Küstenforschung",
        ],
        verbs: &[
            "lehnt",
            "verschiebt",
            "bezahlt",
            "beschließt",
            "kommentiert",
            "kritisiert",
            "begrüßt",
            "verkauft",
            "übernimmt",
            "erklärt",
            "erwartet",
            "prüft",
            "verlangt",
            "unterschreibt",
            "vergisst",
            "verteidigt",
        ],
        objects: &[
            "den Plan für ein zweites Terminal",
            "einen Kredit über 40 Millionen",
            "den Streik, der im März begann",
            "neue Regeln für kleine Boote",
            "die Reparatur der Ostmole",
            "einen Vertrag mit drei Lieferanten",
            "den Bericht über den Unfall",
            "höhere Gebühren für Liegeplätze bei Nacht",
            "das Ausbaggern der Fahrrinne",
            "einen Fonds für die Fischer",
            "den Verkauf des Speichers",
            "billigeren Strom für Schiffe am Kai",
            "die Suche nach den vermissten Containern",
            "eine Brücke, die niemand benutzt",
            "die Schule neben der Schleuse",
            "den Streit über den Lärm",
        ],
        times: &[
            "am Montag",
            "noch vor Ende des Monats",
            "nach einer langen Verhandlungsnacht",
            "zum ersten Mal seit zehn Jahren",
            "ohne Angabe von Gründen",
            "in einem Brief an die Redaktion",
            "bei einem Treffen am Donnerstagabend",
            "trotz des Regens",
            "bis das Gericht entscheidet",
            "mit knapper Mehrheit",
            "schon in der nächsten Woche",
            "während das Wasser niedrig stand",
            "gegen den Rat der eigenen Fachleute",
            "vor 300 Zuhörern",
            "",
        ],
        unrelated: &[
            "Garten",
            "Geige",
            "siebzehn",
            "pfeifen",
            "Butter",
            "außerdem",
            "Kanada",
            "dünn",
            "klettern",
            "Papier",
            "Abonnement",
            "heute",
            "Angebot",
            "mit",
            "und",
            "der",
            "die",
            "das",
            "Sie",
            "von",
            "in",
            "zu",
            "niemals",
            "hell",
        ],
    },
    Vocabulary {
        name: "Chinese",
        lang: "zh",
        has_spaces: false,
        subjects: &[
            "港务局",
            "几家船东",
            "老城的市长",
            "五个工会中的两个",
            "地方法院",
            "交通部的一份报告",
            "渡轮公司的老板",
            "市议会",
            "一位不愿透露姓名的工程师",
            "保险公司",
            "港口发言人",
            "新任海关关长",
            "大部分商户",
            "码头边的居民",
            "负责起重机的企业",
            "反对派",
            "海岸研究所的学者",
        ],
        verbs: &[
            "否决了",
            "打算推迟",
            "愿意出资支持",
            "将就此表决",
            "没有评论",
            "警告要当心",
            "欢迎",
            "估算了",
            "计划出售",
            "接管了",
            "无法解释",
            "事先知道",
            "起诉了",
            "期待",
            "签署了",
            "忽视了",
        ],
        objects: &[
            "第二码头的规划",
            "四千万元的贷款",
            "三月开始的罢工",
            "小型船只的新规定",
            "东堤的修缮工程",
            "与三家供应商的合同",
            "事故调查报告",
            "夜间泊位的涨价",
            "航道的疏浚",
            "渔民基金",
            "仓库的出售",
            "靠泊船舶的低价电力",
            "失踪集装箱的搜寻",
            "一座无人使用的桥",
            "船闸旁边的学校",
            "关于噪音的争议",
        ],
        times: &[
            "周一",
            "在月底之前",
            "经过一夜谈判",
            "十年来第一次",
            "没有说明理由",
            "在给编辑部的信中",
            "在周四晚上的会议上",
            "尽管下着大雨",
            "直到法院作出裁决",
            "以微弱多数",
            "最早在下个星期",
            "趁着退潮",
            "不顾专家的反对",
            "当着三百人的面",
            "",
        ],
        unrelated: &[
            "花", "琴", "十", "七", "吹", "黄", "油", "而", "且", "拿", "薄", "爬", "纸", "今", "天", "的",
            "了", "是", "在", "和", "您", "从", "不", "亮",
        ],
    },
];

impl Vocabulary {
    /// Returns a sentence, or a shorter one for a heading.
    fn sentence(&self, random: &mut Random, is_heading: bool) -> String {
        let space = if self.has_spaces { " " } else { "" };
        let mut parts = vec![random.pick(self.subjects), random.pick(self.verbs), random.pick(self.objects)];
        if is_heading {
            parts.remove(0);
            return parts.join(space);
        }
        parts.insert(if self.has_spaces { 3 } else { 1 }, random.pick(self.times));
        parts.retain(|part| !part.is_empty());
        let mut sentence = parts.join(space);
        if self.has_spaces {
            let first = sentence.chars().next().unwrap();
            sentence.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
        }
        sentence + if self.has_spaces { "." } else { "。" }
    }

    /// Returns an article with this number of blocks, every sixth of them a heading.
    pub(crate) fn article(&self, blocks: usize, random: &mut Random) -> Article {
        let space = if self.has_spaces { " " } else { "" };
        let body: Vec<Value> = (0..blocks)
            .map(|index| {
                if index % 6 == 2 {
                    return json!({ "type": "heading", "level": 2, "text": self.sentence(random, true) });
                }
                let sentences = 2 + random.below(6);
                let sentences: Vec<String> = (0..sentences).map(|_| self.sentence(random, false)).collect();
                Value::String(sentences.join(space))
            })
            .collect();
        let article = json!({ "format": "briefing", "version": "1.0", "lang": self.lang, "link_mentions": false,
            "title": self.sentence(random, true), "body": body });
        read_text(&article.to_string()).article.unwrap()
    }

    /// Returns the words of a text, or its characters.
    fn words<'t>(&self, text: &'t str) -> Vec<&'t str> {
        if self.has_spaces {
            return text.split_whitespace().collect();
        }
        let is_said = |c: &(usize, char)| c.1.is_alphanumeric();
        text.char_indices().filter(is_said).map(|(at, c)| &text[at..at + c.len_utf8()]).collect()
    }
}

/// A recognised word, with its times.
#[derive(Clone)]
pub(crate) struct HeardWord {
    pub(crate) text: String,
    pub(crate) start: f64,
    pub(crate) end: f64,
}

/// A recording: the true start of each passage, and the words that a recogniser heard.
pub(crate) struct Recording {
    pub(crate) starts: Vec<(String, f64)>,
    pub(crate) heard: Vec<HeardWord>,
    pub(crate) duration: f64,
}

/// The flaws of a recording.
#[derive(Clone, Copy, Default)]
pub(crate) struct Flaws {
    /// The share of wrong words: of these, a third each is missing, replaced or inserted.
    pub(crate) wrong: f64,
    /// Seconds of unrelated speech at the start.
    pub(crate) before: f64,
    /// Seconds of unrelated speech in the middle.
    pub(crate) within: f64,
}

impl Recording {
    pub(crate) fn of(vocabulary: &Vocabulary, article: &Article, flaws: Flaws, random: &mut Random) -> Self {
        let mut recording = Self { starts: Vec::new(), heard: Vec::new(), duration: 0.0 };
        let mut now = recording.push_unrelated(vocabulary, 0.0, flaws.before, random);
        let passages: Vec<(String, String)> = [("title".to_owned(), article.title.to_string())]
            .into_iter()
            .chain(
                article
                    .body
                    .iter()
                    .map(|block| (block.id.to_string(), news_briefing::article::Spoken::spoken(block))),
            )
            .collect();
        for (index, (name, text)) in passages.iter().enumerate() {
            if index == passages.len() / 2 {
                now = recording.push_unrelated(vocabulary, now, flaws.within, random);
            }
            recording.starts.push((name.clone(), now));
            for word in vocabulary.words(text) {
                let end = now + vocabulary.seconds(word, random);
                recording.push_heard(vocabulary, word, now, end, flaws.wrong, random);
                now = end;
                if word.ends_with('.') {
                    now += 0.2 + 0.4 * random.fraction();
                }
            }
            now += 0.4 + 0.8 * random.fraction();
        }
        recording.duration = now;
        recording
    }

    /// Adds unrelated speech of this many seconds.
    fn push_unrelated(
        &mut self,
        vocabulary: &Vocabulary,
        from: f64,
        seconds: f64,
        random: &mut Random,
    ) -> f64 {
        let mut now = from;
        while now < from + seconds {
            let word = random.pick(vocabulary.unrelated);
            let end = now + vocabulary.seconds(word, random);
            self.heard.push(HeardWord { text: word.to_owned(), start: now, end });
            now = end;
        }
        now
    }

    fn push_heard(
        &mut self,
        vocabulary: &Vocabulary,
        word: &str,
        start: f64,
        end: f64,
        wrong: f64,
        random: &mut Random,
    ) {
        let mut push = |text: &str, start: f64, end: f64| {
            self.heard.push(HeardWord { text: text.to_owned(), start, end })
        };
        if random.fraction() >= wrong {
            return push(word, start, end);
        }
        match random.below(3) {
            0 => {}
            1 => push(random.pick(vocabulary.unrelated), start, end),
            _ => {
                let middle = (start + end) / 2.0;
                push(word, start, middle);
                push(random.pick(vocabulary.unrelated), middle, end);
            }
        }
    }

    /// Returns the words in OpenAI's format.
    pub(crate) fn words_json(&self) -> String {
        let words: Vec<Value> = self
            .heard
            .iter()
            .map(|heard| json!({ "word": heard.text, "start": heard.start, "end": heard.end }))
            .collect();
        json!({ "duration": self.duration, "words": words }).to_string()
    }

    /// Returns subtitles of this number of words each.
    pub(crate) fn phrases_json(&self, words: usize, vocabulary: &Vocabulary) -> String {
        let segments: Vec<Value> = self
            .heard
            .chunks(words)
            .map(|chunk| {
                let texts: Vec<&str> = chunk.iter().map(|heard| &*heard.text).collect();
                let text = texts.join(if vocabulary.has_spaces { " " } else { "" });
                json!({ "start": chunk[0].start, "end": chunk[chunk.len() - 1].end, "text": text })
            })
            .collect();
        json!({ "duration": self.duration, "segments": segments }).to_string()
    }
}

impl Vocabulary {
    /// Returns the duration of a word: 160 words a minute, longer for longer words, with random variation.
    fn seconds(&self, word: &str, random: &mut Random) -> f64 {
        let letters = word.chars().filter(|c| c.is_alphanumeric()).count() as f64;
        let seconds = if self.has_spaces { 0.1 + 0.055 * letters } else { 0.22 };
        seconds * (0.7 + 0.6 * random.fraction())
    }
}
