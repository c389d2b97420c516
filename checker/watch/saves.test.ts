import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLeftOut, type Saves, watchSaves } from './saves.ts';

let root: string;
let lab: string;
let saves: Saves | undefined;
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
  await saves?.close();
  saves = undefined;
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
});

/** Resolves on the next save that has not been reported before. */
async function told(work: () => Promise<unknown>): Promise<void> {
  const before = seen;
  await work();
  await expect.poll(() => seen, { timeout: 10_000, interval: 1 }).toBeGreaterThan(before);
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

  it('are reported no matter how an editor writes, or where', async () => {
    await told(() => writeFile(stack(), 'two'));
    await told(async () => {
      await writeFile(`${stack()}.new`, 'three');
      await rename(`${stack()}.new`, stack());
    });
    await told(() => writeFile(join(root, 'app', 'functions', 'send.ts'), 'x'));
    await told(() => mkdir(join(lab, 'functions')));
    await told(() => writeFile(join(lab, 'functions', 'own.ts'), 'x'));
  });

  it('are reported when they follow in quick succession', async () => {
    for (const text of ['two', 'three', 'four', 'five']) await told(() => writeFile(stack(), text));
  });

  it('are reported after the folder was gone for a moment, as with git or a reset', async () => {
    await told(() => rm(lab, { recursive: true }));
    await told(async () => {
      await mkdir(lab);
      await writeFile(stack(), 'two');
    });
    await told(() => writeFile(stack(), 'three'));
  });
});

it.each(['labs/02-y', 'app/web', 'labs/01-x/.stack.ts.swp', 'labs/01-x/node_modules', 'labs/01-x/cdk.out'])(
  'ignores %s, and everything below it',
  (path) => {
    expect(isLeftOut(join(root, 'labs', '01-x'))(join(root, path))).toBe(true);
  },
);

it.each(['labs', 'app', 'labs/01-x', 'labs/01-x/functions/own.ts', 'app/functions', 'app/functions/web'])(
  '%s is looked at',
  (path) => {
    expect(isLeftOut(join(root, 'labs', '01-x'))(join(root, path))).toBe(false);
  },
);
