use super::edition::Edition;
use super::icon::{Icon, icon};
use super::markup::Markup;
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
pub(crate) fn player(markup: &mut Markup, edition: &Edition) {
    let words = &edition.words;
    markup.element("div", &[("class", "player"), ("part", "player"), ("role", "group")], |markup| {
        markup.attribute("aria-label", &words.get(Word::Player));
        let play = [("type", "button"), ("class", "play"), ("part", "play-button"), ("data-do", "play")];
        markup.element("button", &play, |markup| play_or_pause(markup, edition, "hidden"));
        markup.leaf("span", &[("class", "time elapsed"), ("part", "time")], "0:00");
        progress_bar(markup, edition);
        let total = format_clock(edition.timeline.duration());
        markup.leaf("span", &[("class", "time total"), ("part", "time")], &total);
        markup.element("div", &[("class", "more")], |markup| {
            step(markup, edition, "step back", "previous", Word::PreviousPassage, Icon::Back);
            step(markup, edition, "step forward", "next", Word::NextPassage, Icon::Forward);
            step(markup, edition, "step follow", "follow", Word::Follow, Icon::Follow);
            markup.element("select", &[("class", "rate"), ("part", "rate"), ("dir", "ltr")], |markup| {
                markup.attribute("aria-label", &words.get(Word::Speed));
                for name in RATE_NAMES {
                    let selected: &[(&str, &str)] = if name == "1×" { &[("selected", "")] } else { &[] };
                    markup.leaf("option", selected, name);
                }
            });
        });
        markup.leaf("p", &[("class", "pace")], &words.get(Word::of_sound(edition.is_aloud())));
    });
}

/// A small way into the player at the top of the briefing, where a reader decides.
pub(crate) fn play_link(markup: &mut Markup, edition: &Edition) {
    let duration = edition.timeline.duration();
    if duration <= 0.0 && edition.is_whole() {
        return;
    }
    let attributes = [("type", "button"), ("class", "play-link"), ("data-do", "play")];
    markup.element("button", &attributes, |markup| {
        play_or_pause(markup, edition, "word");
        markup.leaf("span", &[("class", "total")], &format_clock(duration));
    });
}

/// What pressing the button does, in both states; the style shows the one that holds. The class of
/// the words tells whether they are seen or only heard.
fn play_or_pause(markup: &mut Markup, edition: &Edition, class: &str) {
    let states = [("when-paused", Icon::Play, Word::Play), ("when-playing", Icon::Pause, Word::Pause)];
    for (state, drawing, word) in states {
        markup.element("span", &[("class", state)], |markup| {
            icon(markup, drawing);
            markup.leaf("span", &[("class", class)], &edition.words.get(word));
        });
    }
}

fn step(markup: &mut Markup, edition: &Edition, class: &str, act: &str, word: Word, drawing: Icon) {
    let name = edition.words.get(word);
    let attributes =
        [("type", "button"), ("class", class), ("data-do", act), ("aria-label", &*name), ("title", &*name)];
    markup.element("button", &attributes, |markup| icon(markup, drawing));
}

/// The progress bar: a slider over time, with a mark where each passage begins.
fn progress_bar(markup: &mut Markup, edition: &Edition) {
    const ATTRIBUTES: [(&str, &str); 8] = [
        ("class", "progress"),
        ("part", "progress"),
        ("role", "slider"),
        ("tabindex", "0"),
        ("aria-valuemin", "0"),
        ("aria-valuemax", "0"),
        ("aria-valuenow", "0"),
        ("aria-orientation", "horizontal"),
    ];
    markup.element("div", &ATTRIBUTES, |markup| {
        markup.attribute("aria-label", &edition.words.get(Word::Progress));
        markup.element("div", &[("class", "track")], |markup| {
            markup.leaf("div", &[("class", "played")], "");
            markup.element("div", &[("class", "marks")], |markup| {
                for mark in marks(&edition.timeline) {
                    markup.element("i", &[], |markup| {
                        markup.attribute("data-at", &mark.at.to_string());
                        markup.attribute_if_any("data-fine", mark.fine.then_some(""));
                    });
                }
            });
        });
        markup.leaf("div", &[("class", "thumb")], "");
        let preview = [("class", "preview"), ("aria-hidden", "true"), ("hidden", "")];
        markup.element("div", &preview, |markup| {
            markup.leaf("b", &[], "0:00");
            markup.text(" ");
            markup.leaf("span", &[("dir", "auto")], " ");
        });
    });
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
