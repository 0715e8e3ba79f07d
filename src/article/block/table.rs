use super::{BlockKind, Content};
use crate::article::read::{Object, Path, Reader};
use crate::article::spoken::{Spoken, push_line};
use crate::article::{Json, RichText};

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema), schemars(inline))]
pub struct Table {
    /// What it shows.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "RichText::is_empty"), schemars(default))]
    pub caption: RichText,
    /// The heads of its columns.
    #[cfg_attr(
        feature = "native",
        serde(skip_serializing_if = "Vec::is_empty"),
        schemars(default, with = "Vec<crate::article::schema::Cell>")
    )]
    pub header: Vec<RichText>,
    /// Its rows, each a list of cells. A row may be shorter than the others; the missing cells are empty.
    #[cfg_attr(
        feature = "native",
        schemars(with = "Vec<Vec<crate::article::schema::Cell>>", length(min = 1))
    )]
    pub rows: Vec<Vec<RichText>>,
}

impl Content for Table {
    fn read(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
        let caption = object.rich(reader, "caption");
        let mut header = cells(reader, object.path.key("header"), object.get("header"));
        let path = object.path.key("rows");
        let list = object.list(reader, "rows", "rows");
        let rows: Vec<_> =
            list.iter().enumerate().map(|(index, row)| cells(reader, path.index(index), row)).collect();
        let columns = rows.iter().chain([&header]).map(Vec::len).max().unwrap_or_default();
        if rows.is_empty() || columns == 0 {
            reader.warn(object.path, "is a table without cells; it was left out");
            return None;
        }
        for (index, row) in rows.iter().enumerate() {
            if row.len() < columns {
                reader.warn(path.index(index), "has fewer cells than the table has columns");
            }
        }
        if !header.is_empty() {
            header.resize(columns, RichText::default());
        }
        Some(BlockKind::Table(Self { caption, header, rows }))
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a RichText)) {
        visit(&self.caption);
        self.header.iter().chain(self.rows.iter().flatten()).for_each(visit);
    }

    fn each_text_mut(&mut self, visit: &mut impl FnMut(&mut RichText)) {
        visit(&mut self.caption);
        self.header.iter_mut().chain(self.rows.iter_mut().flatten()).for_each(visit);
    }
}

/// The caption and every cell, row by row, one per line.
impl Spoken for Table {
    fn push_spoken(&self, words: &mut String) {
        self.each_text(&mut |text| push_line(text, words));
    }
}

/// Reads a row. Empty cells are kept, and a number is a valid cell.
fn cells(reader: &mut Reader, path: Path, json: &Json) -> Vec<RichText> {
    let list = reader.list(path, json, "cells");
    list.iter().enumerate().map(|(index, cell)| reader.cell(path.index(index), cell)).collect()
}
