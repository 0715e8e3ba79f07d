use yew::prelude::*;

use super::blocks;
use super::edition::Edition;
use super::words::Word;
use crate::article::{Block, Passage};
use crate::timeline::format_clock;

/// The text, block by block. It is drawn once: playing marks the current block from outside.
pub(crate) fn body(edition: &Edition) -> Html {
    let blocks = edition.article.body.iter().enumerate();
    html! {
        <div class="body" part="body">
            { for blocks.map(|(index, block)| passage(edition, index, block)) }
        </div>
    }
}

/// A block with the time at which it is played.
fn passage(edition: &Edition, index: usize, block: &Block) -> Html {
    let passage = Passage::Block(index);
    let segment = edition.timeline.segment_of(passage).and_then(|segment| edition.timeline.segment(segment));
    html! {
        <div class="block passage" part="block" key={index} id={edition.passage_id(passage)}>
            if let Some(segment) = segment {
                { timestamp(edition, segment.start) }
            }
            { blocks::block(edition, index, block) }
        </div>
    }
}

/// A time that can be clicked to go there. It takes no tab stop, of which a long article would
/// have hundreds: the keys of the progress bar go from passage to passage.
fn timestamp(edition: &Edition, start: f64) -> Html {
    let time = format_clock(start);
    let name = edition.words.fill(Word::PlayFrom, &[("time", &time)]);
    html! {
        <button type="button" class="timestamp" tabindex="-1" data-seek={milliseconds(start)} aria-label={name}>
            { time }
        </button>
    }
}

/// A time in whole milliseconds, which needs no parsing of fractions.
fn milliseconds(seconds: f64) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "starts are finite and not negative"
    )]
    let milliseconds = (seconds * 1000.0).ceil() as u64;
    milliseconds.to_string()
}
