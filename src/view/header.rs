use yew::prelude::*;

use super::edition::Edition;
use super::image::picture;
use super::inline::rich_text;
use super::player::play_link;
use super::words::Word;
use crate::article::{Moment, Passage};

/// The top of a briefing: where it belongs, what it was made from, its title, and who wrote it when.
pub(crate) fn header(edition: &Edition) -> Html {
    let article = &edition.article;
    html! {
        <header class="header">
            { kicker(edition) }
            <h2
                class="title passage"
                part="title"
                id={edition.passage_id(Passage::Title)}
                dir="auto"
            >{ AttrValue::Rc(article.title.clone()) }</h2>
            if !article.summary.is_empty() {
                <p class="summary passage" part="summary" id={edition.passage_id(Passage::Summary)}>
                    { rich_text(edition, &article.summary) }
                </p>
            }
            <div class="facts">
                { byline(edition) }
                { play_link(edition) }
            </div>
            if let Some(image) = &article.image {
                <figure class="lead">{ picture(edition, image) }</figure>
            }
        </header>
    }
}

/// The line above the title: the category, and how many sources there are.
fn kicker(edition: &Edition) -> Html {
    let category = edition.article.category.as_ref();
    let sources = edition.source_count();
    if category.is_none() && sources == 0 {
        return Html::default();
    }
    html! {
        <p class="kicker">
            if let Some(category) = category {
                <span><span class="category" part="category">{ AttrValue::Rc(category.clone()) }</span></span>
            }
            if sources > 0 {
                <span>{ provenance(edition, sources) }</span>
            }
        </p>
    }
}

/// How many sources there are; a link to them where they are listed.
fn provenance(edition: &Edition, sources: usize) -> Html {
    let words = edition.words.count(Word::Sources, sources, &edition.locale);
    if edition.article.references.is_empty() {
        return html! { <span class="provenance" part="provenance">{ words }</span> };
    }
    let list = fragment(&edition.only_id("references"));
    html! { <a class="provenance" part="provenance" href={list}>{ words }</a> }
}

/// Who wrote it, when, and how long it takes.
fn byline(edition: &Edition) -> Html {
    let article = &edition.article;
    let authors: Vec<&str> = article.authors.iter().map(|author| &**author).collect();
    let authors = (!authors.is_empty())
        .then(|| edition.words.fill(Word::By, &[("authors", &edition.locale.list(&authors))]));
    let read = edition.words.count(Word::ReadTime, edition.reading_minutes(), &edition.locale);
    let listen = edition
        .listening_minutes()
        .map(|minutes| edition.words.count(Word::ListenTime, minutes, &edition.locale));
    html! {
        <p class="byline">
            if let Some(authors) = authors {
                <span class="authors">{ authors }</span>
            }
            if let Some(published) = &article.published {
                <span>{ time(published, edition.locale.date(published, false)) }</span>
            }
            if let Some(updated) = &article.updated {
                <span>{ updated_at(edition, updated) }</span>
            }
            <span>{ read }</span>
            if let Some(listen) = listen {
                <span>{ listen }</span>
            }
        </p>
    }
}

fn updated_at(edition: &Edition, updated: &Moment) -> Html {
    let date = edition.locale.date(updated, true);
    time(updated, edition.words.fill(Word::Updated, &[("date", &date)]))
}

/// A moment that machines can read.
pub(crate) fn time(moment: &Moment, words: AttrValue) -> Html {
    html! { <time datetime={AttrValue::Rc(moment.to_text())}>{ words }</time> }
}

/// An address inside the briefing.
pub(crate) fn fragment(id: &str) -> AttrValue {
    ["#", id].concat().into()
}
