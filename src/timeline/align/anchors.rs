//! Finds the tokens that two texts have in common: patience diff over n-grams.

use super::span::Span;
use super::tokens::{Token, combined_hashes};

/// The longest gap, in tokens of either side, in which single words and pairs of words still count as
/// matches: in a longer one, a *because* that occurs once on each side need not be the same.
const SHORT_GAP: usize = 64;

/// The same limit before the first match and after the last, where an advertisement may be.
const SHORT_EDGE: usize = 12;

/// How often gaps are searched recursively. Each level leaves less of them.
const MAX_DEPTH: usize = 12;

/// A run of equal tokens, by its start in either text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    one: usize,
    other: usize,
    length: usize,
}

/// Returns, for each token of `one`, the index of the matching token of `other`, if there is one, in
/// ascending order. Either text may have additional tokens before and after.
///
/// This takes O(n log n) time. N-grams that occur exactly once in either text are matches; of these the
/// longest ascending sequence is kept; each of its members is extended as far as the tokens are equal. The
/// gaps in between are searched the same way, as more n-grams are unique within a gap.
pub(super) fn same_tokens(one: &[Token], other: &[Token]) -> Vec<Option<usize>> {
    let mut same = vec![None; one.len()];
    let hashes = |tokens: &[Token]| tokens.iter().map(|token| token.hash).collect::<Vec<u64>>();
    let (hashes_of_one, hashes_of_other) = (hashes(one), hashes(other));
    let search = Search { one: &hashes_of_one, other: &hashes_of_other };
    search.gap(
        Span { start: 0, end: one.len() },
        Span { start: 0, end: other.len() },
        3,
        true,
        MAX_DEPTH,
        &mut |run| {
            for offset in 0..run.length {
                if let Some(same) = same.get_mut(run.one + offset) {
                    *same = Some(run.other + offset);
                }
            }
        },
    );
    same
}

struct Search<'t> {
    one: &'t [u64],
    other: &'t [u64],
}

impl Search<'_> {
    /// Visits the matches in a gap. `is_edge` states that the gap is open on one side.
    fn gap(
        &self,
        one: Span,
        other: Span,
        length: usize,
        is_edge: bool,
        depth: usize,
        visit: &mut dyn FnMut(Run),
    ) {
        let longest = if is_edge { SHORT_EDGE } else { SHORT_GAP };
        let (less, more) = (one.len().min(other.len()), one.len().max(other.len()));
        // If one side has far more tokens, it contains something else.
        let shortest = if more > longest || more > 4 * less + 8 { 3 } else { 1 };
        if one.is_empty() || other.is_empty() || depth == 0 || length < shortest {
            return;
        }
        let runs = self.runs(one, other, length);
        if runs.is_empty() {
            return self.gap(one, other, length - 1, is_edge, depth, visit);
        }
        let (mut one_at, mut other_at) = (one.start, other.start);
        for (index, run) in runs.iter().enumerate() {
            self.gap(
                Span { start: one_at, end: run.one },
                Span { start: other_at, end: run.other },
                3,
                is_edge && index == 0,
                depth - 1,
                visit,
            );
            visit(*run);
            (one_at, other_at) = (run.one + run.length, run.other + run.length);
        }
        self.gap(
            Span { start: one_at, ..one },
            Span { start: other_at, ..other },
            3,
            is_edge,
            depth - 1,
            visit,
        );
    }

    /// Returns the matches by n-grams of this length, extended as far as possible.
    fn runs(&self, one: Span, other: Span, length: usize) -> Vec<Run> {
        let pairs = ascending(self.unique_pairs(one, other, length));
        let mut runs: Vec<Run> = Vec::new();
        let (mut one_from, mut other_from) = (one.start, other.start);
        for (mut one_at, mut other_at) in pairs {
            // Already part of the previous run.
            if one_at < one_from || other_at < other_from {
                continue;
            }
            let (mut one_end, mut other_end) = (one_at, other_at);
            while one_end < one.end && other_end < other.end && self.is_same(one_end, other_end) {
                (one_end, other_end) = (one_end + 1, other_end + 1);
            }
            while one_at > one_from && other_at > other_from && self.is_same(one_at - 1, other_at - 1) {
                (one_at, other_at) = (one_at - 1, other_at - 1);
            }
            runs.push(Run { one: one_at, other: other_at, length: one_end - one_at });
            (one_from, other_from) = (one_end, other_end);
        }
        runs
    }

    fn is_same(&self, one: usize, other: usize) -> bool {
        self.one.get(one) == self.other.get(other)
    }

    /// Returns the positions of the n-grams that occur exactly once on either side.
    fn unique_pairs(&self, one: Span, other: Span, length: usize) -> Vec<(usize, usize)> {
        let grams = |hashes: &[u64], span: Span, is_other: bool, grams: &mut Vec<(u64, bool, usize)>| {
            let hashes = span.of(hashes);
            for (offset, gram) in hashes.windows(length).enumerate() {
                grams.push((combined_hashes(gram.iter().copied()), is_other, span.start + offset));
            }
        };
        let mut all = Vec::with_capacity(one.len() + other.len());
        grams(self.one, one, false, &mut all);
        grams(self.other, other, true, &mut all);
        all.sort_unstable();
        let mut pairs = Vec::new();
        for equal in all.chunk_by(|a, b| a.0 == b.0) {
            if let [(_, false, one), (_, true, other)] = equal {
                pairs.push((*one, *other));
            }
        }
        pairs.sort_unstable();
        pairs
    }
}

/// Returns the longest subsequence of pairs in which the second elements ascend too; the pairs are sorted by
/// the first.
fn ascending(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    // For each length, the pair that ends a sequence of this length soonest; and for each pair the previous
    // one.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |index: usize| pairs.get(index).map_or(usize::MAX, |(_, second)| *second);
    for (index, (_, other)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(*end) < *other);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(index) = at {
        row.extend(pairs.get(index));
        at = before.get(index).copied().flatten();
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::super::tokens::each_token;
    use super::*;

    fn same(one: &str, other: &str) -> Vec<Option<usize>> {
        let tokens = |text: &str| {
            let mut tokens = Vec::new();
            each_token(text, str::to_owned, &mut |token| tokens.push(token));
            tokens
        };
        same_tokens(&tokens(one), &tokens(other))
    }

    #[test]
    fn equal_texts_match_throughout() {
        let text = "a b c d e f a b c d e f";
        assert_eq!(same(text, text), (0..12).map(Some).collect::<Vec<_>>());
        assert_eq!(same("Talks resume", "Talks resume"), [Some(0), Some(1)]);
    }

    #[test]
    fn inserted_and_replaced_words_are_not_matched() {
        assert_eq!(
            same("one two three four five six seven", "zero one two three vier five extra six seven"),
            [Some(1), Some(2), Some(3), None, Some(5), Some(7), Some(8)]
        );
    }

    #[test]
    fn the_longer_of_two_crossing_runs_is_matched() {
        assert_eq!(
            same("a b c d e f g h", "e f g h a b c"),
            [None, None, None, None, Some(0), Some(1), Some(2), Some(3)]
        );
    }

    #[test]
    fn empty_and_different_texts_do_not_match() {
        assert_eq!(same("", ""), []);
        assert_eq!(same("a b c", ""), [None; 3]);
        assert_eq!(same("a b c", "d e f"), [None; 3]);
    }
}
