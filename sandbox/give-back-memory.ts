import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often the account looks whether it is idle, in milliseconds. */
const interval = 5_000;

/** The share of that time in which an idle account computes at most. */
const idle = 0.02;

/** Growth since the last collection that is worth another one. */
const growth = 1.1;

/**
 * Collects garbage when the account has become idle after it grew. V8 does so only while a program allocates, so the
 * memory that a load took would stay taken until the next one. Returns what ends it.
 */
export function giveBackMemory(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let used = process.cpuUsage();
  let kept = process.memoryUsage.rss();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(used);
    used = process.cpuUsage();
    if (user + system > idle * interval * 1000 || process.memoryUsage.rss() < kept * growth) return;
    collect();
    kept = process.memoryUsage.rss();
    used = process.cpuUsage();
  }, interval).unref();
  return () => clearInterval(timer);
}
