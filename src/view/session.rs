use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Interval;
use yew::prelude::*;

use super::behaviour::{self, Behaviour};
use super::display::{Display, Moment};
use super::dom;
use super::edition::Edition;
use super::event::Event;
use super::glance::Glance;
use super::words::Word;
use crate::article::{Passage, Text};
use crate::playback::{self, Clock, ClockFault, Player, ReadingClock};

/// How often the player looks at its clock, in milliseconds: as often as browsers fire
/// `timeupdate`, and enough for a bar that moves by less than a pixel each time.
const TICK: u32 = 250;

thread_local! {
    /// The one session that plays: a page has one voice.
    static ON_STAGE: RefCell<Weak<Inner>> = const { RefCell::new(Weak::new()) };
}

/// One briefing being read and played. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Session(Rc<Inner>);

struct Inner {
    edition: Rc<Edition>,
    on_event: Callback<Event>,
    player: RefCell<Player<Box<dyn Clock>>>,
    /// Whether there is something to hear of it.
    is_aloud: Cell<bool>,
    /// Runs while it plays.
    ticker: RefCell<Option<Interval>>,
    display: Display,
    /// Whether the current passage is kept in view.
    following: Cell<bool>,
    /// What answers the reader, from when it is drawn to when it is gone.
    behaviour: RefCell<Option<Behaviour>>,
}

impl Session {
    /// Begins to read an article. `on_event` is told of everything that happens.
    #[must_use]
    pub fn new(edition: Rc<Edition>, on_event: Callback<Event>) -> Self {
        Self::after(None, edition, None, on_event)
    }

    /// Begins to read an article of which something may be seen already. `voice` reads it aloud; without
    /// one it goes at the pace of silent reading.
    #[must_use]
    pub fn after(
        glance: Option<Glance>,
        edition: Rc<Edition>,
        voice: Option<Box<dyn Clock>>,
        on_event: Callback<Event>,
    ) -> Self {
        let duration = edition.timeline.duration();
        let is_aloud = voice.is_some();
        let clock = voice.unwrap_or_else(|| silence(duration));
        Self(Rc::new(Inner {
            edition,
            on_event,
            player: RefCell::new(Player::new(clock, duration)),
            is_aloud: Cell::new(is_aloud),
            ticker: RefCell::new(None),
            display: Display::after(glance),
            following: Cell::new(false),
            behaviour: RefCell::new(None),
        }))
    }

    /// Takes over a briefing that was rendered ahead of the page, with all that the reader has done in
    /// it since; tells whether it is of the same article.
    #[must_use]
    pub fn adopt(&self, frame: &web_sys::Element) -> bool {
        self.0.display.adopt(frame, &super::sheet::write(&self.0.edition))
    }

    /// Opens the popover of a reference at the first place that cites it.
    pub fn open_reference(&self, id: &str) {
        let references = &self.0.edition.article.references;
        if let Some(index) = references.iter().position(|reference| &*reference.id == id) {
            behaviour::open_reference(self, index);
        }
    }

    /// What is being read.
    pub(crate) fn edition(&self) -> &Edition {
        &self.0.edition
    }

    /// What shows how far it has come.
    pub(crate) fn display(&self) -> &Display {
        &self.0.display
    }

    /// Whether it is not playing.
    #[must_use]
    pub fn paused(&self) -> bool {
        self.0.player.borrow().playback().paused()
    }

    /// Whether it has played to its end.
    #[must_use]
    pub fn ended(&self) -> bool {
        self.0.player.borrow().playback().ended()
    }

    /// Where it is, in seconds.
    #[must_use]
    pub fn current_time(&self) -> f64 {
        self.0.player.borrow().playback().current_time()
    }

    /// How long it all takes, in seconds at rate 1.
    #[must_use]
    pub fn duration(&self) -> f64 {
        self.0.player.borrow().playback().duration()
    }

