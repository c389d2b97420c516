/** This many errors within this many milliseconds count as recurring. */
const tooMany = { count: 20, within: 10_000 };

const events = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Until the result is called, uncaught errors in this process go to `onFault`, and the process continues. A recurring
 * error is left to the previous listener, which ends the process.
 */
export function catchFaults(onFault: (error: unknown) => void): () => void {
  const before = events.map((event) => [event, process.rawListeners(event)] as const);
  const times: number[] = [];
  const listener = (error: unknown) => {
    times.push(performance.now());
    const recent = times.filter((time) => time > performance.now() - tooMany.within).length;
    if (recent > tooMany.count) {
      release();
      throw error;
    }
    onFault(error);
  };
  const release = () => {
    for (const [event, listeners] of before) {
      process.removeListener(event, listener);
      for (const each of listeners) process.on(event, each as (error: unknown) => void);
    }
  };
  for (const event of events) {
    process.removeAllListeners(event);
    process.on(event, listener);
  }
  return release;
}
