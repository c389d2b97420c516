import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Rounds } from './rounds.ts';

let root: string;
let folder: string;
let happened: string[];
const save = (text: string) => writeFile(join(folder, 'stack.ts'), text);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rounds-'));
  folder = join(root, 'labs', '01-x');
  happened = [];
  await mkdir(folder, { recursive: true });
  await save('one');
});
afterEach(() => rm(root, { recursive: true, force: true }));

function roundsOf(round: (superseded: AbortSignal) => Promise<void>): Rounds {
  return new Rounds({
    folder: () => folder,
    round,
    onSuperseded: () => happened.push('superseded'),
    onError: (error) => happened.push(String(error)),
  });
}

test('a save that changes nothing starts no round; a request does', async () => {
  const rounds = roundsOf(async () => void happened.push('round'));
  rounds.request(true);
  await rounds.idle();
  rounds.request();
  expect(rounds.isBehind()).toBe(false);
  await rounds.idle();
  expect(happened).toEqual(['round']);
  await save('two');
  expect(rounds.isBehind()).toBe(true);
  rounds.request();
  rounds.request(true);
  await rounds.idle();
  expect(happened).toEqual(['round', 'round', 'superseded', 'round']);
});

test('never two at once: many saves during one round start one more, and are reported once', async () => {
  let running = 0;
  const rounds = roundsOf(async (superseded) => {
    running += 1;
    happened.push(`${running} at once`);
    if (happened.length === 1) {
      await save('two');
      rounds.request();
      await save('three');
      rounds.request();
      expect(superseded.aborted).toBe(true);
    }
    running -= 1;
  });
  rounds.request(true);
  await rounds.idle();
  expect(happened).toEqual(['1 at once', 'superseded', '1 at once']);
});

test('reports an error thrown by a round, and the next save starts another round', async () => {
  const rounds = roundsOf(async () => {
    throw new Error('broken');
  });
  rounds.request(true);
  await rounds.idle();
  await save('two');
  rounds.request();
  await rounds.idle();
  expect(happened).toEqual(['Error: broken', 'Error: broken']);
});
