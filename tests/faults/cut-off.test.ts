import { expect, test } from 'vitest';
import { testLab } from '../checker/learned-lab.ts';
import { checkThrough, wrongIn } from './faulted.ts';

/** At how many calls, evenly spread over a check, the connection is cut off; the long tests take each eighth call. */
const CUTS = 4;

const room = await testLab('02');

test('a check that is cut off from the account leaves nothing behind that changes a later verdict', async () => {
  const workshop = await room.layOut('start');
  await room.deploy(workshop);
  const { calls, verdict } = await checkThrough(room, workshop);
  expect(verdict.status).toBe('not fixed');
  const wrong: string[] = [];
  for (let cut = 1; cut <= CUTS; cut += 1) {
    const at = Math.floor((calls * cut) / (CUTS + 1));
    const cutOff = await checkThrough(room, workshop, { trouble: 'dropped', at, lasting: true });
    const later = await checkThrough(room, workshop);
    if (later.verdict.status === 'broken') wrong.push(`after ${at} of ${calls}: it could not look again`);
    for (const faulted of [cutOff, later])
      wrong.push(...wrongIn(faulted, room.failsAtStart).map((what) => `${at} of ${calls}: ${what}`));
  }
  expect(wrong).toEqual([]);
});
