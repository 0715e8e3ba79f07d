//! The state machine as a table: every state, every kind of input.

use super::{Effect, Hover, Input, Open, Popovers, Sources, Timer};

use Input::{
    Closed, Closing, Elapsed, Follow, OpenReference, Opened, Opening, PointerDown, PointerMoved, PointerOut,
    PointerOver, Press, PressInFrame, PressMention, Resume, Turn,
};

/// The citations of the tests: sources 0 to 3, of which the last is not cited.
pub(super) struct Cited;

/// The sources that each citation lists.
const LISTED: [&[usize]; 4] = [&[0], &[1, 2], &[0], &[]];

impl Sources for Cited {
    fn of(&self, citation: usize) -> &[usize] {
        LISTED.get(citation).copied().unwrap_or_default()
    }

    fn first_citation(&self, source: usize) -> Option<usize> {
        LISTED.iter().position(|listed| listed.contains(&source))
    }

    fn total(&self) -> usize {
        4
    }
}

/// The states, as far as they make a difference to inputs. The open source is source 0 of citation 0,
/// unless the name says otherwise. Where nothing has been open yet, there is no citation.
const STATES: [(&str, Popovers); 14] = [
    ("away", nothing(None, Hover::Away)),
    ("resting", nothing(None, RESTING_ON_0)),
    ("spent", nothing(Some(0), Hover::Spent(0))),
    ("hovered", open(false, Hover::Spent(0))),
    ("inside", open(false, Hover::Away)),
    ("leaving", open(false, LEAVING)),
    ("passing", open(false, Hover::Until(Timer::Rest(1)))),
    ("kept", open(true, Hover::Away)),
    ("kept-here", open(true, Hover::Spent(0))),
    ("kept-pressed", Popovers { pressed_open: true, ..open(true, Hover::Spent(0)) }),
    ("kept-focused", Popovers { had_focus: true, ..open(true, Hover::Away) }),
    ("second", at(2, 1, Hover::Away)),
    ("uncited", Popovers { citation: None, ..at(3, 0, Hover::Away) }),
    ("elsewhere", at(0, 2, Hover::Away)),
];

const RESTING_ON_0: Hover = Hover::Until(Timer::Rest(0));
const LEAVING: Hover = Hover::Until(Timer::Grace);

/// The pointer's last position.
const POINTER: (i32, i32) = (10, 10);

const fn nothing(citation: Option<usize>, hover: Hover) -> Popovers {
    Popovers { open: None, citation, hover, pointer: Some(POINTER), pressed_open: false, had_focus: false }
}

const fn open(is_kept: bool, hover: Hover) -> Popovers {
    Popovers { open: Some(Open { source: 0, is_kept }), ..nothing(Some(0), hover) }
}

const fn at(source: usize, citation: usize, hover: Hover) -> Popovers {
    Popovers { open: Some(Open { source, is_kept: true }), ..nothing(Some(citation), hover) }
}

const fn moved(over: Option<usize>) -> Input {
    PointerMoved { to: (11, 10), over }
}

const fn scrolled(over: Option<usize>) -> Input {
    PointerMoved { to: POINTER, over }
}

const REST_0: Input = Elapsed { timer: Timer::Rest(0), has_focus: false };
const REST_1: Input = Elapsed { timer: Timer::Rest(1), has_focus: false };
const GRACE: Input = Elapsed { timer: Timer::Grace, has_focus: false };
const GRACE_FOCUSED: Input = Elapsed { timer: Timer::Grace, has_focus: true };

const fn closing(source: usize, has_focus: bool) -> Input {
    Closing { source, has_focus }
}

const fn closed(source: usize, focus_is_lost: bool) -> Input {
    Closed { source, focus_is_lost }
}

const fn resume(source: usize, focused: Option<usize>) -> Input {
    Resume { source, focused }
}

