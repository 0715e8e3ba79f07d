use super::{Clock, ClockState, Command, Event, Input, Playback};

/// A [`Playback`] and the [`Clock`] it follows.
///
/// Each method returns its events in order, after all transitions: the state that can be read is the one
/// after the last event. What the clock finds out later is reported by a [`tick`](Self::tick).
#[derive(Debug)]
pub struct Player<C> {
    playback: Playback,
    clock: C,
}

impl<C: Clock> Player<C> {
    /// Creates a player that is paused at the beginning; `duration` is that of the article, in seconds.
    #[must_use]
    pub fn new(clock: C, duration: f64) -> Self {
        Self { playback: Playback::new(duration), clock }
    }

    /// Returns the state of playback.
    #[must_use]
    pub fn playback(&self) -> &Playback {
        &self.playback
    }

    /// Returns the clock.
    #[must_use]
    pub fn clock(&self) -> &C {
        &self.clock
    }

    /// Plays, from the beginning if it is at the end. If the clock runs at once, the events already say so.
    pub fn play(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        if self.playback.paused() {
            self.apply(Input::Play, &mut events);
            self.poll(&mut events);
        }
        events
    }

    /// Pauses at the clock's current time.
    pub fn pause(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        self.poll(&mut events);
        self.apply(Input::Pause, &mut events);
        events
    }

    /// Jumps to a time, clamped to the range from 0 to the duration. Does nothing if the clock cannot.
    pub fn seek(&mut self, to: f64) -> Vec<Event> {
        let mut events = Vec::new();
        let to = self.playback.clamped(to);
        if self.clock.can_seek(to) {
            self.apply(Input::Seek(to), &mut events);
            self.poll(&mut events);
        }
        events
    }

    /// Changes the rate. Does nothing if the clock cannot.
    pub fn set_rate(&mut self, rate: f64) -> Vec<Event> {
        let mut events = Vec::new();
        if self.clock.can_set_rate() {
            self.apply(Input::SetRate(rate), &mut events);
        }
        events
    }

    /// Reads the clock; also while paused, when it may still find out the duration or be found running. To be
    /// called repeatedly while it plays, and whenever the clock changes.
    pub fn tick(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        self.poll(&mut events);
        events
    }

    /// Replaces the clock and returns the old one, stopped. On the new clock, the current passage is at `at`
    /// and the whole lasts `duration`. If it plays, it plays on.
    pub fn change_clock(&mut self, clock: C, at: f64, duration: f64) -> (C, Vec<Event>) {
        self.clock.stop();
        let old = std::mem::replace(&mut self.clock, clock);
        let mut events = Vec::new();
        if !self.clock.can_set_rate() {
            // No command follows from this: the new clock receives the rate when it starts.
            events.extend(self.playback.step(Input::SetRate(1.0)).events);
        }
        self.apply(Input::NewClock { at, duration }, &mut events);
        self.poll(&mut events);
        (old, events)
    }

    fn poll(&mut self, events: &mut Vec<Event>) {
        if let Some(duration) = self.clock.duration() {
            self.apply(Input::SetDuration(duration), events);
        }
        if self.playback.paused()
            && let Some(external_use) = self.clock.take_external_use()
        {
            self.apply(Input::Adopt(external_use), events);
        }
        if !self.playback.paused() {
            let state = self.clock.read();
            self.apply(Input::Clock(state), events);
        }
    }

