use yew::prelude::*;

use super::behaviour::Behaviour;
use super::body::body;
use super::header::header;
use super::key_points::key_points;
use super::player::player;
use super::popover::popovers;
use super::references::references;
use super::session::Session;
use crate::article::{Language, Passage};

/// The properties of [`Sheet`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) session: Session,
}

/// A whole briefing on the page, from its session. It is drawn once, and then comes to life.
#[component]
pub(crate) fn Sheet(props: &Props) -> Html {
    let session = &props.session;
    use_effect_with(session.clone(), |session| {
        let behaviour = Behaviour::attach(session);
        let session = session.clone();
        move || {
            session.end();
            drop(behaviour);
        }
    });
    let edition = session.edition();
    let article = &edition.article;
    let lang = article.lang.as_ref().map(|lang| AttrValue::Rc(lang.to_text()));
    let direction = article.lang.as_ref().map(direction);
    html! {
        <div class="frame" {lang} dir={direction}>
            <article
                class="briefing"
                part="briefing"
                ref={session.display().root.clone()}
                aria-labelledby={edition.passage_id(Passage::Title)}
            >
                { header(edition) }
                if !article.key_points.is_empty() {
                    { key_points(edition) }
                }
                if !article.body.is_empty() {
                    { body(edition) }
                }
                if !article.references.is_empty() {
                    { references(edition) }
                    { popovers(edition) }
                }
                if edition.timeline.duration() > 0.0 {
                    { player(edition) }
                }
            </article>
        </div>
    }
}

/// The direction of a language, as `dir` says it.
fn direction(language: &Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}
