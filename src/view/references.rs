use super::edition::Edition;
use super::key_points::counted_summary;
use super::markup::Markup;
use super::source;
use super::words::Word;
use crate::article::Reference;

/// The list of references: folded, but always in the page, for finding and printing.
pub(crate) fn references(markup: &mut Markup, edition: &Edition) {
    let references = &edition.article.references;
    markup.element("section", &[("class", "references"), ("part", "references")], |markup| {
        markup.attribute("id", &edition.only_id("references"));
        markup.element("details", &[], |markup| {
            counted_summary(markup, &edition.words.get(Word::References), references.len());
            markup.element("ol", &[("role", "list")], |markup| {
                for (index, reference) in references.iter().enumerate() {
                    item(markup, edition, index, reference);
                }
            });
        });
    });
}

fn item(markup: &mut Markup, edition: &Edition, index: usize, reference: &Reference) {
    let cited = edition.cited_at(index);
    markup.element("li", &[("class", "reference"), ("part", "reference")], |markup| {
        markup.attribute("id", &edition.id("reference", index));
        markup.leaf("span", &[("class", "number"), ("aria-hidden", "true")], &(index + 1).to_string());
        markup.element("div", &[], |markup| {
            markup.element("p", &[("class", "source-title")], |markup| {
                source::title(markup, edition, reference);
                if let Some(publisher) = &reference.publisher {
                    markup.element("span", &[("class", "publisher")], |markup| {
                        markup.text(" — ");
                        markup.leaf("bdi", &[], publisher);
                    });
                }
            });
            source::facts(markup, edition, reference);
            if let Some(url) = &reference.url {
                markup.leaf("p", &[("class", "address"), ("dir", "ltr")], &edition.resolve(url));
            }
            markup.element("p", &[("class", "back")], |markup| {
                if !cited.is_empty() {
                    markup.leaf("span", &[("aria-hidden", "true")], "↩");
                    source::places(markup, edition, cited);
                }
                source::archived_copy(markup, edition, reference);
            });
        });
    });
}
