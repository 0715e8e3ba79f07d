use yew::Html;

use super::body::body;
use super::edition::Edition;
use super::header::header;
use super::key_points::key_points;
use super::markup::Markup;
use super::player::player;
use super::popover::popovers;
use super::references::references;
use super::session::Session;
use crate::article::{Language, Passage};

/// A whole briefing, from its session. It is drawn once, and answers from the moment it can be seen.
pub(crate) fn sheet(session: &Session) -> Html {
    let html = session.display().put(|| write(session.edition()));
    session.come_to_life();
    html
}

/// Writes all of it; of a beginning, what can be seen first.
pub(crate) fn write(edition: &Edition) -> Markup {
    let article = &edition.article;
    let mut markup = Markup::default();
    markup.element("div", &[("class", "frame")], |markup| {
        if let Some(lang) = &article.lang {
            markup.attribute("lang", lang.as_str());
            markup.attribute("dir", direction(lang));
        }
        markup.element("article", &[("class", "briefing"), ("part", "briefing")], |markup| {
            markup.attribute_if_any("aria-busy", (!edition.is_whole()).then_some("true"));
            markup.attribute("aria-labelledby", &edition.passage_id(Passage::Title));
            header(markup, edition);
            if !article.key_points.is_empty() {
                key_points(markup, edition);
            }
            if !article.body.is_empty() {
                body(markup, edition);
            }
            if !edition.is_whole() {
                return;
            }
            if edition.lists_references() {
                references(markup, edition);
            }
            if !article.references.is_empty() {
                popovers(markup, edition);
            }
            if edition.timeline.duration() > 0.0 {
                player(markup, edition);
            }
        });
    });
    markup
}

/// The direction of a language, as `dir` says it.
fn direction(language: &Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}
