import { Worker } from 'node:worker_threads';

/**
 * Ends this process when its parent is gone, however busy it is: a learner's code may run forever, and then nothing
 * else is handled. A separate thread checks once a second.
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