/// An input, the states it arrives in ("others": those not yet listed for it), and the outcome:
/// `effects > open @citation hover`. An open source is written as `source!` if it is kept; `-` means
/// none. `=` is the unchanged state, and flags that are set follow the hover.
const TABLE: &[(Input, &str, &str)] = &[
    // A mouse that moves on a citation starts a timer, unless something is kept, or the mouse has
    // been there.
    (moved(Some(0)), "away", "start:rest0 > - @- rest0"),
    (moved(Some(0)), "hovered kept-here kept-pressed", "> ="),
    (moved(Some(0)), "inside", "> 0 @0 spent0"),
    (moved(Some(0)), "leaving passing", "stop > 0 @0 spent0"),
    (moved(Some(0)), "kept", "> 0! @0 spent0"),
    (moved(Some(0)), "kept-focused", "> 0! @0 spent0 focus"),
    (moved(Some(0)), "others", "> ="),
    (moved(Some(1)), "away", "start:rest1 > - @- rest1"),
    (moved(Some(1)), "resting", "start:rest1 > - @- rest1"),
    (moved(Some(1)), "spent", "start:rest1 > - @0 rest1"),
    (moved(Some(1)), "hovered inside leaving", "start:rest1 > 0 @0 rest1"),
    (moved(Some(1)), "second", "> 2! @1 spent1"),
    (moved(Some(1)), "others", "> ="),
    (moved(None), "others", "> ="),
    // The page scrolls below a resting pointer.
    (scrolled(Some(0)), "others", "> ="),
    (scrolled(Some(1)), "others", "> ="),
    //
    (PointerOver(None), "leaving", "stop > 0 @0 away"),
    (PointerOver(None), "others", "> ="),
    (PointerOver(Some(0)), "leaving", "stop > 0 @0 away"),
    (PointerOver(Some(0)), "others", "> ="),
    (PointerOver(Some(1)), "others", "> ="),
    //
    (PointerOut, "resting", "stop > - @- away"),
    (PointerOut, "spent", "> - @0 away"),
    (PointerOut, "hovered inside passing", "start:grace > 0 @0 grace"),
    (PointerOut, "kept-here", "> 0! @0 away"),
    (PointerOut, "kept-pressed", "> 0! @0 away pressed"),
    (PointerOut, "others", "> ="),
    //
    (PointerDown(Some(0)), "kept", "> 0! @0 away pressed"),
    (PointerDown(Some(0)), "kept-here", "> 0! @0 spent0 pressed"),
    (PointerDown(Some(0)), "kept-focused", "> 0! @0 away pressed focus"),
    (PointerDown(Some(0)), "others", "> ="),
    (PointerDown(Some(1)), "second", "> 2! @1 away pressed"),
    (PointerDown(Some(1)), "kept-pressed", "> 0! @0 spent0"),
    (PointerDown(Some(1)), "others", "> ="),
    (PointerDown(None), "kept-pressed", "> 0! @0 spent0"),
    (PointerDown(None), "others", "> ="),
    // The browser opens what is closed and closes what is kept; pressing what hovering has opened
    // keeps it.
    (Press(0), "away", "> - @0 away"),
    (Press(0), "resting", "stop > - @0 spent0"),
    (Press(0), "spent", "> ="),
    (Press(0), "hovered", "prevent > 0! @0 spent0"),
    (Press(0), "inside", "prevent > 0! @0 away"),
    (Press(0), "leaving", "stop prevent > 0! @0 away"),
    (Press(0), "passing", "stop prevent > 0! @0 spent1"),
    (Press(0), "kept kept-here kept-pressed kept-focused", "> ="),
    (Press(0), "second", "> 2! @0 away"),
    (Press(0), "uncited", "> 3! @0 away"),
    (Press(0), "elsewhere", "prevent hide0 show0@0 > 0! @0 away"),
    (Press(1), "away", "> - @1 away"),
    (Press(1), "resting", "stop > - @1 spent0"),
    (Press(1), "spent", "> - @1 spent0"),
    (Press(1), "hovered", "> 0! @1 spent0"),
    (Press(1), "inside", "> 0! @1 away"),
    (Press(1), "leaving", "stop > 0! @1 away"),
    (Press(1), "passing", "stop > 0! @1 spent1"),
    (Press(1), "kept elsewhere", "> 0! @1 away"),
    (Press(1), "kept-here", "> 0! @1 spent0"),
    (Press(1), "kept-pressed", "> 0! @1 spent0 pressed"),
    (Press(1), "kept-focused", "> 0! @1 away focus"),
    // While its second source is open, the citation is the button of that one, which the browser closes.
    (Press(1), "second", "> ="),
    (Press(1), "uncited", "> 3! @1 away"),
    //
    (PressMention(0), "away", "show0@0 > 0! @0 away"),
    (PressMention(0), "resting", "stop show0@0 > 0! @0 spent0"),
    (PressMention(0), "spent", "show0@0 > 0! @0 spent0"),
    (PressMention(0), "hovered", "> 0! @0 spent0"),
    (PressMention(0), "inside", "> 0! @0 away"),
    (PressMention(0), "leaving", "stop > 0! @0 away"),
    (PressMention(0), "passing", "stop > 0! @0 spent1"),
    (PressMention(0), "kept kept-here kept-focused", "> ="),
    (PressMention(0), "kept-pressed", "> 0! @0 spent0"),
    (PressMention(0), "second uncited", "show0@0 > 0! @0 away"),
    (PressMention(0), "elsewhere", "hide0 show0@0 > 0! @0 away"),
    (PressMention(3), "kept-pressed", "> 0! @0 spent0"),
    (PressMention(3), "others", "> ="),
    // Through the sources of the citation in a circle, or through all if it has one.
    (Turn { from: 0, forward: true }, "away", "> ="),
    (Turn { from: 0, forward: true }, "resting", "> ="),
    (Turn { from: 0, forward: true }, "uncited", "> ="),
    (Turn { from: 0, forward: true }, "spent hovered kept-here", "prevent show1@0 pager1+ > 1! @0 spent0"),
    (Turn { from: 0, forward: true }, "inside kept", "prevent show1@0 pager1+ > 1! @0 away"),
    (Turn { from: 0, forward: true }, "leaving", "stop prevent show1@0 pager1+ > 1! @0 away"),
    (Turn { from: 0, forward: true }, "passing", "stop prevent show1@0 pager1+ > 1! @0 spent1"),
    (Turn { from: 0, forward: true }, "kept-pressed", "prevent show1@0 pager1+ > 1! @0 spent0 pressed"),
    (Turn { from: 0, forward: true }, "kept-focused", "prevent show1@0 pager1+ > 1! @0 away focus"),
    (Turn { from: 0, forward: true }, "elsewhere", "prevent show1@2 pager1+ > 1! @2 away"),
    // From a source that the citation does not list to its second one.
    (Turn { from: 0, forward: true }, "second", "prevent pager2+ > ="),
    (Turn { from: 2, forward: true }, "second", "prevent show1@1 pager1+ > 1! @1 away"),
    (Turn { from: 2, forward: true }, "kept", "prevent show3@0 pager3+ > 3! @0 away"),
    (Turn { from: 3, forward: true }, "second", "prevent pager2+ > ="),
    (Turn { from: 3, forward: true }, "kept", "prevent pager0+ > ="),
    (Turn { from: 0, forward: false }, "kept", "prevent show3@0 pager3- > 3! @0 away"),
    (Turn { from: 2, forward: false }, "second", "prevent show1@1 pager1- > 1! @1 away"),
    //
    (Follow { from_popover: true }, "away resting uncited", "back- > ="),
    (Follow { from_popover: true }, "second", "back1 > ="),
    (Follow { from_popover: true }, "elsewhere", "back2 > ="),
    (Follow { from_popover: true }, "others", "back0 > ="),
    (Follow { from_popover: false }, "others", "back- > ="),
    // The browser closes whatever is open, and reports that.
    (PressInFrame, "away resting spent", "> ="),
    (PressInFrame, "second", "hide2 > ="),
    (PressInFrame, "uncited", "hide3 > ="),
    (PressInFrame, "others", "hide0 > ="),
    // At the first citation of the source, unless it is open.
    (OpenReference(0), "away", "scroll0 show0@0 > 0! @0 away"),
    (OpenReference(0), "resting", "stop scroll0 show0@0 > 0! @0 spent0"),
    (OpenReference(0), "spent", "scroll0 show0@0 > 0! @0 spent0"),
    (OpenReference(0), "hovered", "scroll0 > 0! @0 spent0"),
    (OpenReference(0), "inside", "scroll0 > 0! @0 away"),
    (OpenReference(0), "leaving", "stop scroll0 > 0! @0 away"),
    (OpenReference(0), "passing", "stop scroll0 > 0! @0 spent1"),
    (OpenReference(0), "kept kept-here kept-pressed kept-focused", "scroll0 > ="),
    (OpenReference(0), "second uncited", "scroll0 show0@0 > 0! @0 away"),
    (OpenReference(0), "elsewhere", "scroll2 > ="),
    (OpenReference(3), "others", "list3 > ="),
    //
    (resume(0, None), "away", "mark0 position0:1/4 place0@0 > 0! @0 away"),
    (resume(0, Some(2)), "away", "mark2 position0:1/4 place0@2 > 0! @2 away"),
    (resume(2, Some(1)), "away", "mark1 position2:2/2 place2@1 > 2! @1 away"),
    (resume(2, None), "away", "mark1 position2:2/2 place2@1 > 2! @1 away"),
    (resume(0, Some(1)), "away", "mark0 position0:1/4 place0@0 > 0! @0 away"),
    (resume(3, None), "away", "mark- > 3! @- away"),
    // What is opened by other means is kept; what the machine has shown stays as it was.
    (Opening(0), "away", "> 0! @- away"),
    (Opening(0), "resting", "stop > 0! @- spent0"),
    (Opening(0), "spent", "> 0! @0 spent0"),
    (Opening(0), "second", "> 0! @1 away"),
    (Opening(0), "uncited", "> 0! @- away"),
    (Opening(0), "others", "> ="),
    (Opening(1), "away uncited", "> 1! @- away"),
    (Opening(1), "resting", "stop > 1! @- spent0"),
    (Opening(1), "spent hovered kept-here", "> 1! @0 spent0"),
    (Opening(1), "inside kept", "> 1! @0 away"),
    (Opening(1), "leaving", "stop > 1! @0 away"),
    (Opening(1), "passing", "stop > 1! @0 spent1"),
    (Opening(1), "kept-pressed", "> 1! @0 spent0 pressed"),
    (Opening(1), "kept-focused", "> 1! @0 away focus"),
    (Opening(1), "second", "> 1! @1 away"),
    (Opening(1), "elsewhere", "> 1! @2 away"),
    //
    (Opened(0), "away uncited", "mark0 position0:1/4 place0@0 emit0 > 0! @0 away"),
    (Opened(0), "resting", "stop mark0 position0:1/4 place0@0 emit0 > 0! @0 spent0"),
    (Opened(0), "spent", "mark0 position0:1/4 place0@0 emit0 > 0! @0 spent0"),
    (Opened(0), "second", "mark0 position0:1/4 place0@0 emit0 > 0! @0 away"),
    (Opened(0), "elsewhere", "mark2 position0:1/4 place0@2 emit0 > ="),
    (Opened(0), "others", "mark0 position0:1/4 place0@0 emit0 > ="),
    (Opened(2), "second", "mark1 position2:2/2 place2@1 emit2 > ="),
    (Opened(3), "uncited", "mark- emit3 > ="),
    (Opened(3), "second", "mark- emit3 > 3! @- away"),
    (Opened(3), "kept", "mark0 position3:4/4 place3@0 emit3 > 3! @0 away"),
    //
    (closing(0, true), "hovered", "> 0 @0 spent0 focus"),
    (closing(0, true), "inside", "> 0 @0 away focus"),
    (closing(0, true), "leaving", "> 0 @0 grace focus"),
    (closing(0, true), "passing", "> 0 @0 rest1 focus"),
    (closing(0, true), "kept", "> 0! @0 away focus"),
    (closing(0, true), "kept-here", "> 0! @0 spent0 focus"),
    (closing(0, true), "kept-pressed", "> 0! @0 spent0 pressed focus"),
    (closing(0, true), "elsewhere", "> 0! @2 away focus"),
    (closing(0, true), "others", "> ="),
    (closing(0, false), "kept-focused", "> 0! @0 away"),
    (closing(0, false), "others", "> ="),
    // Another source has taken its place.
    (closing(1, true), "others", "> ="),
    (closed(1, true), "others", "> ="),
    (closed(0, true), "away resting spent second uncited", "> ="),
    (closed(0, true), "hovered kept-here", "mark- > - @0 spent0"),
    (closed(0, true), "inside kept", "mark- > - @0 away"),
    (closed(0, true), "leaving", "stop mark- > - @0 away"),
    (closed(0, true), "passing", "mark- > - @0 rest1"),
    (closed(0, true), "kept-pressed", "mark- > - @0 spent0 pressed"),
    (closed(0, true), "kept-focused", "mark- focus0 > - @0 away"),
    (closed(0, true), "elsewhere", "mark- > - @2 away"),
    (closed(0, false), "kept-focused", "mark- > - @0 away"),
    (closed(0, false), "away", "> ="),
    (closed(0, false), "kept", "mark- > - @0 away"),
    //
    (REST_0, "resting", "show0@0 > 0 @0 spent0"),
    (REST_0, "others", "> ="),
    (REST_1, "passing", "show1@1 > 1 @1 spent1"),
    (REST_1, "others", "> ="),
    (GRACE, "leaving", "hide0 > 0 @0 away"),
    (GRACE, "others", "> ="),
    (GRACE_FOCUSED, "leaving", "> 0 @0 away"),
    (GRACE_FOCUSED, "others", "> ="),
];

