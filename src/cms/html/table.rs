//! Tables.

use super::list::text_of;
use super::push_line;
use super::tree::Element;
use super::walk::{TextKind, Walker};
use crate::article::{Block, BlockKind, RichText, Table};
use crate::cms::converter::pad;
use crate::cms::values::number;

/// The most columns that one cell may span.
const MAX_SPAN: usize = 50;

/// The most empty cells that spans may add to a table, per cell that it has.
const MAX_EMPTY: usize = 16;

impl Walker<'_> {
    /// Adds a table. A table of a single column is only layout: its cells become blocks of the
    /// article.
    pub(super) fn table(&mut self, node: usize) {
        self.flush();
        let tree = self.tree;
        let (captions, rows) = self.captions_and_rows(node);
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        if columns == 0 && !tree.inside(node).any(|inner| self.is_skipped(inner)) {
            // Of a table that is as deep as the tree, there is only the text. A table of notes has become references.
            return self.block(node);
        }
        if columns < 2 {
            captions.into_iter().filter(|_| columns > 0).for_each(|caption| self.node(caption));
            for row in rows {
                for cell in row.cells {
                    self.children(tree.inside(cell));
                    self.flush();
                }
            }
            return;
        }
        let kind = std::mem::replace(&mut self.kind, TextKind::Paragraph);
        let mut table = Table::default();
        for caption in captions {
            push_line(&mut table.caption, self.captured_text(caption..tree.inside(caption).end));
        }
        let mut after = Vec::new();
        // For each column, the row before which a cell from above ends.
        let mut spanned: Vec<usize> = Vec::new();
        let mut left = MAX_EMPTY * rows.iter().map(|row| row.cells.len()).sum::<usize>();
        for (place, row) in rows.into_iter().enumerate() {
            let is_header = row.is_head || row.cells.iter().all(|cell| self.name(*cell) == "th");
            let mut cells = Vec::new();
            for cell in row.cells {
                skip_spanned(&spanned, place, &mut cells, &mut left);
                let element = tree.element(cell);
                let blocks = self.capture(tree.inside(cell));
                let at = cells.len();
                cells.push(cell_text(blocks, &mut after));
                let span = |name: &str| {
                    let span = element.and_then(|element: &Element| number(element.filled(name)?));
                    span.and_then(|span| usize::try_from(span).ok()).unwrap_or(1).clamp(1, MAX_SPAN)
                };
                let (width, height) = (span("colspan"), span("rowspan"));
                let width = width.min(left + 1);
                left -= width - 1;
                cells.resize(at + width, RichText::default());
                if height > 1 {
                    spanned.resize(spanned.len().max(at + width), 0);
                    spanned.iter_mut().skip(at).take(width).for_each(|end| *end = place + height);
                }
            }
            skip_spanned(&spanned, place, &mut cells, &mut left);
            if is_header && table.header.is_empty() && table.rows.is_empty() {
                table.header = cells;
            } else if cells.iter().any(|cell| !cell.is_empty()) {
                table.rows.push(cells);
            }
        }
        self.kind = kind;
        // As in `converter::table`, which would add 110 bytes to every reader of HTML.
        if table.rows.is_empty() && table.header.iter().any(|cell| !cell.is_empty()) {
            table.rows.push(std::mem::take(&mut table.header));
        }
        pad(&mut table);
        if !table.rows.is_empty() {
            self.push(BlockKind::Table(table));
        } else if !table.caption.is_empty() {
            self.push(BlockKind::paragraph(table.caption));
        }
        self.fragment.blocks.extend(after);
    }

    fn name(&self, node: usize) -> &str {
        self.tree.element(node).map_or("", |element| element.name.as_str())
    }

    /// Returns the captions and rows of a table, without those of tables nested in it and without what is left
    /// out. Parsers leave the captions of a table inside a caption beside that caption.
    fn captions_and_rows(&mut self, node: usize) -> (Vec<usize>, Vec<Row>) {
        let tree = self.tree;
        let (mut captions, mut rows) = (Vec::new(), Vec::new());
        for group in tree.children(tree.inside(node)) {
            if self.name(group) == "caption" {
                captions.push(group);
            }
            if !matches!(self.name(group), "tbody" | "thead" | "tfoot") || self.leaves_out(group) {
                continue;
            }
            for row in tree.children(tree.inside(group)) {
                if self.name(row) == "tr" && !self.is_skipped(row) && !self.leaves_out(row) {
                    let mut cells = Vec::new();
                    for cell in tree.children(tree.inside(row)) {
                        if matches!(self.name(cell), "td" | "th") && !self.leaves_out(cell) {
                            cells.push(cell);
                        }
                    }
                    // TinyMCE keeps the cells of a row that it moves to the head as `td`.
                    rows.push(Row { is_head: self.name(group) == "thead", cells });
                }
            }
        }
        (captions, rows)
    }
}

struct Row {
    is_head: bool,
    cells: Vec<usize>,
}

/// Adds empty cells for columns that a cell from above spans, as long as any are left.
fn skip_spanned(spanned: &[usize], row: usize, cells: &mut Vec<RichText>, left: &mut usize) {
    while *left > 0 && spanned.get(cells.len()).is_some_and(|end| *end > row) {
        *left -= 1;
        cells.push(RichText::default());
    }
}

/// Returns the text of a cell; pictures and embeds follow the table.
fn cell_text(blocks: Vec<Block>, after: &mut Vec<Block>) -> RichText {
    let mut text = RichText::default();
    for block in blocks {
        if matches!(block.kind, BlockKind::Image(_) | BlockKind::EmbedLink(_)) {
            after.push(block);
        } else {
            push_line(&mut text, text_of(block));
        }
    }
    text
}
