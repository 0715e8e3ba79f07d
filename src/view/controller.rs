use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use js_sys::Function;
use yew::prelude::*;

use super::behaviour::Behaviour;
use super::behaviour::current_passage::CurrentPassage;
use super::behaviour::jump::jump;
use super::behaviour::timestamps;
use super::dom;
use super::event::Event;
use super::sound::Sound;
use super::text::drawn::DrawnText;
use super::view_model::ViewModel;
use crate::article::{Passage, Text};
use crate::playback::{self, Clock, ClockFault, Player, ReadingClock};
use crate::timeline::Timeline;

/// How often the player reads its clock, in milliseconds: as often as browsers fire `timeupdate`, and often
/// enough for a bar that moves by less than a pixel each time.
const TICK: u32 = 250;

thread_local! {
    /// The controller on this page that is playing; only one plays at a time.
    static NOW_PLAYING: RefCell<Weak<Inner>> = const { RefCell::new(Weak::new()) };

    /// The number of controller ids that have been assigned.
    static ASSIGNED_IDS: Cell<usize> = const { Cell::new(0) };
}

/// The state and the player of a briefing that is on the page, with the observers that are notified of
/// changes. Cloning returns another handle to the same controller.
#[derive(Clone)]
pub(crate) struct Controller(Rc<Inner>);

struct Inner {
    model: RefCell<Rc<ViewModel>>,
    id: usize,
    /// The number of redraws from another view model.
    version: Cell<usize>,
    text: DrawnText,
    on_event: Callback<Event>,
    player: RefCell<Player<Box<dyn Clock>>>,
    /// The sound that plays.
    sound: Cell<Sound>,
    /// The other sounds with their clocks, in reverse order: the next best is last.
    alternatives: RefCell<Vec<(Sound, Box<dyn Clock>)>>,
    /// Whether the sound broke off and the reader may choose how to continue.
    has_failed: Cell<bool>,
    /// Whether another sound replaced a recording that cannot be played.
    is_replaced: Cell<bool>,
    /// Whether the briefing has been removed.
    has_ended: Cell<bool>,
    /// When each passage is played: the model's timeline, fitted to the recording once its duration is known.
    timeline: RefCell<Rc<Timeline>>,
    /// The timer of the next tick, while playing. Each tick schedules its successor, so a tick that never
    /// returns ends the chain.
    ticker: RefCell<Option<Timeout>>,
    current: CurrentPassage,
    /// Whether the current passage is kept in view.
    is_following: Cell<bool>,
    observers: RefCell<Vec<Rc<Callback<Change>>>>,
    /// The event handling, from when the text is on the page until it is removed.
    behaviour: RefCell<Option<Behaviour>>,
}

/// What changed in a player, for the components that show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The time.
    Time {
        /// Whether another passage has become current, too.
        passage_changed: bool,
    },
    /// The time, at the reader's request.
    SeekRequested,
    /// The value of [`Controller::player_state`].
    Controls,
    /// The loaded parts of the recording.
    Loaded,
}

/// The position of a player and its duration, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Position {
    /// The current time.
    pub(crate) time: f64,
    /// The total duration.
    pub(crate) duration: f64,
}

/// The state of a player, apart from its current time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PlayerState {
    /// Whether it plays.
    pub(crate) is_playing: bool,
    /// [`Controller::version`]: a new version has other interface strings and places.
    pub(crate) version: usize,
    /// The total duration, in seconds at rate 1.
    pub(crate) duration: f64,
    /// The playback rate; 1 is the usual pace.
    pub(crate) rate: f64,
    /// Whether the current passage is kept in view.
    pub(crate) is_following: bool,
    /// The sound that plays.
    pub(crate) sound: Sound,
    /// Whether it is playing but waiting for data.
    pub(crate) is_waiting: bool,
    /// The sound that the reader may continue with, after the current one broke off.
    pub(crate) alternative: Option<Sound>,
    /// Whether another sound plays because the recording cannot be played.
    pub(crate) is_replaced: bool,
    /// Whether the reader can seek anywhere.
    pub(crate) can_seek: bool,
}

/// The registration of an observer of a [`Controller`]. Dropping it unsubscribes the observer.
#[must_use = "the observation ends when it is dropped"]
pub(crate) struct Observer {
    controller: Weak<Inner>,
    callback: Rc<Callback<Change>>,
}

