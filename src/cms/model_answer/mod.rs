//! Answers of language models: a text with the sources it cites, in the formats of several providers' APIs.
//!
//! - text with `url_citation` annotations (OpenAI's Responses, Chat Completions and threads, and compatible
//!   APIs): each names the part of the text that a source backs, or the mark that stands for the source;
//! - blocks of text with `citations` and their `cited_text` (Anthropic's Messages);
//! - text with numbers in brackets and a list of `citations` or `search_results` (Perplexity).
//!
//! Marks that a model leaves in the text, such as `【4:0†source】`, are never shown.
//!
//! `docs/cms/model-answer.md` maps its fields to the article.

mod annotate;
mod marks;

use super::briefing::embedded_briefing;
use super::context::{Context, excerpt};
use super::converter::{Converter, MarkdownOptions};
use super::members::moment;
use super::values::{first_text, is_among, item, words};
use super::{Content, NotAnArticle};
use crate::article::{Json, Moment, Path, Reference, Text, Url};

const GUIDE: &str = "model-answer";

/// Detects an answer by the lists that contain its text, by citations in them, or by the error of an API.
pub(super) fn matches(json: &Json) -> bool {
    let is_answer = has_output(json) || is_choice(item(json.get("choices"), 0)) || is_message(json);
    let has_spans = has_citations(json.get("annotations")) && text_only(json).is_some();
    is_answer || has_spans || error_of(json).is_some()
}

fn has_output(json: &Json) -> bool {
    let items = json.get("output").as_list();
    items.iter().any(|item| words(item.get("type")) == "message") || words(json.get("object")) == "response"
}

fn is_choice(choice: &Json) -> bool {
    choice.get("message").is_object() && words(choice.at(&["message", "role"])) != "user"
}

/// Returns whether a value is a message of the model with its text in blocks.
fn is_message(json: &Json) -> bool {
    let blocks = json.get("content").as_list();
    words(json.get("role")) == "assistant" && blocks.iter().any(|block| block.get("type").as_text().is_some())
}

fn has_citations(annotations: &Json) -> bool {
    annotations.as_list().iter().any(|annotation| words(annotation.get("type")) == "url_citation")
}

/// Returns the text of an answer that is only a text with annotations.
fn text_only(json: &Json) -> Option<&str> {
    first_text(json, "text answer output_text content")
}

/// Returns the error that an API answered with.
fn error_of(json: &Json) -> Option<&Json> {
    let error = json.get("error");
    let has_kind = first_text(error, "type code").is_some();
    (error.get("message").as_text().is_some() && has_kind).then_some(error)
}

/// A text of an answer, with the data about its sources.
struct Part<'j> {
    text: &'j str,
    /// Annotations that refer to places in the text.
    annotations: &'j [Json],
    /// Citations of the whole text.
    citations: &'j [Json],
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    if let Some(error) = error_of(json) {
        return Err(NotAnArticle::Refused {
            code: first_text(error, "code type").unwrap_or_default().to_owned(),
            message: words(error.get("message")).to_owned(),
            guide: GUIDE,
        });
    }
    let mut answer = Answer::default();
    answer.find(json);
    if let (true, Some(refusal)) = (answer.parts.is_empty(), answer.refusal) {
        let message = refusal.to_owned();
        return Err(NotAnArticle::Refused { code: "refusal".to_owned(), message, guide: GUIDE });
    }
    let whole: String = answer.parts.iter().map(|part| part.text).collect();
    // The whole answer may be a briefing as JSON.
    if let Some(briefing) = embedded_briefing(&Json::Text(without_fence(&whole).to_owned()), context) {
        return Ok(Content::Embedded(briefing));
    }
    let mut converter = Converter::new(context);
    let path = Path::Root;
    for preamble in &answer.preamble {
        converter
            .warn(&path, &["text from before the search for sources was left out: ", &excerpt(preamble)]);
    }
    if let Some(reason) = truncation_reason(json) {
        converter.warn(&path, &["was cut off; reason: ", reason]);
    }
    converter.article.id = super::members::identifier(json.get("id"));
    converter.article.title = words(json.get("title")).trim().into();
    converter.article.published = ["created_at", "created"].iter().find_map(|key| moment(json.get(key)));
    let numbered = add_numbered_references(json, &mut converter);
    let mut text = String::new();
    for part in &answer.parts {
        annotate::push(part, numbered, &mut text, &mut converter);
    }
    converter.markdown(&path, &text, MarkdownOptions { numbers: numbered, is_annotated: true });
    Ok(converter.finish())
}