/// Inputs whose outcome depends on more than the state: the table lists them only in states that show
/// it.
const PARTIAL: &[Input] = &[
    Turn { from: 2, forward: true },
    Turn { from: 3, forward: true },
    Turn { from: 0, forward: false },
    Turn { from: 2, forward: false },
    resume(0, None),
    resume(0, Some(2)),
    resume(2, Some(1)),
    resume(2, None),
    resume(0, Some(1)),
    resume(3, None),
    Opened(2),
    Opened(3),
    closed(0, false),
];

fn number(number: Option<usize>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| number.to_string())
}

fn timer(timer: Timer) -> String {
    match timer {
        Timer::Rest(citation) => format!("rest{citation}"),
        Timer::Grace => "grace".to_owned(),
    }
}

fn effect(effect: &Effect) -> String {
    let sign = |forward| if forward { '+' } else { '-' };
    match *effect {
        Effect::Start(started) => format!("start:{}", timer(started)),
        Effect::Stop => "stop".to_owned(),
        Effect::PreventDefault => "prevent".to_owned(),
        Effect::Show { source, citation } => format!("show{source}@{citation}"),
        Effect::Hide(source) => format!("hide{source}"),
        Effect::Place { source, citation } => format!("place{source}@{citation}"),
        Effect::ShowPosition { source, number, total } => format!("position{source}:{number}/{total}"),
        Effect::MarkOpen(citation) => format!("mark{}", number(citation)),
        Effect::MarkBacklink(citation) => format!("back{}", number(citation)),
        Effect::FocusCitation(citation) => format!("focus{citation}"),
        Effect::FocusPager { source, forward } => format!("pager{source}{}", sign(forward)),
        Effect::ScrollTo(citation) => format!("scroll{citation}"),
        Effect::JumpToReference(source) => format!("list{source}"),
        Effect::Emit(source) => format!("emit{source}"),
    }
}

