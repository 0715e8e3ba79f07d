//! The results, as a table for people and as JSON for programs.

use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use serde_json::{Value, json};

/// The figures of one measurement.
pub(crate) struct Section {
    title: String,
    floor: String,
    figures: Vec<Figure>,
}

impl Section {
    /// Creates a section, with its title and a description of its floor.
    pub(crate) fn new(title: impl Into<String>, floor: impl Into<String>) -> Self {
        Self { title: title.into(), floor: floor.into(), figures: Vec::new() }
    }

    /// Adds a figure.
    pub(crate) fn add(&mut self, figure: Figure) {
        self.figures.push(figure);
    }

    fn json(&self) -> Value {
        let figures: Vec<Value> = self.figures.iter().map(Figure::json).collect();
        json!({ "title": self.title, "floor": self.floor, "figures": figures })
    }
}

/// A measured quantity.
pub(crate) struct Figure {
    label: String,
    value: f64,
    unit: &'static str,
    floor: Option<f64>,
    target: Option<Target>,
    note: String,
}

/// The target of a figure.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    /// The value itself must be at most this.
    AtMost(f64),
    /// The value must be at most this many times the floor.
    RatioAtMost(f64),
}

impl Figure {
    /// Creates a time in milliseconds.
    pub(crate) fn milliseconds(label: impl Into<String>, value: f64) -> Self {
        Self::plain(label, value, "ms")
    }

    /// Creates an amount of memory or of traffic, in bytes.
    pub(crate) fn bytes(label: impl Into<String>, value: f64) -> Self {
        Self::plain(label, value / 1_000.0, "KB")
    }

    /// Creates a figure in any other unit.
    pub(crate) fn plain(label: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { label: label.into(), value, unit, floor: None, target: None, note: String::new() }
    }

    /// Sets the floor, in the same unit.
    pub(crate) fn against(mut self, floor: f64) -> Self {
        self.floor = Some(if self.unit == "KB" { floor / 1_000.0 } else { floor });
        self
    }

    /// Sets the target.
    pub(crate) fn target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    /// Sets a note.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    fn ratio(&self) -> Option<f64> {
        self.floor.map(|floor| self.value / floor)
    }

    /// Returns whether the target is met; `None` without a target. A value that could not be
    /// measured misses its target.
    pub(crate) fn met(&self) -> Option<bool> {
        self.target.map(|target| match target {
            Target::AtMost(most) => self.value <= most,
            Target::RatioAtMost(most) => self.ratio().is_some_and(|ratio| ratio <= most),
        })
    }

    fn row(&self) -> [Cell; 7] {
        let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
        let with_unit = |value: f64| format!("{} {}", short(value), self.unit).trim_end().to_owned();
        let target = self.target.map(|target| match target {
            Target::AtMost(most) => format!("≤ {}", with_unit(most)),
            Target::RatioAtMost(most) => format!("≤ {} × floor", short(most)),
        });
        let met = match self.met() {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "",
        };
        [
            Cell::new(&self.label),
            right(with_unit(self.value)),
            right(self.floor.map(with_unit).unwrap_or_default()),
            right(self.ratio().map(|ratio| format!("{} ×", short(ratio))).unwrap_or_default()),
            right(target.unwrap_or_default()),
            Cell::new(met),
            Cell::new(&self.note),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "what": self.label,
            "value": self.value,
            "unit": self.unit,
            "floor": self.floor,
            "ratio": self.ratio(),
            "at_most": self.target.and_then(|target| match target { Target::AtMost(most) => Some(most), Target::RatioAtMost(_) => None }),
            "ratio_at_most": self.target.and_then(|target| match target { Target::RatioAtMost(most) => Some(most), Target::AtMost(_) => None }),
            "met": self.met(),
            "note": self.note,
        })
    }
}

/// Prints the table.
pub(crate) fn print(sections: &[Section]) {
    let mut table = Table::new();
    table.load_style(UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["what", "measured", "floor", "ratio", "target", "", ""]);
    for section in sections {
        table.add_row([Cell::new(section.title.to_uppercase())]);
        table.add_row([Cell::new(format!("floor: {}", section.floor))]);
        for figure in &section.figures {
            table.add_row(figure.row());
        }
    }
    println!("{table}");
}

/// Returns the results as JSON.
pub(crate) fn json(sections: &[Section]) -> Value {
    sections.iter().map(Section::json).collect()
}

/// Formats a number with three significant digits.
fn short(value: f64) -> String {
    let size = value.abs();
    if size >= 100.0 || size.fract() == 0.0 {
        format!("{value:.0}")
    } else if size >= 10.0 {
        format!("{value:.1}")
    } else if size >= 1.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}
