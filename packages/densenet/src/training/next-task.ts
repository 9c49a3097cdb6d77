/**
 * Let timers, messages and aborts in before going on. `setTimeout` would cost milliseconds a step in
 * browsers; a message to oneself, or Node's `setImmediate`, costs microseconds.
 */
export function nextTask(): Promise<void> {
  if (typeof setImmediate === 'function') {
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}
