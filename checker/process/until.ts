import { setTimeout as pause } from 'node:timers/promises';

/** Looks every 50 ms until `condition` holds, and for `patience` milliseconds at most; says whether it came to hold. */
export async function until(condition: () => boolean | Promise<boolean>, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= deadline) return false;
    await pause(50);
  }
}
