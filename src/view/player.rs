use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::dom;
use super::edition::Shared;
use super::icon::{Icon, icon};
use super::play_button::play_or_pause;
use super::progress_bar::ProgressBar;
use super::session::{Session, use_snapshot};
use super::words::Word;
use crate::playback::RATES;
use crate::timeline::format_clock;

/// The names of [`RATES`], written out: fractions take much code to format.
const RATE_NAMES: [&str; RATES.len()] = ["0.75×", "1×", "1.25×", "1.5×", "1.75×", "2×"];

/// The properties of [`Player`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) edition: Shared,
    pub(crate) session: Session,
}

/// The player: it stands at the end of the briefing, and stays in view while it is in use.
#[component]
pub(crate) fn Player(props: &Props) -> Html {
    let session = &props.session;
    let state = use_snapshot(session);
    let words = &props.edition.words;
    use_effect_with(session.clone(), |session| session.show());
    use_unfollow(session, state.following);

    let on = |action: fn(&Session)| {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| action(&session))
    };
    let onchange = {
        let session = session.clone();
        Callback::from(move |event: web_sys::Event| {
            let chosen = dom::target::<HtmlSelectElement>(&event).map(|select| select.selected_index());
            let rate = chosen.and_then(|index| RATES.get(usize::try_from(index).ok()?));
            if let Some(rate) = rate {
                session.set_rate(*rate);
            }
        })
    };
    let (play_word, play_icon) = play_or_pause(state.paused);
    html! {
        <div class="player" part="player" role="group" aria-label={words.get(Word::Player)}>
            <button
                type="button"
                class="play"
                part="play-button"
                aria-label={words.get(play_word)}
                onclick={on(Session::toggle)}
            >{ icon(play_icon) }</button>
            <span class="time elapsed" part="time" ref={session.progress().elapsed.clone()}>{ "0:00" }</span>
            <ProgressBar session={session.clone()} duration={state.duration} />
            <span class="time" part="time">{ format_clock(state.duration) }</span>
            <div class="more">
                <button
                    type="button"
                    aria-label={words.get(Word::PreviousPassage)}
                    title={words.get(Word::PreviousPassage)}
                    class="step back"
                    onclick={on(Session::previous_passage)}
                >{ icon(Icon::Back) }</button>
                <button
                    type="button"
                    aria-label={words.get(Word::NextPassage)}
                    title={words.get(Word::NextPassage)}
                    class="step forward"
                    onclick={on(Session::next_passage)}
                >{ icon(Icon::Forward) }</button>
                <button
                    type="button"
                    class="step follow"
                    aria-label={words.get(Word::Follow)}
                    title={words.get(Word::Follow)}
                    aria-pressed={state.following.to_string()}
                    onclick={on(|session| session.follow(!session.snapshot().following))}
                >{ icon(Icon::Follow) }</button>
                <select class="rate" part="rate" dir="ltr" aria-label={words.get(Word::Speed)} {onchange}>
                    { for RATE_NAMES.iter().zip(RATES).map(|(name, rate)| rate_option(name, is_same(rate, state.rate))) }
                </select>
            </div>
            <p class="pace">{ words.get(Word::ReadingPace) }</p>
        </div>
    }
}

fn rate_option(name: &'static str, selected: bool) -> Html {
    html! { <option {selected}>{ name }</option> }
}

fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.001
}

/// Stops following as soon as the reader scrolls: the page is theirs.
#[hook]
fn use_unfollow(session: &Session, following: bool) {
    use_effect_with((session.clone(), following), |(session, following)| {
        let listeners = following.then(|| {
            let stop = |name: &'static str, counts: fn(&web_sys::Event) -> bool| {
                let session = session.clone();
                let target = web_sys::window()?;
                Some(dom::listen_capture(&target, name, move |event| {
                    if counts(event) {
                        session.follow(false);
                    }
                }))
            };
            [stop("wheel", |_| true), stop("touchmove", is_outside_slider), stop("keydown", scrolls)]
        });
        move || drop(listeners)
    });
}

/// Where the event really happened, even inside a shadow root.
fn innermost(event: &web_sys::Event) -> Option<web_sys::Element> {
    event.composed_path().get(0).dyn_into().ok()
}

fn is_outside_slider(event: &web_sys::Event) -> bool {
    innermost(event).is_none_or(|element| element.closest("[role=slider], select").ok().flatten().is_none())
}

fn scrolls(event: &web_sys::Event) -> bool {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return false };
    let key = event.key();
    let scrolling = ["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"].contains(&&*key);
    scrolling && is_outside_slider(event)
}