/// The texts collected from an answer.
#[derive(Default)]
struct Answer<'j> {
    parts: Vec<Part<'j>>,
    /// Texts before the last tool call: they say what the model is about to do.
    preamble: Vec<&'j str>,
    refusal: Option<&'j str>,
}

impl<'j> Answer<'j> {
    fn find(&mut self, json: &'j Json) {
        if has_output(json) {
            for output in json.get("output").as_list() {
                match words(output.get("type")) {
                    "message" => self.blocks(output.get("content")),
                    kind if kind.ends_with("_call") => self.move_parts_to_preamble(),
                    _ => {}
                }
            }
        } else if json.get("choices").as_list().is_empty() {
            match json.get("content") {
                content @ Json::List(_) => self.blocks(content),
                _ => self.push(text_only(json).unwrap_or_default(), json),
            }
        } else {
            let message = item(json.get("choices"), 0).get("message");
            self.refusal = message.get("refusal").as_text();
            match message.get("content") {
                content @ Json::List(_) => self.blocks(content),
                content => self.push(words(content), message),
            }
        }
    }

    fn blocks(&mut self, blocks: &'j Json) {
        for block in blocks.as_list() {
            match words(block.get("type")) {
                "text" | "output_text" => match block.get("text") {
                    // Threads wrap the text and its annotations in an object.
                    text @ Json::Object(_) => self.push(words(text.get("value")), text),
                    text => self.push(words(text), block),
                },
                "refusal" => self.refusal = block.get("refusal").as_text(),
                kind if kind.ends_with("tool_use") || kind.ends_with("tool_result") => {
                    self.move_parts_to_preamble()
                }
                _ => {}
            }
        }
    }

    fn push(&mut self, text: &'j str, source: &'j Json) {
        if !text.is_empty() {
            let annotations = source.get("annotations").as_list();
            // The `citations` of a whole answer are a list of addresses instead; `add_numbered_references` reads them.
            let citations = source.get("citations").as_list();
            self.parts.push(Part { text, annotations, citations });
        }
    }

    fn move_parts_to_preamble(&mut self) {
        let texts = self.parts.drain(..).map(|part| part.text).filter(|text| !text.trim().is_empty());
        self.preamble.extend(texts);
    }
}

/// Adds the list of references that numbers in the text refer to, if the answer has one, and returns whether
/// it does. No entry is dropped, which would shift the numbers.
fn add_numbered_references(json: &Json, converter: &mut Converter<'_, '_>) -> bool {
    let (results, citations) = (json.get("search_results").as_list(), json.get("citations").as_list());
    let list = if results.len() >= citations.len() { results } else { citations };
    for (place, source) in list.iter().enumerate() {
        let result = results.get(place).unwrap_or(source);
        let address = source.as_text().or_else(|| first_text(source, "url"));
        let url = address.and_then(source_url);
        let title = first_text(result, "title").map(Text::from);
        let title = title.or_else(|| url.as_ref().map(Url::to_text)).unwrap_or_else(|| "—".into());
        let published = first_text(result, "date published").and_then(Moment::parse);
        // A source that is listed twice keeps both numbers.
        let id = ["r", &(place + 1).to_string()].concat().into();
        converter.append_reference(Reference { id, title, url, published, ..Reference::default() });
    }
    !list.is_empty()
}

/// Returns the address of a source without the referral parameter that some providers add.
fn source_url(address: &str) -> Option<Url> {
    let (page, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let parameters =
        query.split('&').filter(|one| !is_among(one, "utm_source=openai utm_source=chatgpt.com"));
    let query = parameters.collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    Url::parse(&[path, mark, &query, fragment].concat()).ok().filter(|url| !url.is_relative())
}

/// Returns why an answer is cut short, if it is.
fn truncation_reason(json: &Json) -> Option<&str> {
    let finish = [item(json.get("choices"), 0).get("finish_reason"), json.get("stop_reason")];
    let truncated = ["length", "max_tokens", "content_filter"];
    let reason =
        finish.iter().filter_map(|reason| reason.as_text()).find(|reason| truncated.contains(reason));
    reason.or_else(|| json.at(&["incomplete_details", "reason"]).as_text())
}

/// Removes the code fence that models put around JSON.
fn without_fence(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix("```").and_then(|text| text.strip_suffix("```"));
    inner.map_or(text, |inner| inner.strip_prefix("json").unwrap_or(inner).trim())
}
