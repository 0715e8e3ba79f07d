use constcat::concat;

use crate::view::names::data;

/// A place in the text that a component fills. Its content belongs to the component: the markup is
/// drawn, completed and hydrated around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// At the end of the briefing.
    Player,
    /// Among the facts of the header.
    PlayLink,
}

impl Slot {
    /// All slots.
    pub(crate) const ALL: [Self; 2] = [Self::Player, Self::PlayLink];

    /// Returns its name in the attribute.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Player => "player",
            Self::PlayLink => "play-link",
        }
    }

    /// Returns the slot that an attribute declares.
    #[cfg(any(test, not(target_arch = "wasm32")))]
    pub(super) fn of(name: &str, value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| name == data::SLOT && slot.name() == value)
    }

    /// Returns the CSS selector of the slot.
    pub(crate) fn selector(self) -> &'static str {
        match self {
            Self::Player => concat!("[", data::SLOT, "=player]"),
            Self::PlayLink => concat!("[", data::SLOT, "=play-link]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Slot, data};

    #[test]
    fn selectors_match_slot_names() {
        for slot in Slot::ALL {
            assert_eq!(slot.selector(), ["[", data::SLOT, "=", slot.name(), "]"].concat());
        }
    }
}
