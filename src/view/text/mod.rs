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

/// Writes the whole text, or only its beginning for the model of a first screenful.
pub(crate) fn article_markup(model: &ViewModel) -> Markup {
    let article = &model.article;
    let mut markup = Markup::default();
    let lang = article.lang.as_ref();
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
                .children(|markup| {
                    header(markup, model);
                    if !article.key_points.is_empty() {
                        key_points(markup, model);
                    }
                    if !article.body.is_empty() {
                        body(markup, model);
                    }
                    if !model.is_whole() {
                        return;
                    }
                    if model.lists_references() {
                        references(markup, model);
                    }
                    if !article.references.is_empty() {
                        popovers(markup, model);
                    }
                    if model.has_player() {
                        recording(markup, model);
                        in_interface(markup.tag("div"), model).slot(Slot::Player);
                    }
                });
        });
    markup
}
