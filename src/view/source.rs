//! What the list of references and the popovers both say of a source.

use yew::prelude::*;

use super::edition::{CitedAt, Edition};
use super::header::{fragment, time};
use super::icon::Icon;
use super::words::Word;
use crate::article::{Reference, ReferenceKind, Text};

/// The title in its own language and direction; a link in a new tab, where there is an address.
pub(crate) fn title(edition: &Edition, reference: &Reference) -> Html {
    let lang = reference.lang.as_ref().map(|lang| AttrValue::Rc(lang.to_text()));
    let title = AttrValue::Rc(reference.title.clone());
    match &reference.url {
        Some(url) => html! {
            <a href={edition.resolve(url)} target="_blank" rel="noopener">
                <span {lang} dir="auto">{ title }</span>
                <span class="hidden">{ [" (", &edition.words.get(Word::NewTab), ")"].concat() }</span>
            </a>
        },
        None => html! { <span {lang} dir="auto">{ title }</span> },
    }
}

/// Who wrote it, when, in which language, and what kind of source it is.
pub(crate) fn facts(edition: &Edition, reference: &Reference) -> Html {
    let foreign = reference.lang.as_ref().filter(|lang| {
        let own = edition.article.lang.as_ref();
        own.is_none_or(|own| !own.same_language(lang))
    });
    let authors: Vec<&str> = reference.authors.iter().map(|author| &**author).collect();
    let mut facts: Vec<Html> = Vec::new();
    if !authors.is_empty() {
        facts.push(html! { <span dir="auto">{ edition.locale.list(&authors) }</span> });
    }
    if let Some(published) = &reference.published {
        facts.push(time(published, edition.locale.date(published, false)));
    }
    if let Some(lang) = foreign {
        facts.push(html! { <span>{ edition.locale.language_name(lang) }</span> });
    }
    if let Some(kind) = reference.kind {
        facts.push(html! { <span>{ edition.words.get(kind_word(kind)) }</span> });
    }
    if facts.is_empty() {
        return Html::default();
    }
    html! { <p class="source-facts">{ for facts }</p> }
}

/// Links to a lasting copy, where there is one.
pub(crate) fn archived_copy(edition: &Edition, reference: &Reference) -> Html {
    let Some(url) = &reference.archive_url else {
        return Html::default();
    };
    html! {
        <a class="archived" href={edition.resolve(url)} target="_blank" rel="noopener">
            { edition.words.get(Word::ArchivedCopy) }
            <span class="hidden">{ [" (", &edition.words.get(Word::NewTab), ")"].concat() }</span>
        </a>
    }
}

/// The name of the publisher.
pub(crate) fn publisher(reference: &Reference) -> Option<AttrValue> {
    reference.publisher.as_ref().map(|name: &Text| AttrValue::Rc(name.clone()))
}

/// Links to the places where a source is cited, each by the passage it stands in; the second in
/// the same passage by its number.
pub(crate) fn places(edition: &Edition, places: &[CitedAt]) -> Html {
    let links = places.iter().enumerate().map(|(index, place)| {
        let same = places.iter().take(index).rev().take_while(|before| before.passage == place.passage).count();
        let name = match same {
            0 => edition.short_place(place.passage),
            before => ["(", &(before + 1).to_string(), ")"].concat().into(),
        };
        let full = edition.words.fill(Word::BackTo, &[("place", &edition.spoken_place(place.passage))]);
        html! {
            <a href={fragment(&edition.id("cite", place.citation))} data-place={place.citation.to_string()} title={full}>
                { name }
            </a>
        }
    });
    links.collect()
}

/// The icon for a kind of source.
pub(crate) fn kind_icon(kind: Option<ReferenceKind>) -> Icon {
    match kind {
        Some(ReferenceKind::Book | ReferenceKind::Paper) => Icon::Book,
        Some(ReferenceKind::Dataset | ReferenceKind::Report) => Icon::Chart,
        Some(ReferenceKind::Video) => Icon::Screen,
        Some(ReferenceKind::Audio) => Icon::Sound,
        Some(ReferenceKind::Post) => Icon::Speech,
        Some(ReferenceKind::Website) => Icon::Globe,
        Some(ReferenceKind::Article | ReferenceKind::Document) | None => Icon::Page,
    }
}

fn kind_word(kind: ReferenceKind) -> Word {
    match kind {
        ReferenceKind::Article => Word::KindArticle,
        ReferenceKind::Paper => Word::KindPaper,
        ReferenceKind::Report => Word::KindReport,
        ReferenceKind::Book => Word::KindBook,
        ReferenceKind::Document => Word::KindDocument,
        ReferenceKind::Dataset => Word::KindDataset,
        ReferenceKind::Video => Word::KindVideo,
        ReferenceKind::Audio => Word::KindAudio,
        ReferenceKind::Post => Word::KindPost,
        ReferenceKind::Website => Word::KindWebsite,
    }
}
