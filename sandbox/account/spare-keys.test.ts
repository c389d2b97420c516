import type { KeyObject } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { randomIds } from '../calls/ids.ts';
import { withSpareKeys } from './spare-keys.ts';

it('generates the next two keys a moment after some were taken, and gives each away once', async () => {
  vi.useFakeTimers();
  try {
    let generated = 0;
    const rsaKey = async () => {
      generated += 1;
      return { number: generated } as unknown as KeyObject;
    };
    const ids = withSpareKeys({ ...randomIds, rsaKey });
    const first = [await ids.rsaKey(), await ids.rsaKey()];
    expect(generated).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(generated).toBe(4);
    const second = [await ids.rsaKey(), await ids.rsaKey()];
    expect(generated).toBe(4);
    expect(new Set([...first, ...second]).size).toBe(4);
    const third = await ids.rsaKey();
    expect([generated, third]).toEqual([5, { number: 5 }]);
  } finally {
    vi.useRealTimers();
  }
});
