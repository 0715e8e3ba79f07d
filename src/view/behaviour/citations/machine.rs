#[cfg(test)]
mod transitions;
#[cfg(test)]
mod walk;

/// Which source is shown in a popover, of which citation, and what the pointer is about to change:
/// hover intent with a grace period on the way to the popover, and pressing to keep.
///
/// It knows no browser and no clock: each [`step`](Self::step) takes it from one state to the next.
/// Citations are named by their ordinals, sources by their indices. The browser opens and closes
/// popovers of its own accord too, so what is told of that is believed whatever was thought before.
/// What always holds: at most one source is open, only what was opened by hovering is closed or
/// replaced by it, and no timer runs on once what it waits for cannot come any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Popovers {
    open: Option<Open>,
    /// The citation whose sources are shown, or were last.
    citation: Option<usize>,
    hover: Hover,
    /// Where in the window the pointer was last.
    pointer: Option<(i32, i32)>,
    /// Whether the pointer went down on a citation whose source was kept open.
    pressed_open: bool,
    /// Whether the focus was in the popover when it was about to close.
    had_focus: bool,
}

/// A source that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    source: usize,
    /// Whether it stays when the pointer leaves: it was not opened by hovering, or was pressed since.
    is_kept: bool,
}

/// What the pointer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Hover {
    /// Nothing.
    #[default]
    Away,
    /// A timer runs.
    Until(Timer),
    /// It rests on this citation, which has had its effect. It opens nothing there until it has left.
    Spent(usize),
}

/// A time to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timer {
    /// Until a pointer has rested on this citation for long enough to mean it.
    Rest(usize),
    /// Until a pointer that has left had the time to come into the popover.
    Grace,
}

/// What moves [`Popovers`] on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// The pointer is here in the window; a mouse, over this citation or the words of its mention.
    PointerMoved {
        /// Where in the window, in CSS pixels.
        to: (i32, i32),
        /// What a mouse is over; nothing for other pointers.
        over: Option<usize>,
    },
    /// A mouse has come to a citation, or to a popover where there is none.
    PointerOver(Option<usize>),
    /// A mouse has left a citation or a popover.
    PointerOut,
    /// A pointer went down, on this citation or the words of its mention.
    PointerDown(Option<usize>),
    /// A citation was pressed. The browser then opens its first source, or closes it.
    Press(usize),
    /// The words of the mention before a citation were pressed, of which the browser knows nothing.
    PressWords(usize),
    /// In the popover of a source, the button for the next one was pressed, or for the previous one.
    Turn {
        /// The source of the popover.
        from: usize,
        /// Whether to the next.
        forward: bool,
    },
    /// A link inside the briefing was pressed.
    Follow {
        /// Whether in a popover.
        from_popover: bool,
    },
    /// A press where the page hears of none: in a frame that stands in it.
    PressInFrame,
    /// The page asks for a source.
    OpenReference(usize),
    /// This source was open before script came.
    Resume {
        /// The source.
        source: usize,
        /// The citation that has the focus.
        focused: Option<usize>,
    },
    /// The popover of a source is about to open.
    Opening(usize),
    /// It has opened, some time ago.
    Opened(usize),
    /// The popover of a source is about to close.
    Closing {
        /// The source.
        source: usize,
        /// Whether the focus is in it.
        has_focus: bool,
    },
    /// It has closed, some time ago.
    Closed {
        /// The source.
        source: usize,
        /// Whether nothing that can be seen has the focus now.
        focus_is_lost: bool,
    },
    /// This timer has run its time.
    Elapsed {
        /// The timer.
        timer: Timer,
        /// Whether the focus is in the popover.
        has_focus: bool,
    },
}

/// What follows from an [`Input`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Start this timer, in the place of the one that runs.
    Start(Timer),
    /// Stop the timer.
    Stop,
    /// Keep the browser from doing what it does by itself.
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
    /// Bring the popover of a source, which is open, to its place at a citation.
    Place {
        /// The source.
        source: usize,
        /// The citation.
        citation: usize,
    },
    /// Say in the popover of a source which one of how many it is.
    ShowPosition {
        /// The source.
        source: usize,
        /// Its number, from 1.
        number: usize,
        /// Of how many.
        total: usize,
    },
    /// Mark this citation, and no other, as the one whose source is open.
    MarkOpen(Option<usize>),
    /// In the list of references, mark the way back to this citation, and to no other.
    MarkWayBack(Option<usize>),
    /// Focus a citation.
    FocusCitation(usize),
    /// In the popover of a source, focus the button for the next one, or for the previous one.
    FocusPager {
        /// The source.
        source: usize,
        /// Whether that for the next.
        forward: bool,
    },
    /// Scroll to a citation.
    ScrollTo(usize),
    /// Lead to a source in the list of references.
    JumpToReference(usize),
    /// Tell the page which source was opened.
    Emit(usize),
}

