//! Tries every short sequence of inputs, in any order, and checks the invariants after each step; and
//! long sequences, as a reader in a browser produces them.

use super::transitions::Cited;
use super::{Effect, Hover, Input, Popovers, Sources, Timer};

const INPUTS: [Input; 26] = [
    Input::PointerMoved { to: (1, 1), over: Some(0) },
    Input::PointerMoved { to: (2, 1), over: Some(1) },
    Input::PointerMoved { to: (3, 1), over: None },
    Input::PointerOver(None),
    Input::PointerOver(Some(0)),
    Input::PointerOut,
    Input::PointerDown(Some(0)),
    Input::PointerDown(None),
    Input::Press(0),
    Input::Press(2),
    Input::PressMention(1),
    Input::Turn { from: 0, forward: true },
    Input::Turn { from: 2, forward: false },
    Input::Follow { from_popover: true },
    Input::PressInFrame,
    Input::OpenReference(0),
    Input::Resume { source: 1, focused: Some(1) },
    Input::Opening(0),
    Input::Opened(0),
    Input::Closing { source: 0, has_focus: true },
    Input::Closed { source: 0, focus_is_lost: true },
    Input::Closed { source: 1, focus_is_lost: false },
    Input::Elapsed { timer: Timer::Rest(0), has_focus: false },
    Input::Elapsed { timer: Timer::Rest(1), has_focus: false },
    Input::Elapsed { timer: Timer::Grace, has_focus: false },
    Input::Elapsed { timer: Timer::Grace, has_focus: true },
];

/// An observer that sees only inputs and effects.
#[derive(Clone, Copy, Debug, Default)]
struct Observer {
    timer: Option<Timer>,
    /// Whether the focus was in the open popover when it was last about to close.
    had_focus: bool,
}

impl Observer {
    fn observe(&mut self, before: &Popovers, input: Input, effects: &[Effect]) {
        match input {
            Input::Elapsed { timer, .. } if self.timer == Some(timer) => self.timer = None,
            Input::Elapsed { .. } => assert!(effects.is_empty(), "a timer that was stopped has an effect"),
            Input::Closing { source, has_focus } if before.open() == Some(source) => {
                self.had_focus = has_focus;
            }
            _ => {}
        }
        for (index, effect) in effects.iter().enumerate() {
            match *effect {
                Effect::Start(timer) => {
                    // Later effects may start and stop timers of their own.
                    assert_eq!(index, 0);
                    self.timer = Some(timer);
                }
                Effect::Stop => {
                    assert!(index == 0 && self.timer.is_some());
                    self.timer = None;
                }
                Effect::Hide(source) => {
                    let replaced = matches!(effects.get(index + 1), Some(Effect::Show { .. }));
                    assert_eq!(before.open(), Some(source));
                    let is_kept = before.open.is_some_and(|open| open.is_kept);
                    let may_close = match input {
                        Input::Elapsed { timer: Timer::Grace, has_focus } => !is_kept && !has_focus,
                        Input::PressInFrame => true,
                        _ => replaced,
                    };
                    assert!(may_close, "what was kept or has the focus has closed");
                }
                Effect::FocusCitation(citation) => {
                    let Input::Closed { focus_is_lost, .. } = input else {
                        panic!("the focus moves while nothing closes")
                    };
                    assert!(focus_is_lost && self.had_focus && before.citation == Some(citation));
                    self.had_focus = false;
                }
                Effect::ShowPosition { number, total, .. } => assert!((1..=total).contains(&number)),
                _ => {}
            }
        }
    }
}

fn check(before: &Popovers, after: &Popovers, input: Input, effects: &[Effect], observer: &Observer) {
    assert_eq!(after.timer(), observer.timer);
    let count = |counts: fn(&Effect) -> bool| effects.iter().filter(|effect| counts(effect)).count();
    let shows = count(|effect| matches!(effect, Effect::Show { .. }));
    let hides = count(|effect| matches!(effect, Effect::Hide(_)));
    assert!(shows <= 1 && hides <= 1);
    // One at a time: the source that is shown is the one that is open.
    for effect in effects {
        if let Effect::Show { source, citation } = *effect {
            assert_eq!((after.open(), after.citation), (Some(source), Some(citation)));
        }
    }
    // A running timer has something to wait for.
    let is_kept = |popovers: &Popovers| popovers.open.is_some_and(|open| open.is_kept);
    match after.timer() {
        Some(Timer::Grace) => assert!(after.open.is_some() && !is_kept(after)),
        Some(Timer::Rest(_)) => assert!(!is_kept(after)),
        None => {}
    }
    // What is kept stays open, whatever a pointer does without being pressed.
    let only_hovers = matches!(
        input,
        Input::PointerMoved { .. } | Input::PointerOver(_) | Input::PointerOut | Input::Elapsed { .. }
    );
    if only_hovers && is_kept(before) {
        assert_eq!((after.open, after.citation), (before.open, before.citation));
        assert!(effects.is_empty());
    }
    // Only hovering opens what closes when the pointer leaves.
    if after.open.is_some_and(|open| !open.is_kept) && before.open != after.open {
        assert!(matches!(input, Input::Elapsed { timer: Timer::Rest(_), .. }));
    }
}