fn state(popovers: &Popovers) -> String {
    let open = popovers.open.map(|open| format!("{}{}", open.source, if open.is_kept { "!" } else { "" }));
    let hover = match popovers.hover {
        Hover::Away => "away".to_owned(),
        Hover::Until(running) => timer(running),
        Hover::Spent(citation) => format!("spent{citation}"),
    };
    let flag = |set, name: &str| if set { format!(" {name}") } else { String::new() };
    let pressed = flag(popovers.pressed_open, "pressed");
    let focus = flag(popovers.had_focus, "focus");
    format!("{} @{} {hover}{pressed}{focus}", open.as_deref().unwrap_or("-"), number(popovers.citation))
}

fn outcome(popovers: &Popovers, input: Input) -> String {
    let mut after = *popovers;
    let effects: Vec<String> = after.step(input, &Cited).iter().map(effect).collect();
    format!("{} > {}", effects.join(" "), state(&after))
}

fn parts(outcome: &str) -> Vec<&str> {
    outcome.split_whitespace().collect()
}

#[test]
fn transitions_match_the_table() {
    let mut covered: Vec<(String, &str)> = Vec::new();
    for (input, froms, expected) in TABLE {
        let kind = format!("{input:?}");
        for name in froms.split(' ').filter(|name| *name != "others") {
            assert!(STATES.iter().any(|(known, _)| *known == name), "{kind}: there is no state {name}");
        }
        for (from, before) in &STATES {
            let named = froms.split(' ').any(|named| named == *from);
            let known = covered.iter().any(|(other, name)| *other == kind && name == from);
            assert!(!(named && known), "{kind} in {from} stands in the table twice");
            if !named && (*froms != "others" || known) {
                continue;
            }
            covered.push((kind.clone(), from));
            let expected = expected.replace('=', &state(before));
            assert_eq!(parts(&outcome(before, *input)), parts(&expected), "{kind} in {from}");
        }
    }
    for (input, ..) in TABLE.iter().filter(|(input, ..)| !PARTIAL.contains(input)) {
        let kind = format!("{input:?}");
        let states = covered.iter().filter(|(other, _)| *other == kind).count();
        assert_eq!(states, STATES.len(), "{kind} is missing in some state");
    }
}

#[test]
fn second_press_closes_the_open_source() {
    // The browser closes the source that the citation was marked for.
    for (turns, open) in [(0, 1), (1, 2), (2, 1)] {
        let mut popovers = Popovers::default();
        popovers.step(Press(1), &Cited);
        popovers.step(Opening(1), &Cited);
        popovers.step(Opened(1), &Cited);
        for _ in 0..turns {
            let from = popovers.open().unwrap_or_default();
            popovers.step(Turn { from, forward: true }, &Cited);
            let marks = popovers.step(Opened(popovers.open().unwrap_or_default()), &Cited);
            assert_eq!(marks.first(), Some(&Effect::MarkOpen(Some(1))));
        }
        assert_eq!(popovers.open(), Some(open));
        assert!(popovers.step(Press(1), &Cited).is_empty());
    }
}

#[test]
fn table_covers_every_kind_of_input() {
    let kinds = TABLE.iter().map(|(input, ..)| std::mem::discriminant(input));
    let kinds: std::collections::HashSet<_> = kinds.collect();
    assert_eq!(kinds.len(), 16);
}
