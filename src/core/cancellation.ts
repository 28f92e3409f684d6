/** Runs a macrotask so that timers, signals and messages are served; works in Node and in a browser. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(0);
  });
}

/** Seconds on a monotonic clock. */
export function now(): number {
  return performance.now() / 1000;
}
