//! Processes many items on several threads, and delivers the results one by one, in the order of the items.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use super::outcome::Failure;

/// How far each thread may be ahead of the next result to deliver. Results that are ready but not yet due are
/// held in memory.
const AHEAD: usize = 16;

/// The stack size of each thread: that of a main thread, since it does the same work.
const STACK: usize = 8 << 20;

/// Processes the items from 0 up to `count` on at most so many threads, and passes each result to `hand_over`
/// in order. Each thread has a worker of its own, since the state of a worker may not be shareable. A single
/// thread is the caller's.
///
/// # Errors
/// Returns the first failure of making a worker or of `hand_over`. Items in progress are finished, and no
/// others are begun.
pub(super) fn in_order<W, T>(
    count: usize,
    threads: usize,
    worker: &(impl Fn() -> Result<W, Failure> + Sync),
    mut hand_over: impl FnMut(usize, T) -> Result<(), Failure>,
) -> Result<(), Failure>
where
    W: FnMut(usize) -> T,
    T: Send,
{
    let threads = threads.min(count);
    if threads < 2 {
        let mut work = worker()?;
        return (0..count).try_for_each(|place| hand_over(place, work(place)));
    }
    let queue = &Queue::new(count, threads * AHEAD);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        // Whatever happens, no thread keeps waiting.
        let _ended = EndsOnDrop(queue);
        for _ in 0..threads {
            let sender = sender.clone();
            let work = move || {
                let _ended = EndsOnPanic(queue);
                let mut work = match worker() {
                    Ok(work) => work,
                    Err(failure) => return drop(sender.send(Err(failure))),
                };
                while let Some(place) = queue.next() {
                    if sender.send(Ok((place, work(place)))).is_err() {
                        break;
                    }
                }
            };
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).map_err(|error| {
                Failure::new(format!("cannot start a thread: {error}"), "ask for fewer with --jobs")
            })?;
        }
        drop(sender);
        take_in_order(&receiver, queue, &mut hand_over)
    })
}

fn take_in_order<T>(
    receiver: &Receiver<Result<(usize, T), Failure>>,
    queue: &Queue,
    hand_over: &mut impl FnMut(usize, T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut ready = BTreeMap::new();
    let mut due = 0;
    for result in receiver {
        let (place, result) = result?;
        ready.insert(place, result);
        while let Some(result) = ready.remove(&due) {
            hand_over(due, result)?;
            due += 1;
            queue.handed_over(due);
        }
    }
    Ok(())
}

/// The items that are still to be processed.
struct Queue {
    count: usize,
    /// How many items may be in progress or ready at a time.
    ahead: usize,
    next: AtomicUsize,
    /// The number of delivered results; `usize::MAX` after the end.
    handed_over: Mutex<usize>,
    moved: Condvar,
}

impl Queue {
    fn new(count: usize, ahead: usize) -> Self {
        let (next, handed_over, moved) = (AtomicUsize::new(0), Mutex::new(0), Condvar::new());
        Self { count, ahead, next, handed_over, moved }
    }

    /// Returns the next item, once it is not too far ahead. The item that is due next never waits.
    fn next(&self) -> Option<usize> {
        let place = self.next.fetch_add(1, Ordering::Relaxed);
        if place >= self.count {
            return None;
        }
        let handed_over = self.handed_over.lock().unwrap_or_else(PoisonError::into_inner);
        let is_far = |handed_over: &mut usize| place - (*handed_over).min(place) >= self.ahead;
        let handed_over = self.moved.wait_while(handed_over, is_far).unwrap_or_else(PoisonError::into_inner);
        (*handed_over <= self.count).then_some(place)
    }

    fn handed_over(&self, count: usize) {
        let mut handed_over = self.handed_over.lock().unwrap_or_else(PoisonError::into_inner);
        *handed_over = (*handed_over).max(count);
        self.moved.notify_all();
    }

    fn end(&self) {
        self.handed_over(usize::MAX);
    }
}

struct EndsOnDrop<'q>(&'q Queue);

impl Drop for EndsOnDrop<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

struct EndsOnPanic<'q>(&'q Queue);

impl Drop for EndsOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.end();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_are_in_order_and_few_are_pending() {
        for threads in [1, 2, 7] {
            let most = &AtomicUsize::new(0);
            let under_way = &AtomicUsize::new(0);
            let worker = || {
                Ok(move |place: usize| {
                    let now = under_way.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    // The first item takes longest; the results after it must not pile up.
                    thread::sleep(Duration::from_micros(if place == 0 { 20_000 } else { 10 }));
                    place * 2
                })
            };
            let mut got = Vec::new();
            let done = in_order(1_000, threads, &worker, |place, result| {
                under_way.fetch_sub(1, Ordering::SeqCst);
                got.push((place, result));
                Ok(())
            });
            assert!(done.is_ok());
            assert_eq!(got, (0..1_000).map(|place| (place, place * 2)).collect::<Vec<_>>());
            let most = most.load(Ordering::SeqCst);
            assert!(most <= threads * AHEAD + threads, "{most} results were held by {threads} threads");
        }
    }

    #[test]
    fn a_failure_stops_the_work() {
        let failure = || Failure::new("no".to_owned(), "");
        for threads in [1, 2, 7] {
            let done = AtomicUsize::new(0);
            let worker = || Ok(|_: usize| done.fetch_add(1, Ordering::SeqCst));
            let ended =
                in_order(
                    100_000,
                    threads,
                    &worker,
                    |place, _| {
                        if place == 50 { Err(failure()) } else { Ok(()) }
                    },
                );
            assert!(ended.is_err());
            assert!(done.load(Ordering::SeqCst) < 1_000);
            let refused = || -> Result<fn(usize), Failure> { Err(failure()) };
            assert!(in_order(100, threads, &refused, |_, ()| Ok(())).is_err());
        }
    }
}
