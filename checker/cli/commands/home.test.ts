import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whileWatching } from '../../../tests/cli/watching.ts';
import type { Result, Verdict } from '../../checking/result.ts';
import { timeOf } from '../../report/words.ts';
import { noteVerdictOrSay, readProgress } from '../../workshop/progress.ts';
import { workshopRoot } from '../../workshop/root.ts';
import { fingerprint } from '../../workshop/sources.ts';
import { home } from './home.ts';
import { list } from './list.ts';

const lab = '01-missing-route';
const until = '2026-11-24T15:04:05.000Z';
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lab-home-'));
  for (const tree of ['labs', 'solutions']) await cp(join(workshopRoot(), tree), join(root, tree), { recursive: true });
  const entry = { fingerprint: fingerprint(join(root, 'labs', lab)), stackId: 'a', changedAt: 0 };
  await mkdir(join(root, '.lab', 'deployed'), { recursive: true });
  await writeFile(
    join(root, '.lab', 'deployed', `${lab}.json`),
    JSON.stringify({ format: 1, targets: { 'the practice account': entry } }),
  );
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function page(command: typeof home = home): Promise<string> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const { signal } = new AbortController();
  await command({ root, signal, print, say: print, isTerminal: false, takesKeys: false });
  return lines.join(' ').replace(/\s+/g, ' ');
}

function verdict(status: Verdict['status']): Verdict {
  const checks = status === 'pending' ? [{ id: 'late', status, until, reason: '' } as unknown as Result] : [];
  const target = { kind: 'practice', title: 'the practice account', region: 'us-east-1' } as const;
  return { lab, title: '', status, checks, target };
}

test('a check that can only be decided later is shown with its time, until it is decided or redeployed', async () => {
  const said: string[] = [];
  const note = (status: Verdict['status']) => noteVerdictOrSay(root, verdict(status), (line) => said.push(line));
  await note('not fixed');
  expect(await readProgress(root)).toEqual({ format: 1, labs: {} });
  await note('pending');
  expect(await page()).toContain(`can't be decided until ${timeOf(until)}`);
  expect(await page()).toContain('Next: npx lab check 01');
  const stack = join(root, 'labs', lab, 'stack.ts');
  await writeFile(stack, '// another one');
  expect(await page()).toContain('changed since it was deployed');
  await note('not fixed');
  expect((await readProgress(root)).labs[lab]).toEqual({});
  await note('pending');
  await note('fixed');
  expect((await readProgress(root)).labs[lab]?.decidedFrom).toBeUndefined();
  expect(said).toEqual([]);
});

test("if nothing is undecided, a damaged progress file doesn't matter", async () => {
  await writeFile(join(root, '.lab', 'progress.json'), '{');
  const said: string[] = [];
  await noteVerdictOrSay(root, verdict('not fixed'), (line) => said.push(line));
  expect(said).toEqual([]);
  await noteVerdictOrSay(root, verdict('pending'), (line) => said.push(line));
  expect(said.join()).toContain('is damaged');
});

test('while a lab is being watched, the next step is to save', async () => {
  await whileWatching(root, lab, async (pid) => {
    expect(await page()).toContain(
      `Next: save your repair \`npm start\` is running in another window (process ${pid})`,
    );
    await noteVerdictOrSay(root, verdict('pending'), () => {});
    // Nothing needs repair.
    expect(await page()).not.toContain('save your repair');
    await noteVerdictOrSay(root, verdict('not fixed'), () => {});
  });
  expect(await page()).toContain('Next: npm start');
});

test('while the lab before is being watched, and is fixed, the next step is the key n', async () => {
  await noteVerdictOrSay(root, verdict('fixed'), () => {});
  await whileWatching(root, lab, async (pid, goTo) => {
    expect(await page()).toContain(`You're at lab 02: What a function is allowed to do`);
    expect(await page()).toContain(
      `Next: press n in the window of \`npm start\` (process ${pid}) It's still watching lab 01, which is fixed; n goes on to lab 02.`,
    );
    expect(await page(list)).toContain('✓ 01-missing-route fixed, watched');
    expect(await page(list)).toContain('→ 02-lambda-permissions next');
    await goTo('02-lambda-permissions');
    expect(await page()).toContain('Next: save your repair');
    expect(await page(list)).toContain('→ 02-lambda-permissions watched');
  });
});

test('while another lab is being watched, the next step works without it', async () => {
  await whileWatching(root, '03-no-auth', async (pid) => {
    const elsewhere = `\`npm start\` (process ${pid}) is watching lab 03 in another window.`;
    expect(await page()).toContain(`Next: npx lab check 01 ${elsewhere}`);
    await writeFile(join(root, 'labs', lab, 'stack.ts'), '// another one');
    expect(await page()).toContain(`Next: npx lab deploy 01 Then \`npx lab check 01\`. ${elsewhere}`);
    expect(await page(list)).toContain('03-no-auth watched');
  });
});

test('while a game day is running, the next step is its status, even if every lab is fixed', async () => {
  await whileWatching(root, 'gameday', async (pid) => {
    const running = `A game day is running in another window (process ${pid}).`;
    expect(await page()).toContain(`${running} Each save in gameday/ is deployed and checked.`);
    expect(await page()).toContain('Next: npx lab gameday status');
    expect(await page()).not.toContain('npm start');
    expect(await page(list)).toContain(`${running} \`npx lab gameday status\` shows who is complaining.`);
    expect(await page(list)).not.toContain('watched');
  });
});
