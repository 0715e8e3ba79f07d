use super::direction::own_direction;
use super::header::fragment;
use super::icon::icon;
use super::inline::rich_text;
use super::interface::{in_interface, in_language_of_label};
use crate::article::{KeyPoint, Passage};
use crate::view::icon::Icon;
use crate::view::markup::Markup;
use crate::view::names::{class, data};
use crate::view::view_model::ViewModel;
use crate::view::words::Word;
use constcat::concat;

/// Shows the key points. The section folds, and so does each point that has details.
pub(crate) fn key_points(markup: &mut Markup, model: &ViewModel) {
    let points = &model.article.key_points;
    let unfolding = points.iter().filter(|point| point.unfolds()).count();
    markup.tag("section").attrs(&[("class", "key-points"), ("part", "key-points")]).children(|markup| {
        markup.tag("details").attrs(&[("open", "")]).children(|markup| {
            counted_summary(markup, model, Word::KeyPoints, points.len());
            if unfolding > 1 {
                in_interface(markup.tag("button"), model)
                    .attrs(&[("type", "button"), ("class", concat!("text-button ", class::FOLD_ALL))])
                    .text(&model.words.get(Word::ExpandAll));
            }
            markup.tag("ol").attrs(&[("role", "list")]).children(|markup| {
                for (index, point) in points.iter().enumerate() {
                    key_point(markup, model, index, point);
                }
            });
        });
    });
}

/// Shows the summary of a folding section: its name and the number of its items.
pub(crate) fn counted_summary(markup: &mut Markup, model: &ViewModel, name: Word, count: usize) {
    markup.tag("summary").children(|markup| {
        in_interface(markup.tag("h3"), model).text(&model.words.get(name));
        markup.tag("span").attrs(&[("class", "count")]).text(&count.to_string());
        icon(markup, Icon::Chevron);
    });
}

fn key_point(markup: &mut Markup, model: &ViewModel, index: usize, point: &KeyPoint) {
    markup
        .tag("li")
        .attrs(&[("class", concat!(class::KEY_POINT, " passage")), ("part", "key-point")])
        .attr_if("dir", own_direction(model))
        .attr("id", &model.passage_id(Passage::KeyPoint(index)))
        .children(|markup| {
            markup
                .tag("p")
                .attrs(&[("class", class::POINT)])
                .children(|markup| rich_text(markup, model, &point.text));
            if point.unfolds() {
                // Beside the sentence, not around it: many screen readers would not expose the
                // buttons inside a summary.
                markup.tag("details").attr(data::POINT, &index.to_string()).children(|markup| {
                    markup
                        .tag("summary")
                        .attr("aria-label", &model.first_words(Passage::KeyPoint(index)))
                        .children(|markup| {
                            icon(markup, Icon::Chevron);
                        });
                    markup.tag("div").attrs(&[("class", class::DETAIL)]).children(|markup| {
                        for text in &point.detail {
                            markup.tag("p").children(|markup| rich_text(markup, model, text));
                        }
                        backing(markup, model, model.backing(index));
                    });
                });
            }
        });
}

/// Shows links to the blocks that back a point.
fn backing(markup: &mut Markup, model: &ViewModel, blocks: &[usize]) {
    if blocks.is_empty() {
        return;
    }
    markup.tag("p").attrs(&[("class", "backing")]).children(|markup| {
        in_interface(markup.tag("span"), model).text(&model.words.get(Word::BackedBy));
        for block in blocks {
            let block = Passage::Block(*block);
            in_language_of_label(markup.tag("a"), model, block)
                .attr("href", &fragment(&model.passage_id(block)))
                .text(&model.short_label(block));
        }
    });
}
