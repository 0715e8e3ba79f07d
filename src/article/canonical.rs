//! Writes an article as a tree of canonical JSON, which an adapter's WebAssembly module passes to the widget.
//! `write.rs` writes the same with `serde`; a property test compares the two.

use super::{
    Article, Audio, Block, BlockKind, Image, Json, KeyPoint, ListItem, Mention, Reference, RichText, Text,
    Timing, Url,
};

/// The members of an object that is being written. Absent values are omitted.
struct Members(Vec<(String, Json)>);

impl Members {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn add(&mut self, name: &str, value: Json) {
        self.0.push((name.to_owned(), value));
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(name, Json::Text(value.to_owned()));
        }
    }

    fn url(&mut self, name: &str, value: Option<&Url>) {
        self.text(name, value.map(Url::as_str));
    }

    fn number(&mut self, name: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.add(name, Json::Number(value));
        }
    }

    fn list(&mut self, name: &str, list: Vec<Json>) {
        if !list.is_empty() {
            self.add(name, Json::List(list));
        }
    }

    fn texts(&mut self, name: &str, texts: &[Text]) {
        self.list(name, texts.iter().map(|text| Json::Text(String::from(&**text))).collect());
    }

    fn flag(&mut self, name: &str, value: bool, default: bool) {
        if value != default {
            self.add(name, Json::Bool(value));
        }
    }
}

impl Article {
    /// Returns the article as canonical JSON. Citations name references by id, so that they stay right when
    /// other references are added.
    #[must_use]
    pub fn to_canonical(&self) -> Json {
        let ids: Vec<Text> = self.references.iter().map(|reference| Text::clone(&reference.id)).collect();
        let writer = Writer { ids: &ids };
        let mut members = Members::new();
        members.text("format", Some("briefing"));
        members.text("version", Some("1.0"));
        members.text("id", self.id.as_deref());
        members.url("url", self.url.as_ref());
        members.text("lang", self.lang.as_ref().map(|lang| lang.as_str()));
        members.text("category", self.category.as_deref());
        members.text("title", Some(&self.title));
        writer.rich(&mut members, "summary", &self.summary);
        members.text("published", self.published.as_ref().map(|moment| moment.as_str()));
        members.text("updated", self.updated.as_ref().map(|moment| moment.as_str()));
        members.texts("authors", &self.authors);
        members.number("source_count", self.source_count.map(f64::from));
        if let Some(image) = &self.image {
            let mut inner = Members::new();
            writer.image(&mut inner, image);
            members.add("image", Json::Object(inner.0));
        }
        members.list("key_points", self.key_points.iter().map(|point| writer.key_point(point)).collect());
        members.list("body", self.body.iter().map(|block| writer.block(block)).collect());
        members.list("references", self.references.iter().map(reference).collect());
        if let Some(audio) = &self.audio {
            members.add("audio", self::audio(audio));
        }
        if let Some(next) = &self.next {
            let mut inner = Members::new();
            inner.url("url", Some(&next.url));
            inner.text("title", next.title.as_deref());
            members.add("next", Json::Object(inner.0));
        }
        members.flag("link_mentions", self.link_mentions, true);
        Json::Object(members.0)
    }
}

/// The writer of inline text.
struct Writer<'a> {
    /// The ids of the references, by index.
    ids: &'a [Text],
}

