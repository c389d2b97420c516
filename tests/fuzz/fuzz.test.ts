import { expect, it } from 'vitest';
import { fuzz } from '../../fuzz/fuzz.ts';

it('answers two thousand bad requests, and loses nothing in two kills', async () => {
  const { sent, kept, kills, findings } = await fuzz({ requests: 2000, seed: 7, within: 50_000 });
  expect(findings).toEqual([]);
  expect({ kept, kills }).toEqual({ kept: expect.any(Number), kills: 2 });
  expect(kept).toBeGreaterThan(30);
  expect(sent).toBeGreaterThan(1900);
});
