//! The order of the functions of a WebAssembly module, in which it compresses best.
//!
//! Brotli writes how far back something stands that has been before, and the nearer that is, the fewer bits that takes.
//! So functions that are alike stand near one another: each is followed by the one that has most in common with the last
//! few. What is common to few functions tells more than what is common to many.

use std::collections::HashMap;

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload};

use super::names;

/// Bytes that are looked for as one. With fewer or more of them, less is gained.
const GRAM: usize = 5;
/// What more functions have in common is left out: it tells nothing, and takes long.
const MOST: usize = 60;
/// How many of the last functions the next is compared with.
const LAST: usize = 6;
/// So many bytes more and a function counts as larger: the smallest would otherwise come first, whatever is in them.
const SMALL: f64 = 60.0;

/// The module with its functions named so that by name they are in that order. The names they have are gone.
pub(super) fn named(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionEntry(body) = payload.context("this is not WebAssembly")? {
            bodies.push(body.as_bytes());
        }
    }
    let mut places = vec![0; bodies.len()];
    for (place, function) in order(&bodies).into_iter().enumerate() {
        if let Some(kept) = places.get_mut(function) {
            *kept = place;
        }
    }
    let imported = (0..names::imported(wasm)?).map(|index| format!("import{index:06}"));
    let defined = places.iter().map(|place| format!("function{place:06}"));
    names::renamed(wasm, &imported.chain(defined).collect::<Vec<_>>())
}

/// The functions, by their indices, in the order in which they are to stand.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let likeness = likeness(bodies);
    let mut left = vec![true; bodies.len()];
    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    while order.len() < bodies.len() {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        for (distance, last) in (1_u32..).zip(order.iter().rev().take(LAST)) {
            for (other, alike) in likeness.get(*last).into_iter().flatten() {
                if left.get(*other) == Some(&true) {
                    *scores.entry(*other).or_default() += alike / f64::from(distance);
                }
            }
        }
        let length = |index: usize| bodies.get(index).map_or(0, |body| body.len());
        #[allow(clippy::cast_precision_loss, reason = "no function is that long")]
        let relative = |index: usize, score: f64| score / (length(index) as f64 + SMALL).sqrt();
        let next = scores
            .into_iter()
            .map(|(index, score)| (index, relative(index, score)))
            // Of equal ones the first: the same module always gets the same order.
            .max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.cmp(a)))
            .map(|(index, _)| index);
        // Nothing is like it any more: the longest of what is left begins anew.
        let anew =
            || (0..bodies.len()).filter(|index| left.get(*index) == Some(&true)).max_by_key(|i| length(*i));
        let Some(next) = next.or_else(anew) else { break };
        if let Some(is_left) = left.get_mut(next) {
            *is_left = false;
        }
        order.push(next);
    }
    order
}

/// For each function the others that have something in common with it, and how much.
fn likeness(bodies: &[&[u8]]) -> Vec<Vec<(usize, f64)>> {
    let mut grams: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (index, body) in bodies.iter().enumerate() {
        for gram in body.windows(GRAM) {
            let functions = grams.entry(gram).or_default();
            // They come in order.
            if functions.last() != Some(&index) {
                functions.push(index);
            }
        }
    }
    let mut alike: Vec<HashMap<usize, u32>> = vec![HashMap::new(); bodies.len()];
    for functions in grams.into_values().filter(|functions| (2..MOST).contains(&functions.len())) {
        // In whole numbers: a sum of fractions depends on the order in which they come.
        let weight = 27_720_u32 / u32::try_from(functions.len() - 1).unwrap_or(1);
        for one in &functions {
            let Some(others) = alike.get_mut(*one) else { continue };
            for other in functions.iter().filter(|other| *other != one) {
                *others.entry(*other).or_default() += weight;
            }
        }
    }
    let sorted = |others: HashMap<usize, u32>| {
        let mut others: Vec<(usize, f64)> =
            others.into_iter().map(|(other, weight)| (other, f64::from(weight))).collect();
        others.sort_by_key(|(other, _)| *other);
        others
    };
    alike.into_iter().map(sorted).collect()
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn what_is_alike_stands_together() {
        let bodies: [&[u8]; 5] = [
            b"one of a kind, long",
            b"left left left a",
            b"right right right",
            b"left left left bc",
            b"right right rig",
        ];
        let order = order(&bodies);
        let at = |index: usize| order.iter().position(|function| *function == index);
        let near = |a: usize, b: usize| at(a).zip(at(b)).is_some_and(|(a, b)| a.abs_diff(b) == 1);
        assert!(near(1, 3) && near(2, 4), "{order:?}");
        assert_eq!(order.len(), 5);
    }
}
