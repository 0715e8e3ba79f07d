#[cfg(test)]
mod transitions;
#[cfg(test)]
mod walk;

/// The state of the popovers: which source is shown, for which citation, and what the pointer is about
/// to change. It implements hover intent, with a grace period on the way to the popover; a press keeps
/// the popover open.
///
/// The machine knows no browser and no clock: each [`step`](Self::step) takes it from one state to the
/// next. Citations are identified by their ordinals, sources by their indices. The browser opens and
/// closes popovers of its own accord, too, so its reports override the state of the machine.
/// Invariants: at most one source is open; hovering closes or replaces only what hovering opened; and
/// no timer runs on once it has nothing to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Popovers {
    open: Option<Open>,
    /// The citation whose sources are shown, or were shown last.
    citation: Option<usize>,
    hover: Hover,
    /// The pointer's last position in the window.
    pointer: Option<(i32, i32)>,
    /// Whether the pointer was pressed on a citation whose source was kept open.
    pressed_open: bool,
    /// Whether the focus was in the popover when it was about to close.
    had_focus: bool,
}

/// An open source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    source: usize,
    /// Whether it stays open when the pointer leaves: it was not opened by hovering, or has been
    /// pressed since.
    is_kept: bool,
}

/// The state of hovering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Hover {
    /// Nothing is pending.
    #[default]
    Away,
    /// This timer is running.
    Until(Timer),
    /// The pointer rests on this citation, which has taken effect. It opens nothing there until it has
    /// left.
    Spent(usize),
}

/// A delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timer {
    /// The time a mouse must rest on this citation to open it.
    Rest(usize),
    /// The time a pointer has to reach the popover after leaving.
    Grace,
}

/// An event that changes [`Popovers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// A pointer has moved in the window.
    PointerMoved {
        /// Its position in the window, in CSS pixels.
        to: (i32, i32),
        /// The citation under a mouse, or the one whose mention is under it; `None` for other
        /// pointers.
        over: Option<usize>,
    },
    /// A mouse has entered this citation, or a popover if there is none.
    PointerOver(Option<usize>),
    /// A mouse has left a citation or a popover.
    PointerOut,
    /// A pointer was pressed, on this citation or on the words of its mention.
    PointerDown(Option<usize>),
    /// A citation was clicked. By default, the browser then closes the popover of the source that the
    /// citation is marked for, or opens that of its first source.
    Press(usize),
    /// The words of the mention before a citation were clicked, which the browser ignores.
    PressMention(usize),
    /// In the popover of a source, the button for the next or the previous source was clicked.
    Turn {
        /// The source of the popover.
        from: usize,
        /// Whether it was the button for the next source.
        forward: bool,
    },
    /// A link inside the briefing was clicked.
    Follow {
        /// Whether the link is in a popover.
        from_popover: bool,
    },
    /// A press that the page receives no event for: in a frame inside it.
    PressInFrame,
    /// The host page asks for a source.
    OpenReference(usize),
    /// This source was already open when the listeners were attached.
    Resume {
        /// The source.
        source: usize,
        /// The citation that has the focus.
        focused: Option<usize>,
    },
    /// The popover of a source is about to open.
    Opening(usize),
    /// The popover of a source has opened; the event may be late.
    Opened(usize),
    /// The popover of a source is about to close.
    Closing {
        /// The source.
        source: usize,
        /// Whether the focus is in it.
        has_focus: bool,
    },
    /// The popover of a source has closed; the event may be late.
    Closed {
        /// The source.
        source: usize,
        /// Whether no visible element has the focus now.
        focus_is_lost: bool,
    },
    /// This timer has elapsed.
    Elapsed {
        /// The timer.
        timer: Timer,
        /// Whether the focus is in the popover.
        has_focus: bool,
    },
}

/// A reaction to an [`Input`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Start this timer, replacing the one that runs.
    Start(Timer),
    /// Stop the timer.
    Stop,
    /// Prevent the browser's default action.
    PreventDefault,
    /// Show the popover of a source at a citation.
    Show {
        /// The source.
        source: usize,
        /// The citation.
        citation: usize,
    },
    /// Hide the popover of a source.
    Hide(usize),
    /// Place the open popover of a source at a citation.
    Place {
        /// The source.
        source: usize,
        /// The citation.
        citation: usize,
    },
    /// Show in the popover of a source its position among the sources.
    ShowPosition {
        /// The source.
        source: usize,
        /// Its number, from 1.
        number: usize,
        /// The number of sources.
        total: usize,
    },
    /// Mark this citation, and no other, as the one whose source is open, and make it the button of
    /// that source.
    MarkOpen(Option<usize>),
    /// In the list of references, mark the backlink to this citation, and no other.
    MarkBacklink(Option<usize>),
    /// Focus a citation.
    FocusCitation(usize),
    /// In the popover of a source, focus the button for the next or the previous source.
    FocusPager {
        /// The source.
        source: usize,
        /// Whether to focus the button for the next source.
        forward: bool,
    },
    /// Scroll to a citation.
    ScrollTo(usize),
    /// Navigate to a source in the list of references.
    JumpToReference(usize),
    /// Report to the host page which source was opened.
    Emit(usize),
}

