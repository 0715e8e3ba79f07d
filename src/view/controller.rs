use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
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

/// How often the player looks at its clock, in milliseconds: as often as browsers fire
/// `timeupdate`, and enough for a bar that moves by less than a pixel each time.
const TICK: u32 = 250;

thread_local! {
    /// The one controller that plays: a page has one voice.
    static NOW_PLAYING: RefCell<Weak<Inner>> = const { RefCell::new(Weak::new()) };

    /// How many ids were given.
    static IDS: Cell<usize> = const { Cell::new(0) };
}

/// What holds a briefing together while it is read and played: the state of its player, and who is told
/// when that changes. Cloning gives another handle to the same one.
#[derive(Clone)]
pub(crate) struct Controller(Rc<Inner>);

struct Inner {
    model: RefCell<Rc<ViewModel>>,
    id: usize,
    /// How often it has been shown otherwise.
    version: Cell<usize>,
    text: DrawnText,
    on_event: Callback<Event>,
    player: RefCell<Player<Box<dyn Clock>>>,
    /// What is heard of it.
    sound: Cell<Sound>,
    /// What there is besides, the next best last.
    others: RefCell<Vec<(Sound, Box<dyn Clock>)>>,
    /// Whether what is heard broke off, and the reader may choose how to go on.
    has_failed: Cell<bool>,
    /// Whether something else took the place of a recording that cannot be played.
    is_replaced: Cell<bool>,
    /// Whether the briefing is gone.
    has_ended: Cell<bool>,
    /// When each passage is played: that of the model, fitted to the recording once its length is known.
    timeline: RefCell<Rc<Timeline>>,
    /// The next tick, while it plays. Each is a timer of its own: where one never comes to its end, none follows.
    ticker: RefCell<Option<Timeout>>,
    current: CurrentPassage,
    /// Whether the current passage is kept in view.
    is_following: Cell<bool>,
    observers: RefCell<Vec<Rc<Callback<Change>>>>,
    /// What answers the reader, from when the text is on the page to when it is gone.
    behaviour: RefCell<Option<Behaviour>>,
}

/// What has changed of a player, for the components that show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The time.
    Time {
        /// Whether another passage has become current, too.
        passage_changed: bool,
    },
    /// The time, and a reader has asked for it.
    Asked,
    /// What [`Controller::player_state`] returns.
    Controls,
    /// How much of the recording has been loaded.
    Loaded,
}

/// Where a player is, and how long all takes, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Position {
    /// Where it is.
    pub(crate) time: f64,
    /// How long all takes.
    pub(crate) duration: f64,
}

/// How a player is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PlayerState {
    /// Whether it plays.
    pub(crate) is_playing: bool,
    /// [`Controller::version`]: in another one, words and places are others.
    pub(crate) version: usize,
    /// How long all takes, in seconds at rate 1.
    pub(crate) duration: f64,
    /// How fast it plays; 1 is the usual pace.
    pub(crate) rate: f64,
    /// Whether the current passage is kept in view.
    pub(crate) is_following: bool,
    /// What is heard.
    pub(crate) sound: Sound,
    /// Whether it would play but for what has to be loaded.
    pub(crate) is_waiting: bool,
    /// What the reader may go on with, where what is heard broke off.
    pub(crate) instead: Option<Sound>,
    /// Whether it goes on with something else because there is no recording that can be played.
    pub(crate) is_replaced: bool,
    /// Whether the reader can go to any place.
    pub(crate) can_seek: bool,
}

