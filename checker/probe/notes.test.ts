import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leftovers, namesElsewhere, startNote } from './notes.ts';

let root: string;
const later = Date.now() + 11 * 60_000;
const nextDay = Date.now() + 25 * 60 * 60_000;
const noting = () => ({
  root,
  lab: '01-missing-route',
  target: { title: 'the practice account' },
  ended: new AbortController().signal,
});

async function leftNames(...of: Parameters<typeof leftovers>): Promise<readonly string[]> {
  return (await leftovers(...of)).names;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'notes-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

test('names recorded by a killed command are recognized later, for the same lab and account only', async () => {
  await startNote(noting(), 'visits').add('Ines Quail');
  await rewrite({ host: 'elsewhere' });
  expect(await leftNames(noting(), 'visits')).toEqual([]);
  expect(await leftNames(noting(), 'visits', later)).toEqual(['Ines Quail']);
  expect(await leftNames(noting(), 'users', later)).toEqual([]);
  expect(await leftNames({ ...noting(), lab: '02-lambda-permissions' }, 'visits', later)).toEqual([]);
  expect(await leftNames({ ...noting(), target: { title: 'AWS' } }, 'visits', later)).toEqual([]);
  await (await leftovers(noting(), 'visits', later)).drop();
  expect(await readdir(join(root, '.lab', 'visits'))).toEqual([]);
});

test('a record of a killed command counts at once, on the machine that it ran on', async () => {
  const folder = join(root, '.lab', 'visits');
  await startNote(noting(), 'visits').add('Ines Quail');
  const [file = ''] = await readdir(folder);
  const note = JSON.parse(await readFile(join(folder, file), 'utf8'));
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(join(folder, file), JSON.stringify({ ...note, pid, host: 'elsewhere' }));
  expect(await leftNames(noting(), 'visits')).toEqual([]);
  await writeFile(join(folder, file), JSON.stringify({ ...note, pid }));
  expect(await leftNames(noting(), 'visits')).toEqual(['Ines Quail']);
});

test('a record of a running command counts on its machine however long it sleeps, but not the next day', async () => {
  await startNote(noting(), 'visits').add('Ines Quail');
  expect(await leftNames(noting(), 'visits', later)).toEqual([]);
  await rewrite({ pid: process.ppid });
  expect(await namesElsewhere(noting(), 'visits', later)).toEqual(new Set(['Ines Quail']));
  expect(await leftNames(noting(), 'visits', nextDay)).toEqual(['Ines Quail']);
});

test('a record that a check leaves at its end counts at once, although its process goes on', async () => {
  const [one, other] = [new AbortController(), new AbortController()];
  await startNote({ ...noting(), ended: one.signal }, 'visits').add('Ines Quail');
  await startNote({ ...noting(), ended: other.signal }, 'visits').add('ada.schoonn');
  expect(await leftNames(noting(), 'visits')).toEqual([]);
  one.abort();
  expect(await leftNames(noting(), 'visits')).toEqual(['Ines Quail']);
  await (await leftovers(noting(), 'visits')).drop();
  expect(await readdir(join(root, '.lab', 'visits'))).toHaveLength(1);
  other.abort();
  await rewrite({ pid: process.ppid });
  expect(await leftNames(noting(), 'visits')).toEqual(['ada.schoonn']);
});

test('a record that was removed stays removed when its check ends', async () => {
  const check = new AbortController();
  const note = startNote({ ...noting(), ended: check.signal }, 'visits');
  await note.add('Ines Quail');
  await note.drop();
  check.abort();
  expect(await readdir(join(root, '.lab', 'visits'))).toEqual([]);
});

test("an empty name is not recorded: rows with an empty text are not the visitors'", async () => {
  const note = startNote(noting(), 'visits');
  await note.add('');
  expect([...note.names]).toEqual([]);
  expect(await readdir(root)).toEqual([]);
});

/** Changes what the only record says. */
async function rewrite(change: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = join(root, '.lab', 'visits');
  const [file = ''] = await readdir(folder);
  await appendFile(join(folder, file), `\n${JSON.stringify(change)}`);
}

const killed = () => spawnSync(process.execPath, ['--version']).pid;

test('a name that a running command uses is not forgotten, until its visitors have left', async () => {
  await startNote(noting(), 'visits').add('Ines Quail', 'ada.schoonn');
  await rewrite({ pid: killed() });
  const running = startNote(noting(), 'visits');
  await running.add('ada.schoonn');
  expect(await leftNames(noting(), 'visits')).toEqual(['Ines Quail']);
  await running.end();
  expect(await leftNames(noting(), 'visits')).toEqual(['Ines Quail', 'ada.schoonn']);
});

test('names in use elsewhere are those of other processes', async () => {
  const note = startNote(noting(), 'visits');
  await note.add('ada.schoonn');
  expect(await namesElsewhere(noting(), 'visits')).toEqual(new Set());
  await rewrite({ pid: process.ppid });
  expect(await namesElsewhere(noting(), 'visits')).toEqual(new Set(['ada.schoonn']));
  await rewrite({ isOver: true });
  expect(await namesElsewhere(noting(), 'visits')).toEqual(new Set());
});

test('words that an earlier version recorded as names are dropped, and identify nothing', async () => {
  await startNote(noting(), 'visits').add('Ines Quail', 'general');
  await rewrite({ format: null, pid: killed() });
  expect(await leftNames(noting(), 'visits')).toEqual([]);
  await (await leftovers(noting(), 'visits')).drop();
  expect(await readdir(join(root, '.lab', 'visits'))).toEqual([]);
});

test('a record is gone once it is dropped', async () => {
  const note = startNote(noting(), 'users');
  await note.add('vera.schoon');
  await note.drop();
  expect(await leftNames(noting(), 'users', nextDay)).toEqual([]);
});

test('names are added to the record, and those before a line that was cut off still count', async () => {
  const note = startNote(noting(), 'visits');
  await note.add('Ines Quail');
  await note.add('ada.schoonn', 'Ada Schoonn');
  await rewrite({ pid: killed() });
  const folder = join(root, '.lab', 'visits');
  const [file = ''] = await readdir(folder);
  await appendFile(join(folder, file), '\n{"names":["grace.to');
  await note.add('grace.tolk');
  await rewrite({ pid: killed() });
  expect(await leftNames(noting(), 'visits')).toEqual(['Ines Quail', 'ada.schoonn', 'Ada Schoonn', 'grace.tolk']);
});

test('a record whose file was deleted is written again with all names', async () => {
  const note = startNote(noting(), 'visits');
  await note.add('Ines Quail');
  await rm(join(root, '.lab'), { recursive: true });
  await note.add('ada.schoonn');
  await rewrite({ pid: killed() });
  expect(await leftNames(noting(), 'visits')).toEqual(['Ines Quail', 'ada.schoonn']);
});

test('a folder that cannot be written to stops nobody', async () => {
  const note = startNote({ ...noting(), root: '/dev/null' }, 'visits');
  await expect(note.add('Ada')).resolves.toBeUndefined();
  expect([...note.names]).toEqual(['Ada']);
});
