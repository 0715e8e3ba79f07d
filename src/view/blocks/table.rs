use super::super::edition::Edition;
use super::super::inline::rich_text;
use super::super::markup::Markup;
use super::super::words::Word;
use crate::article::RichText;

/// Shows a table. A wide one scrolls inside its own frame, which can be reached by keyboard.
pub(crate) fn table(
    markup: &mut Markup,
    edition: &Edition,
    caption: &RichText,
    header: &[RichText],
    rows: &[Vec<RichText>],
) {
    markup.element("div", &[("class", "table"), ("tabindex", "0"), ("role", "group")], |markup| {
        if caption.is_empty() {
            markup.attribute("aria-label", &edition.words.get(Word::Table));
        } else {
            markup.attribute("aria-label", &caption.plain_text());
        }
        markup.element("table", &[], |markup| {
            if !caption.is_empty() {
                markup.element("caption", &[], |markup| rich_text(markup, edition, caption));
            }
            if !header.is_empty() {
                markup.element("thead", &[], |markup| row(markup, edition, header, head));
            }
            markup.element("tbody", &[], |markup| {
                for cells in rows {
                    row(markup, edition, cells, data);
                }
            });
        });
    });
}

type Cell = fn(&mut Markup, &Edition, &RichText);

fn row(markup: &mut Markup, edition: &Edition, cells: &[RichText], cell: Cell) {
    markup.element("tr", &[], |markup| cells.iter().for_each(|text| cell(markup, edition, text)));
}

/// The head of a column; an empty one is a plain cell, since a head without words heads nothing.
fn head(markup: &mut Markup, edition: &Edition, cell: &RichText) {
    if cell.is_empty() {
        markup.leaf("td", &[], "");
    } else {
        markup.element("th", &[("scope", "col")], |markup| rich_text(markup, edition, cell));
    }
}

fn data(markup: &mut Markup, edition: &Edition, cell: &RichText) {
    let is_number = cell.plain_text().chars().all(|c| c.is_ascii_digit() || " .,:%+-−–$€£¥".contains(c));
    markup.element("td", &[], |markup| {
        markup.attribute_if_any("class", (is_number && !cell.is_empty()).then_some("number"));
        rich_text(markup, edition, cell);
    });
}