    /// How fast it plays; 1 is the usual pace.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.0.player.borrow().playback().rate()
    }

    /// Plays, from the start if it had ended. What else plays on this page pauses.
    pub fn play(&self) {
        // Whatever falls silent does so first: a device has one voice.
        self.take_the_stage();
        let events = self.0.player.borrow_mut().play();
        self.handle(events);
    }

    /// Stops where it is.
    pub fn pause(&self) {
        let events = self.0.player.borrow_mut().pause();
        self.handle(events);
    }

    /// Plays if it is paused, else pauses.
    pub fn toggle(&self) {
        if self.paused() { self.play() } else { self.pause() }
    }

    /// Goes to a time in seconds.
    pub fn seek(&self, seconds: f64) {
        let events = self.0.player.borrow_mut().seek(seconds);
        self.handle(events);
        // A reader who asked for a place hears of it at once.
        self.0.display.tell(&self.0.edition, self.moment());
    }

    /// Goes to the start of the passage after this one, or to the end.
    pub(crate) fn next_passage(&self) {
        let next = self.0.edition.timeline.next_start(self.current_time());
        self.seek(next.unwrap_or(self.duration()));
    }

    /// Goes to the start of this passage, or of the one before when this has just begun.
    pub(crate) fn previous_passage(&self) {
        let previous = self.0.edition.timeline.previous_start(self.current_time());
        self.seek(previous.unwrap_or(0.0));
    }

    /// Sets how fast it plays.
    pub fn set_rate(&self, rate: f64) {
        let events = self.0.player.borrow_mut().set_rate(rate);
        self.handle(events);
    }

    /// Sets whether the current passage is kept in view.
    pub(crate) fn follow(&self, following: bool) {
        self.0.following.set(following);
        if following {
            self.0.display.reveal();
        }
        self.show_controls();
    }

    /// Whether the current passage is kept in view.
    pub(crate) fn is_following(&self) -> bool {
        self.0.following.get()
    }

    /// Tells whether the reader is on the progress bar.
    pub(crate) fn focus_slider(&self, focused: bool) {
        self.0.display.focus_slider(focused);
        self.0.display.tell(&self.0.edition, self.moment());
    }

    pub(crate) fn emit(&self, event: Event) {
        self.0.on_event.emit(event);
    }

    /// Begins to answer the reader, on what was drawn. Where nothing was, nothing happens.
    pub(crate) fn come_to_life(&self) {
        let mut behaviour = self.0.behaviour.borrow_mut();
        if behaviour.is_none() {
            *behaviour = Behaviour::attach(self);
        }
    }

    /// Shows where it is. To be called once what it is shown on is there.
    pub(crate) fn show(&self) {
        self.0.display.show(&self.0.edition, self.moment());
        self.0.display.tell(&self.0.edition, self.moment());
        self.show_controls();
    }

    fn show_controls(&self) {
        let sound = Word::of_sound(self.0.is_aloud.get());
        let sound = self.0.edition.words.get(sound);
        self.0.display.show_controls(self.rate(), self.duration(), self.is_following(), &sound);
    }

    fn moment(&self) -> Moment {
        let time = self.current_time();
        let state = match (self.paused(), time > 0.0) {
            (false, _) => Some("playing"),
            (true, true) => Some("paused"),
            (true, false) => None,
        };
        Moment { time, duration: self.duration(), state }
    }

    /// Stops what must not go on when the briefing is gone.
    pub(crate) fn end(&self) {
        self.pause();
        self.0.ticker.take();
        self.0.behaviour.take();
        self.0.display.leave();
    }

    fn tick(&self) {
        // At reading pace, what nobody can see is not being read; a voice is heard all the same.
        if dom::is_hidden() && !self.0.is_aloud.get() {
            self.pause();
            return;
        }
        let Ok(events) = self.0.player.try_borrow_mut().map(|mut player| player.tick()) else {
            // A tick before this one never came to its end: something of the page's threw errors.
            self.0.ticker.take();
            return;
        };
        self.handle(events);
    }

    fn handle(&self, events: Vec<playback::Event>) {
        use playback::Event::{DurationChange, Ended, Error, Pause, Play, RateChange};
        let mut changed = false;
        let mut is_mute = false;
        for event in &events {
            match event {
                Play => {
                    self.start_ticking();
                    changed = true;
                }
                Pause | Ended | Error(_) => {
                    self.0.ticker.take();
                    changed = true;
                    is_mute |= *event == Error(ClockFault::NotSupported);
                }
                RateChange | DurationChange => changed = true,
                _ => {}
            }
        }
        if !events.is_empty() {
            let moment = self.moment();
            if self.0.display.show(&self.0.edition, moment) {
                if self.is_following() && !self.paused() {
                    self.0.display.reveal();
                }
                let passage =
                    self.0.display.passage(&self.0.edition).and_then(|passage| self.name_of(passage));
                self.emit(Event::Progress { passage, time: moment.time, duration: moment.duration });
            }
        }
        if changed {
            self.0.display.tell(&self.0.edition, self.moment());
            self.show_controls();
        }
        for event in events {
            self.emit(Event::Playback(event));
        }
        if is_mute && self.0.is_aloud.replace(false) {
            self.play_in_silence();
        }
    }

    /// Goes on without the voice, which has never said a word.
    fn play_in_silence(&self) {
        let (time, duration) = (self.current_time(), self.duration());
        let (_, events) = self.0.player.borrow_mut().change_clock(silence(duration), time, duration);
        self.handle(events);
        self.play();
    }

    fn name_of(&self, passage: Passage) -> Option<Text> {
        let article = &self.0.edition.article;
        match passage {
            Passage::Title => Some("title".into()),
            Passage::Summary => Some("summary".into()),
            Passage::KeyPoint(index) => article.key_points.get(index).map(|point| Text::clone(&point.id)),
            Passage::Block(index) => article.body.get(index).map(|block| Text::clone(&block.id)),
        }
    }

    fn take_the_stage(&self) {
        let before = ON_STAGE.replace(Rc::downgrade(&self.0)).upgrade();
        if let Some(other) = before.filter(|other| !Rc::ptr_eq(other, &self.0)) {
            Self(other).pause();
        }
    }

    fn start_ticking(&self) {
        let this = Rc::downgrade(&self.0);
        let ticker = Interval::new(TICK, move || {
            if let Some(inner) = this.upgrade() {
                Self(inner).tick();
            }
        });
        self.0.ticker.replace(Some(ticker));
    }
}

/// The clock where there is nothing to hear.
fn silence(duration: f64) -> Box<dyn Clock> {
    Box::new(ReadingClock::new(dom::now, duration))
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session")
    }
}