impl Drop for Observer {
    fn drop(&mut self) {
        if let Some(inner) = self.controller.upgrade() {
            inner.observers.borrow_mut().retain(|known| !Rc::ptr_eq(known, &self.callback));
        }
    }
}

impl Controller {
    /// Creates the controller of an article whose text is drawn. `clocks` are its sounds, best first; without
    /// any, the player runs silently at reading pace. `on_event` is called with every event.
    #[must_use]
    pub(crate) fn new(
        model: Rc<ViewModel>,
        text: DrawnText,
        clocks: Vec<(Sound, Box<dyn Clock>)>,
        on_event: Callback<Event>,
    ) -> Self {
        let duration = model.timeline.duration();
        // Prerendering has no clocks, but shows the sound that the model prefers.
        let sound = if cfg!(target_arch = "wasm32") { Sound::Silence } else { model.sound() };
        let mut alternatives: Vec<_> = clocks.into_iter().rev().collect();
        let (sound, clock) = alternatives.pop().unwrap_or_else(|| (sound, silence(duration)));
        let timeline = Rc::new(model.timeline.clone());
        Self(Rc::new(Inner {
            model: RefCell::new(model),
            id: next_id(),
            version: Cell::new(0),
            text,
            on_event,
            player: RefCell::new(Player::new(clock, duration)),
            sound: Cell::new(sound),
            alternatives: RefCell::new(alternatives),
            has_failed: Cell::new(false),
            is_replaced: Cell::new(false),
            has_ended: Cell::new(false),
            timeline: RefCell::new(timeline),
            ticker: RefCell::new(None),
            current: CurrentPassage::default(),
            is_following: Cell::new(false),
            observers: RefCell::default(),
            behaviour: RefCell::new(None),
        }))
    }

    /// Opens the popover of a reference, given by its id or number, at the first place that cites it.
    pub(crate) fn open_reference(&self, id: &str) {
        let model = self.model();
        let references = &model.article.references;
        let by_number = || id.parse::<usize>().ok()?.checked_sub(1).filter(|index| *index < references.len());
        let index = references.iter().position(|reference| &*reference.id == id).or_else(by_number);
        // A handler of the host page may end the behaviour, so the borrow must not last.
        let behaviour = self.0.behaviour.borrow().clone();
        if let (Some(behaviour), Some(index)) = (behaviour, index) {
            behaviour.open_reference(index);
        }
    }

    /// Scrolls to the key point or block with this id, as a link does. Returns its start time in seconds, or
    /// `None` if there is no such passage or no player.
    pub(crate) fn scroll_to_passage(&self, id: &str) -> Option<f64> {
        let model = self.model();
        let (points, blocks) = (&model.article.key_points, &model.article.body);
        let block = || blocks.iter().position(|block| &*block.id == id).map(Passage::Block);
        let point = points.iter().position(|point| &*point.id == id).map(Passage::KeyPoint);
        let passage = point.or_else(block)?;
        jump(&self.0.text.root()?, &model.passage_id(passage));
        let timeline = self.timeline();
        timeline.segment_of(passage).and_then(|index| timeline.segment(index)).map(|segment| segment.start)
    }

    /// Redraws the same article from another view model. Nodes that are the same in both stay on the page,
    /// and the player keeps its position and goes on. `morph` turns an element that is on the page into another one.
    /// Returns the previous view model.
    pub(crate) fn redraw(&self, model: Rc<ViewModel>, morph: &Function) -> Rc<ViewModel> {
        self.0.version.set(self.version() + 1);
        self.0.text.redraw(&model, morph);
        self.0.model.replace(model)
    }

    /// Replaces the clocks after [`Self::redraw`], best first, if `is_other` is set or the timeline differs
    /// from the one `before`. Otherwise the current clock goes on and `clocks` are dropped.
    pub(crate) fn replace_clocks(
        &self,
        before: &ViewModel,
        clocks: Vec<(Sound, Box<dyn Clock>)>,
        is_other: bool,
    ) {
        let model = self.model();
        if model.timeline.segments().is_empty() {
            // Without a player, playing pauses where it is, until there is a player again.
            let events = self.0.player.borrow_mut().pause();
            return self.handle(events);
        }
        if is_other || before.timeline != model.timeline {
            let time = self.timeline().same_place(self.current_time(), &model.timeline);
            self.0.alternatives.replace(clocks.into_iter().rev().collect());
            let events = self.switch_to_next_clock(time);
            self.handle(events);
        }
        self.fit_timeline();
        self.notify(Change::Controls);
    }

