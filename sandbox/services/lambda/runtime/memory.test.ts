import { expect, it, vi } from 'vitest';
import { watchMemory } from './memory.ts';

// A function may exceed its size by 64 MB, and so no process is small enough for this one.
it.runIf(process.platform === 'linux')('examines a busy process in each turn, and a waiting one in every tenth', () => {
  vi.useFakeTimers();
  try {
    for (const [isIdle, turns] of [
      [false, 1],
      [true, 10],
    ] as const) {
      const onTooLarge = vi.fn();
      const stop = watchMemory(process.pid, -64, { isIdle: () => isIdle, onTooLarge });
      vi.advanceTimersByTime(turns * 100 - 1);
      expect(onTooLarge).not.toHaveBeenCalled();
      vi.advanceTimersByTime(2_000);
      expect(onTooLarge).toHaveBeenCalledOnce();
      stop();
    }
  } finally {
    vi.useRealTimers();
  }
});
