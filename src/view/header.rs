use super::edition::Edition;
use super::image::picture;
use super::inline::rich_text;
use super::markup::Markup;
use super::player::play_link;
use super::words::Word;
use crate::article::{Moment, Passage};

/// The top of a briefing: where it belongs, what it was made from, its title, and who wrote it when.
pub(crate) fn header(markup: &mut Markup, edition: &Edition) {
    let article = &edition.article;
    markup.element("header", &[("class", "header")], |markup| {
        kicker(markup, edition);
        markup.element("h2", &[("class", "title passage"), ("part", "title"), ("dir", "auto")], |markup| {
            markup.attribute("id", &edition.passage_id(Passage::Title));
            markup.text(&article.title);
        });
        if !article.summary.is_empty() {
            markup.element("p", &[("class", "summary passage"), ("part", "summary")], |markup| {
                markup.attribute("id", &edition.passage_id(Passage::Summary));
                rich_text(markup, edition, &article.summary);
            });
        }
        markup.element("div", &[("class", "facts")], |markup| {
            byline(markup, edition);
            play_link(markup, edition);
        });
        if let Some(image) = &article.image {
            markup.element("figure", &[("class", "lead")], |markup| picture(markup, edition, image));
        }
    });
}

/// The line above the title: the category, and how many sources there are.
fn kicker(markup: &mut Markup, edition: &Edition) {
    let category = edition.article.category.as_ref();
    let sources = edition.source_count();
    if category.is_none() && sources == 0 {
        return;
    }
    markup.element("p", &[("class", "kicker")], |markup| {
        if let Some(category) = category {
            markup.element("span", &[], |markup| {
                markup.leaf("span", &[("class", "category"), ("part", "category")], category);
            });
        }
        if sources > 0 {
            markup.element("span", &[], |markup| provenance(markup, edition, sources));
        }
    });
}

/// How many sources there are; a link to them where they are listed.
fn provenance(markup: &mut Markup, edition: &Edition, sources: usize) {
    let are_listed = edition.lists_references();
    let name = if are_listed { "a" } else { "span" };
    markup.element(name, &[("class", "provenance"), ("part", "provenance")], |markup| {
        if are_listed {
            markup.attribute("href", &fragment(&edition.only_id("references")));
        }
        markup.text(&edition.words.count(Word::Sources, sources, &edition.locale));
    });
}

/// Who wrote it, when, and how long it takes.
fn byline(markup: &mut Markup, edition: &Edition) {
    let article = &edition.article;
    let authors: Vec<&str> = article.authors.iter().map(|author| &**author).collect();
    markup.element("p", &[("class", "byline")], |markup| {
        if !authors.is_empty() {
            let authors = edition.words.fill(Word::By, &[("authors", &edition.locale.list(&authors))]);
            markup.leaf("span", &[("class", "authors")], &authors);
        }
        if let Some(published) = &article.published {
            markup.element("span", &[], |markup| {
                time(markup, published, &edition.locale.date(published, false));
            });
        }
        if let Some(updated) = &article.updated {
            let date = edition.locale.date(updated, true);
            let words = edition.words.fill(Word::Updated, &[("date", &date)]);
            markup.element("span", &[], |markup| time(markup, updated, &words));
        }
        if !edition.is_whole() {
            return;
        }
        let read = edition.words.count(Word::ReadTime, edition.reading_minutes(), &edition.locale);
        markup.leaf("span", &[], &read);
        if let Some(minutes) = edition.listening_minutes() {
            markup.leaf("span", &[], &edition.words.count(Word::ListenTime, minutes, &edition.locale));
        }
    });
}

/// A moment that machines can read.
pub(crate) fn time(markup: &mut Markup, moment: &Moment, words: &str) {
    markup.element("time", &[], |markup| {
        markup.attribute("datetime", moment.as_str());
        markup.text(words);
    });
}

/// An address inside the briefing.
pub(crate) fn fragment(id: &str) -> String {
    ["#", id].concat()
}