    /// Replaces the alternatives to the recording after [`Self::redraw`], best first. The recording goes on
    /// unchanged.
    pub(crate) fn replace_alternatives(&self, clocks: Vec<(Sound, Box<dyn Clock>)>) {
        self.0.alternatives.replace(clocks.into_iter().rev().collect());
        self.fit_timeline();
        self.notify(Change::Controls);
    }

    /// Returns the sound that plays.
    pub(crate) fn sound(&self) -> Sound {
        self.0.sound.get()
    }

    /// Returns the current view model.
    pub(crate) fn model(&self) -> Rc<ViewModel> {
        Rc::clone(&self.0.model.borrow())
    }

    /// Returns the text on the page.
    pub(crate) fn text(&self) -> &DrawnText {
        &self.0.text
    }

    /// Returns the id that distinguishes this controller from others.
    pub(crate) fn id(&self) -> usize {
        self.0.id
    }

    /// Returns the number of redraws from another view model.
    pub(crate) fn version(&self) -> usize {
        self.0.version.get()
    }

    /// Calls `callback` on every change of the player, until the returned observer is dropped.
    pub(crate) fn observe(&self, callback: Callback<Change>) -> Observer {
        let callback = Rc::new(callback);
        self.0.observers.borrow_mut().push(Rc::clone(&callback));
        Observer { controller: Rc::downgrade(&self.0), callback }
    }

    fn notify(&self, change: Change) {
        // Observers may subscribe or unsubscribe while they are called.
        let observers = self.0.observers.borrow().clone();
        observers.iter().for_each(|observer| observer.emit(change));
    }

    /// Returns the current time and the duration.
    pub(crate) fn position(&self) -> Position {
        Position { time: self.current_time(), duration: self.duration() }
    }

    /// Returns the state of the player.
    pub(crate) fn player_state(&self) -> PlayerState {
        PlayerState {
            is_playing: !self.paused(),
            version: self.version(),
            duration: self.duration(),
            rate: self.rate(),
            is_following: self.is_following(),
            sound: self.0.sound.get(),
            is_waiting: self.0.player.borrow().playback().waiting(),
            alternative: self.0.has_failed.get().then(|| self.next_sound()),
            is_replaced: self.0.is_replaced.get() && self.0.sound.get() != Sound::Recording,
            can_seek: self.0.player.borrow().clock().can_seek(self.duration()),
        }
    }

    /// Returns when each passage is played.
    pub(crate) fn timeline(&self) -> Rc<Timeline> {
        Rc::clone(&self.0.timeline.borrow())
    }

    /// Returns the loaded parts of the recording, each with its start and end in seconds.
    pub(crate) fn loaded(&self) -> Vec<[f64; 2]> {
        self.0.player.borrow().clock().loaded()
    }

    /// Returns whether the player is paused.
    #[must_use]
    pub(crate) fn paused(&self) -> bool {
        self.0.player.borrow().playback().paused()
    }

    /// Returns whether the player has reached the end.
    #[must_use]
    pub(crate) fn ended(&self) -> bool {
        self.0.player.borrow().playback().ended()
    }

    /// Returns the current time, in seconds.
    #[must_use]
    pub(crate) fn current_time(&self) -> f64 {
        self.0.player.borrow().playback().current_time()
    }

    /// Returns the total duration, in seconds at rate 1.
    #[must_use]
    pub(crate) fn duration(&self) -> f64 {
        self.0.player.borrow().playback().duration()
    }

    /// Returns the playback rate; 1 is the usual pace.
    #[must_use]
    pub(crate) fn rate(&self) -> f64 {
        self.0.player.borrow().playback().rate()
    }

    /// Plays, from the start if it had ended. Any other briefing that plays on this page pauses.
    pub(crate) fn play(&self) {
        // The other briefing stops before this one starts: a device has only one voice.
        self.become_now_playing();
        let events = self.0.player.borrow_mut().play();
        self.handle(events);
    }

    /// Pauses at the current time.
    pub(crate) fn pause(&self) {
        let events = self.0.player.borrow_mut().pause();
        self.handle(events);
    }

