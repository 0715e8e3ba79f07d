//! The details of a source that the list of references and the popovers share.

use super::direction::direction;
use super::header::fragment;
use super::interface::{in_article, in_interface, in_locale, language_of};
use crate::article::{Reference, ReferenceKind};
use crate::view::icon::Icon;
use crate::view::markup::Markup;
use crate::view::names::{class, data, id};
use crate::view::view_model::{Cited, CitedAt, ViewModel};
use crate::view::words::Word;

/// Shows the title in its own language and direction; a link to a new tab, if there is a URL.
pub(crate) fn title(markup: &mut Markup, model: &ViewModel, reference: &Reference) {
    let Some(url) = &reference.url else {
        return title_text(markup, model, reference);
    };
    markup.tag("a").attrs(&NEW_TAB).attr("href", &model.resolve(url)).children(|markup| {
        title_text(markup, model, reference);
        new_tab(markup, model);
    });
}

/// The attributes of a link that opens in a new tab.
const NEW_TAB: [(&str, &str); 2] = [("target", "_blank"), ("rel", "noopener")];

/// Informs screen reader users that a link opens in a new tab.
fn new_tab(markup: &mut Markup, model: &ViewModel) {
    let words = [" (", &*model.words.get(Word::NewTab), ")"].concat();
    in_interface(markup.tag("span"), model).attrs(&[("class", class::HIDDEN)]).text(&words);
}

fn title_text(markup: &mut Markup, model: &ViewModel, reference: &Reference) {
    let dir = direction(reference.lang.as_ref());
    let lang = language_of(model, reference);
    markup.tag("span").attrs(&[("dir", dir)]).attr_if("lang", lang).text(&reference.title);
}

/// Shows the publisher of a source. The name may run in either direction.
pub(crate) fn publisher(markup: &mut Markup, model: &ViewModel, reference: &Reference, name: &str) {
    let dir = reference.lang.as_ref().map(|lang| direction(Some(lang)));
    markup.tag("bdi").attr_if("dir", dir).attr_if("lang", language_of(model, reference)).text(name);
}

/// Shows the authors of a source, its date, its language if that is foreign, and its kind.
pub(crate) fn facts(markup: &mut Markup, model: &ViewModel, reference: &Reference) {
    let foreign = reference.lang.as_ref().filter(|lang| {
        let own = model.article.lang.as_ref();
        own.is_none_or(|own| !own.same_language(lang))
    });
    let Reference { authors, published, kind, .. } = reference;
    if authors.is_empty() && published.is_none() && foreign.is_none() && kind.is_none() {
        return;
    }
    markup.tag("p").attrs(&[("class", "source-facts")]).children(|markup| {
        if !authors.is_empty() {
            let authors: Vec<&str> = authors.iter().map(|author| &**author).collect();
            let dir = direction(reference.lang.as_ref());
            let lang = language_of(model, reference);
            let names = markup.tag("span").attrs(&[("dir", dir)]).attr_if("lang", lang);
            names.text(&model.locale.list(&authors));
        }
        if let Some(published) = published {
            in_locale(markup.tag("time"), model)
                .attr("datetime", published.as_str())
                .text(&model.locale.date(published, false));
        }
        if let Some(lang) = foreign {
            in_locale(markup.tag("span"), model).text(&model.locale.language_name(lang));
        }
        if let Some(kind) = kind {
            in_interface(markup.tag("span"), model).text(&model.words.get(kind_word(*kind)));
        }
    });
}

/// Links to an archived copy, if there is one.
pub(crate) fn archived_copy(markup: &mut Markup, model: &ViewModel, reference: &Reference) {
    if let Some(url) = &reference.archive_url {
        let link = in_interface(markup.tag("a"), model).attrs(&NEW_TAB).attr("class", "archived");
        link.attr("href", &model.resolve(url)).children(|markup| {
            markup.text(&model.words.get(Word::ArchivedCopy));
            new_tab(markup, model);
        });
    }
}

/// Links to the places where a source is cited. The first link to a passage shows its label, the
/// next ones a number. If there are very many places, only the first are linked.
pub(crate) fn places(markup: &mut Markup, model: &ViewModel, cited: &Cited) {
    let mut before: Option<CitedAt> = None;
    let mut nth = 1;
    for place in &cited.places {
        nth = if before.is_some_and(|before| before.passage == place.passage) { nth + 1 } else { 1 };
        before = Some(*place);
        let full = model.words.fill(Word::BackTo, &[("place", &model.spoken_label(place.passage))]);
        let link = in_interface(markup.tag("a"), model)
            .attr("href", &fragment(&model.id(id::CITATION, place.citation)))
            .attr(data::PLACE, &place.citation.to_string())
            .attr("title", &full);
        if nth == 1 && model.interface().is_some() && model.label_quotes_the_article(place.passage) {
            // The link's title is an interface string, but its text is from the article.
            link.children(|markup| {
                in_article(markup.tag("span"), model).text(&model.short_label(place.passage));
            });
        } else if nth == 1 {
            link.text(&model.short_label(place.passage));
        } else {
            link.text(&["(", &nth.to_string(), ")"].concat());
        }
    }
    if cited.times > cited.places.len() {
        markup.tag("span").text("…");
    }
}

/// Returns the icon for a kind of source.
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
