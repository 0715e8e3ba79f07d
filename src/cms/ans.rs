//! Arc XP: a story in [ANS](https://github.com/washingtonpost/ans-schema), or a list of them.
//!
//! `docs/cms/arc-ans.md` maps its fields to the article.

use super::context::{Context, block};
use super::converter::{Converter, nested_items, quoted, table};
use super::embargo;
use super::item::pick;
use super::members::{embedded_briefing, identifier, image, names, pixels};
use super::values::{first_text, words};
use super::{Content, NotAnArticle};
use crate::article::{
    Audio, AudioSource, BlockKind, Code, EmbedLink, Heading, Image, Inline, Json, Language, ListItem, Moment,
    Path, Quote, RichText, Text,
};
use crate::cms::lists;

/// Detects the format by `type` and a `version` of ANS, which begins with `0.`, beside members that stories
/// have. The headlines of ANS are an object, those of ninjs a list.
pub(super) fn matches(json: &Json) -> bool {
    let is_ans = words(json.get("version")).starts_with("0.") && json.get("type").as_text().is_some();
    let has_elements = matches!(json.get("content_elements"), Json::List(_));
    is_ans && (has_elements || json.get("headlines").is_object())
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    let is_list = matches!(words(json.get("type")), "results" | "collection");
    let elements = Path::Root.key("content_elements");
    let (story, path) = if is_list {
        let stories = json.get("content_elements").as_list();
        let (place, story) = pick(stories, "_id slug canonical_url", context)?;
        (story, elements.index(place))
    } else {
        (json, Path::Root)
    };
    check_status(story, context)?;
    let briefing = embedded_briefing(story.get("additional_properties"), context);
    let converter = match Converter::with_briefing(context, briefing) {
        Ok(converter) => converter,
        Err(embedded) => return Ok(embedded),
    };
    let mut reader = Reader { converter, depth: 0 };
    reader.head(story, &path);
    reader.elements(story, &path);
    Ok(reader.converter.finish())
}

fn check_status(story: &Json, context: &Context<'_>) -> Result<(), NotAnArticle> {
    if story.at(&["revision", "published"]) == &Json::Bool(false) {
        return Err(NotAnArticle::Draft);
    }
    let embargo = story.at(&["content_restrictions", "embargo"]);
    if embargo.get("active") != &Json::Bool(true) {
        return Ok(());
    }
    match embargo.get("end_time") {
        end @ Json::Text(_) => embargo::check(end, context),
        _ => Err(NotAnArticle::Embargoed("further notice".to_owned())),
    }
}

struct Reader<'c, 'a> {
    converter: Converter<'c, 'a>,
    /// How many groups of elements are open.
    depth: usize,
}

impl Reader<'_, '_> {
    fn head(&mut self, story: &Json, path: &Path) {
        let converter = &mut self.converter;
        let moment = |keys: &str| first_text(story, keys).and_then(Moment::parse);
        converter.article.id = identifier(story.get("_id"));
        if let Some(url) = first_text(story, "canonical_url website_url") {
            converter.article.url = converter.context.url(&path.key("canonical_url").write(), url);
            converter.context.base = converter.article.url.clone().or_else(|| converter.context.base.take());
        }
        converter.article.lang = first_text(story, "language locale").and_then(Language::parse);
        let headlines = path.key("headlines");
        let title = first_text(story.get("headlines"), "basic web mobile print");
        converter.article.title = converter.html_plain(&headlines, title.unwrap_or_default());
        for member in ["subheadlines", "description"] {
            if let (true, Some(summary)) =
                (converter.article.summary.is_empty(), story.at(&[member, "basic"]).as_text())
            {
                converter.article.summary = converter.context.rich(&path.key(member).write(), summary);
            }
        }
        let label = story.at(&["label", "basic"]);
        let label = label.get("text").as_text().filter(|_| label.get("display") != &Json::Bool(false));
        let taxonomy = story.get("taxonomy");
        let sections = [taxonomy.get("primary_section"), super::values::item(taxonomy.get("sections"), 0)];
        let category = label.or_else(|| sections.iter().find_map(|section| section.get("name").as_text()));
        let category = category.map(|name| converter.html_plain(&path.key("label"), name));
        converter.article.category = category;
        converter.article.published = moment("display_date publish_date first_publish_date");
        converter.article.updated = moment("last_updated_date");
        // Authors who were not sent along have no name.
        let authors = names(story.at(&["credits", "by"]));
        let authors = authors.iter().map(|name| converter.html_plain(&path.key("credits"), name));
        converter.article.authors = authors.collect();
        let promo = path.key("promo_items");
        let lead = ["lead_art", "basic"].iter().map(|key| story.at(&["promo_items", key]));
        let lead = lead.into_iter().find(|item| item.get("type").as_text() == Some("image"));
        self.converter.article.image = lead.and_then(|item| self.image(item, &promo));
        self.recording(story, path);
    }

