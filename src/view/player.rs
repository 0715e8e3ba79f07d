use yew::prelude::*;

use super::edition::Edition;
use super::icon::{Icon, icon};
use super::words::Word;
use crate::playback::RATES;
use crate::timeline::{Timeline, format_clock};

/// The names of [`RATES`], written out: fractions take much code to format.
const RATE_NAMES: [&str; RATES.len()] = ["0.75×", "1×", "1.25×", "1.5×", "1.75×", "2×"];

/// The least distance between two marks on the bar, in ten-thousandths: closer ones would be a
/// hatching.
const LEAST_GAP: u32 = 100;

/// The same on a narrow screen.
const LEAST_GAP_NARROW: u32 = 450;

/// The player: it stands at the end of the briefing, and stays in view while it is in use. It is
/// drawn once; what it shows is written by [`super::display`], what it does is in
/// [`super::behaviour`].
pub(crate) fn player(edition: &Edition) -> Html {
    let words = &edition.words;
    let total = format_clock(edition.timeline.duration());
    html! {
        <div class="player" part="player" role="group" aria-label={words.get(Word::Player)}>
            <button type="button" class="play" part="play-button" data-do="play">
                { play_or_pause(edition, "hidden") }
            </button>
            <span class="time elapsed" part="time">{ "0:00" }</span>
            { progress_bar(edition) }
            <span class="time total" part="time">{ total }</span>
            <div class="more">
                { step(edition, "step back", "previous", Word::PreviousPassage, Icon::Back) }
                { step(edition, "step forward", "next", Word::NextPassage, Icon::Forward) }
                { step(edition, "step follow", "follow", Word::Follow, Icon::Follow) }
                <select class="rate" part="rate" dir="ltr" aria-label={words.get(Word::Speed)}>
                    { for RATE_NAMES.map(|name| html! { <option selected={name == "1×"}>{ name }</option> }) }
                </select>
            </div>
            <p class="pace">{ words.get(Word::ReadingPace) }</p>
        </div>
    }
}

/// A small way into the player at the top of the briefing, where a reader decides.
pub(crate) fn play_link(edition: &Edition) -> Html {
    let duration = edition.timeline.duration();
    if duration <= 0.0 {
        return Html::default();
    }
    html! {
        <button type="button" class="play-link" data-do="play">
            { play_or_pause(edition, "word") }
            <span class="total">{ format_clock(duration) }</span>
        </button>
    }
}

/// What pressing the button does, in both states; the style shows the one that holds. The class of
/// the words tells whether they are seen or only heard.
fn play_or_pause(edition: &Edition, class: &'static str) -> Html {
    html! {
        <>
            <span class="when-paused">
                { icon(Icon::Play) }
                <span {class}>{ edition.words.get(Word::Play) }</span>
            </span>
            <span class="when-playing">
                { icon(Icon::Pause) }
                <span {class}>{ edition.words.get(Word::Pause) }</span>
            </span>
        </>
    }
}

fn step(edition: &Edition, class: &'static str, act: &'static str, word: Word, drawing: Icon) -> Html {
    let name = edition.words.get(word);
    html! {
        <button type="button" {class} data-do={act} aria-label={name.clone()} title={name}>{ icon(drawing) }</button>
    }
}

/// The progress bar: a slider over time, with a mark where each passage begins.
fn progress_bar(edition: &Edition) -> Html {
    let mark =
        |mark: Mark| html! { <i data-at={mark.at.to_string()} data-fine={mark.fine.then_some("")}></i> };
    html! {
        <div
            class="progress"
            part="progress"
            role="slider"
            tabindex="0"
            aria-label={edition.words.get(Word::Progress)}
            aria-valuemin="0"
            aria-valuemax="0"
            aria-valuenow="0"
            aria-orientation="horizontal"
        >
            <div class="track">
                <div class="played"></div>
                <div class="marks">{ for marks(&edition.timeline).into_iter().map(mark) }</div>
            </div>
            <div class="thumb"></div>
            <div class="preview" aria-hidden="true" hidden=true>
                <b>{ "0:00" }</b>
                { " " }
                <span dir="auto">{ " " }</span>
            </div>
        </div>
    }
}

/// A mark where a passage begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    /// In ten-thousandths of the bar.
    at: u32,
    /// Whether there is room for it on a wide bar only.
    fine: bool,
}

/// The marks there is room for; none at the very start.
fn marks(timeline: &Timeline) -> Vec<Mark> {
    let (mut last, mut last_narrow) = (0, 0);
    let mut marks = Vec::new();
    for segment in timeline.segments() {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "conversion of floats saturates"
        )]
        let at = (segment.start / timeline.duration() * 10_000.0) as u32;
        if at < last + LEAST_GAP || at + LEAST_GAP > 10_000 {
            continue;
        }
        last = at;
        let fine = at < last_narrow + LEAST_GAP_NARROW;
        if !fine {
            last_narrow = at;
        }
        marks.push(Mark { at, fine });
    }
    marks
}