/// Which citation cites which sources.
pub(super) trait Sources {
    /// Returns the sources that a citation lists.
    fn of(&self, citation: usize) -> &[usize];
    /// Returns the first citation of a source, in reading order.
    fn first_citation(&self, source: usize) -> Option<usize>;
    /// Returns the number of sources.
    fn total(&self) -> usize;
}

impl Popovers {
    /// Returns the source whose popover the machine believes to be open.
    pub(super) fn open(&self) -> Option<usize> {
        self.open.map(|open| open.source)
    }

    /// Handles one input. The effects must be applied in this order; the events they cause are inputs
    /// of their own.
    pub(super) fn step(&mut self, input: Input, sources: &dyn Sources) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Input::Elapsed { timer, .. } = input {
            if self.timer() != Some(timer) {
                return effects;
            }
            self.hover = match timer {
                Timer::Rest(citation) => Hover::Spent(citation),
                Timer::Grace => Hover::Away,
            };
        }
        let before = self.timer();
        self.react(input, sources, &mut effects);
        let after = self.timer();
        if after != before {
            effects.insert(0, after.map_or(Effect::Stop, Effect::Start));
        }
        effects
    }

    fn react(&mut self, input: Input, sources: &dyn Sources, effects: &mut Vec<Effect>) {
        match input {
            Input::PointerMoved { to, over } => self.pointer_moved(to, over),
            Input::PointerOver(over) => {
                if self.timer() == Some(Timer::Grace) && (over.is_none() || over == self.citation) {
                    self.hover = Hover::Away;
                }
            }
            Input::PointerOut => {
                let may_close = self.open.is_some_and(|open| !open.is_kept);
                self.hover = if may_close { Hover::Until(Timer::Grace) } else { Hover::Away };
            }
            Input::PointerDown(on) => {
                let is_kept = self.open.is_some_and(|open| open.is_kept);
                self.pressed_open = is_kept && on.is_some() && on == self.citation;
            }
            Input::Press(citation) => self.press(citation, sources, effects),
            Input::PressMention(citation) => {
                // The words are outside the popover, so pressing them has already closed what they had
                // opened.
                if !std::mem::take(&mut self.pressed_open) {
                    self.show(citation, true, sources, effects);
                }
            }
            Input::Turn { from, forward } => self.turn(from, forward, sources, effects),
            Input::Follow { from_popover } => {
                effects.push(Effect::MarkBacklink(self.citation.filter(|_| from_popover)));
            }
            Input::PressInFrame => effects.extend(self.open().map(Effect::Hide)),
            Input::OpenReference(source) => self.open_reference(source, sources, effects),
            Input::Resume { source, focused } => {
                self.citation = focused;
                self.keep(Some(source));
                self.mark(source, sources, effects);
            }
            Input::Opening(source) => self.opening(source),
            Input::Opened(source) => {
                self.opening(source);
                self.mark(source, sources, effects);
                effects.push(Effect::Emit(source));
            }
            Input::Closing { source, has_focus } => {
                if self.open() == Some(source) {
                    self.had_focus = has_focus;
                }
            }
            Input::Closed { source, focus_is_lost } => self.closed(source, focus_is_lost, effects),
            Input::Elapsed { timer: Timer::Rest(citation), .. } => {
                self.show(citation, false, sources, effects);
            }
            Input::Elapsed { timer: Timer::Grace, has_focus } => {
                // Keep the popover open if the reader has moved into it with the keyboard.
                if let Some(open) = self.open.filter(|open| !open.is_kept && !has_focus) {
                    effects.push(Effect::Hide(open.source));
                }
            }
        }
    }

    /// Returns the running timer.
    fn timer(&self) -> Option<Timer> {
        match self.hover {
            Hover::Until(timer) => Some(timer),
            _ => None,
        }
    }

    /// Starts to wait when a mouse moves on a citation. Where the page scrolls below a resting
    /// pointer, nothing opens: WebKit reports a move, but the position is the same.
    fn pointer_moved(&mut self, to: (i32, i32), over: Option<usize>) {
        let has_moved = self.pointer.replace(to) != Some(to);
        let Some(citation) = over.filter(|_| has_moved) else { return };
        let is_known = match self.hover {
            Hover::Until(Timer::Rest(known)) | Hover::Spent(known) => known == citation,
            _ => false,
        };
        if self.open.is_some() && self.citation == Some(citation) {
            self.hover = Hover::Spent(citation);
        } else if !is_known && self.open.is_none_or(|open| !open.is_kept) {
            self.hover = Hover::Until(Timer::Rest(citation));
        }
    }

    /// Handles a press on a citation. What hovering has opened is kept from now on; what was kept
    /// closes. A source that is open at another citation moves to this one, where the browser would
    /// close it.
    fn press(&mut self, citation: usize, sources: &dyn Sources, effects: &mut Vec<Effect>) {
        let open = self.open.filter(|open| sources.of(citation).first() == Some(&open.source));
        let closes = open.is_some_and(|open| open.is_kept) && self.citation == Some(citation);
        let Some(open) = open.filter(|_| !closes) else {
            self.citation = Some(citation);
            self.keep(self.open());
            return;
        };
        effects.push(Effect::PreventDefault);
        self.show_source(open.source, citation, true, effects);
    }

    /// Records an open source as kept. Pending hovers have no further effect.
    fn keep(&mut self, source: Option<usize>) {
        self.open = source.map(|source| Open { source, is_kept: true });
        self.hover = match self.hover {
            Hover::Until(Timer::Rest(citation)) => Hover::Spent(citation),
            Hover::Until(Timer::Grace) => Hover::Away,
            hover => hover,
        };
    }

    /// Shows the first source of a citation.
    fn show(&mut self, citation: usize, is_kept: bool, sources: &dyn Sources, effects: &mut Vec<Effect>) {
        if let Some(source) = sources.of(citation).first() {
            self.show_source(*source, citation, is_kept, effects);
        }
    }

    /// Shows a source at a citation. A source that is already open there stays as it is.
    fn show_source(&mut self, source: usize, citation: usize, is_kept: bool, effects: &mut Vec<Effect>) {
        let is_open = self.open() == Some(source);
        let is_here = is_open && self.citation == Some(citation);
        if is_kept {
            self.keep(Some(source));
        } else if !is_here {
            self.open = Some(Open { source, is_kept });
        }
        self.citation = Some(citation);
        if is_here {
            return;
        }
        if is_open {
            effects.push(Effect::Hide(source));
        }
        effects.push(Effect::Show { source, citation });
    }

    /// Shows the previous or the next source of the citation. By default, the browser would page
    /// through the whole list.
    fn turn(&mut self, from: usize, forward: bool, sources: &dyn Sources, effects: &mut Vec<Effect>) {
        let Some(citation) = self.citation else { return };
        let (position, total) = position(from, citation, sources);
        let to = (if forward { position + 1 } else { position + total.saturating_sub(1) }).checked_rem(total);
        let listed = sources.of(citation);
        let Some(source) =
            to.and_then(|to| if listed.len() > 1 { listed.get(to).copied() } else { Some(to) })
        else {
            return;
        };
        effects.push(Effect::PreventDefault);
        self.show_source(source, citation, true, effects);
        effects.push(Effect::FocusPager { source, forward });
    }

    /// Opens a source where it is already open, else at its first citation. A source that is not cited
    /// is in the list.
    fn open_reference(&mut self, source: usize, sources: &dyn Sources, effects: &mut Vec<Effect>) {
        let at = self.citation.filter(|_| self.open() == Some(source));
        let Some(citation) = at.or_else(|| sources.first_citation(source)) else {
            effects.push(Effect::JumpToReference(source));
            return;
        };
        effects.push(Effect::ScrollTo(citation));
        self.show_source(source, citation, true, effects);
    }

    /// Records a popover that was opened by other means: the reader wants it, so it is kept.
    fn opening(&mut self, source: usize) {
        if self.open() != Some(source) {
            self.keep(Some(source));
        }
    }

    /// Marks the citation that an open source belongs to: the one that was opened last, if it may show
    /// the source, else the first that cites it.
    fn mark(&mut self, source: usize, sources: &dyn Sources, effects: &mut Vec<Effect>) {
        let may_show = |citation: &usize| {
            let listed = sources.of(*citation);
            listed.len() < 2 || listed.contains(&source)
        };
        self.citation = self.citation.filter(may_show).or_else(|| sources.first_citation(source));
        effects.push(Effect::MarkOpen(self.citation));
        if let Some(citation) = self.citation {
            let (position, total) = position(source, citation, sources);
            effects.push(Effect::ShowPosition { source, number: position + 1, total });
            effects.push(Effect::Place { source, citation });
        }
    }

    fn closed(&mut self, source: usize, focus_is_lost: bool, effects: &mut Vec<Effect>) {
        // Nothing follows if another source has already taken its place.
        if self.open() != Some(source) {
            return;
        }
        self.open = None;
        if self.timer() == Some(Timer::Grace) {
            self.hover = Hover::Away;
        }
        effects.push(Effect::MarkOpen(None));
        // The browser returns the focus to what had it before; after paging, that is a hidden button.
        let is_wanted = std::mem::take(&mut self.had_focus) && focus_is_lost;
        if let Some(citation) = self.citation.filter(|_| is_wanted) {
            effects.push(Effect::FocusCitation(citation));
        }
    }
}

/// Returns the position of a source among those to page through, from 0, and their number. They are
/// those of the citation, or all if it has only one.
fn position(source: usize, citation: usize, sources: &dyn Sources) -> (usize, usize) {
    let listed = sources.of(citation);
    if listed.len() > 1 {
        (listed.iter().position(|known| *known == source).unwrap_or_default(), listed.len())
    } else {
        (source, sources.total())
    }
}
