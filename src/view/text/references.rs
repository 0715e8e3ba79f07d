use super::key_points::counted_summary;
use super::source;
use crate::article::Reference;
use crate::view::markup::Markup;
use crate::view::names::{class, id};
use crate::view::view_model::ViewModel;
use crate::view::words::Word;

/// Shows the list of references: folded, but always in the page, for searching and printing.
pub(crate) fn references(markup: &mut Markup, model: &ViewModel) {
    let references = &model.article.references;
    markup
        .tag("section")
        .attrs(&[("class", "references"), ("part", "references")])
        .attr("id", &model.only_id("references"))
        .children(|markup| {
            markup.tag("details").children(|markup| {
                counted_summary(markup, model, Word::References, references.len());
                markup.tag("ol").attrs(&[("role", "list")]).children(|markup| {
                    for (index, reference) in references.iter().enumerate() {
                        item(markup, model, index, reference);
                    }
                });
            });
        });
}

fn item(markup: &mut Markup, model: &ViewModel, index: usize, reference: &Reference) {
    markup
        .tag("li")
        .attrs(&[("class", "reference"), ("part", "reference")])
        .attr("id", &model.id(id::REFERENCE, index))
        .children(|markup| {
            markup
                .tag("span")
                .attrs(&[("class", "source-number"), ("aria-hidden", "true")])
                .text(&(index + 1).to_string());
            markup.tag("div").children(|markup| {
                markup.tag("p").attrs(&[("class", "source-title")]).children(|markup| {
                    source::title(markup, model, reference);
                    if let Some(publisher) = &reference.publisher {
                        markup.tag("span").attrs(&[("class", "publisher")]).children(|markup| {
                            markup.text(" — ");
                            source::publisher(markup, model, reference, publisher);
                        });
                    }
                });
                source::facts(markup, model, reference);
                if let Some(url) = &reference.url {
                    markup.tag("p").attrs(&[("class", "address"), ("dir", "ltr")]).text(&model.resolve(url));
                }
                markup.tag("p").attrs(&[("class", class::BACK)]).children(|markup| {
                    if let Some(cited) = model.cited(index) {
                        markup.tag("span").attrs(&[("aria-hidden", "true")]).text("↩");
                        source::places(markup, model, cited);
                    }
                    source::archived_copy(markup, model, reference);
                });
            });
        });
}