fn walk(popovers: Popovers, observer: Observer, path: &mut Vec<Input>, depth: usize) {
    if depth == 0 {
        return;
    }
    for input in INPUTS {
        path.push(input);
        let (mut next, mut seen) = (popovers, observer);
        let effects = next.step(input, &Cited);
        let result = std::panic::catch_unwind(move || {
            seen.observe(&popovers, input, &effects);
            check(&popovers, &next, input, &effects, &seen);
            seen
        });
        match result {
            Ok(seen) => walk(next, seen, path, depth - 1),
            Err(_) => panic!("after {path:?}"),
        }
        path.pop();
    }
}

#[test]
fn invariants_hold_for_all_short_sequences() {
    walk(Popovers::default(), Observer::default(), &mut Vec::new(), 4);
}

/// Where the focus is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Focus {
    Nowhere,
    Citation(usize),
    InPopover(usize),
}

/// What the pointer is over.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Over {
    Text,
    Citation(usize),
    Popover,
}

/// A browser with its rules for popovers: one is open at a time; `beforetoggle` fires at once, and
/// `toggle` fires later, once for everything that has happened to a popover since.
struct Browser {
    popovers: Popovers,
    observer: Observer,
    open: Option<usize>,
    /// Popovers whose `toggle` is pending.
    toggles: Vec<usize>,
    focus: Focus,
    /// The element that had the focus before the popover.
    focus_before: Focus,
    over: Over,
    moves: i32,
    marked: Option<usize>,
    /// The source that was open when the citation was marked, whose button the citation is meanwhile.
    target: Option<usize>,
}

impl Browser {
    fn new() -> Self {
        Self {
            popovers: Popovers::default(),
            observer: Observer::default(),
            open: None,
            toggles: Vec::new(),
            focus: Focus::Nowhere,
            focus_before: Focus::Nowhere,
            over: Over::Text,
            moves: 0,
            marked: None,
            target: None,
        }
    }

    /// Passes on an input and applies the effects; returns whether the browser may perform its default
    /// action.
    fn send(&mut self, input: Input) -> bool {
        let before = self.popovers;
        let effects = self.popovers.step(input, &Cited);
        self.observer.observe(&before, input, &effects);
        check(&before, &self.popovers, input, &effects, &self.observer);
        let mut default = true;
        for effect in effects {
            match effect {
                Effect::PreventDefault => default = false,
                Effect::Show { source, .. } => self.show(source),
                Effect::Hide(source) => self.hide(source),
                Effect::FocusCitation(citation) => self.focus = Focus::Citation(citation),
                Effect::FocusPager { source, .. } => {
                    assert_eq!(self.open, Some(source), "the focus goes to what cannot be seen");
                    self.focus = Focus::InPopover(source);
                }
                Effect::MarkOpen(citation) => {
                    self.marked = citation;
                    self.target = self.popovers.open();
                }
                Effect::Place { source, .. } | Effect::ShowPosition { source, .. } => {
                    assert_eq!(self.open, Some(source), "what is closed is placed");
                }
                _ => {}
            }
        }
        default
    }

    fn show(&mut self, source: usize) {
        if self.open == Some(source) {
            return;
        }
        self.send(Input::Opening(source));
        if let Some(open) = self.open {
            self.hide(open);
        }
        self.open = Some(source);
        self.focus_before = self.focus;
        self.later(source);
    }

    fn hide(&mut self, source: usize) {
        if self.open != Some(source) {
            return;
        }
        let has_focus = self.focus == Focus::InPopover(source);
        self.send(Input::Closing { source, has_focus });
        self.open = None;
        if has_focus {
            // An element in a closed popover cannot have the focus.
            let may_have = !matches!(self.focus_before, Focus::InPopover(_));
            self.focus = if may_have { self.focus_before } else { Focus::Nowhere };
        }
        self.later(source);
    }

    fn later(&mut self, source: usize) {
        self.toggles.retain(|known| *known != source);
        self.toggles.push(source);
    }

    fn toggle(&mut self) {
        if self.toggles.is_empty() {
            return;
        }
        let source = self.toggles.remove(0);
        if self.open == Some(source) {
            self.send(Input::Opened(source));
        } else {
            let focus_is_lost = !matches!(self.focus, Focus::Citation(_));
            self.send(Input::Closed { source, focus_is_lost });
        }
    }

