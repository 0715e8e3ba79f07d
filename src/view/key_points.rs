use yew::prelude::*;

use super::edition::Edition;
use super::header::fragment;
use super::icon::{Icon, icon};
use super::inline::rich_text;
use super::words::Word;
use crate::article::{KeyPoint, Passage};

/// The key points: the section folds, and so does each point that has more to say.
pub(crate) fn key_points(edition: &Edition) -> Html {
    let points = &edition.article.key_points;
    let unfolding = points.iter().filter(|point| point.unfolds()).count();
    html! {
        <section class="key-points" part="key-points">
            <details open=true>
                <summary>
                    <h3>{ edition.words.get(Word::KeyPoints) }</h3>
                    <span class="count">{ points.len() }</span>
                    { icon(Icon::Chevron) }
                </summary>
                if unfolding > 1 {
                    <button type="button" class="text-button fold-all" aria-expanded="false">
                        { edition.words.get(Word::ExpandAll) }
                    </button>
                }
                <ol role="list">
                    { for points.iter().enumerate().map(|(index, point)| key_point(edition, index, point)) }
                </ol>
            </details>
        </section>
    }
}

fn key_point(edition: &Edition, index: usize, point: &KeyPoint) -> Html {
    let id = edition.passage_id(Passage::KeyPoint(index));
    let text = rich_text(edition, &point.text);
    html! {
        <li class="key-point passage" part="key-point" key={index} {id}>
            <p class="point">{ text }</p>
            if point.unfolds() {
                // Beside the sentence and not around it: buttons inside a summary would be lost to
                // many screen readers.
                <details data-point={index.to_string()}>
                    <summary aria-label={edition.first_words(Passage::KeyPoint(index))}>{ icon(Icon::Chevron) }</summary>
                    <div class="detail">
                        { for point.detail.iter().map(|text| html! { <p>{ rich_text(edition, text) }</p> }) }
                        { backing(edition, point) }
                    </div>
                </details>
            }
        </li>
    }
}

/// Links to the blocks that back a point.
fn backing(edition: &Edition, point: &KeyPoint) -> Html {
    let blocks = point.supports.iter().filter_map(|id| match edition.article.passage(id) {
        Some(Passage::Block(index)) => Some(Passage::Block(index)),
        _ => None,
    });
    let links: Vec<Html> = blocks
        .map(|block| html! { <a href={fragment(&edition.passage_id(block))}>{ edition.short_place(block) }</a> })
        .collect();
    if links.is_empty() {
        return Html::default();
    }
    html! { <p class="backing"><span>{ edition.words.get(Word::BackedBy) }</span>{ for links }</p> }
}
