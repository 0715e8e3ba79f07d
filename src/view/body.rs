use super::blocks;
use super::edition::Edition;
use super::markup::Markup;
use super::words::Word;
use crate::article::{Block, Passage};
use crate::timeline::format_clock;

/// The text, block by block. It is drawn once: playing marks the current block from outside.
pub(crate) fn body(markup: &mut Markup, edition: &Edition) {
    markup.element("div", &[("class", "body"), ("part", "body")], |markup| {
        for (index, block) in edition.article.body.iter().enumerate() {
            passage(markup, edition, index, block);
        }
    });
}

/// A block with the time at which it is played.
fn passage(markup: &mut Markup, edition: &Edition, index: usize, block: &Block) {
    let passage = Passage::Block(index);
    let segment = edition.timeline.segment_of(passage).and_then(|segment| edition.timeline.segment(segment));
    markup.element("div", &[("class", "block passage"), ("part", "block")], |markup| {
        markup.attribute("id", &edition.passage_id(passage));
        if let Some(segment) = segment {
            timestamp(markup, edition, segment.start);
        }
        blocks::block(markup, edition, index, block);
    });
}

/// A time that can be clicked to go there. It takes no tab stop, of which a long article would
/// have hundreds: the keys of the progress bar go from passage to passage.
fn timestamp(markup: &mut Markup, edition: &Edition, start: f64) {
    let time = format_clock(start);
    markup.element("button", &[("type", "button"), ("class", "timestamp"), ("tabindex", "-1")], |markup| {
        markup.attribute("data-seek", &milliseconds(start));
        markup.attribute("aria-label", &edition.words.fill(Word::PlayFrom, &[("time", &time)]));
        markup.text(&time);
    });
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