    /// Plays if paused, otherwise pauses.
    pub(crate) fn toggle(&self) {
        if self.paused() { self.play() } else { self.pause() }
    }

    /// Seeks to a time in seconds.
    pub(crate) fn seek(&self, seconds: f64) {
        let events = self.0.player.borrow_mut().seek(seconds);
        self.handle(events);
        // A seek by the reader is announced at once.
        self.notify(Change::SeekRequested);
    }

    /// Seeks to the start of the next passage, or to the end.
    pub(crate) fn next_passage(&self) {
        let next = self.timeline().next_start(self.current_time());
        self.seek(next.unwrap_or(self.duration()));
    }

    /// Seeks to the start of the current passage, or of the previous one if the current one has just begun.
    pub(crate) fn previous_passage(&self) {
        let previous = self.timeline().previous_start(self.current_time());
        self.seek(previous.unwrap_or(0.0));
    }

    /// Sets the playback rate.
    pub(crate) fn set_rate(&self, rate: f64) {
        let events = self.0.player.borrow_mut().set_rate(rate);
        self.handle(events);
    }

    /// Sets whether the current passage is kept in view.
    pub(crate) fn follow(&self, is_following: bool) {
        self.0.is_following.set(is_following);
        if is_following {
            self.0.current.reveal();
        }
        self.notify(Change::Controls);
    }

    /// Toggles whether the current passage is kept in view until the reader scrolls.
    pub(crate) fn toggle_following(&self) {
        let behaviour = self.0.behaviour.borrow().clone();
        if let Some(behaviour) = behaviour {
            behaviour.follow(!self.is_following());
        }
    }

    /// Returns whether the current passage is kept in view.
    pub(crate) fn is_following(&self) -> bool {
        self.0.is_following.get()
    }

    pub(crate) fn emit(&self, event: Event) {
        self.0.on_event.emit(event);
    }

    /// Starts handling the reader's input in the text, if the text is on the page.
    pub(crate) fn attach(&self) {
        if let Some(root) = self.0.text.root() {
            self.0.current.attach(&root);
            self.mark();
            let is_again = self.0.behaviour.take().is_some();
            let behaviour = Behaviour::attach(self, &root, is_again || self.0.text.is_hydrated());
            self.0.behaviour.replace(Some(behaviour.clone()));
            if self.is_following() {
                behaviour.follow(true);
            }
        }
        // The recording may already have been playing before the script loaded.
        self.tick();
    }

    /// Marks the current passage in the text; returns whether another passage has become current.
    fn mark(&self) -> bool {
        let time = self.current_time();
        let state = match (self.paused(), time > 0.0) {
            (false, _) => Some("playing"),
            (true, true) => Some("paused"),
            (true, false) => None,
        };
        self.0.current.mark(&self.model(), &self.timeline(), time, state)
    }

    /// Returns whether the briefing has been removed.
    pub(crate) fn has_ended(&self) -> bool {
        self.0.has_ended.get()
    }

    /// Ends the briefing: pauses, and stops everything that must not outlive it.
    pub(crate) fn end(&self) {
        self.0.has_ended.set(true);
        self.pause();
        self.0.ticker.take();
        self.0.behaviour.take();
        self.0.text.remove_hydrated();
    }

    fn tick(&self) {
        // Silent reading pace pauses while the page is hidden, because nobody is reading; audio goes on.
        if dom::is_hidden() && self.0.sound.get() == Sound::Silence {
            self.pause();
            return;
        }
        let Ok(events) = self.0.player.try_borrow_mut().map(|mut player| player.tick()) else {
            // An earlier tick never returned: code of the host page threw an exception.
            return;
        };
        self.handle(events);
        if !self.paused() {
            self.schedule_tick();
        }
    }

