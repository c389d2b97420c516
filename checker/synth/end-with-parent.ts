import { Worker } from 'node:worker_threads';

/**
 * Ends this process when the one that started it is gone, however busy this one is: what a learner wrote may never come
 * to an end, and then it hears of nothing. A thread of its own looks once a second.
 */
export function endWithParent(): void {
  const watch = `
    const { ppid } = process;
    setInterval(() => {
      try {
        process.kill(ppid, 0);
      } catch {
        process.kill(process.pid, 'SIGKILL');
      }
    }, 1_000);`;
  new Worker(watch, { eval: true, execArgv: [] }).unref();
}
