// In milliseconds: how long to wait for a picture.
const LONGEST = 1000;

// Does something in a task of its own: whatever waits has its turn before it, such as a press.
export function queueTask(task) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = task;
  port2.postMessage(null);
}

// Resolves in a task of its own.
export const turn = () => new Promise(queueTask);

// Resolves when the next picture is on the screen. Where there is none to come, in a hidden page, it is not waited
// for; where none comes for long, as in a frame that nobody sees, not for ever.
export function painted() {
  if (document.hidden) return turn();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      queueTask(resolve);
    });
  });
}
