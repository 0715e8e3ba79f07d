//! What the list of references and the popovers both say of a source.

use super::edition::{CitedAt, Edition};
use super::header::{fragment, time};
use super::icon::Icon;
use super::markup::Markup;
use super::words::Word;
use crate::article::{Language, Reference, ReferenceKind};

/// The title in its own language and direction; a link in a new tab, where there is an address.
pub(crate) fn title(markup: &mut Markup, edition: &Edition, reference: &Reference) {
    let Some(url) = &reference.url else {
        return title_text(markup, reference);
    };
    markup.element("a", &NEW_TAB, |markup| {
        markup.attribute("href", &edition.resolve(url));
        title_text(markup, reference);
        new_tab(markup, edition);
    });
}

/// A link that opens in a new tab.
const NEW_TAB: [(&str, &str); 2] = [("target", "_blank"), ("rel", "noopener")];

/// Tells those who hear a link that it opens in a new tab.
fn new_tab(markup: &mut Markup, edition: &Edition) {
    let words = [" (", &*edition.words.get(Word::NewTab), ")"].concat();
    markup.leaf("span", &[("class", "hidden")], &words);
}

fn title_text(markup: &mut Markup, reference: &Reference) {
    markup.element("span", &[("dir", "auto")], |markup| {
        markup.attribute_if_any("lang", language(reference));
        markup.text(&reference.title);
    });
}

/// The language of a source.
pub(crate) fn language(reference: &Reference) -> Option<&str> {
    reference.lang.as_ref().map(Language::as_str)
}

/// Who wrote it, when, in which language, and what kind of source it is.
pub(crate) fn facts(markup: &mut Markup, edition: &Edition, reference: &Reference) {
    let foreign = reference.lang.as_ref().filter(|lang| {
        let own = edition.article.lang.as_ref();
        own.is_none_or(|own| !own.same_language(lang))
    });
    let Reference { authors, published, kind, .. } = reference;
    if authors.is_empty() && published.is_none() && foreign.is_none() && kind.is_none() {
        return;
    }
    markup.element("p", &[("class", "source-facts")], |markup| {
        if !authors.is_empty() {
            let authors: Vec<&str> = authors.iter().map(|author| &**author).collect();
            markup.leaf("span", &[("dir", "auto")], &edition.locale.list(&authors));
        }
        if let Some(published) = published {
            time(markup, published, &edition.locale.date(published, false));
        }
        if let Some(lang) = foreign {
            markup.leaf("span", &[], &edition.locale.language_name(lang));
        }
        if let Some(kind) = kind {
            markup.leaf("span", &[], &edition.words.get(kind_word(*kind)));
        }
    });
}

/// Links to a lasting copy, where there is one.
pub(crate) fn archived_copy(markup: &mut Markup, edition: &Edition, reference: &Reference) {
    if let Some(url) = &reference.archive_url {
        markup.element("a", &NEW_TAB, |markup| {
            markup.attribute("class", "archived");
            markup.attribute("href", &edition.resolve(url));
            markup.text(&edition.words.get(Word::ArchivedCopy));
            new_tab(markup, edition);
        });
    }
}

/// Links to the places where a source is cited, each by the passage it stands in; the second in
/// the same passage by its number.
pub(crate) fn places(markup: &mut Markup, edition: &Edition, places: &[CitedAt]) {
    let mut before: Option<CitedAt> = None;
    let mut nth = 1;
    for place in places {
        nth = if before.is_some_and(|before| before.passage == place.passage) { nth + 1 } else { 1 };
        before = Some(*place);
        markup.element("a", &[], |markup| {
            let words = &edition.words;
            markup.attribute("href", &fragment(&edition.id("cite", place.citation)));
            markup.attribute("data-place", &place.citation.to_string());
            let full = words.fill(Word::BackTo, &[("place", &edition.spoken_place(place.passage))]);
            markup.attribute("title", &full);
            if nth == 1 {
                markup.text(&edition.short_place(place.passage));
            } else {
                markup.text(&["(", &nth.to_string(), ")"].concat());
            }
        });
    }
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
