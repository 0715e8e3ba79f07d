//! The text of a briefing, which is drawn once for each view model. View functions write it as [`Markup`];
//! nothing here knows the state of the player.

pub(crate) mod blocks;
mod body;
mod citation;
pub(crate) mod direction;
pub(crate) mod drawn;
pub(crate) mod first_screen;
pub(crate) mod header;
mod icon;
mod image;
mod inline;
pub(crate) mod interface;
mod key_points;
mod popover;
mod prerendered_slot;
mod recording;
mod references;
mod source;

use self::body::body;
use self::direction::direction;
use self::header::header;
use self::interface::in_interface;
use self::key_points::key_points;
use self::popover::popovers;
use self::recording::recording;
use self::references::references;
use crate::article::{Language, Passage};
use crate::view::markup::{Markup, Slot};
use crate::view::names::{class, data};
use crate::view::view_model::ViewModel;

/// The parts of the text, in order: each of them may be long.
const PARTS: [fn(&mut Markup, &ViewModel); 3] = [beginning, sources, ending];

/// Writes the whole text, or only its beginning for the model of a first screenful.
pub(crate) fn article_markup(model: &ViewModel) -> Markup {
    frame(model, &mut |markup| PARTS.iter().for_each(|write| write(markup, model)))
}

/// Writes one part of what [`article_markup`] writes, so that a long article can be written in several tasks.
/// Returns `None` if there are no more parts.
pub(crate) fn part_markup(model: &ViewModel, index: usize) -> Option<Markup> {
    let write = PARTS.get(index)?;
    let (mut start, mut end) = (0, 0);
    let mut markup = frame(model, &mut |markup| {
        start = markup.len();
        write(markup, model);
        end = markup.len();
    });
    if index + 1 < PARTS.len() {
        markup.truncate(end);
    }
    if index > 0 {
        markup.remove_first(start);
    }
    Some(markup)
}

/// Writes the elements around the text, with the content that `write` writes.
fn frame(model: &ViewModel, write: &mut dyn FnMut(&mut Markup)) -> Markup {
    let lang = model.article.lang.as_ref();
    let mut markup = Markup::default();
    let frame = markup.tag("div").attrs(&[("class", class::FRAME)]);
    frame
        .attr_if("lang", lang.map(Language::as_str))
        .attr_if("dir", lang.map(|lang| direction(Some(lang))))
        .children(|markup| {
            markup
                .tag("article")
                .attrs(&[("class", "briefing"), ("part", "briefing")])
                .attr_if(data::NATIVE, recording::native(model))
                .attr_if("aria-busy", (!model.is_whole()).then_some("true"))
                .attr("aria-labelledby", &model.passage_id(Passage::Title))
                .children(write);
        });
    markup
}

fn beginning(markup: &mut Markup, model: &ViewModel) {
    header(markup, model);
    if !model.article.key_points.is_empty() {
        key_points(markup, model);
    }
    if !model.article.body.is_empty() {
        body(markup, model);
    }
}

fn sources(markup: &mut Markup, model: &ViewModel) {
    if model.is_whole() && model.lists_references() {
        references(markup, model);
    }
}

fn ending(markup: &mut Markup, model: &ViewModel) {
    if !model.is_whole() {
        return;
    }
    if !model.article.references.is_empty() {
        popovers(markup, model);
    }
    if model.has_player() {
        recording(markup, model);
        in_interface(markup.tag("div"), model).slot(Slot::Player);
    }
}
