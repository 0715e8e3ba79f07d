//! The report, as tables for people and as JSON for programs.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use console::style;
use serde::Serialize;

use super::data;
use super::module::Module;
use super::symbol::{Origin, Symbol};
use crate::dist::Recipe;

/// The number of characters of a long name or a piece of data that are printed.
const PRINTED: usize = 150;

/// The sizes of all parts of a build.
#[derive(Serialize)]
pub(crate) struct Report {
    /// The name of the build.
    build: &'static str,
    /// All bytes except the names, which readers do not download.
    bytes: usize,
    modules: Vec<Row>,
    functions: Vec<FunctionRow>,
    data: Vec<DataRow>,
}

/// A module of this project, another crate, or a part of the file.
#[derive(Default, Serialize)]
struct Row {
    name: String,
    bytes: usize,
    functions: usize,
    code: usize,
    /// The code of another crate that exists only because it was instantiated for a type of this
    /// project.
    code_for_our_types: usize,
    /// The data that only this row uses.
    data: usize,
}

#[derive(Serialize)]
struct FunctionRow {
    name: String,
    module: String,
    built_for: Option<String>,
    bytes: usize,
}

#[derive(Serialize)]
struct DataRow {
    address: u32,
    bytes: usize,
    used_by: BTreeSet<String>,
    functions: Vec<String>,
    text: String,
}

impl Report {
    /// Adds up the sizes of a module.
    pub(crate) fn of(recipe: Recipe, module: &Module) -> Self {
        let mut rows: BTreeMap<String, Row> = BTreeMap::new();
        let symbols: Vec<Symbol> = module
            .functions
            .iter()
            .map(|function| Symbol::read(&function.symbol, function.exported))
            .collect();
        let mut functions = Vec::new();
        for (function, symbol) in module.functions.iter().zip(&symbols) {
            let row = rows.entry(symbol.origin.to_string()).or_default();
            row.functions += 1;
            row.bytes += function.bytes;
            row.code += function.bytes;
            if symbol.built_for.is_some() {
                row.code_for_our_types += function.bytes;
            }
            functions.push(FunctionRow {
                name: symbol.name.clone(),
                module: symbol.origin.to_string(),
                built_for: symbol.built_for.as_ref().map(Origin::to_string),
                bytes: function.bytes,
            });
        }
        functions.sort_by_key(|function| std::cmp::Reverse(function.bytes));

        let mut data = Vec::new();
        for piece in data::pieces(&module.segments, &module.functions) {
            let users = || piece.users.iter().filter_map(|user| symbols.get(*user));
            let used_by: BTreeSet<String> = users().map(|user| user.origin.to_string()).collect();
            let owner = match used_by.len() {
                0 => "(data without a known user)",
                1 => used_by.first().map_or("", String::as_str),
                _ => "(data used by several)",
            };
            let row = rows.entry(owner.to_owned()).or_default();
            row.bytes += piece.bytes.len();
            row.data += piece.bytes.len();
            data.push(DataRow {
                address: piece.address,
                bytes: piece.bytes.len(),
                functions: users().map(|user| user.name.clone()).collect(),
                used_by,
                text: readable(&piece.bytes),
            });
        }
        data.sort_by_key(|piece| std::cmp::Reverse(piece.bytes));

        for (name, bytes) in &module.sections {
            rows.entry(format!("({name})")).or_default().bytes += bytes;
        }
        let mut modules: Vec<Row> = rows.into_iter().map(|(name, row)| Row { name, ..row }).collect();
        modules.sort_by_key(|row| std::cmp::Reverse(row.bytes));
        let bytes = modules.iter().map(|row| row.bytes).sum();
        Self { build: recipe.name(), bytes, modules, functions, data }
    }

    /// Returns the complete report as JSON.
    pub(crate) fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)?)
    }

    /// Prints the modules, and the largest functions and pieces of data. `of` filters the functions
    /// and the data.
    pub(crate) fn print(&self, top: usize, of: Option<&str>) {
        let is_match = |texts: &[&str]| of.is_none_or(|of| texts.iter().any(|text| text.contains(of)));

        println!("\n{}", style(format!("What the {} build holds, in bytes", self.build)).bold());
        println!(
            "{:>8} {:>6} {:>8} {:>8} {:>7} {:>9}",
            "all", "share", "code", "for ours", "data", "functions"
        );
        for row in &self.modules {
            println!(
                "{:>8} {:>5.1}% {:>8} {:>8} {:>7} {:>9}  {}",
                row.bytes,
                row.bytes as f64 / self.bytes as f64 * 100.0,
                number(row.code),
                number(row.code_for_our_types),
                number(row.data),
                number(row.functions),
                row.name
            );
        }
        println!("{:>8} {:>5.1}%", self.bytes, 100.0);
        println!("for ours: code of another crate that was compiled for one of our types.");
        println!("Inlined code counts for the function that contains it.");

        println!("\n{}", style("The largest functions").bold());
        let matching = self.functions.iter().filter(|row| is_match(&[&row.name, &row.module]));
        for row in matching.take(top) {
            println!("{:>8}  {}", row.bytes, shortened(&row.name));
            if let Some(built_for) = &row.built_for {
                println!("{:>8}  {}", "", style(format!("in {}, for {built_for}", row.module)).dim());
            }
        }

        println!("\n{}", style("The largest pieces of data").bold());
        let matching = self.data.iter().filter(|row| {
            row.used_by.iter().chain(&row.functions).any(|text| is_match(&[text])) || is_match(&[&row.text])
        });
        for row in matching.take(top) {
            println!("{:>8}  {}", row.bytes, shortened(&row.text));
            if row.used_by.is_empty() {
                continue;
            }
            let used_by: Vec<&str> = row.used_by.iter().take(5).map(String::as_str).collect();
            println!("{:>8}  {}", "", style(format!("used by {}", used_by.join(", "))).dim());
        }
    }
}

fn number(number: usize) -> String {
    if number == 0 { "·".to_owned() } else { number.to_string() }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= PRINTED {
        return text.to_owned();
    }
    let start: String = text.chars().take(PRINTED).collect();
    format!("{start}…")
}

/// Returns the text in data; other bytes become dots, one dot for several bytes.
fn readable(bytes: &[u8]) -> String {
    let mut readable = String::new();
    for letter in String::from_utf8_lossy(bytes).chars() {
        if !letter.is_control() && letter != char::REPLACEMENT_CHARACTER {
            readable.push(letter);
        } else if !readable.ends_with('·') {
            readable.push('·');
        }
    }
    readable
}