    fn apply(&mut self, input: Input, events: &mut Vec<Event>) {
        let step = self.playback.step(input);
        events.extend(step.events);
        let done = match step.command {
            None => Ok(()),
            Some(Command::Start { at, rate }) => self.clock.start(at, rate),
            Some(Command::Seek(to)) => self.clock.seek(to),
            Some(Command::SetRate(rate)) => self.clock.set_rate(rate),
            Some(Command::Stop) => {
                self.clock.stop();
                Ok(())
            }
        };
        if let Err(fault) = done {
            self.apply(Input::Clock(ClockState::Failed(fault)), events);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playback::{ClockFault, ExternalUse, ReadingClock};
    use std::{cell::Cell, collections::VecDeque, rc::Rc};

    /// A clock that reads scripted states and records how it was called.
    #[derive(Debug)]
    struct Scripted {
        states: VecDeque<ClockState>,
        calls: Vec<String>,
        refusal: Option<ClockFault>,
        duration: Option<f64>,
        is_able: bool,
        external_use: Option<ExternalUse>,
    }

    impl Scripted {
        fn new(states: impl IntoIterator<Item = ClockState>) -> Self {
            let states = states.into_iter().collect();
            Self { states, calls: vec![], refusal: None, duration: None, is_able: true, external_use: None }
        }

        fn record(&mut self, call: String) -> Result<(), ClockFault> {
            self.calls.push(call);
            self.refusal.map_or(Ok(()), Err)
        }
    }

    impl Clock for Scripted {
        fn start(&mut self, at: f64, rate: f64) -> Result<(), ClockFault> {
            self.record(format!("start {at} x{rate}"))
        }

        fn stop(&mut self) {
            self.calls.push("stop".to_owned());
        }

        fn seek(&mut self, to: f64) -> Result<(), ClockFault> {
            self.record(format!("seek {to}"))
        }

        fn set_rate(&mut self, rate: f64) -> Result<(), ClockFault> {
            self.record(format!("rate {rate}"))
        }

        fn read(&mut self) -> ClockState {
            self.states.pop_front().unwrap_or(ClockState::Stalled(f64::NAN))
        }

        fn duration(&self) -> Option<f64> {
            self.duration
        }

        fn can_seek(&self, to: f64) -> bool {
            self.is_able && (0.0..=100.0).contains(&to)
        }

        fn can_set_rate(&self) -> bool {
            self.is_able
        }

        fn take_external_use(&mut self) -> Option<ExternalUse> {
            self.external_use.take()
        }
    }

    fn player(states: impl IntoIterator<Item = ClockState>) -> Player<Scripted> {
        Player::new(Scripted::new(states), 100.0)
    }

    fn names(events: &[Event]) -> String {
        events.iter().map(|event| event.name()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_clock_that_runs_at_once_plays_at_once() {
        let mut player =
            player([ClockState::Running(0.0), ClockState::Running(0.5), ClockState::Running(1.0)]);
        assert_eq!(names(&player.play()), "play playing");
        assert_eq!(names(&player.tick()), "timeupdate");
        assert_eq!(player.playback().current_time(), 0.5);
        assert_eq!(names(&player.pause()), "timeupdate timeupdate pause");
        assert_eq!(player.playback().current_time(), 1.0);
        assert_eq!(player.clock().calls, ["start 0 x1", "stop"]);
    }

    #[test]
    fn a_seek_beyond_an_end_is_clamped() {
        let mut player = player([]);
        player.play();
        player.seek(-6.0);
        player.seek(101.0);
        player.seek(f64::INFINITY);
        assert_eq!(player.clock().calls, ["start 0 x1", "seek 0", "seek 100", "seek 100"]);
    }

    #[test]
    fn a_loading_clock_makes_the_player_wait() {
        let mut player =
            player([ClockState::Stalled(0.0), ClockState::Stalled(0.0), ClockState::Running(0.1)]);
        assert_eq!(names(&player.play()), "play waiting");
        assert_eq!(names(&player.tick()), "");
        assert_eq!(names(&player.tick()), "playing timeupdate");
    }

    #[test]
    fn a_clock_that_loads_again_makes_the_player_wait_again() {
        let mut player =
            player([ClockState::Running(0.0), ClockState::Stalled(3.0), ClockState::Running(3.1)]);
        player.play();
        assert_eq!(names(&player.tick()), "timeupdate waiting");
        assert_eq!(names(&player.tick()), "playing timeupdate");
    }

    #[test]
    fn playback_blocked_by_the_browser_can_be_retried() {
        let mut player = player([ClockState::Stalled(0.0), ClockState::Failed(ClockFault::NotAllowed)]);
        player.play();
        let events = player.tick();
        assert_eq!(events.last(), Some(&Event::Error(ClockFault::NotAllowed)));
        assert!(player.playback().paused());
        assert_eq!(names(&player.play()), "play waiting");
    }

    #[test]
    fn a_clock_that_cannot_start_fails_at_once_and_is_stopped() {
        let mut player = player([]);
        player.clock.refusal = Some(ClockFault::NotSupported);
        assert_eq!(names(&player.play()), "play timeupdate pause error");
        assert_eq!(player.clock().calls, ["start 0 x1", "stop"]);
    }

    #[test]
    fn a_clock_that_fails_while_seeking_ends_the_seek() {
        let mut player = player([ClockState::Running(0.0)]);
        player.play();
        player.clock.refusal = Some(ClockFault::Network);
        assert_eq!(names(&player.seek(50.0)), "seeking timeupdate seeked pause error");
        assert_eq!(player.playback().current_time(), 50.0);
    }

    #[test]
    fn a_seek_while_paused_reaches_the_clock_when_it_starts() {
        let mut player = player([ClockState::Running(40.0)]);
        assert_eq!(names(&player.seek(40.0)), "seeking timeupdate seeked");
        player.set_rate(1.5);
        player.play();
        assert_eq!(player.clock().calls, ["start 40 x1.5"]);
    }

    #[test]
    fn a_seek_while_playing_ends_when_the_clock_runs() {
        let mut player =
            player([ClockState::Running(0.0), ClockState::Stalled(0.0), ClockState::Running(38.0)]);
        player.play();
        assert_eq!(names(&player.seek(40.0)), "seeking waiting");
        assert_eq!(names(&player.tick()), "timeupdate seeked playing");
        assert_eq!(player.playback().current_time(), 38.0);
    }

    #[test]
    fn playing_after_the_end_starts_over() {
        let mut player =
            player([ClockState::Running(99.0), ClockState::Ended(100.0), ClockState::Running(0.0)]);
        player.play();
        assert_eq!(names(&player.tick()), "timeupdate pause ended");
        assert_eq!(names(&player.play()), "seeking play timeupdate seeked playing");
        assert_eq!(player.clock().calls, ["start 0 x1", "stop", "start 0 x1"]);
    }

    #[test]
    fn an_external_pause_is_reported() {
        let mut player = player([ClockState::Running(0.0), ClockState::Paused(7.0)]);
        player.play();
        assert_eq!(names(&player.tick()), "timeupdate pause");
        assert_eq!(player.playback().current_time(), 7.0);
    }

    #[test]
    fn pausing_at_the_end_reports_ended() {
        let mut player = player([ClockState::Running(99.0), ClockState::Ended(100.0)]);
        player.play();
        assert_eq!(names(&player.pause()), "timeupdate pause ended");
    }

    #[test]
    fn a_late_duration_is_adopted_even_while_paused() {
        let mut player = player([]);
        player.clock.duration = Some(f64::NAN);
        assert_eq!(names(&player.tick()), "");
        player.clock.duration = Some(120.0);
        assert_eq!(names(&player.tick()), "durationchange");
        assert_eq!(names(&player.tick()), "");
        assert_eq!(player.playback().duration(), 120.0);
    }

    #[test]
    fn unsupported_commands_are_not_sent_to_the_clock() {
        let mut player = player([ClockState::Running(0.0)]);
        player.clock.is_able = false;
        player.play();
        assert_eq!(names(&player.seek(40.0)), "");
        assert_eq!(names(&player.set_rate(2.0)), "");
        assert_eq!(player.clock().calls, ["start 0 x1"]);
    }

    #[test]
    fn a_running_clock_is_adopted_without_a_command() {
        let mut player = player([ClockState::Running(7.3), ClockState::Running(7.5)]);
        player.clock.external_use = Some(ExternalUse { at: 7.25, rate: 1.5, is_running: true });
        assert_eq!(names(&player.tick()), "ratechange play timeupdate playing timeupdate");
        assert_eq!((player.playback().current_time(), player.playback().rate()), (7.3, 1.5));
        assert_eq!(names(&player.tick()), "timeupdate");
        assert!(player.clock().calls.is_empty(), "commands: {:?}", player.clock().calls);
        player.pause();
        assert_eq!(player.clock().calls, ["stop"]);
    }

    #[test]
    fn an_externally_paused_clock_continues_from_its_time() {
        let mut player = player([ClockState::Running(12.0)]);
        player.clock.external_use = Some(ExternalUse { at: 12.0, rate: 1.0, is_running: false });
        assert_eq!(names(&player.tick()), "timeupdate");
        assert!(player.playback().paused());
        player.play();
        assert_eq!(player.clock().calls, ["start 12 x1"]);
    }

    #[test]
    fn an_adopted_clock_that_fails_reports_an_error() {
        let mut player = player([ClockState::Failed(ClockFault::NotSupported)]);
        player.clock.external_use = Some(ExternalUse { at: 0.0, rate: 1.0, is_running: true });
        assert_eq!(names(&player.tick()), "play timeupdate pause error");
        assert_eq!(player.clock().calls, ["stop"]);
    }

    #[test]
    fn a_new_clock_continues_from_the_given_time() {
        let mut player = player([ClockState::Running(30.0)]);
        player.set_rate(1.5);
        player.play();
        let speech = Scripted {
            is_able: false,
            ..Scripted::new([ClockState::Stalled(0.0), ClockState::Running(44.0)])
        };
        let (old, events) = player.change_clock(speech, 45.0, 130.0);
        assert_eq!(old.calls, ["start 0 x1.5", "stop"]);
        assert_eq!(names(&events), "ratechange durationchange timeupdate waiting");
        assert_eq!(player.clock().calls, ["start 45 x1"]);
        assert_eq!(names(&player.tick()), "playing timeupdate");
        assert_eq!(player.playback().current_time(), 44.0);
    }

    #[test]
    fn a_new_clock_is_not_started_while_paused() {
        let mut player = player([]);
        player.seek(30.0);
        let (_, events) = player.change_clock(Scripted::new([]), 45.0, 130.0);
        assert_eq!(names(&events), "durationchange timeupdate");
        assert!(player.clock().calls.is_empty());
    }

    #[test]
    fn silent_reading_plays_from_beginning_to_end() {
        let milliseconds = Rc::new(Cell::new(0.0));
        let now = Rc::clone(&milliseconds);
        let clock: Box<dyn Clock> = Box::new(ReadingClock::new(move || now.get(), 2.0));
        let mut player = Player::new(clock, 2.0);
        let mut events = names(&player.play());
        while !player.playback().paused() {
            milliseconds.set(milliseconds.get() + 500.0);
            events.push(' ');
            events.push_str(&names(&player.tick()));
        }
        assert_eq!(events, "play playing timeupdate timeupdate timeupdate timeupdate pause ended");
        assert!(player.playback().ended());
        assert_eq!(player.playback().current_time(), 2.0);
    }

    #[test]
    fn playback_of_an_empty_article_ends_at_once() {
        let mut player = Player::new(ReadingClock::new(|| 0.0, 0.0), 0.0);
        assert_eq!(names(&player.play()), "play timeupdate pause ended");
        assert_eq!(names(&player.play()), "seeking play timeupdate seeked pause ended");
    }
}
