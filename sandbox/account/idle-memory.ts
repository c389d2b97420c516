import { performance } from 'node:perf_hooks';

/** How often to examine the process, in milliseconds. */
const period = 2_000;

/** The share of a period that an idle process is busy: its timers, and its functions' polls. */
const idleShare = 0.05;

/**
 * How long a process must be idle before it collects, in milliseconds. Collecting also drops optimized code, so the
 * next hundred messages take a quarter longer: a short pause between two loads shouldn't cost that.
 */
const patience = 20_000;

/** Growth that justifies a collection, which stops the process for about 50 ms, in bytes. */
const worthwhile = 8 * 1024 * 1024;

/**
 * Returns memory to the system after a load. V8 keeps a young generation that has grown to 32 MB under load, and the
 * garbage of its last seconds, until something allocates again (https://v8.dev/blog/orinoco-parallel-scavenger). When
 * the process has been idle for `idleMs` milliseconds and has grown, everything is collected. Call the result to stop.
 */
export function returnMemoryWhenIdle(idleMs = patience): () => void {
  let held = 0;
  let busyAt = performance.now();
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization > idleShare) {
      busyAt = performance.now();
      return;
    }
    if (performance.now() - busyAt < idleMs || process.memoryUsage.rss() < held + worthwhile) return;
    collect().then(
      () => {
        held = process.memoryUsage.rss();
      },
      () => clearInterval(timer),
    );
  }, period).unref();
  return () => clearInterval(timer);
}

/** Collects as if memory were low, which also shrinks the young generation: `gc()` with `--expose-gc` doesn't. */
async function collect(): Promise<void> {
  // Loaded on demand: otherwise every start of the account would wait for it.
  const { Session } = await import('node:inspector/promises');
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
}
