//! Splits the data of a module where code or other data points at it.
//!
//! The linker keeps no names of data. But something points at all data that is used: a number in
//! the code, or an address in other data, such as a list of texts.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{Function, Segment};

/// The data between two addresses that something points at.
pub(crate) struct Piece {
    /// The address of its first byte.
    pub(crate) address: u32,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// The functions that point at it, directly or through other data, by their index in the list.
    pub(crate) users: BTreeSet<usize>,
}

/// Splits segments, which are in the order of their addresses.
pub(crate) fn pieces(segments: &[Segment], functions: &[Function]) -> Vec<Piece> {
    let (Some(first), Some(last)) = (segments.first(), segments.last()) else { return Vec::new() };
    let all = first.address..last.address + last.bytes.len() as u32;

    let mut direct: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for (index, function) in functions.iter().enumerate() {
        for number in function.numbers.iter().filter(|number| all.contains(number)) {
            direct.entry(*number).or_default().insert(index);
        }
    }
    let mut cuts: BTreeSet<u32> = direct.keys().copied().collect();
    for segment in segments {
        cuts.insert(segment.address);
        cuts.extend(pointers(segment.address, &segment.bytes).filter(|address| all.contains(address)));
    }

    let mut pieces: Vec<Piece> = segments.iter().flat_map(|segment| cut(segment, &cuts)).collect();
    let starts: Vec<u32> = pieces.iter().map(|piece| piece.address).collect();
    // The piece that contains an address. An address between segments belongs to the next piece,
    // whose leading zeros are not stored.
    let piece_at = |address: u32| {
        let next = starts.partition_point(|start| *start <= address);
        let before = next.checked_sub(1)?;
        let end = starts.get(before)? + pieces_len(&pieces, before);
        if address < end { Some(before) } else { Some(next) }
    };
    let mut found: Vec<(usize, BTreeSet<usize>)> =
        direct.into_iter().filter_map(|(address, users)| Some((piece_at(address)?, users))).collect();
    let points_at: Vec<Vec<usize>> = pieces
        .iter()
        .map(|piece| {
            pointers(piece.address, &piece.bytes)
                .filter(|address| all.contains(address))
                .filter_map(piece_at)
                .collect()
        })
        .collect();
    while let Some((index, users)) = found.pop() {
        let Some(piece) = pieces.get_mut(index) else { continue };
        let before = piece.users.len();
        piece.users.extend(&users);
        if piece.users.len() > before {
            let next = points_at.get(index).into_iter().flatten();
            found.extend(next.map(|next| (*next, users.clone())));
        }
    }
    pieces
}

fn pieces_len(pieces: &[Piece], index: usize) -> u32 {
    pieces.get(index).map_or(0, |piece| piece.bytes.len() as u32)
}

/// Returns each aligned word, which might be an address.
fn pointers(address: u32, bytes: &[u8]) -> impl Iterator<Item = u32> {
    let unaligned = (address.wrapping_neg() % 4) as usize;
    let words = bytes.get(unaligned..).unwrap_or_default().chunks_exact(4);
    words.filter_map(|word| Some(u32::from_le_bytes(word.try_into().ok()?)))
}

fn cut(segment: &Segment, cuts: &BTreeSet<u32>) -> Vec<Piece> {
    let end = segment.address + segment.bytes.len() as u32;
    let starts: Vec<u32> = cuts.range(segment.address..end).copied().collect();
    let ends = starts.iter().skip(1).copied().chain([end]);
    let offset = |address: u32| (address - segment.address) as usize;
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| Piece {
            address: *start,
            bytes: segment.bytes.get(offset(*start)..offset(end)).unwrap_or_default().to_vec(),
            users: BTreeSet::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::module::{Function, Segment};
    use super::pieces;

    fn function(numbers: &[u32]) -> Function {
        Function { symbol: String::new(), exported: false, bytes: 0, numbers: numbers.to_vec() }
    }

    fn segment(address: u32, bytes: &[u8]) -> Segment {
        Segment { address, bytes: bytes.to_vec() }
    }

    fn found(segments: &[Segment], functions: &[Function]) -> Vec<(u32, Vec<u8>, Vec<usize>)> {
        let pieces = pieces(segments, functions).into_iter();
        pieces.map(|piece| (piece.address, piece.bytes, piece.users.into_iter().collect())).collect()
    }

    #[test]
    fn data_is_split_where_functions_point_at_it() {
        let segments = [segment(1_000, b"onetwothree")];
        let functions = [function(&[7, 1_003]), function(&[1_003, 1_006])];
        let expected = vec![
            (1_000, b"one".to_vec(), vec![]),
            (1_003, b"two".to_vec(), vec![0, 1]),
            (1_006, b"three".to_vec(), vec![1]),
        ];
        assert_eq!(found(&segments, &functions), expected);
    }

    #[test]
    fn data_behind_a_list_belongs_to_the_users_of_the_list() {
        let list = [1_006_u32.to_le_bytes(), 3_u32.to_le_bytes()].concat();
        let segments = [segment(1_000, b"unusedone"), segment(1_012, &list)];
        let expected = vec![
            (1_000, b"unused".to_vec(), vec![]),
            (1_006, b"one".to_vec(), vec![0]),
            (1_012, list, vec![0]),
        ];
        assert_eq!(found(&segments, &[function(&[1_012])]), expected);
    }

    #[test]
    fn cyclic_pointers_terminate() {
        let segments = [segment(1_000, &1_004_u32.to_le_bytes()), segment(1_004, &1_000_u32.to_le_bytes())];
        let found = found(&segments, &[function(&[1_000])]);
        assert!(found.iter().all(|(_, _, users)| users == &[0]));
    }

    #[test]
    fn an_address_between_segments_belongs_to_the_next() {
        let segments = [segment(1_000, b"one"), segment(1_008, b"two")];
        assert_eq!(found(&segments, &[function(&[1_004])])[1].2, [0]);
    }
}
