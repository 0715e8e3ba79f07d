// In milliseconds: how long to wait for a picture.
const LONGEST = 1000;

// Resolves when the next picture is on the screen, with how many milliseconds it took to lay out and paint.
// Where there is none to come, in a hidden page, it is not waited for; where none comes for long, as in a frame that
// nobody sees, not for ever.
export function painted() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    let begun = performance.now();
    const timer = setTimeout(() => port2.postMessage(null), LONGEST);
    port1.onmessage = () => {
      clearTimeout(timer);
      resolve(performance.now() - begun);
    };
    const next = () => {
      begun = performance.now();
      port2.postMessage(null);
    };
    if (document.hidden) next();
    else requestAnimationFrame(next);
  });
}
