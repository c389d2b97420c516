import { setTimeout as pause } from 'node:timers/promises';

/** Polls every 50 ms until `condition` holds, for at most `patience` milliseconds; returns whether it did. */
export async function until(condition: () => boolean | Promise<boolean>, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= deadline) return false;
    await pause(50);
  }
}
