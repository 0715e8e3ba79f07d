use super::span::Span;
use super::times::{Known, contains_other_speech};
use super::tokens::Token;

/// How many words at either end of a passage may be stray matches: that more words match is no accident.
const MAX_STRAYS: usize = 2;

/// Corrects stray matches: words at the beginning or end of a passage that were matched with words spoken
/// between two passages. The *A* of an advertisement matches that of the passage after it, but is far from
/// the rest of the passage. Stray words are matched with the words adjacent to the rest if these are equal,
/// and else with none.
pub(super) fn correct_strays(
    passages: &mut dyn Iterator<Item = Span>,
    known: &Known,
    tokens: (&[Token], &[Token]),
    pace: f64,
) -> Vec<Option<usize>> {
    let mut same = known.same.to_vec();
    for passage in passages {
        let found: Vec<usize> = (passage.start..passage.end)
            .filter(|index| same.get(*index).is_some_and(Option::is_some))
            .collect();
        for count in 1..=MAX_STRAYS.min(found.len().saturating_sub(1)) {
            if let [.., stray, rest] = found.get(..=count).unwrap_or_default()
                && is_far(known, *stray, *rest, pace)
            {
                let strays = found.iter().take(count).rev().copied();
                rematch(strays, *rest, |index| index.checked_sub(1), tokens, &mut same);
                break;
            }
        }
        for count in 1..=MAX_STRAYS.min(found.len().saturating_sub(1)) {
            let ending = found.len() - count - 1;
            if let [rest, stray, ..] = found.get(ending..).unwrap_or_default()
                && is_far(known, *rest, *stray, pace)
            {
                let strays = found.iter().skip(ending + 1).copied();
                rematch(strays, *rest, |index| index.checked_add(1), tokens, &mut same);
                break;
            }
        }
    }
    same
}

/// Returns whether something else is spoken between two words.
fn is_far(known: &Known, one: usize, other: usize, pace: f64) -> bool {
    let said = |index: usize| known.same.get(index).copied().flatten().and_then(|same| known.said.get(same));
    let between = known.written.get(one + 1..other).unwrap_or_default();
    let need = pace * between.iter().map(|word| word.weight).sum::<f64>();
    said(one).zip(said(other)).is_some_and(|(one, other)| contains_other_speech(other.start - one.end, need))
}

/// Rematches words, step by step outward from a word that keeps its match.
fn rematch(
    strays: impl Iterator<Item = usize>,
    rest: usize,
    step: impl Fn(usize) -> Option<usize>,
    (written, heard): (&[Token], &[Token]),
    same: &mut [Option<usize>],
) {
    let hash = |tokens: &[Token], index: usize| tokens.get(index).map(|token| token.hash);
    let (mut index, mut place) = (Some(rest), same.get(rest).copied().flatten());
    for stray in strays {
        (index, place) = (index.and_then(&step), place.and_then(&step));
        let is_next = index == Some(stray);
        place = place.filter(|place| is_next && hash(heard, *place) == hash(written, stray));
        if let Some(same) = same.get_mut(stray) {
            *same = place;
        }
    }
}
