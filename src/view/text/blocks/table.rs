use super::super::inline::rich_text;
use super::super::interface::{in_article, named_in_interface};
use crate::article::RichText;
use crate::view::markup::Markup;
use crate::view::view_model::ViewModel;
use crate::view::words::Word;

/// Shows a table. A wide one scrolls inside its own frame, which can be reached by keyboard.
pub(crate) fn table(
    markup: &mut Markup,
    model: &ViewModel,
    caption: &RichText,
    header: &[RichText],
    rows: &[Vec<RichText>],
) {
    let columns = rows.iter().map(Vec::len).fold(header.len(), usize::max);
    let has_name = !caption.is_empty();
    let frame = markup.tag("div").attrs(&[("class", "table"), ("tabindex", "0"), ("role", "group")]);
    let frame = if has_name {
        frame.attr("aria-label", &caption.plain_text())
    } else {
        named_in_interface(frame, model).attr("aria-label", &model.words.get(Word::Table))
    };
    frame.children(|markup| {
        let table = markup.tag("table");
        let table = if has_name { table } else { in_article(table, model) };
        table.children(|markup| {
            if has_name {
                markup.tag("caption").children(|markup| rich_text(markup, model, caption));
            }
            if !header.is_empty() {
                markup.tag("thead").children(|markup| row(markup, model, header, columns, head));
            }
            markup.tag("tbody").children(|markup| {
                for cells in rows {
                    row(markup, model, cells, columns, data);
                }
            });
        });
    });
}

type Cell = fn(&mut Markup, &ViewModel, &RichText);

/// Shows a row. One empty cell spans all missing columns, so that one long row among many short ones does not
/// multiply the cells.
fn row(markup: &mut Markup, model: &ViewModel, cells: &[RichText], columns: usize, cell: Cell) {
    markup.tag("tr").children(|markup| {
        cells.iter().for_each(|text| cell(markup, model, text));
        let missing = columns.saturating_sub(cells.len());
        if missing > 0 {
            let span = (missing > 1).then(|| missing.to_string());
            markup.tag("td").attr_if("colspan", span.as_deref()).empty();
        }
    });
}

/// Shows a column header. An empty one is a plain cell, since it labels nothing.
fn head(markup: &mut Markup, model: &ViewModel, cell: &RichText) {
    if cell.is_empty() {
        markup.tag("td").empty();
    } else {
        markup.tag("th").attrs(&[("scope", "col")]).children(|markup| rich_text(markup, model, cell));
    }
}

fn data(markup: &mut Markup, model: &ViewModel, cell: &RichText) {
    let is_number = cell.plain_text().chars().all(|c| c.is_ascii_digit() || " .,:%+-−–$€£¥".contains(c));
    markup.tag("td").attr_if("class", (is_number && !cell.is_empty()).then_some("numeric")).children(
        |markup| {
            rich_text(markup, model, cell);
        },
    );
}
