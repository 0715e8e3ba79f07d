//! Orders the functions of a WebAssembly module so that it compresses best.
//!
//! Brotli encodes a repetition by its distance from the earlier bytes, and a shorter distance takes fewer
//! bits. So similar functions are placed near one another: each is followed by the one that has most in
//! common with the last few. Content that few functions share counts more than content that many share.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload};

use super::names;

/// The length of the byte sequences (n-grams) that are compared. Shorter or longer ones gain less.
const GRAM: usize = 5;
/// A sequence that this many functions or more share is ignored: it says nothing about similarity, and takes
/// long.
const MAX_SHARED: usize = 60;
/// The number of last functions with which the next one is compared.
const WINDOW: usize = 6;
/// Added to the length of functions when scores are normalised; otherwise the smallest functions would come
/// first, whatever they contain.
const LENGTH_BIAS: f64 = 60.0;

/// Returns the module with its functions named so that sorting by name yields the best order. Their own names
/// are lost. `moved` are the functions of each chunk that will be split off: they have an order of their own. Those that
/// several chunks get are ordered with the last of these.
pub(super) fn named_in_order(wasm: &[u8], moved: &[BTreeSet<u32>]) -> Result<Vec<u8>> {
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionEntry(body) = payload.context("this is not WebAssembly")? {
            bodies.push(body.as_bytes());
        }
    }
    let imported = names::count_imported(wasm)?;
    // For each function the last group that it is in.
    let group = |function: usize| {
        let has = |moved: &BTreeSet<u32>| {
            u32::try_from(imported + function).is_ok_and(|index| moved.contains(&index))
        };
        moved.iter().rposition(has)
    };
    let groups: Vec<_> = (0..bodies.len()).map(group).collect();
    let mut places = vec![0; bodies.len()];
    let mut next = 0;
    for group in std::iter::once(None).chain((0..moved.len()).map(Some)) {
        let members: Vec<usize> =
            groups.iter().enumerate().filter(|(_, of)| **of == group).map(|(index, _)| index).collect();
        let member_bodies: Vec<&[u8]> =
            members.iter().filter_map(|index| bodies.get(*index).copied()).collect();
        for member in order(&member_bodies) {
            if let Some(place) = members.get(member).and_then(|function| places.get_mut(*function)) {
                *place = next;
                next += 1;
            }
        }
    }
    let imported = (0..imported).map(|index| format!("import{index:06}"));
    let defined = places.iter().map(|place| format!("function{place:06}"));
    names::with_names(wasm, &imported.chain(defined).collect::<Vec<_>>())
}

/// Returns the indices of the functions in the order in which to place them.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let similarities = similarities(bodies);
    let mut remaining = vec![true; bodies.len()];
    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    while order.len() < bodies.len() {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        for (distance, last) in (1_u32..).zip(order.iter().rev().take(WINDOW)) {
            for (other, similarity) in similarities.get(*last).into_iter().flatten() {
                if remaining.get(*other) == Some(&true) {
                    *scores.entry(*other).or_default() += similarity / f64::from(distance);
                }
            }
        }
        let length = |index: usize| bodies.get(index).map_or(0, |body| body.len());
        #[allow(clippy::cast_precision_loss, reason = "no function is that long")]
        let relative = |index: usize, score: f64| score / (length(index) as f64 + LENGTH_BIAS).sqrt();
        let next = scores
            .into_iter()
            .map(|(index, score)| (index, relative(index, score)))
            // Of equal scores the first function wins, so that the same module always gets the same order.
            .max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.cmp(a)))
            .map(|(index, _)| index);
        // If no other function is similar, continue with the longest one that is left.
        let restart = || {
            (0..bodies.len()).filter(|index| remaining.get(*index) == Some(&true)).max_by_key(|i| length(*i))
        };
        let Some(next) = next.or_else(restart) else { break };
        if let Some(is_remaining) = remaining.get_mut(next) {
            *is_remaining = false;
        }
        order.push(next);
    }
    order
}

/// Returns for each function the similar ones, and how similar they are.
fn similarities(bodies: &[&[u8]]) -> Vec<Vec<(usize, f64)>> {
    let mut grams: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (index, body) in bodies.iter().enumerate() {
        for gram in body.windows(GRAM) {
            let functions = grams.entry(gram).or_default();
            // The functions are visited in order, so a duplicate can only be the last entry.
            if functions.last() != Some(&index) {
                functions.push(index);
            }
        }
    }
    let mut similarity: Vec<HashMap<usize, u32>> = vec![HashMap::new(); bodies.len()];
    for functions in grams.into_values().filter(|functions| (2..MAX_SHARED).contains(&functions.len())) {
        // Whole numbers, since a sum of fractions depends on the order of its terms.
        let weight = 27_720_u32 / u32::try_from(functions.len() - 1).unwrap_or(1);
        for one in &functions {
            let Some(others) = similarity.get_mut(*one) else { continue };
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
    similarity.into_iter().map(sorted).collect()
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn similar_functions_are_adjacent() {
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
