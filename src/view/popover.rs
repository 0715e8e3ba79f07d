use yew::prelude::*;

use super::edition::Edition;
use super::header::fragment;
use super::icon::{Icon, icon};
use super::source;
use super::words::Word;
use crate::article::Reference;

/// One popover for each reference, which all citations of it open. The browser opens, places and
/// closes them by itself; [`super::behaviour`] adds what only script can.
pub(crate) fn popovers(edition: &Edition) -> Html {
    let references = edition.article.references.iter().enumerate();
    html! { <div class="popovers">{ for references.map(|(index, reference)| popover(edition, index, reference)) }</div> }
}

fn popover(edition: &Edition, index: usize, reference: &Reference) -> Html {
    let id = edition.id("source", index);
    let number = (index + 1).to_string();
    let name = edition.words.fill(Word::Source, &[("n", &number)]);
    let cited = edition.cited_at(index);
    let close = edition.words.get(Word::Close);
    html! {
        <div
            class="popover"
            part="popover"
            key={index}
            id={id.clone()}
            popover="auto"
            role="dialog"
            aria-label={name.clone()}
            data-source={index.to_string()}
        >
            <div class="grip" aria-hidden="true"></div>
            <p class="label">
                { icon(source::kind_icon(reference.kind)) }
                <bdi>{ source::publisher(reference).unwrap_or(name) }</bdi>
                <a class="number" href={fragment(&edition.id("reference", index))}>
                    { ["[", &number, "]"].concat() }
                    <span class="hidden">{ " " }{ edition.words.get(Word::InTheList) }</span>
                </a>
                <button
                    type="button"
                    class="close"
                    popovertarget={id.clone()}
                    popovertargetaction="hide"
                    aria-label={close}
                >{ icon(Icon::Close) }</button>
            </p>
            <p class="source-title">{ source::title(edition, reference) }</p>
            { source::facts(edition, reference) }
            if let Some(excerpt) = &reference.excerpt {
                <blockquote class="excerpt" lang={reference.lang.as_ref().map(|lang| AttrValue::Rc(lang.to_text()))} dir="auto">
                    { AttrValue::Rc(excerpt.clone()) }
                </blockquote>
            }
            { source::archived_copy(edition, reference) }
            <div class="foot">
                <p class="cited">
                    if cited.is_empty() {
                        { edition.words.get(Word::NotCited) }
                    } else {
                        <span>{ edition.words.count(Word::Cited, cited.len(), &edition.locale) }</span>
                        { source::places(edition, cited) }
                    }
                </p>
                { pager(edition, index) }
            </div>
        </div>
    }
}

/// Leads to the source before and after. Without script they are those of the list; with it, those
/// of the citation that was opened.
fn pager(edition: &Edition, index: usize) -> Html {
    let count = edition.article.references.len();
    if count < 2 {
        return Html::default();
    }
    let before = (index + count - 1) % count;
    let after = (index + 1) % count;
    let position = [("n", (index + 1).to_string()), ("total", count.to_string())];
    let position =
        edition.words.fill(Word::Position, &position.each_ref().map(|(name, value)| (*name, &**value)));
    html! {
        <div class="pager">
            <button
                type="button"
                class="previous"
                popovertarget={edition.id("source", before)}
                aria-label={edition.words.get(Word::PreviousSource)}
            >{ icon(Icon::Chevron) }</button>
            <span class="position">{ position }</span>
            <button
                type="button"
                class="next"
                popovertarget={edition.id("source", after)}
                aria-label={edition.words.get(Word::NextSource)}
            >{ icon(Icon::Chevron) }</button>
        </div>
    }
}
