use super::blocks;
use super::direction::own_direction;
use super::interface::named_in_interface;
use crate::article::{Block, Passage};
use crate::timeline::format_clock;
use crate::view::markup::Markup;
use crate::view::names::{class, data};
use crate::view::view_model::{ViewModel, milliseconds};

/// How many blocks of a long text share an element. When an element changes, browsers go through all children
/// of its parent: with all blocks under one parent, each slice of a long article takes longer than the one
/// before.
const RUN: usize = 64;

/// Shows the body text, block by block. It is drawn once: playing marks the current block from outside.
pub(crate) fn body(markup: &mut Markup, model: &ViewModel) {
    let blocks = &model.article.body;
    markup.tag("div").attrs(&[("class", "body"), ("part", "body")]).children(|markup| {
        if model.is_whole() && blocks.len() <= RUN {
            return run(markup, model, 0, blocks);
        }
        for (index, blocks) in blocks.chunks(RUN).enumerate() {
            let write = |markup: &mut _| run(markup, model, index * RUN, blocks);
            markup.tag("div").attrs(&[("class", "run")]).children(write);
        }
    });
}

/// Shows consecutive blocks, of which `first` is the index of the first one.
fn run(markup: &mut Markup, model: &ViewModel, first: usize, blocks: &[Block]) {
    for (index, block) in blocks.iter().enumerate() {
        passage(markup, model, first + index, block);
    }
}

/// Shows a block with its timestamp.
fn passage(markup: &mut Markup, model: &ViewModel, index: usize, block: &Block) {
    let passage = Passage::Block(index);
    let segment = model.timeline.segment_of(passage).and_then(|segment| model.timeline.segment(segment));
    let class = match model.heading_level(index) {
        0 => "block passage",
        1 | 2 => "block section passage",
        _ => "block subsection passage",
    };
    markup
        .tag("div")
        .attrs(&[("class", class), ("part", "block")])
        .attr_if("dir", own_direction(model))
        .attr("id", &model.passage_id(passage))
        .children(|markup| {
            if let Some(segment) = segment {
                timestamp(markup, model, segment.start);
            }
            blocks::block(markup, model, index, block);
        });
}

/// Shows a timestamp that plays from its block when clicked. It is no tab stop, of which a long article would
/// have hundreds: the keys of the progress bar move from passage to passage.
fn timestamp(markup: &mut Markup, model: &ViewModel, start: f64) {
    named_in_interface(markup.tag("button"), model)
        .attrs(&[("type", "button"), ("class", class::TIMESTAMP), ("tabindex", "-1")])
        .attr(data::SEEK, &milliseconds(start))
        .attr("aria-label", &model.time_name(start))
        .text(&format_clock(start));
}