impl Writer<'_> {
    fn source(&self, text: &RichText) -> Json {
        Json::Text(text.to_source_by_id(self.ids))
    }

    fn sources(&self, texts: &[RichText]) -> Vec<Json> {
        texts.iter().map(|text| self.source(text)).collect()
    }

    fn rich(&self, members: &mut Members, name: &str, text: &RichText) {
        if !text.is_empty() {
            members.add(name, self.source(text));
        }
    }

    fn key_point(&self, point: &KeyPoint) -> Json {
        let mut members = Members::new();
        members.text("id", Some(&point.id).filter(|id| !id.is_empty()).map(|id| &**id));
        members.add("text", self.source(&point.text));
        members.list("detail", self.sources(&point.detail));
        members.texts("supports", &point.supports);
        Json::Object(members.0)
    }

    fn image(&self, members: &mut Members, image: &Image) {
        members.url("url", Some(&image.url));
        members.text("alt", Some(&image.alt));
        members.number("width", image.width.map(f64::from));
        members.number("height", image.height.map(f64::from));
        self.rich(members, "caption", &image.caption);
        members.text("credit", image.credit.as_deref());
    }

    fn block(&self, block: &Block) -> Json {
        let mut members = Members::new();
        members.text("id", Some(&block.id).filter(|id| !id.is_empty()).map(|id| &**id));
        match &block.kind {
            BlockKind::Paragraph(paragraph) => {
                members.text("type", Some("paragraph"));
                members.add("text", self.source(&paragraph.text));
            }
            BlockKind::Heading(heading) => {
                members.text("type", Some("heading"));
                members.number("level", Some(f64::from(heading.level)));
                members.add("text", self.source(&heading.text));
            }
            BlockKind::List(list) => {
                members.text("type", Some("list"));
                members.flag("ordered", list.ordered, false);
                members.add("items", self.items(&list.items));
            }
            BlockKind::Quote(quote) => {
                members.text("type", Some("quote"));
                members.add("text", self.source(&quote.text));
                self.rich(&mut members, "attribution", &quote.attribution);
                members.url("url", quote.url.as_ref());
            }
            BlockKind::Image(image) => {
                members.text("type", Some("image"));
                self.image(&mut members, image);
            }
            BlockKind::Code(code) => {
                members.text("type", Some("code"));
                members.text("text", Some(&code.text));
                members.text("language", code.language.as_deref());
            }
            BlockKind::Table(table) => {
                members.text("type", Some("table"));
                self.rich(&mut members, "caption", &table.caption);
                members.list("header", self.sources(&table.header));
                members.list("rows", table.rows.iter().map(|row| Json::List(self.sources(row))).collect());
            }
            BlockKind::EmbedLink(link) => {
                members.text("type", Some("embed_link"));
                members.url("url", Some(&link.url));
                members.text("title", Some(&link.title));
                members.text("description", link.description.as_deref());
                members.text("publisher", link.publisher.as_deref());
            }
        }
        members.flag("link_mentions", block.link_mentions, true);
        Json::Object(members.0)
    }

    fn items(&self, items: &[ListItem]) -> Json {
        let item = |item: &ListItem| {
            let mut members = Members::new();
            members.add("text", self.source(&item.text));
            if let Some(ordered) = item.ordered {
                members.add("ordered", Json::Bool(ordered));
            }
            if !item.items.is_empty() {
                members.add("items", self.items(&item.items));
            }
            Json::Object(members.0)
        };
        Json::List(items.iter().map(item).collect())
    }
}

fn reference(reference: &Reference) -> Json {
    let mut members = Members::new();
    members.text("id", Some(&reference.id).filter(|id| !id.is_empty()).map(|id| &**id));
    members.text("title", Some(&reference.title));
    members.text("publisher", reference.publisher.as_deref());
    members.texts("aliases", &reference.aliases);
    members.text(
        "mention",
        reference.mention.map(|mention| match mention {
            Mention::Always => "always",
            Mention::Never => "never",
        }),
    );
    members.url("url", reference.url.as_ref());
    members.texts("authors", &reference.authors);
    members.text("published", reference.published.as_ref().map(|moment| moment.as_str()));
    members.text("lang", reference.lang.as_ref().map(|lang| lang.as_str()));
    members.text("kind", reference.kind.map(|kind| kind.name()));
    members.text("excerpt", reference.excerpt.as_deref());
    members.url("archive_url", reference.archive_url.as_ref());
    Json::Object(members.0)
}

impl Timing {
    /// Returns the timing as canonical JSON.
    #[must_use]
    pub fn to_canonical(&self) -> Json {
        let mut members = Members::new();
        members.text("target", Some(&self.target));
        members.number("start", Some(self.start));
        members.number("end", self.end);
        members.flag("estimated", self.estimated, false);
        let word = |word: &super::TimedWord| {
            Json::List(vec![Json::Number(word.start), Json::Text(String::from(&*word.text))])
        };
        members.list("words", self.words.iter().map(word).collect());
        Json::Object(members.0)
    }
}

fn audio(audio: &Audio) -> Json {
    let mut members = Members::new();
    let source = |source: &super::AudioSource| {
        let mut members = Members::new();
        members.url("url", Some(&source.url));
        members.text("type", source.media_type.as_deref());
        Json::Object(members.0)
    };
    members.list("sources", audio.sources.iter().map(source).collect());
    members.number("duration", audio.duration);
    members.list("segments", audio.segments.iter().map(Timing::to_canonical).collect());
    members.url("timings_url", audio.timings_url.as_ref());
    Json::Object(members.0)
}
