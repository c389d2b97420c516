import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Saves, watchSaves } from './saves.ts';

let root: string;
let lab: string;
let saves: Saves;
let seen: number;
const stack = () => join(lab, 'stack.ts');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'saves-'));
  lab = join(root, 'labs', '01-x');
  for (const folder of [lab, join(root, 'labs', '02-y'), join(root, 'app', 'functions'), join(root, 'app', 'web')])
    await mkdir(folder, { recursive: true });
  await writeFile(stack(), 'one');
  seen = 0;
});
afterEach(async () => {
  await saves.close();
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
});

/** Resolves when a save was told that was not told before. */
async function told(work: () => Promise<unknown>): Promise<void> {
  const before = seen;
  await work();
  await expect.poll(() => seen, { timeout: 10_000 }).toBeGreaterThan(before);
}

describe.each([false, true])('saves, by looking: %s', (polling) => {
  beforeEach(async () => {
    const onError = (error: unknown) => {
      throw error;
    };
    const onSave = () => {
      seen += 1;
    };
    saves = await watchSaves(lab, { polling, onError, onSave });
  });

  it('are told however an editor writes, and wherever it is', async () => {
    await told(() => writeFile(stack(), 'two'));
    await told(async () => {
      await writeFile(`${stack()}.new`, 'three');
      await rename(`${stack()}.new`, stack());
    });
    await told(() => writeFile(join(root, 'app', 'functions', 'send.ts'), 'x'));
    await told(() => mkdir(join(lab, 'functions')));
    await told(() => writeFile(join(lab, 'functions', 'own.ts'), 'x'));
  });

  it('are told after the folder was away, as git and a reset take it away and bring it back', async () => {
    await told(() => rm(lab, { recursive: true }));
    await told(async () => {
      await mkdir(lab);
      await writeFile(stack(), 'two');
    });
    await told(() => writeFile(stack(), 'three'));
  });

  it('of another lab, and of the page, are none', async () => {
    await writeFile(join(root, 'labs', '02-y', 'stack.ts'), 'x');
    await writeFile(join(root, 'app', 'web', 'index.html'), 'x');
    await told(() => writeFile(stack(), 'two'));
    expect(seen).toBe(1);
  });
});
