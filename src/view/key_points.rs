use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::dom;
use super::edition::{Edition, Shared};
use super::event::Event;
use super::header::fragment;
use super::icon::{Icon, icon};
use super::inline::rich_text;
use super::words::Word;
use crate::article::{KeyPoint, Passage, Text};

/// The properties of [`KeyPoints`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) edition: Shared,
    pub(crate) on_event: Callback<Event>,
}

/// The key points: the section folds, and so does each point that has more to say.
#[component]
pub(crate) fn KeyPoints(props: &Props) -> Html {
    let edition = &*props.edition;
    let section = use_node_ref();
    let all_open = use_state(|| false);
    let points = &edition.article.key_points;
    let unfolding = points.iter().filter(|point| point.unfolds()).count();

    let toggle_all = {
        let (section, all_open) = (section.clone(), all_open.clone());
        Callback::from(move |event: MouseEvent| {
            // Inside a summary, a click would fold the section too.
            event.prevent_default();
            let open = !*all_open;
            for point in
                section.cast::<Element>().iter().flat_map(|section| dom::all(section, "details details"))
            {
                dom::set_open(&point, open);
            }
            all_open.set(open);
        })
    };
    // `toggle` does not bubble, but it is heard on its way down.
    let on_toggle = {
        let (section, all_open, edition, on_event) =
            (section.clone(), all_open.setter(), props.edition.clone(), props.on_event.clone());
        move |event: &web_sys::Event| {
            let Some(details) = dom::target::<HtmlElement>(event) else { return };
            let Some(index) = details.dataset().get("point").and_then(|index| index.parse::<usize>().ok())
            else {
                return;
            };
            let all = section.cast::<Element>().map(|section| dom::all(&section, "details details"));
            all_open.set(all.is_some_and(|all| all.iter().all(|point| point.has_attribute("open"))));
            if let Some(point) = edition.article.key_points.get(index) {
                on_event.emit(Event::KeyPoint {
                    id: Text::clone(&point.id),
                    open: details.has_attribute("open"),
                });
            }
        }
    };
    {
        let section = section.clone();
        use_effect_with(props.edition.clone(), move |_| {
            let listener =
                section.cast::<Element>().map(|section| dom::listen_capture(&section, "toggle", on_toggle));
            move || drop(listener)
        });
    }

    let fold_all = if *all_open { Word::CollapseAll } else { Word::ExpandAll };
    html! {
        <section class="key-points" part="key-points" ref={section}>
            <details open=true>
                <summary>
                    <h3>{ edition.words.get(Word::KeyPoints) }</h3>
                    <span class="count">{ points.len() }</span>
                    { icon(Icon::Chevron) }
                </summary>
                if unfolding > 1 {
                    <button type="button" class="text-button fold-all" aria-expanded={all_open.to_string()} onclick={toggle_all}>
                        { edition.words.get(fold_all) }
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
