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

/// Processes the items from 0 up to `count` on at most so many threads, and passes each result to `deliver`
/// in order. Each thread has a worker of its own, since the state of a worker may not be shareable. A single
/// thread is the caller's.
///
/// # Errors
/// Returns the first failure of making a worker or of `deliver`. Items in progress are finished, and no
/// others are begun.
pub(super) fn process_in_order<W, T>(
    count: usize,
    threads: usize,
    worker: &(impl Fn() -> Result<W, Failure> + Sync),
    mut deliver: impl FnMut(usize, T) -> Result<(), Failure>,
) -> Result<(), Failure>
where
    W: FnMut(usize) -> T,
    T: Send,
{
    let threads = threads.min(count);
    if threads < 2 {
        let mut work = worker()?;
        return (0..count).try_for_each(|index| deliver(index, work(index)));
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
                while let Some(index) = queue.next() {
                    if sender.send(Ok((index, work(index)))).is_err() {
                        break;
                    }
                }
            };
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).map_err(|error| {
                Failure::new(format!("cannot start a thread: {error}"), "ask for fewer with --jobs")
            })?;
        }
        drop(sender);
        deliver_in_order(&receiver, queue, &mut deliver)
    })
}

fn deliver_in_order<T>(
    receiver: &Receiver<Result<(usize, T), Failure>>,
    queue: &Queue,
    deliver: &mut impl FnMut(usize, T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut ready = BTreeMap::new();
    let mut due = 0;
    for result in receiver {
        let (index, result) = result?;
        ready.insert(index, result);
        while let Some(result) = ready.remove(&due) {
            deliver(due, result)?;
            due += 1;
            queue.delivered(due);
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
    delivered: Mutex<usize>,
    advanced: Condvar,
}

impl Queue {
    fn new(count: usize, ahead: usize) -> Self {
        let (next, delivered, advanced) = (AtomicUsize::new(0), Mutex::new(0), Condvar::new());
        Self { count, ahead, next, delivered, advanced }
    }

    /// Returns the next item, once it is not too far ahead. The item that is due next never waits.
    fn next(&self) -> Option<usize> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        if index >= self.count {
            return None;
        }
        let delivered = self.delivered.lock().unwrap_or_else(PoisonError::into_inner);
        let is_too_far_ahead = |delivered: &mut usize| index - (*delivered).min(index) >= self.ahead;
        let delivered =
            self.advanced.wait_while(delivered, is_too_far_ahead).unwrap_or_else(PoisonError::into_inner);
        (*delivered <= self.count).then_some(index)
    }

    fn delivered(&self, count: usize) {
        let mut delivered = self.delivered.lock().unwrap_or_else(PoisonError::into_inner);
        *delivered = (*delivered).max(count);
        self.advanced.notify_all();
    }

    fn end(&self) {
        self.delivered(usize::MAX);
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
            let max_pending = &AtomicUsize::new(0);
            let pending = &AtomicUsize::new(0);
            let worker = || {
                Ok(move |index: usize| {
                    let now = pending.fetch_add(1, Ordering::SeqCst) + 1;
                    max_pending.fetch_max(now, Ordering::SeqCst);
                    // The first item takes longest; the results after it must not pile up.
                    thread::sleep(Duration::from_micros(if index == 0 { 20_000 } else { 10 }));
                    index * 2
                })
            };
            let mut results = Vec::new();
            let done = process_in_order(1_000, threads, &worker, |index, result| {
                pending.fetch_sub(1, Ordering::SeqCst);
                results.push((index, result));
                Ok(())
            });
            assert!(done.is_ok());
            assert_eq!(results, (0..1_000).map(|index| (index, index * 2)).collect::<Vec<_>>());
            let max_pending = max_pending.load(Ordering::SeqCst);
            assert!(
                max_pending <= threads * AHEAD + threads,
                "{max_pending} results were held by {threads} threads"
            );
        }
    }

    #[test]
    fn a_failure_stops_the_work() {
        let failure = || Failure::new("no".to_owned(), "");
        for threads in [1, 2, 7] {
            let done = AtomicUsize::new(0);
            let worker = || Ok(|_: usize| done.fetch_add(1, Ordering::SeqCst));
            let ended = process_in_order(100_000, threads, &worker, |index, _| {
                if index == 50 { Err(failure()) } else { Ok(()) }
            });
            assert!(ended.is_err());
            assert!(done.load(Ordering::SeqCst) < 1_000);
            let failing_worker = || -> Result<fn(usize), Failure> { Err(failure()) };
            assert!(process_in_order(100, threads, &failing_worker, |_, ()| Ok(())).is_err());
        }
    }
}
