import { Worker } from 'node:worker_threads';

// Read as this process starts: once the parent has ended, another process has its place.
const parent = process.ppid;

/**
 * Ends this process when its parent is gone, however busy it is: a learner's code may run forever, and then nothing
 * else is handled. A separate thread checks once a second.
 */
export function endWithParent(): void {
  // Windows keeps the id of a parent that has ended; elsewhere, one that nobody has waited for still gets signals.
  const watch = `
    const { workerData: parent } = require('node:worker_threads');
    setInterval(() => {
      try {
        if (process.ppid === parent && process.kill(parent, 0)) return;
      } catch {}
      process.kill(process.pid, 'SIGKILL');
    }, 1_000);`;
  new Worker(watch, { eval: true, execArgv: [], workerData: parent }).unref();
}
