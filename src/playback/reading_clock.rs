use super::{Clock, ClockFault, ClockState};

/// The pace of silent reading: a clock that runs by itself from 0 to the end of a timeline.
///
/// It is created with a function that returns the milliseconds since some fixed moment, such as
/// `performance.now()`. Time in which nobody could read does not count. The clock stands still if
/// it is not read for [`LONGEST_GAP`](Self::LONGEST_GAP) or longer, because the computer slept or
/// the page was in the background, and if the milliseconds go back.
#[derive(Debug, Clone)]
pub struct ReadingClock<Now> {
    now: Now,
    end: f64,
    rate: f64,
    position: f64,
    /// The milliseconds up to which time has been counted; `None` while stopped.
    counted: Option<f64>,
}

impl<Now: Fn() -> f64> ReadingClock<Now> {
    /// The gap between two readings, in seconds, from which on the time does not count as read.
    ///
    /// A page in view draws many times a second, and browsers run the timers of a page in the
    /// background about once a second. A gap of two seconds or more therefore means that nobody was
    /// reading.
    pub const LONGEST_GAP: f64 = 2.0;

    /// Creates a clock that ends after `end` seconds, or at once if that is not a finite positive
    /// number.
    #[must_use]
    pub fn new(now: Now, end: f64) -> Self {
        let end = if end.is_finite() { end.max(0.0) } else { 0.0 };
        Self { now, end, rate: 1.0, position: 0.0, counted: None }
    }

    fn count_from(&mut self, at: f64) {
        self.position = if at.is_finite() { at.clamp(0.0, self.end) } else { 0.0 };
        self.counted = Some((self.now)());
    }
}

impl<Now: Fn() -> f64> Clock for ReadingClock<Now> {
    fn start(&mut self, at: f64, rate: f64) -> Result<(), ClockFault> {
        self.rate = rate;
        self.count_from(at);
        Ok(())
    }

    fn stop(&mut self) {
        self.counted = None;
    }

    fn seek(&mut self, to: f64) -> Result<(), ClockFault> {
        self.count_from(to);
        Ok(())
    }

    fn set_rate(&mut self, rate: f64) -> Result<(), ClockFault> {
        // Count the time until now at the old rate.
        self.read();
        self.rate = rate;
        Ok(())
    }

    fn read(&mut self) -> ClockState {
        let Some(counted) = self.counted else {
            return ClockState::Paused(self.position);
        };
        let now = (self.now)();
        self.counted = Some(now);
        let elapsed = (now - counted) / 1000.0;
        if elapsed >= Self::LONGEST_GAP {
            return ClockState::Stalled(self.position);
        }
        // `max` also turns NaN into 0.
        self.position += elapsed.max(0.0) * self.rate;
        if self.position >= self.end {
            self.position = self.end;
            return ClockState::Ended(self.end);
        }
        ClockState::Running(self.position)
    }

    fn duration(&self) -> Option<f64> {
        Some(self.end)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::{cell::Cell, rc::Rc};

    /// Returns a clock and its milliseconds.
    fn clock(end: f64) -> (ReadingClock<impl Fn() -> f64>, Rc<Cell<f64>>) {
        let milliseconds = Rc::new(Cell::new(5000.0));
        let now = Rc::clone(&milliseconds);
        (ReadingClock::new(move || now.get(), end), milliseconds)
    }

    fn pass(milliseconds: &Cell<f64>, by: f64) {
        milliseconds.set(milliseconds.get() + by);
    }

    #[test]
    fn the_clock_follows_the_milliseconds() {
        let (mut clock, milliseconds) = clock(100.0);
        clock.start(10.0, 1.0).unwrap();
        assert_eq!(clock.read(), ClockState::Running(10.0));
        pass(&milliseconds, 500.0);
        assert_eq!(clock.read(), ClockState::Running(10.5));
        pass(&milliseconds, 1000.0);
        assert_eq!(clock.read(), ClockState::Running(11.5));
    }

    #[test]
    fn a_rate_applies_from_when_it_is_set() {
        let (mut clock, milliseconds) = clock(100.0);
        clock.start(0.0, 1.0).unwrap();
        pass(&milliseconds, 1000.0);
        clock.set_rate(2.0).unwrap();
        pass(&milliseconds, 1000.0);
        assert_eq!(clock.read(), ClockState::Running(3.0));
    }

    #[test]
    fn the_clock_seeks_to_the_requested_time() {
        let (mut clock, milliseconds) = clock(100.0);
        clock.start(0.0, 1.0).unwrap();
        pass(&milliseconds, 1000.0);
        clock.seek(50.0).unwrap();
        assert_eq!(clock.read(), ClockState::Running(50.0));
        clock.seek(-5.0).unwrap();
        assert_eq!(clock.read(), ClockState::Running(0.0));
        clock.seek(f64::NAN).unwrap();
        assert_eq!(clock.read(), ClockState::Running(0.0));
        clock.seek(f64::MAX).unwrap();
        assert_eq!(clock.read(), ClockState::Ended(100.0));
    }

    #[test]
    fn the_clock_ends_at_the_end() {
        let (mut clock, milliseconds) = clock(1.0);
        clock.start(0.0, 1.0).unwrap();
        pass(&milliseconds, 1500.0);
        assert_eq!(clock.read(), ClockState::Ended(1.0));
    }

    #[test]
    fn long_gaps_between_readings_are_not_counted() {
        let (mut clock, milliseconds) = clock(100_000.0);
        clock.start(10.0, 1.0).unwrap();
        pass(&milliseconds, 3_600_000.0);
        assert_eq!(clock.read(), ClockState::Stalled(10.0));
        pass(&milliseconds, 100.0);
        assert_eq!(clock.read(), ClockState::Running(10.1));
    }

    #[test]
    fn invalid_milliseconds_do_not_move_the_clock() {
        let (mut clock, milliseconds) = clock(100.0);
        clock.start(10.0, 1.0).unwrap();
        pass(&milliseconds, -4000.0);
        assert_eq!(clock.read(), ClockState::Running(10.0));
        pass(&milliseconds, 1000.0);
        assert_eq!(clock.read(), ClockState::Running(11.0));
        milliseconds.set(f64::NAN);
        assert_eq!(clock.read(), ClockState::Running(11.0));
        milliseconds.set(9000.0);
        assert_eq!(clock.read(), ClockState::Running(11.0));
        milliseconds.set(f64::INFINITY);
        assert_eq!(clock.read(), ClockState::Stalled(11.0));
        milliseconds.set(10_000.0);
        assert_eq!(clock.read(), ClockState::Running(11.0));
    }

    #[test]
    fn a_stopped_clock_keeps_its_position() {
        let (mut clock, milliseconds) = clock(100.0);
        clock.start(10.0, 1.0).unwrap();
        clock.stop();
        pass(&milliseconds, 1000.0);
        assert_eq!(clock.read(), ClockState::Paused(10.0));
    }

    #[test]
    fn a_clock_without_a_valid_end_ends_at_once() {
        for end in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let (mut clock, _) = clock(end);
            clock.start(0.0, 1.0).unwrap();
            assert_eq!(clock.read(), ClockState::Ended(0.0));
            assert_eq!(clock.duration(), Some(0.0));
        }
    }
}
