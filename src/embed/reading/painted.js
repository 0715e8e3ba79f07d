// In milliseconds: how long to wait for a frame.
const FRAME_TIMEOUT = 1000;

// Queues a task of its own: events that are already waiting, such as a click, are handled first.
export function queueTask(task) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = task;
  port2.postMessage(null);
}

// Resolves in a task of its own.
export const nextTask = () => new Promise(queueTask);

// Resolves when the next frame is on the screen. A hidden page has no frames, so this does not wait for one
// there; in an iframe out of sight frames may never come, so this does not wait for ever.
export function nextPaint() {
  if (document.hidden) return nextTask();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FRAME_TIMEOUT);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      queueTask(resolve);
    });
  });
}