    fn handle(&self, events: Vec<playback::Event>) {
        use playback::Event::{DurationChange, Ended, Error, Pause, Play, Playing, RateChange, Waiting};
        let mut changed = false;
        let mut is_unsupported = false;
        for event in &events {
            match event {
                Play => {
                    self.become_now_playing();
                    self.schedule_tick();
                    self.0.has_failed.set(false);
                    changed = true;
                }
                Pause | Ended => {
                    self.0.ticker.take();
                    changed = true;
                }
                Error(fault) => {
                    is_unsupported |= *fault == ClockFault::NotSupported;
                    let is_broken = matches!(fault, ClockFault::Network | ClockFault::Decode);
                    self.0.has_failed.set(is_broken);
                    changed = true;
                }
                DurationChange => {
                    self.fit_timeline();
                    changed = true;
                }
                Waiting | Playing | RateChange => changed = true,
                _ => {}
            }
        }
        if !events.is_empty() {
            let passage_changed = self.mark();
            if passage_changed {
                if self.is_following() && !self.paused() {
                    self.0.current.reveal();
                }
                let passage = self.0.current.passage(&self.timeline());
                let passage = passage.and_then(|passage| self.name_of(passage));
                let Position { time, duration } = self.position();
                self.emit(Event::Progress { passage, time, duration });
            }
            self.notify(if changed { Change::Controls } else { Change::Time { passage_changed } });
        }
        for event in events {
            self.emit(Event::Playback(event));
        }
        if is_unsupported && self.0.sound.get() != Sound::Silence {
            // Nothing has been audible yet, so the next best sound takes over without asking the reader.
            self.0.is_replaced.set(self.0.sound.get() == Sound::Recording);
            self.continue_with_next_sound();
        }
    }

    /// Returns the next best sound, for when the current one cannot go on.
    fn next_sound(&self) -> Sound {
        self.0.alternatives.borrow().last().map_or(Sound::Silence, |(sound, _)| *sound)
    }

    /// Continues at the same place with the next best sound.
    pub(crate) fn continue_with_next_sound(&self) {
        // The next clock uses the article's own times, which are not fitted to the recording.
        let at = self.timeline().same_place(self.current_time(), &self.model().timeline);
        let events = self.switch_to_next_clock(at);
        self.handle(events);
        self.play();
    }

    /// Switches to the next best clock, at the given time.
    fn switch_to_next_clock(&self, at: f64) -> Vec<playback::Event> {
        let duration = self.model().timeline.duration();
        let next = self.0.alternatives.borrow_mut().pop();
        let (sound, clock) = next.unwrap_or_else(|| (Sound::Silence, silence(duration)));
        self.0.sound.set(sound);
        self.0.has_failed.set(false);
        let (_, events) = self.0.player.borrow_mut().change_clock(clock, at, duration);
        events
    }

    /// Fits the timeline to the total duration.
    fn fit_timeline(&self) {
        let model = self.model();
        let timeline = Rc::new(model.timeline.clone().fitted_to(self.duration()));
        if let Some(root) = self.0.text.root() {
            timestamps::fit(&root, &model, &timeline);
        }
        self.0.timeline.replace(timeline);
    }

    /// Returns a callback for a clock to call whenever its state or its loaded parts change.
    #[cfg(feature = "browser")]
    pub(crate) fn on_clock_change(&self) -> impl Fn() + use<> {
        let this = Rc::downgrade(&self.0);
        move || {
            if let Some(inner) = this.upgrade() {
                let controller = Self(inner);
                controller.tick();
                controller.notify(Change::Loaded);
            }
        }
    }

    fn name_of(&self, passage: Passage) -> Option<Text> {
        let article = &self.model().article;
        match passage {
            Passage::Title => Some("title".into()),
            Passage::Summary => Some("summary".into()),
            Passage::KeyPoint(index) => article.key_points.get(index).map(|point| Text::clone(&point.id)),
            Passage::Block(index) => article.body.get(index).map(|block| Text::clone(&block.id)),
        }
    }

    fn become_now_playing(&self) {
        let before = NOW_PLAYING.replace(Rc::downgrade(&self.0)).upgrade();
        if let Some(other) = before.filter(|other| !Rc::ptr_eq(other, &self.0)) {
            Self(other).pause();
        }
    }

    fn schedule_tick(&self) {
        let this = Rc::downgrade(&self.0);
        let ticker = Timeout::new(TICK, move || {
            if let Some(inner) = this.upgrade() {
                Self(inner).tick();
            }
        });
        self.0.ticker.replace(Some(ticker));
    }
}

fn next_id() -> usize {
    ASSIGNED_IDS.with(|ids| {
        ids.set(ids.get() + 1);
        ids.get()
    })
}

/// Returns the clock for playing without sound.
fn silence(duration: f64) -> Box<dyn Clock> {
    Box::new(ReadingClock::new(dom::now, duration))
}

impl PartialEq for Controller {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Controller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Controller")
    }
}