/// Who cites what.
pub(super) trait Sources {
    /// The sources that a citation lists.
    fn of(&self, citation: usize) -> &[usize];
    /// The first citation of a source, in the order of reading.
    fn first_citation(&self, source: usize) -> Option<usize>;
    /// How many sources there are.
    fn total(&self) -> usize;
}

impl Popovers {
    /// The source whose popover is thought to be open.
    pub(super) fn open(&self) -> Option<usize> {
        self.open.map(|open| open.source)
    }

    /// Takes one input. The effects are to be had in this order; what they cause in turn are inputs
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
            Input::PressWords(citation) => {
                // Pressing the words has closed what they had opened, being outside of it.
                if !std::mem::take(&mut self.pressed_open) {
                    self.show(citation, true, sources, effects);
                }
            }
            Input::Turn { from, forward } => self.turn(from, forward, sources, effects),
            Input::Follow { from_popover } => {
                effects.push(Effect::MarkWayBack(self.citation.filter(|_| from_popover)));
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
                // A reader who has gone in with the keyboard stays.
                if let Some(open) = self.open.filter(|open| !open.is_kept && !has_focus) {
                    effects.push(Effect::Hide(open.source));
                }
            }
        }
    }

    /// The timer that runs.
    fn timer(&self) -> Option<Timer> {
        match self.hover {
            Hover::Until(timer) => Some(timer),
            _ => None,
        }
    }

    /// A pointer that moves on a citation and rests there opens it. Where the page scrolls below a
    /// pointer, nothing moves but the page, and nothing opens, though WebKit tells of a move.
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

    /// What hovering has opened stays open: to press is to keep. What was kept closes, and one that is
    /// open at another citation comes here, where the browser would close it.
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

    /// Notes what is open and stays so. Nothing more is to come of hovering.
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

    /// Shows a source at a citation; one that is open there stays as it is.
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

    /// Shows the source before or after, among those of the citation. The browser by itself goes
    /// through the list of all.
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

    /// Opens a source at the first place where it is cited; one that is cited nowhere is in the list.
    fn open_reference(&mut self, source: usize, sources: &dyn Sources, effects: &mut Vec<Effect>) {
        let at = self.citation.filter(|_| self.open() == Some(source));
        let Some(citation) = at.or_else(|| sources.first_citation(source)) else {
            effects.push(Effect::JumpToReference(source));
            return;
        };
        effects.push(Effect::ScrollTo(citation));
        self.show_source(source, citation, true, effects);
    }

    /// What opens by other ways than from here is what the reader wants.
    fn opening(&mut self, source: usize) {
        if self.open() != Some(source) {
            self.keep(Some(source));
        }
    }

    /// Marks the citation that an open source belongs to: the one that was last opened, if it may
    /// show it, else the first that cites it.
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
        // Of one that another has taken the place of, nothing follows.
        if self.open() != Some(source) {
            return;
        }
        self.open = None;
        if self.timer() == Some(Timer::Grace) {
            self.hover = Hover::Away;
        }
        effects.push(Effect::MarkOpen(None));
        // The browser sends the focus back to what had it; after paging, that is a hidden button.
        let is_wanted = std::mem::take(&mut self.had_focus) && focus_is_lost;
        if let Some(citation) = self.citation.filter(|_| is_wanted) {
            effects.push(Effect::FocusCitation(citation));
        }
    }
}

/// Where a source stands among those to page through, from 0, and how many they are: those of the
/// citation, or all where it has only one.
fn position(source: usize, citation: usize, sources: &dyn Sources) -> (usize, usize) {
    let listed = sources.of(citation);
    if listed.len() > 1 {
        (listed.iter().position(|known| *known == source).unwrap_or_default(), listed.len())
    } else {
        (source, sources.total())
    }
}