    fn point(&mut self, over: Over) {
        if self.over != over {
            if self.over != Over::Text {
                self.send(Input::PointerOut);
            }
            match over {
                Over::Citation(citation) => drop(self.send(Input::PointerOver(Some(citation)))),
                Over::Popover => drop(self.send(Input::PointerOver(None))),
                Over::Text => {}
            }
            self.over = over;
        }
        self.moves += 1;
        let citation = if let Over::Citation(citation) = over { Some(citation) } else { None };
        self.send(Input::PointerMoved { to: (self.moves, 0), over: citation });
    }

    fn press(&mut self, citation: usize, by_pointer: bool) {
        let Some(first) = Cited.of(citation).first().copied() else { return };
        let target = self.target.filter(|_| self.marked == Some(citation)).unwrap_or(first);
        let is_kept = self.popovers.open.is_some_and(|open| open.is_kept && open.source == target);
        let should_close = is_kept && self.open == Some(target) && self.popovers.citation == Some(citation);
        if by_pointer {
            self.point(Over::Citation(citation));
            self.send(Input::PointerDown(Some(citation)));
            // A press outside the open popover closes it, unless this button opens it.
            if let Some(open) = self.open.filter(|open| *open != target) {
                self.hide(open);
            }
        }
        self.focus = Focus::Citation(citation);
        if self.send(Input::Press(citation)) {
            if self.open == Some(target) { self.hide(target) } else { self.show(target) }
        }
        assert!(!should_close || self.open.is_none(), "pressed once more, a citation does not close");
    }

    fn press_mention(&mut self, citation: usize) {
        self.point(Over::Citation(citation));
        self.send(Input::PointerDown(Some(citation)));
        if let Some(open) = self.open {
            self.hide(open);
        }
        self.send(Input::PressMention(citation));
    }

    fn wait(&mut self) {
        while !self.toggles.is_empty() {
            self.toggle();
        }
        if let Some(timer) = self.observer.timer {
            let has_focus = self.open.is_some_and(|open| self.focus == Focus::InPopover(open));
            self.send(Input::Elapsed { timer, has_focus });
        }
    }

    /// Performs one action of a reader or of the host page.
    fn act(&mut self, choice: u32) {
        let number = choice / 16;
        let citation = usize::try_from(number % 3).unwrap_or_default();
        match choice % 16 {
            0..=2 => self.point(Over::Citation(citation)),
            3 => self.point(Over::Text),
            4 if self.open.is_some() => self.point(Over::Popover),
            5 | 6 => self.press(citation, true),
            7 => self.press(citation, false),
            8 => self.press_mention(citation),
            9 => {
                if let Some(from) = self.open {
                    self.focus = Focus::InPopover(from);
                    self.send(Input::Turn { from, forward: number.is_multiple_of(2) });
                }
            }
            10 => drop(self.send(Input::OpenReference(citation))),
            11 => {
                // Escape, or a click outside.
                if let Some(open) = self.open {
                    self.hide(open);
                }
            }
            12 => {
                if let Some(open) = self.open {
                    self.focus = Focus::InPopover(open);
                }
            }
            13 => self.toggle(),
            _ => self.wait(),
        }
        assert_eq!(self.popovers.open(), self.expected_open(), "another source is thought to be open");
    }

    /// Returns the source that is open, or was open until its pending `toggle` fires.
    fn expected_open(&self) -> Option<usize> {
        self.open.or_else(|| self.popovers.open().filter(|source| self.toggles.contains(source)))
    }
}

/// Returns a pseudorandom number from a Lehmer generator, `minstd`.
fn next(seed: &mut u32) -> u32 {
    let product = u64::from(*seed) * 48_271 % 2_147_483_647;
    *seed = u32::try_from(product).unwrap_or(1);
    *seed / 7
}

#[test]
fn state_matches_a_simulated_browser() {
    for walk in 1..400 {
        let mut browser = Browser::new();
        let mut seed = walk * 7919;
        for _ in 0..200 {
            browser.act(next(&mut seed));
        }
        // Once nothing is pending, the marked citation is the open one, and no grace period is left
        // running.
        browser.wait();
        browser.wait();
        browser.wait();
        assert_eq!(browser.popovers.open(), browser.open, "walk {walk}");
        let shown = browser.popovers.citation.filter(|_| browser.open.is_some());
        assert_eq!(browser.marked, shown, "walk {walk}");
        assert!(!matches!(browser.popovers.hover, Hover::Until(Timer::Grace)), "walk {walk}");
    }
}
