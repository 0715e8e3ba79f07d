use super::direction::own_direction;
use super::image::picture;
use super::inline::rich_text;
use super::interface::{in_interface, in_locale};
use crate::article::{Moment, Passage};
use crate::view::markup::{Markup, Slot};
use crate::view::names::data;
use crate::view::view_model::ViewModel;
use crate::view::words::Word;

/// Shows the header of a briefing: category, number of sources, title, summary, byline and lead image.
pub(crate) fn header(markup: &mut Markup, model: &ViewModel) {
    let article = &model.article;
    markup.tag("header").attrs(&[("class", "header")]).children(|markup| {
        kicker(markup, model);
        markup
            .tag("h2")
            .attrs(&[("class", "title passage"), ("part", "title")])
            .attr_if("dir", own_direction(model))
            .attr("id", &model.passage_id(Passage::Title))
            .text(&article.title);
        if !article.summary.is_empty() {
            markup
                .tag("p")
                .attrs(&[("class", "summary passage"), ("part", "summary")])
                .attr_if("dir", own_direction(model))
                .attr("id", &model.passage_id(Passage::Summary))
                .children(|markup| {
                    rich_text(markup, model, &article.summary);
                });
        }
        markup.tag("div").attrs(&[("class", "facts")]).children(|markup| {
            byline(markup, model);
            if model.has_player() {
                play_link(markup, model);
            }
        });
        if let Some(image) = &article.image {
            markup.tag("figure").attrs(&[("class", "lead")]).children(|markup| picture(markup, model, image));
        }
    });
}

/// Shows the line above the title: the category and the number of sources.
fn kicker(markup: &mut Markup, model: &ViewModel) {
    let category = model.article.category.as_ref();
    let sources = model.source_count();
    if category.is_none() && sources == 0 {
        return;
    }
    markup.tag("p").attrs(&[("class", "kicker")]).children(|markup| {
        if let Some(category) = category {
            markup.tag("span").children(|markup| {
                markup
                    .tag("span")
                    .attrs(&[("class", "category"), ("part", "category")])
                    .attr_if("dir", own_direction(model))
                    .text(category);
            });
        }
        if sources > 0 {
            markup.tag("span").children(|markup| provenance(markup, model, sources));
        }
    });
}

/// Shows the number of sources, with a link to them if they are listed.
fn provenance(markup: &mut Markup, model: &ViewModel, sources: usize) {
    let list = model.lists_references().then(|| fragment(&model.only_id("references")));
    let name = if list.is_some() { "a" } else { "span" };
    in_interface(markup.tag(name), model)
        .attrs(&[("class", "provenance"), ("part", "provenance")])
        .attr_if("href", list.as_deref())
        .text(&model.words.count(Word::Sources, sources, &model.locale));
}

/// Shows the authors, the dates, and how long the article takes.
fn byline(markup: &mut Markup, model: &ViewModel) {
    let article = &model.article;
    let authors: Vec<&str> = article.authors.iter().map(|author| &**author).collect();
    markup.tag("p").attrs(&[("class", "byline")]).children(|markup| {
        if !authors.is_empty() {
            let names = model.locale.list(&authors);
            let words = model.words.fill(Word::By, &[("authors", &names)]);
            // In some languages the byline is the names alone, which are in the article's language.
            let span = markup.tag("span");
            let span = match *words == *names {
                true => span.attr_if("dir", own_direction(model)),
                false => in_interface(span, model),
            };
            span.attrs(&[("class", "authors")]).text(&words);
        }
        if let Some(published) = &article.published {
            in_locale(markup.tag("span"), model).children(|markup| {
                time(markup, published, &model.locale.date(published, false));
            });
        }
        if let Some(updated) = &article.updated {
            let date = model.locale.date(updated, true);
            let words = model.words.fill(Word::Updated, &[("date", &date)]);
            in_interface(markup.tag("span"), model).children(|markup| time(markup, updated, &words));
        }
        let minutes =
            [(Word::ReadTime, Some(model.reading_minutes())), (Word::ListenTime, model.listening_minutes())];
        for (word, minutes) in minutes {
            if let Some(minutes) = minutes {
                duration(markup, model, word, minutes);
            }
        }
    });
}

/// Shows how long the article takes. While the article is incomplete, this is unknown; its space is
/// reserved so that later no line breaks elsewhere.
fn duration(markup: &mut Markup, model: &ViewModel, word: Word, minutes: usize) {
    /// No article takes this long.
    const MAX_MINUTES: usize = 999;
    let span = in_interface(markup.tag("span"), model).attrs(&[("class", "duration")]);
    if model.is_whole() {
        span.text(&model.words.count(word, minutes, &model.locale));
    } else {
        span.attr(data::ROOM, &model.words.count(word, MAX_MINUTES, &model.locale)).text("\u{a0}");
    }
}

/// Shows the slot of the link to the player.
fn play_link(markup: &mut Markup, model: &ViewModel) {
    let longest = (!model.is_whole()).then(|| [&*model.words.get(Word::Play), " 00:00:00"].concat());
    in_interface(markup.tag("div"), model).attr_if(data::ROOM, longest.as_deref()).slot(Slot::PlayLink);
}

/// Shows a moment with its machine-readable date.
pub(crate) fn time(markup: &mut Markup, moment: &Moment, words: &str) {
    markup.tag("time").attr("datetime", moment.as_str()).text(words);
}

/// Returns the URL fragment of an element in the briefing.
pub(crate) fn fragment(id: &str) -> String {
    ["#", id].concat()
}
