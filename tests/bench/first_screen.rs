//! The first screenful of a long article compared with that of a short one.

use anyhow::{Context, Result};

use crate::browser::Browser;
use crate::measure::Bench;
use crate::report::{Figure, Section, Target};
use crate::statistics::median;
use crate::visit;

/// The sizes, in blocks: the long article and the short one to compare it with.
const LONG: usize = 10_000;
const SHORT: usize = 100;

/// The maximum ratio of the two times.
const MAX_RATIO: f64 = 2.0;

pub(crate) fn measure(bench: &Bench) -> Result<Section> {
    let mut section = Section::new(
        format!("First screenful of {LONG} blocks"),
        format!("that of {SHORT} blocks, from the same server on this machine"),
    );
    let browser = Browser::start(&[])?;
    let visit = |blocks: usize| -> Result<(f64, f64)> {
        let mut tab = browser.tab()?;
        tab.go(&bench.url(&visit::briefing_path(blocks)))?;
        let marks = visit::marks(&mut tab)?;
        let script = format!("testbed.article({blocks}).then((article) => testbed.firstScreen(article))");
        tab.go(&bench.url("/bench/testbed.html"))?;
        // Load the module first, as it is for the second briefing of a page.
        tab.evaluate("testbed.showBriefing(10).then(() => testbed.clear())")?;
        let from_object = tab.evaluate(&script)?.as_f64().context("no time")?;
        tab.close()?;
        Ok((marks.text, from_object))
    };
    let (mut long, mut short) = (Vec::new(), Vec::new());
    let runs = bench.runs(LONG);
    for _ in 0..runs {
        short.push(visit(SHORT)?);
        long.push(visit(LONG)?);
    }
    let page = |runs: &[(f64, f64)]| median(runs.iter().map(|(page, _)| *page));
    let object = |runs: &[(f64, f64)]| median(runs.iter().map(|(_, object)| *object));
    section.add(
        Figure::milliseconds("from opening the page", page(&long))
            .against(page(&short))
            .target(Target::RatioAtMost(MAX_RATIO)),
    );
    section.add(
        Figure::milliseconds("from the object, with the module there", object(&long))
            .against(object(&short))
            .target(Target::RatioAtMost(MAX_RATIO)),
    );
    Ok(section)
}
