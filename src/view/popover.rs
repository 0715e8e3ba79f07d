use super::edition::Edition;
use super::header::fragment;
use super::icon::{Icon, icon};
use super::markup::Markup;
use super::source;
use super::words::Word;
use crate::article::Reference;

/// One popover for each reference, which all citations of it open. The browser opens, places and
/// closes them by itself; [`super::behaviour`] adds what only script can.
pub(crate) fn popovers(markup: &mut Markup, edition: &Edition) {
    markup.element("div", &[("class", "popovers")], |markup| {
        for (index, reference) in edition.article.references.iter().enumerate() {
            popover(markup, edition, index, reference);
        }
    });
}

fn popover(markup: &mut Markup, edition: &Edition, index: usize, reference: &Reference) {
    let name = edition.words.fill(Word::Source, &[("n", &(index + 1).to_string())]);
    let attributes = [("class", "popover"), ("part", "popover"), ("popover", "auto"), ("role", "dialog")];
    markup.element("div", &attributes, |markup| {
        markup.attribute("id", &edition.id("source", index));
        markup.attribute("aria-label", &name);
        markup.attribute("data-source", &index.to_string());
        markup.leaf("div", &[("class", "grip"), ("aria-hidden", "true")], "");
        label(markup, edition, index, reference, &name);
        markup.element("p", &[("class", "source-title")], |markup| source::title(markup, edition, reference));
        source::facts(markup, edition, reference);
        if let Some(excerpt) = &reference.excerpt {
            markup.element("blockquote", &[("class", "excerpt"), ("dir", "auto")], |markup| {
                markup.attribute_if_any("lang", source::language(reference));
                markup.text(excerpt);
            });
        }
        source::archived_copy(markup, edition, reference);
        foot(markup, edition, index);
    });
}

/// The line at the top: what kind of source, whose, its number, and the way out.
fn label(markup: &mut Markup, edition: &Edition, index: usize, reference: &Reference, name: &str) {
    markup.element("p", &[("class", "label")], |markup| {
        icon(markup, source::kind_icon(reference.kind));
        markup.leaf("bdi", &[], reference.publisher.as_deref().unwrap_or(name));
        let is_listed = edition.lists_references();
        markup.element(if is_listed { "a" } else { "span" }, &[("class", "number")], |markup| {
            if is_listed {
                markup.attribute("href", &fragment(&edition.id("reference", index)));
            }
            markup.text(&["[", &(index + 1).to_string(), "]"].concat());
            if is_listed {
                let hint = [" ", &*edition.words.get(Word::InTheList)].concat();
                markup.leaf("span", &[("class", "hidden")], &hint);
            }
        });
        let attributes = [("type", "button"), ("class", "close"), ("popovertargetaction", "hide")];
        markup.element("button", &attributes, |markup| {
            markup.attribute("popovertarget", &edition.id("source", index));
            markup.attribute("aria-label", &edition.words.get(Word::Close));
            icon(markup, Icon::Close);
        });
    });
}

fn foot(markup: &mut Markup, edition: &Edition, index: usize) {
    let cited = edition.cited_at(index);
    markup.element("div", &[("class", "foot")], |markup| {
        markup.element("p", &[("class", "cited")], |markup| {
            if cited.is_empty() {
                markup.text(&edition.words.get(Word::NotCited));
            } else {
                let times = edition.words.count(Word::Cited, cited.len(), &edition.locale);
                markup.leaf("span", &[], &times);
                source::places(markup, edition, cited);
            }
        });
        pager(markup, edition, index);
    });
}

/// Leads to the source before and after. Without script they are those of the list; with it, those
/// of the citation that was opened.
fn pager(markup: &mut Markup, edition: &Edition, index: usize) {
    let count = edition.article.references.len();
    if count < 2 {
        return;
    }
    let (number, total) = ((index + 1).to_string(), count.to_string());
    markup.element("div", &[("class", "pager")], |markup| {
        turn(markup, edition, "previous", Word::PreviousSource, (index + count - 1) % count);
        let position = edition.words.fill(Word::Position, &[("n", &number), ("total", &total)]);
        markup.leaf("span", &[("class", "position")], &position);
        turn(markup, edition, "next", Word::NextSource, (index + 1) % count);
    });
}

fn turn(markup: &mut Markup, edition: &Edition, class: &str, word: Word, to: usize) {
    markup.element("button", &[("type", "button"), ("class", class)], |markup| {
        markup.attribute("popovertarget", &edition.id("source", to));
        markup.attribute("aria-label", &edition.words.get(word));
        icon(markup, Icon::Chevron);
    });
}
