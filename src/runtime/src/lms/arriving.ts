/** A page on its way into an empty window: met before its first script runs, where the browser lets that be. */

/** Milliseconds. */
const OFTEN = 4;
/** So long the first page is asked for all the time. */
const MOST = 1000;

/** Calls `meet` again and again, with whatever page is there then, until that is whole or another origin's, where it throws. */
export function whileArriving(content: Window, meet: () => void): void {
  const met = (): boolean => {
    try {
      meet();
      return content.closed || (content.document.readyState === "complete" && content.location.href !== "about:blank");
    } catch {
      return true;
    }
  };
  met();
  // What listens to an empty window is gone as the first page comes into it, and nobody is told that it has come: between
  // that and its first script there is a moment, for whoever asks all the time while there is nothing else to do.
  const { port1, port2 } = new MessageChannel();
  const until = performance.now() + MOST;
  port1.onmessage = () => {
    met();
    if (isEmpty(content) && performance.now() < until) port2.postMessage(0);
    else port1.close();
  };
  port2.postMessage(0);
  const watching = setInterval(() => {
    if (met()) clearInterval(watching);
  }, OFTEN);
}

function isEmpty(content: Window): boolean {
  try {
    return !content.closed && content.location.href === "about:blank";
  } catch {
    return false;
  }
}
