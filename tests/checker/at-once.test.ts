import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { testLab } from './learned-lab.ts';

// A check adds rows whose posts fail, so everyone else who sends a message meanwhile gets an error.

const room = await testLab('02');
let workshop: string;

beforeAll(async () => {
  workshop = await room.layOut('solution');
  await room.deploy(workshop);
});

test('checks of one room at once all find that it is right', async () => {
  const oneAfterAnother = async () => [await room.check(workshop), await room.check(workshop)];
  const verdicts = await Promise.all([oneAfterAnother(), room.check(workshop), oneAfterAnother()]);
  expect(verdicts.flat().flatMap(({ checks }) => checks.filter(({ status }) => status !== 'passed'))).toEqual([]);
}, 120_000);

test('where no lock can be written, a check goes on without one', async () => {
  const locks = join(workshop, '.lab', 'checking');
  await rm(locks, { recursive: true, force: true });
  await writeFile(locks, '');
  expect((await room.check(workshop)).status).toBe('fixed');
});
