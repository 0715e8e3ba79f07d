use super::direction::direction;
use super::header::fragment;
use super::icon::icon;
use super::interface::{in_interface, language_of};
use super::source;
use crate::article::Reference;
use crate::view::icon::Icon;
use crate::view::markup::Markup;
use crate::view::names::{class, data, id};
use crate::view::view_model::ViewModel;
use crate::view::words::Word;

/// Shows one popover for each reference, which all citations of it open. The browser opens, places
/// and closes popovers by itself; [`crate::view::behaviour`] adds what needs script.
pub(crate) fn popovers(markup: &mut Markup, model: &ViewModel) {
    markup.tag("div").attrs(&[("class", "popovers")]).children(|markup| {
        for (index, reference) in model.article.references.iter().enumerate() {
            popover(markup, model, index, reference);
        }
    });
}

fn popover(markup: &mut Markup, model: &ViewModel, index: usize, reference: &Reference) {
    let name = model.words.fill(Word::Source, &[("n", &(index + 1).to_string())]);
    let attributes =
        [("class", class::POPOVER), ("part", "popover"), ("popover", "auto"), ("role", "dialog")];
    in_interface(markup.tag("div"), model)
        .attrs(&attributes)
        .attr("id", &model.id(id::SOURCE, index))
        .attr("aria-label", &name)
        .attr(data::SOURCE, &index.to_string())
        .children(|markup| {
            markup.tag("div").attrs(&[("class", "grip"), ("aria-hidden", "true")]).empty();
            head(markup, model, index, reference, &name);
            markup
                .tag("p")
                .attrs(&[("class", "source-title")])
                .children(|markup| source::title(markup, model, reference));
            source::facts(markup, model, reference);
            if let Some(excerpt) = &reference.excerpt {
                markup
                    .tag("blockquote")
                    .attrs(&[("class", "excerpt"), ("dir", direction(reference.lang.as_ref()))])
                    .attr_if("lang", language_of(model, reference))
                    .text(excerpt);
            }
            source::archived_copy(markup, model, reference);
            foot(markup, model, index);
        });
}

/// Shows the top line: the icon and publisher of the source, its number, and a button that closes
/// the popover.
fn head(markup: &mut Markup, model: &ViewModel, index: usize, reference: &Reference, name: &str) {
    markup.tag("p").attrs(&[("class", "popover-head")]).children(|markup| {
        icon(markup, source::kind_icon(reference.kind));
        match &reference.publisher {
            Some(publisher) => source::publisher(markup, model, reference, publisher),
            None => markup.tag("bdi").text(name),
        }
        let list = model.lists_references().then(|| fragment(&model.id(id::REFERENCE, index)));
        let number =
            markup.tag(if list.is_some() { "a" } else { "span" }).attrs(&[("class", "source-number")]);
        number.attr_if("href", list.as_deref()).children(|markup| {
            markup.text(&["[", &(index + 1).to_string(), "]"].concat());
            if list.is_some() {
                let hint = [" ", &*model.words.get(Word::InTheList)].concat();
                markup.tag("span").attrs(&[("class", class::HIDDEN)]).text(&hint);
            }
        });
        let attributes = [("type", "button"), ("class", "close"), ("popovertargetaction", "hide")];
        markup
            .tag("button")
            .attrs(&attributes)
            .attr("popovertarget", &model.id(id::SOURCE, index))
            .attr("aria-label", &model.words.get(Word::Close))
            .children(|markup| {
                icon(markup, Icon::Close);
            });
    });
}

fn foot(markup: &mut Markup, model: &ViewModel, index: usize) {
    markup.tag("div").attrs(&[("class", "foot")]).children(|markup| {
        markup.tag("p").attrs(&[("class", "cited")]).children(|markup| {
            if let Some(cited) = model.cited(index) {
                let times = model.words.count(Word::Cited, cited.times, &model.locale);
                markup.tag("span").text(&times);
                source::places(markup, model, cited);
            } else {
                markup.text(&model.words.get(Word::NotCited));
            }
        });
        pager(markup, model, index);
    });
}

/// Shows buttons for the previous and the next source: without script those in the list of
/// references, with script those of the citation that was opened.
fn pager(markup: &mut Markup, model: &ViewModel, index: usize) {
    let count = model.article.references.len();
    if count < 2 {
        return;
    }
    let (number, total) = ((index + 1).to_string(), count.to_string());
    markup.tag("div").attrs(&[("class", class::PAGER)]).children(|markup| {
        pager_button(markup, model, class::PREVIOUS, Word::PreviousSource, (index + count - 1) % count);
        let position = model.words.fill(Word::Position, &[("n", &number), ("total", &total)]);
        markup.tag("span").attrs(&[("class", class::POSITION)]).text(&position);
        pager_button(markup, model, class::NEXT, Word::NextSource, (index + 1) % count);
    });
}

fn pager_button(markup: &mut Markup, model: &ViewModel, class: &str, word: Word, to: usize) {
    markup
        .tag("button")
        .attrs(&[("type", "button"), ("class", class)])
        .attr("popovertarget", &model.id(id::SOURCE, to))
        .attr("aria-label", &model.words.get(word))
        .children(|markup| {
            icon(markup, Icon::Chevron);
        });
}
