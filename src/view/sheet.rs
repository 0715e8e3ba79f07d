use yew::prelude::*;

use super::body::Body;
use super::citations::use_citations;
use super::event::Event;
use super::header::Header;
use super::key_points::KeyPoints;
use super::player::Player;
use super::popover::Popovers;
use super::references::References;
use super::session::Session;
use crate::article::Language;

/// The properties of [`Sheet`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) session: Session,
}

/// A whole briefing on the page, from its session.
#[component]
pub(crate) fn Sheet(props: &Props) -> Html {
    let session = &props.session;
    let edition = session.edition().clone();
    let article = &edition.article;
    use_citations(session);
    {
        let session = session.clone();
        use_effect_with(session, |session| {
            let session = session.clone();
            move || session.end()
        });
    }
    let on_event = {
        let session = session.clone();
        use_callback(session, |event: Event, session| session.emit(event))
    };
    let lang = article.lang.as_ref().map(|lang| AttrValue::Rc(lang.to_text()));
    let direction = article.lang.as_ref().map(direction);
    html! {
        <div class="frame" {lang} dir={direction}>
            <article
                class="briefing"
                part="briefing"
                ref={session.progress().root.clone()}
                aria-labelledby={edition.passage_id(crate::article::Passage::Title)}
            >
                <Header edition={edition.clone()} session={session.clone()} />
                if !article.key_points.is_empty() {
                    <KeyPoints edition={edition.clone()} {on_event} />
                }
                if !article.body.is_empty() {
                    <Body edition={edition.clone()} />
                }
                if !article.references.is_empty() {
                    <References edition={edition.clone()} />
                    <Popovers edition={edition.clone()} />
                }
                if edition.timeline.duration() > 0.0 {
                    <Player edition={edition.clone()} session={session.clone()} />
                }
            </article>
        </div>
    }
}

/// The direction of a language, as `dir` says it.
fn direction(language: &Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}
