use super::Segment;
use crate::article::Passage;

/// Maps a passage to its first segment, without a search.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PassageIndex {
    key_points: usize,
    /// The first segment of each passage: the title, the summary, the key points, then the blocks.
    slots: Vec<Option<u32>>,
}

impl PassageIndex {
    pub(super) fn of(segments: &[Segment]) -> Self {
        let (mut key_points, mut blocks) = (0, 0);
        for segment in segments {
            match segment.passage {
                Passage::KeyPoint(index) => key_points = key_points.max(index + 1),
                Passage::Block(index) => blocks = blocks.max(index + 1),
                Passage::Title | Passage::Summary => {}
            }
        }
        let mut index = Self { key_points, slots: vec![None; 2 + key_points + blocks] };
        for (place, segment) in segments.iter().enumerate() {
            let slot = index.slot(segment.passage).and_then(|slot| index.slots.get_mut(slot));
            if let Some(slot @ None) = slot {
                *slot = u32::try_from(place).ok();
            }
        }
        index
    }

    /// Returns the index of the first segment of a passage.
    pub(super) fn get(&self, passage: Passage) -> Option<usize> {
        let place = *self.slots.get(self.slot(passage)?)?;
        place.and_then(|place| usize::try_from(place).ok())
    }

    fn slot(&self, passage: Passage) -> Option<usize> {
        match passage {
            Passage::Title => Some(0),
            Passage::Summary => Some(1),
            // A key point past the last must not be taken for a block.
            Passage::KeyPoint(index) => (index < self.key_points).then(|| 2 + index),
            Passage::Block(index) => index.checked_add(2 + self.key_points),
        }
    }
}