    /// Reads the recording of the text, in each of its encodings.
    fn recording(&mut self, story: &Json, path: &Path) {
        let path = path.key("voice_transcripts");
        let outputs =
            story.get("voice_transcripts").as_list().iter().map(|transcript| transcript.get("output"));
        for stream in outputs.flat_map(|output| output.get("streams").as_list()) {
            let Some(url) = self.converter.link(&path, stream.get("url")) else { continue };
            let media_type = first_text(stream, "type mime_type");
            let media_type = media_type.filter(|name| name.starts_with("audio/")).map(Text::from);
            let audio = self.converter.article.audio.get_or_insert_with(Audio::default);
            audio.sources.push(AudioSource { url, media_type });
        }
    }

    fn image(&mut self, item: &Json, path: &Path) -> Option<Image> {
        let url = self.converter.link(path, item.get("url"))?;
        let credits = item.get("credits");
        let credit: Vec<Text> =
            [credits.get("by"), credits.get("affiliation")].into_iter().flat_map(names).collect();
        let caption = first_text(item, "caption subtitle").unwrap_or_default();
        let caption = self.converter.context.rich(&path.write(), caption);
        let alt = item.get("alt_text").as_text().map(|alt| self.converter.html_plain(path, alt));
        Some(Image {
            alt: alt.unwrap_or_default(),
            width: pixels(item.get("width")),
            height: pixels(item.get("height")),
            caption,
            credit: (!credit.is_empty()).then(|| credit.join(", ").into()),
            ..image(url)
        })
    }

    fn elements(&mut self, json: &Json, path: &Path) {
        let path = path.key("content_elements");
        for (place, element) in json.get("content_elements").as_list().iter().enumerate() {
            self.element(element, &path.index(place));
        }
    }

    fn element(&mut self, element: &Json, path: &Path) {
        match words(element.get("type")) {
            "text" | "raw_html" => self.converter.html(&path.key("content"), words(element.get("content"))),
            "header" => {
                let text = self.rich(element, path);
                if !text.is_empty() {
                    let level = super::values::whole_number(element.get("level")).unwrap_or(2).clamp(2, 4);
                    let level = u8::try_from(level).unwrap_or(2);
                    self.converter.push(BlockKind::Heading(Heading { level, text }));
                }
            }
            "list" => {
                let is_ordered = |list: &Json| words(list.get("list_type")) == "ordered";
                let text_of = &mut |item: &Json, path: &Path| {
                    let text = self.rich(item, path);
                    let kind = item.get("type");
                    if text.is_empty() && words(kind) != "text" {
                        self.converter
                            .warn(path, &["cannot be shown in a list and was left out: ", &quoted(kind)]);
                    }
                    text
                };
                let items = nested_items(element, "items", path, is_ordered, text_of);
                self.list(is_ordered(element), items);
            }
            "quote" | "blockquote" => self.quote(element, path),
            "image" => match self.image(element, path) {
                Some(image) => self.converter.push(BlockKind::Image(image)),
                None => self.converter.warn(path, &["is a picture without an address; it was left out"]),
            },
            "gallery" | "element_group" => self.group(element, path),
            "table" => self.table(element, path),
            "link_list" => self.links(element, path),
            "interstitial_link" => {
                let link = self.linked(element, path);
                if !link.is_empty() {
                    self.converter.push(BlockKind::paragraph(link));
                }
            }
            "oembed_response" => self.oembed(element.get("raw_oembed"), path),
            "video" | "audio" | "story" | "custom_embed" => self.embed(element, path),
            "code" => self.code(element),
            "correction" | "endorsement" => {
                let text = first_text(element, "text endorsement").unwrap_or_default();
                self.converter.html(&path.key("text"), text);
            }
            "divider" => {}
            "reference" => {
                self.converter.warn(path, &["is a reference to content that was not sent; it was left out"]);
            }
            _ => self.unknown(element, path),
        }
    }

