import { expect, test } from 'vitest';
import { testLab } from './learned-lab.ts';

// A check adds rows whose posts fail, so everyone else who sends a message meanwhile gets an error.

const room = await testLab('02');

test('checks of one room at once all find that it is right', async () => {
  const workshop = await room.layOut('solution');
  await room.deploy(workshop);
  const oneAfterAnother = async () => [await room.check(workshop), await room.check(workshop)];
  const verdicts = await Promise.all([oneAfterAnother(), room.check(workshop), oneAfterAnother()]);
  expect(verdicts.flat().flatMap(({ checks }) => checks.filter(({ status }) => status !== 'passed'))).toEqual([]);
}, 120_000);