/// Keeps an observer of a [`Controller`]. It is heard no more when this is dropped.
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
    /// Begins to read an article of which this is the text. `clocks` are what can be heard of it, best first; without
    /// any it goes at the pace of silent reading. `on_event` is called with everything that happens.
    #[must_use]
    pub(crate) fn new(
        model: Rc<ViewModel>,
        text: DrawnText,
        clocks: Vec<(Sound, Box<dyn Clock>)>,
        on_event: Callback<Event>,
    ) -> Self {
        let duration = model.timeline.duration();
        // What is written ahead of a browser has no clocks yet.
        let sound = if cfg!(target_arch = "wasm32") { Sound::Silence } else { model.sound() };
        let mut others: Vec<_> = clocks.into_iter().rev().collect();
        let (sound, clock) = others.pop().unwrap_or_else(|| (sound, silence(duration)));
        let timeline = Rc::new(model.timeline.clone());
        Self(Rc::new(Inner {
            model: RefCell::new(model),
            id: next_id(),
            version: Cell::new(0),
            text,
            on_event,
            player: RefCell::new(Player::new(clock, duration)),
            sound: Cell::new(sound),
            others: RefCell::new(others),
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

    /// Opens the popover of a reference at the first place that cites it.
    pub(crate) fn open_reference(&self, id: &str) {
        let model = self.model();
        let references = &model.article.references;
        let by_number = || id.parse::<usize>().ok()?.checked_sub(1).filter(|index| *index < references.len());
        let index = references.iter().position(|reference| &*reference.id == id).or_else(by_number);
        // What the page does when it hears of it may end the behaviour.
        let behaviour = self.0.behaviour.borrow().clone();
        if let (Some(behaviour), Some(index)) = (behaviour, index) {
            behaviour.open_reference(index);
        }
    }

    /// Leads the reader to the key point or the block of this id, as a link does. Returns when it has its turn, in
    /// seconds; nothing where there is none, or no player.
    pub(crate) fn lead_to(&self, id: &str) -> Option<f64> {
        let model = self.model();
        let (points, blocks) = (&model.article.key_points, &model.article.body);
        let block = || blocks.iter().position(|block| &*block.id == id).map(Passage::Block);
        let point = points.iter().position(|point| &*point.id == id).map(Passage::KeyPoint);
        let passage = point.or_else(block)?;
        jump(&self.0.text.root()?, &model.passage_id(passage));
        let timeline = self.timeline();
        timeline.segment_of(passage).and_then(|index| timeline.segment(index)).map(|segment| segment.start)
    }

    /// Shows the same article otherwise, from another view model. What is the same in both stays on the page as it
    /// is; where it plays and whether it does stay, too. Returns the view model before.
    pub(crate) fn redraw(&self, model: Rc<ViewModel>) -> Rc<ViewModel> {
        self.0.version.set(self.version() + 1);
        self.0.text.redraw(&model);
        self.0.model.replace(model)
    }

    /// Has what is shown otherwise now heard by other `clocks`, best first. What is heard goes on as it does, unless
    /// its times are others than they were `before` or `is_other` says that it shall not.
    pub(crate) fn change_clocks(
        &self,
        before: &ViewModel,
        clocks: Vec<(Sound, Box<dyn Clock>)>,
        is_other: bool,
    ) {
        let model = self.model();
        if model.timeline.segments().is_empty() {
            // Without a player it rests where it is, until there is one again.
            let events = self.0.player.borrow_mut().pause();
            return self.handle(events);
        }
        if is_other || before.timeline != model.timeline {
            let time = self.timeline().same_place(self.current_time(), &model.timeline);
            self.0.others.replace(clocks.into_iter().rev().collect());
            let events = self.next_clock(time);
            self.handle(events);
        }
        self.fit();
        self.notify(Change::Controls);
    }

    /// Puts behind the recording what else can be heard of what is shown otherwise now, best first. The recording
    /// stays what it is, and goes on.
    pub(crate) fn change_others(&self, clocks: Vec<(Sound, Box<dyn Clock>)>) {
        self.0.others.replace(clocks.into_iter().rev().collect());
        self.fit();
        self.notify(Change::Controls);
    }

    /// What is heard of it.
    pub(crate) fn sound(&self) -> Sound {
        self.0.sound.get()
    }

    /// What is being read.
    pub(crate) fn model(&self) -> Rc<ViewModel> {
        Rc::clone(&self.0.model.borrow())
    }

    /// Its text on the page.
    pub(crate) fn text(&self) -> &DrawnText {
        &self.0.text
    }

    /// Tells this controller from others.
    pub(crate) fn id(&self) -> usize {
        self.0.id
    }

    /// How often it has been shown otherwise, from another view model.
    pub(crate) fn version(&self) -> usize {
        self.0.version.get()
    }

    /// Calls back whenever something of the player has changed.
    pub(crate) fn observe(&self, callback: Callback<Change>) -> Observer {
        let callback = Rc::new(callback);
        self.0.observers.borrow_mut().push(Rc::clone(&callback));
        Observer { controller: Rc::downgrade(&self.0), callback }
    }

    fn notify(&self, change: Change) {
        // An observer may end, or begin, while it is called.
        let observers = self.0.observers.borrow().clone();
        observers.iter().for_each(|observer| observer.emit(change));
    }

    /// Where the player is.
    pub(crate) fn position(&self) -> Position {
        Position { time: self.current_time(), duration: self.duration() }
    }

    /// How the player is set.
    pub(crate) fn player_state(&self) -> PlayerState {
        PlayerState {
            is_playing: !self.paused(),
            version: self.version(),
            duration: self.duration(),
            rate: self.rate(),
            is_following: self.is_following(),
            sound: self.0.sound.get(),
            is_waiting: self.0.player.borrow().playback().waiting(),
            instead: self.0.has_failed.get().then(|| self.next_sound()),
            is_replaced: self.0.is_replaced.get() && self.0.sound.get() != Sound::Recording,
            can_seek: self.0.player.borrow().clock().can_seek(self.duration()),
        }
    }

    /// When each passage is played.
    pub(crate) fn timeline(&self) -> Rc<Timeline> {
        Rc::clone(&self.0.timeline.borrow())
    }

    /// The parts of the recording that are loaded, each with its start and its end in seconds.
    pub(crate) fn loaded(&self) -> Vec<[f64; 2]> {
        self.0.player.borrow().clock().loaded()
    }

    /// Whether it is not playing.
    #[must_use]
    pub(crate) fn paused(&self) -> bool {
        self.0.player.borrow().playback().paused()
    }

    /// Whether it has played to its end.
    #[must_use]
    pub(crate) fn ended(&self) -> bool {
        self.0.player.borrow().playback().ended()
    }

    /// Where it is, in seconds.
    #[must_use]
    pub(crate) fn current_time(&self) -> f64 {
        self.0.player.borrow().playback().current_time()
    }

    /// How long it all takes, in seconds at rate 1.
    #[must_use]
    pub(crate) fn duration(&self) -> f64 {
        self.0.player.borrow().playback().duration()
    }

    /// How fast it plays; 1 is the usual pace.
    #[must_use]
    pub(crate) fn rate(&self) -> f64 {
        self.0.player.borrow().playback().rate()
    }

    /// Plays, from the start if it had ended. What else plays on this page pauses.
    pub(crate) fn play(&self) {
        // Whatever falls silent does so first: a device has one voice.
        self.become_now_playing();
        let events = self.0.player.borrow_mut().play();
        self.handle(events);
    }

    /// Stops where it is.
    pub(crate) fn pause(&self) {
        let events = self.0.player.borrow_mut().pause();
        self.handle(events);
    }

    /// Plays if it is paused, else pauses.
    pub(crate) fn toggle(&self) {
        if self.paused() { self.play() } else { self.pause() }
    }

    /// Goes to a time in seconds.
    pub(crate) fn seek(&self, seconds: f64) {
        let events = self.0.player.borrow_mut().seek(seconds);
        self.handle(events);
        // A reader who asked for a place hears of it at once.
        self.notify(Change::Asked);
    }

    /// Goes to the start of the passage after this one, or to the end.
    pub(crate) fn next_passage(&self) {
        let next = self.timeline().next_start(self.current_time());
        self.seek(next.unwrap_or(self.duration()));
    }

    /// Goes to the start of this passage, or of the one before when this has just begun.
    pub(crate) fn previous_passage(&self) {
        let previous = self.timeline().previous_start(self.current_time());
        self.seek(previous.unwrap_or(0.0));
    }

    /// Sets how fast it plays.
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

    /// Keeps the current passage in view until the reader scrolls, or no longer.
    pub(crate) fn toggle_following(&self) {
        let behaviour = self.0.behaviour.borrow().clone();
        if let Some(behaviour) = behaviour {
            behaviour.follow(!self.is_following());
        }
    }

    /// Whether the current passage is kept in view.
    pub(crate) fn is_following(&self) -> bool {
        self.0.is_following.get()
    }

    pub(crate) fn emit(&self, event: Event) {
        self.0.on_event.emit(event);
    }

    /// Begins to answer the reader, on the text that is on the page. Without one, nothing happens.
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
        // A recording may have been played before there was script.
        self.tick();
    }

    /// Marks where the player is in the text; returns whether another passage has become current.
    fn mark(&self) -> bool {
        let time = self.current_time();
        let state = match (self.paused(), time > 0.0) {
            (false, _) => Some("playing"),
            (true, true) => Some("paused"),
            (true, false) => None,
        };
        self.0.current.mark(&self.model(), &self.timeline(), time, state)
    }

    /// Whether the briefing is gone.
    pub(crate) fn has_ended(&self) -> bool {
        self.0.has_ended.get()
    }

    /// Stops what must not go on when the briefing is gone.
    pub(crate) fn end(&self) {
        self.0.has_ended.set(true);
        self.pause();
        self.0.ticker.take();
        self.0.behaviour.take();
        self.0.text.leave();
    }

    fn tick(&self) {
        // At reading pace, what nobody can see is not being read; what sounds is heard all the same.
        if dom::is_hidden() && self.0.sound.get() == Sound::Silence {
            self.pause();
            return;
        }
        let Ok(events) = self.0.player.try_borrow_mut().map(|mut player| player.tick()) else {
            // One before this one never came to its end: something of the page's threw errors.
            return;
        };
        self.handle(events);
        if !self.paused() {
            self.tick_later();
        }
    }

    fn handle(&self, events: Vec<playback::Event>) {
        use playback::Event::{DurationChange, Ended, Error, Pause, Play, Playing, RateChange, Waiting};
        let mut changed = false;
        let mut is_mute = false;
        for event in &events {
            match event {
                Play => {
                    self.become_now_playing();
                    self.tick_later();
                    self.0.has_failed.set(false);
                    changed = true;
                }
                Pause | Ended => {
                    self.0.ticker.take();
                    changed = true;
                }
                Error(fault) => {
                    is_mute |= *fault == ClockFault::NotSupported;
                    let is_broken = matches!(fault, ClockFault::Network | ClockFault::Decode);
                    self.0.has_failed.set(is_broken);
                    changed = true;
                }
                DurationChange => {
                    self.fit();
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
        if is_mute && self.0.sound.get() != Sound::Silence {
            // It has never made a sound.
            self.0.is_replaced.set(self.0.sound.get() == Sound::Recording);
            self.go_on();
        }
    }

    /// What is heard, or not, where what is heard now cannot go on.
    fn next_sound(&self) -> Sound {
        self.0.others.borrow().last().map_or(Sound::Silence, |(sound, _)| *sound)
    }

    /// Goes on at the same place with the next best there is to hear.
    pub(crate) fn go_on(&self) {
        // The other goes by the times of the article, before they were fitted to the recording.
        let end = |timeline: &Timeline| timeline.segments().last().map_or(1.0, |segment| segment.end);
        let at = self.current_time() / end(&self.timeline()) * end(&self.model().timeline);
        let events = self.next_clock(at);
        self.handle(events);
        self.play();
    }

    /// Has the next best clock take over at a time.
    fn next_clock(&self, at: f64) -> Vec<playback::Event> {
        let duration = self.model().timeline.duration();
        let next = self.0.others.borrow_mut().pop();
        let (sound, clock) = next.unwrap_or_else(|| (Sound::Silence, silence(duration)));
        self.0.sound.set(sound);
        self.0.has_failed.set(false);
        let (_, events) = self.0.player.borrow_mut().change_clock(clock, at, duration);
        events
    }

    /// Fits the times to how long all takes.
    fn fit(&self) {
        let model = self.model();
        let timeline = Rc::new(model.timeline.clone().fitted_to(self.duration()));
        if let Some(root) = self.0.text.root() {
            timestamps::fit(&root, &model, &timeline);
        }
        self.0.timeline.replace(timeline);
    }

    /// Has the clock call what is returned whenever it has news.
    #[cfg(feature = "browser")]
    pub(crate) fn news(&self) -> impl Fn() + use<> {
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

    fn tick_later(&self) {
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
    IDS.with(|ids| {
        ids.set(ids.get() + 1);
        ids.get()
    })
}

/// The clock where there is nothing to hear.
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