    /// Adds the text of an element of unknown type.
    fn unknown(&mut self, element: &Json, path: &Path) {
        let kind = quoted(element.get("type"));
        match element.get("content").as_text() {
            Some(html) => {
                self.converter.warn(path, &["unknown element type ", &kind, "; only its text is shown"]);
                self.converter.html(&path.key("content"), html);
            }
            None => self.converter.warn(path, &["unknown element type ", &kind, "; it was left out"]),
        }
    }

    /// Returns the `content` of an element as inline text.
    fn rich(&mut self, element: &Json, path: &Path) -> RichText {
        self.converter.context.rich(&path.key("content").write(), words(element.get("content")))
    }

    fn list(&mut self, ordered: bool, items: Vec<ListItem>) {
        if !items.is_empty() {
            self.converter.push(lists::list(ordered, items));
        }
    }

    fn quote(&mut self, element: &Json, path: &Path) {
        let mut text = self.rich(element, path);
        let path_of_parts = path.key("content_elements");
        for (place, part) in element.get("content_elements").as_list().iter().enumerate() {
            let path = path_of_parts.index(place);
            // A list contributes its items, each on a line of its own.
            for part in [part].into_iter().chain(part.get("items").as_list()) {
                let part = self.rich(part, &path);
                super::html::push_line(&mut text, part);
            }
        }
        let attribution = self.rich(element.get("citation"), &path.key("citation"));
        if !text.is_empty() {
            self.converter.push(BlockKind::Quote(Quote { text, attribution, url: None }));
        }
    }

    /// Adds a gallery or a group: its heading, description and elements.
    fn group(&mut self, element: &Json, path: &Path) {
        const DEEPEST: usize = 8;
        if self.depth == DEEPEST {
            return self.converter.warn(path, &["is too deeply nested in other groups; it was left out"]);
        }
        let title = [element.get("title"), element.get("headlines")];
        let title = title.iter().find_map(|title| first_text(title, "content basic"));
        let text = self.converter.context.rich(&path.key("title").write(), title.unwrap_or_default());
        if !text.is_empty() {
            self.converter.push(BlockKind::Heading(Heading { level: 3, text }));
        }
        let description = element.at(&["description", "basic"]).as_text().unwrap_or_default();
        self.converter.html(&path.key("description"), description);
        self.depth += 1;
        self.elements(element, path);
        self.depth -= 1;
    }

    fn table(&mut self, element: &Json, path: &Path) {
        let header = self.cells(element.get("header"), &path.key("header"));
        let path = path.key("rows");
        let mut rows = Vec::new();
        for (place, row) in element.get("rows").as_list().iter().enumerate() {
            rows.push(self.cells(row, &path.index(place)));
        }
        self.converter.article.body.extend(table(header, rows).map(|table| block(BlockKind::Table(table))));
    }

