import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layOutHandlerLab, type OwnLabs } from './own-labs.ts';
import { layOutWorkshop, type Workshop } from './workshop.ts';

// A lab whose fault is in a handler, from its first verdict to its proof.

let workshop: Workshop;
let own: OwnLabs;
const handler = () => join(own.folder, 'labs', '91-handler', 'functions', 'send-message.ts');
const lab = (...args: string[]) => workshop.lab('--labs', own.folder, ...args);

beforeAll(async () => {
  workshop = await layOutWorkshop();
  own = await layOutHandlerLab(workshop.root);
  await workshop.lab('sandbox', 'start', '--port', '0');
});
afterAll(async () => {
  await workshop.lab('sandbox', 'stop');
  await workshop.remove();
  await own.remove();
});

it('names the handler to repair, and the line that the verdict is about', async () => {
  expect((await lab('deploy', '91')).code).toBe(0);
  const { stdout, code } = await lab('check', '91');
  expect(code).toBe(1);
  const line = (await readFile(handler(), 'utf8')).split('\n').findIndex((text) => text.includes('const said =')) + 1;
  expect(stdout.replace(/\s+/g, '')).toContain(`labs/91-handler/functions/send-message.ts:${line}`);
});

it('gives the patch of the handler as the last hint', async () => {
  for (const _rung of [1, 2, 3]) await lab('hint', '91');
  const { stdout } = await lab('hint', '91');
  expect(stdout).toMatch(/^\+.*from: name, text,/m);
});

it('tells a saved repair from a deployed one', async () => {
  const wrong = await readFile(handler(), 'utf8');
  await writeFile(handler(), wrong.replace('from: name,', 'from: name, text,'));
  expect((await lab('check', '91')).stdout).toContain('changed, but not deployed yet');
  expect((await lab('diff', '91')).stdout).toContain('functions/send-message.ts');
  expect((await lab('deploy', '91')).code).toBe(0);
  expect(await lab('check', '91')).toMatchObject({ code: 0 });
});

it('resets the handler, and undoes that to the byte', async () => {
  const before = `${await readFile(handler(), 'utf8')}// My own note, with a tab:\t\r\n`;
  await writeFile(handler(), before);
  expect((await lab('reset', '91')).stdout).toContain('functions/send-message.ts');
  expect(await readFile(handler(), 'utf8')).not.toContain('from: name, text,');
  expect((await lab('undo')).code).toBe(0);
  expect(await readFile(handler(), 'utf8')).toBe(before);
  expect((await lab('reset', '91', '--to', 'solution')).code).toBe(0);
  expect((await lab('diff', '91', '--solution')).stdout).not.toMatch(/^[-+] /m);
});

it('is proved like any other, and what is much like another only with --all', async () => {
  const more = join(own.folder, 'checker', 'labs', '91-handler', 'shortcuts', 'more');
  await mkdir(more, { recursive: true });
  await writeFile(join(more, 'heard-as-said--nothing-done.json'), '[]');
  const { stdout, code } = await lab('prove', '91');
  expect(stdout).toMatch(/✓ start +fails heard-as-said/);
  expect(stdout).toMatch(/✓ solution +fixed/);
  expect(stdout).toContain('3 of 3 variants hold');
  expect(stdout).toContain('1 more is much like these: --all proves it, too.');
  expect(code).toBe(0);
  const all = await lab('prove', '91', '--all');
  expect(all.stdout).toMatch(/✓ shortcuts.heard-as-said--nothing-done +fails heard-as-said/);
  expect(all.stdout).toContain('4 of 4 variants hold');
  expect(all.stdout).not.toContain('more');
}, 180_000);
