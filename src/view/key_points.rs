use super::edition::Edition;
use super::header::fragment;
use super::icon::{Icon, icon};
use super::inline::rich_text;
use super::markup::Markup;
use super::words::Word;
use crate::article::{KeyPoint, Passage};

/// The key points: the section folds, and so does each point that has more to say.
pub(crate) fn key_points(markup: &mut Markup, edition: &Edition) {
    let points = &edition.article.key_points;
    let unfolding = points.iter().filter(|point| point.unfolds()).count();
    markup.element("section", &[("class", "key-points"), ("part", "key-points")], |markup| {
        markup.element("details", &[("open", "")], |markup| {
            counted_summary(markup, &edition.words.get(Word::KeyPoints), points.len());
            if unfolding > 1 {
                markup.leaf(
                    "button",
                    &[("type", "button"), ("class", "text-button fold-all"), ("aria-expanded", "false")],
                    &edition.words.get(Word::ExpandAll),
                );
            }
            markup.element("ol", &[("role", "list")], |markup| {
                for (index, point) in points.iter().enumerate() {
                    key_point(markup, edition, index, point);
                }
            });
        });
    });
}

/// What a section is called and how much is in it: what its fold shows.
pub(crate) fn counted_summary(markup: &mut Markup, name: &str, count: usize) {
    markup.element("summary", &[], |markup| {
        markup.leaf("h3", &[], name);
        markup.leaf("span", &[("class", "count")], &count.to_string());
        icon(markup, Icon::Chevron);
    });
}

fn key_point(markup: &mut Markup, edition: &Edition, index: usize, point: &KeyPoint) {
    markup.element("li", &[("class", "key-point passage"), ("part", "key-point")], |markup| {
        markup.attribute("id", &edition.passage_id(Passage::KeyPoint(index)));
        markup.element("p", &[("class", "point")], |markup| rich_text(markup, edition, &point.text));
        if point.unfolds() {
            // Beside the sentence and not around it: buttons inside a summary would be lost to
            // many screen readers.
            markup.element("details", &[], |markup| {
                markup.attribute("data-point", &index.to_string());
                markup.element("summary", &[], |markup| {
                    markup.attribute("aria-label", &edition.first_words(Passage::KeyPoint(index)));
                    icon(markup, Icon::Chevron);
                });
                markup.element("div", &[("class", "detail")], |markup| {
                    for text in &point.detail {
                        markup.element("p", &[], |markup| rich_text(markup, edition, text));
                    }
                    backing(markup, edition, point);
                });
            });
        }
    });
}

/// Links to the blocks that back a point.
fn backing(markup: &mut Markup, edition: &Edition, point: &KeyPoint) {
    if point.supports.is_empty() {
        return;
    }
    markup.element("p", &[("class", "backing")], |markup| {
        markup.leaf("span", &[], &edition.words.get(Word::BackedBy));
        for id in &point.supports {
            if let Some(block @ Passage::Block(_)) = edition.article.passage(id) {
                markup.element("a", &[], |markup| {
                    markup.attribute("href", &fragment(&edition.passage_id(block)));
                    markup.text(&edition.short_place(block));
                });
            }
        }
    });
}