    fn cells(&mut self, row: &Json, path: &Path) -> Vec<RichText> {
        let cells = row.as_list().iter().enumerate();
        cells.map(|(place, cell)| self.rich(cell, &path.index(place))).collect()
    }

    /// Adds links for further reading as a list with a heading.
    fn links(&mut self, element: &Json, path: &Path) {
        let text = self.converter.context.rich(&path.key("title").write(), words(element.get("title")));
        if !text.is_empty() {
            self.converter.push(BlockKind::Heading(Heading { level: 3, text }));
        }
        let path = path.key("items");
        let mut items = Vec::new();
        for (place, item) in element.get("items").as_list().iter().enumerate() {
            let text = self.linked(item, &path.index(place));
            if !text.is_empty() {
                items.push(ListItem { text, ..ListItem::default() });
            }
        }
        self.list(false, items);
    }

    /// Returns a link with its description.
    fn linked(&mut self, item: &Json, path: &Path) -> RichText {
        let words = self.rich(item, path).plain_text();
        let text = match self.converter.link(&path.key("url"), item.get("url")) {
            Some(url) => {
                let words = if words.is_empty() { url.to_text() } else { words.into() };
                RichText(vec![Inline::Link { text: vec![Inline::Text(words)], url }])
            }
            None => RichText::plain(words),
        };
        let description = item.at(&["description", "basic"]).as_text().unwrap_or_default();
        let description = self.converter.context.rich(&path.key("description").write(), description);
        let mut all = text;
        super::html::push_line(&mut all, description);
        all
    }

    /// Adds embedded content from its oEmbed data: a link to its page, or the HTML of its frame if there is
    /// no address.
    fn oembed(&mut self, oembed: &Json, path: &Path) {
        let path = path.key("raw_oembed");
        let Some(url) = self.converter.link(&path.key("url"), oembed.get("url")) else {
            return self.converter.html(&path.key("html"), words(oembed.get("html")));
        };
        let title = oembed.get("title").as_text().map(|title| self.converter.html_plain(&path, title));
        let title = title.filter(|title| !title.is_empty()).unwrap_or_else(|| url.to_text());
        let publisher = oembed.get("provider_name").as_text().map(Text::from);
        // The HTML of a post contains its text.
        let html = oembed.get("html").as_text().filter(|html| html.contains("<blockquote"));
        let description = html.map(|html| self.converter.html_plain(&path, html));
        let description = description.filter(|words| !words.is_empty());
        self.converter.push(BlockKind::EmbedLink(EmbedLink { url, title, description, publisher }));
    }

    /// Adds a link to a video, a recording, another story or an embed of the site's own.
    fn embed(&mut self, element: &Json, path: &Path) {
        let embed = element.get("embed");
        let stream = super::values::item(element.get("streams"), 0);
        let candidates =
            [element.get("canonical_url"), element.get("url"), embed.get("url"), stream.get("url")];
        let Some(url) = candidates.into_iter().find_map(|place| self.converter.link(path, place)) else {
            let kind = quoted(element.get("type"));
            return self.converter.warn(path, &["has no address and was left out: ", &kind]);
        };
        let titles =
            [element.at(&["headlines", "basic"]), embed.at(&["config", "title"]), embed.get("title")];
        let title = titles.iter().find_map(|title| title.as_text());
        let title = title.map_or_else(|| url.to_text(), |title| self.converter.html_plain(path, title));
        let description = element.at(&["description", "basic"]).as_text();
        let description = description.map(|text| self.converter.html_plain(path, text));
        self.converter.push(BlockKind::EmbedLink(EmbedLink { url, title, description, publisher: None }));
    }

    fn code(&mut self, element: &Json) {
        let text = words(element.get("content"));
        if !text.trim().is_empty() {
            let language = element.get("language").as_text().map(Text::from);
            self.converter.push(BlockKind::Code(Code { text: text.into(), language }));
        }
    }
}
