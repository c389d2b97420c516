import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;
const account = () => join(workshop.root, '.lab', 'account');

beforeAll(async () => {
  workshop = await layOutWorkshop();
  await workshop.lab('reset', '01', '--to', 'solution');
  expect(await workshop.lab('deploy', '01')).toMatchObject({ code: 0 });
  // Rows are added to the table, and code is unzipped.
  expect(await workshop.lab('check', '01')).toMatchObject({ code: 0 });
}, 180_000);
afterAll(() => workshop.remove());

/** The files in one of the account's folders with this ending. */
async function filesIn(folder: string, end = ''): Promise<string[]> {
  const entries = await readdir(join(account(), folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(end));
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}

/** Flips a bit in the middle of a file for the duration of the test. */
async function flip(file: string, at?: number): Promise<void> {
  const bytes = await readFile(file);
  const damaged = Buffer.from(bytes);
  const position = at ?? bytes.length >> 1;
  damaged.writeUInt8(damaged.readUInt8(position) ^ 1, position);
  await writeFile(file, damaged);
  onTestFinished(() => writeFile(file, bytes));
}

async function expectRefusal(): Promise<void> {
  const { code, stdout, stderr } = await workshop.lab('check', '01');
  expect([code, stderr], stdout + stderr).toEqual([3, expect.stringMatching(/is damaged|are missing|is missing/)]);
  expect(stdout).not.toMatch(/fixed/);
  expect(stderr).not.toMatch(/^\s+at /m);
}

describe('lab check', () => {
  it.each(['dynamodb', 'state'])(
    "gives no verdict on a flipped bit in any of the database's files in %s",
    async (kind) => {
      const files = (await filesIn(kind)).filter((file) => /\.(log|ldb)$|MANIFEST/.test(file));
      expect(files.length).toBeGreaterThan(1);
      for (const file of files) {
        if ((await stat(file)).size === 0) continue;
        const bytes = await readFile(file);
        await flip(file);
        await expectRefusal();
        await writeFile(file, bytes);
      }
    },
    180_000,
  );

  it('gives no verdict after a character of the identity was changed', async () => {
    const path = join(account(), 'identity.json');
    await flip(path, (await readFile(path, 'utf8')).indexOf('secretAccessKey') + 'secretAccessKey": "'.length + 3);
    await expectRefusal();
  });

  it('gives no verdict after bytes of the deployed state were changed', async () => {
    for (const blob of await filesIn('blobs')) await flip(blob);
    await expectRefusal();
  });

  it('unzips functions again whose code was changed, and gives the same verdict', async () => {
    const code = (await filesIn('functions', 'index.js')).concat(await filesIn('functions', 'index.mjs'));
    expect(code.length).toBeGreaterThan(0);
    const before = await Promise.all(code.map((file) => readFile(file)));
    for (const file of code) await flip(file, 0);
    const { code: exit, stdout } = await workshop.lab('check', '01');
    expect([exit, stdout]).toEqual([0, expect.stringContaining('fixed')]);
    const after = await Promise.all(code.map((file) => readFile(file)));
    expect(after.some((bytes, index) => bytes.equals(before[index] ?? Buffer.alloc(0)))).toBe(true);
  });
});
