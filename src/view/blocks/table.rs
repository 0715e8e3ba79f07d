use yew::prelude::*;

use super::super::edition::Edition;
use super::super::inline::rich_text;
use super::super::words::Word;
use crate::article::RichText;

/// Shows a table. A wide one scrolls inside its own frame, which can be reached by keyboard.
pub(crate) fn table(
    edition: &Edition,
    caption: &RichText,
    header: &[RichText],
    rows: &[Vec<RichText>],
) -> Html {
    let name = if caption.is_empty() { edition.words.get(Word::Table) } else { caption.plain_text().into() };
    html! {
        <div class="table" tabindex="0" role="group" aria-label={name}>
            <table>
                if !caption.is_empty() {
                    <caption>{ rich_text(edition, caption) }</caption>
                }
                if !header.is_empty() {
                    <thead>
                        <tr>{ for header.iter().map(|cell| head(edition, cell)) }</tr>
                    </thead>
                }
                <tbody>{ for rows.iter().map(|row| html! { <tr>{ for row.iter().map(|cell| data(edition, cell)) }</tr> }) }</tbody>
            </table>
        </div>
    }
}

/// The head of a column; an empty one is a plain cell, since a head without words heads nothing.
fn head(edition: &Edition, cell: &RichText) -> Html {
    if cell.is_empty() {
        return html! { <td></td> };
    }
    html! { <th scope="col">{ rich_text(edition, cell) }</th> }
}

fn data(edition: &Edition, cell: &RichText) -> Html {
    let is_number = cell.plain_text().chars().all(|c| c.is_ascii_digit() || " .,:%+-−–$€£¥".contains(c));
    html! { <td class={classes!((is_number && !cell.is_empty()).then_some("number"))}>{ rich_text(edition, cell) }</td> }
}
