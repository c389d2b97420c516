import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import chalk from 'chalk';
import { XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import { variantsOf } from '../../checker/prove/variants.ts';
import { renderHtml } from '../../checker/report/html.ts';
import { renderJson } from '../../checker/report/json.ts';
import { renderJunit } from '../../checker/report/junit.ts';
import { waitingInWords } from '../../checker/report/waiting.ts';
import { labFiles } from '../../checker/workshop/lab-files.ts';
import { labs } from '../../checker/workshop/labs.ts';
import { ladderOf } from '../../checker/workshop/next-hint.ts';
import { patchLines } from '../../checker/workshop/patch-lines.ts';
import { workshopRoot } from '../../checker/workshop/root.ts';
import { alsoNarrow, goldenPages } from './golden-pages.ts';
import { faultsBy } from './json-schema.ts';
import { laddersOf } from './ladders.ts';
import { ledTo } from './led-to.ts';
import { states } from './states.ts';
import { tooWide } from './too-wide.ts';

// The terminal's output, kept as text: `npx vitest run tests/golden -u` updates the pages. Then read them as a learner
// would.

const folder = join(import.meta.dirname, 'pages');

beforeAll(() => {
  process.env.TZ = 'UTC';
  chalk.level = 0;
});

describe.each([80, 40])('at %d columns', (columns) => {
  test('every page fits its width, and the golden ones are unchanged', async () => {
    for (const [name, lines] of await goldenPages(columns)) {
      // The names of ladders are internal: no terminal shows them.
      for (const line of lines.filter((each) => !each.startsWith('== '))) {
        expect(line).not.toContain('\u001b');
        expect({ name, tooWide: tooWide([line], columns) }).toEqual({ name, tooWide: [] });
        expect(line).toBe(line.trimEnd());
      }
      expect(lines[0]).not.toBe('');
      expect(lines.at(-1)).not.toBe('');
      if (columns === 80 || alsoNarrow.includes(name))
        await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(folder, `${name}.${columns}.txt`));
    }
  });
});

test('no golden page is left over', async () => {
  const names = [...(await goldenPages(80)).keys()];
  expect(names).toEqual(expect.arrayContaining(alsoNarrow));
  const kept = [...names.map((name) => `${name}.80.txt`), ...alsoNarrow.map((name) => `${name}.40.txt`)];
  expect((await readdir(folder)).filter((file) => !kept.includes(file))).toEqual([]);
});

test('only existing findings and variants have an entry', async () => {
  const ladders = (await Promise.all(labs.map(laddersOf))).flat().map(({ name }) => name);
  const names = new Map(
    await Promise.all(
      labs.map(async (lab) => {
        const variants = await variantsOf(workshopRoot(), lab);
        return [lab.id.slice(0, 2), variants.map(({ name }) => name)] as const;
      }),
    ),
  );
  for (const [ladder, variant] of Object.entries(ledTo)) {
    expect(ladders).toContain(ladder);
    expect(names.get(ladder.slice(0, 2))).toContain(variant);
  }
});

test('checks declare their findings', async () => {
  for (const { lab, checks } of Object.values(await states())) {
    for (const result of checks) {
      if (result.status !== 'failed' || result.finding === undefined) continue;
      const known = await labs.find(({ id }) => id === lab)?.load();
      const check = known?.checks.find(({ id }) => id === result.id);
      const declared = [...(check?.findings ?? []).map(({ id }) => id), 'not-granted'];
      expect(declared).toContain(result.finding.id);
    }
  }
});

test('waiting', async () => {
  const check = (await labs[0]?.load())?.checks[1];
  if (check === undefined) throw new Error('no check');
  expect(waitingInWords({ kind: 'again', check, waitsFor: 'IAM', left: 48_000, of: 60_000 })).toBe(
    'Waiting for IAM, 12 of 60 s: The room has a route for messages (not yet)',
  );
});

test('every verdict fits the schema, the JUnit format and the page', async () => {
  const root = workshopRoot();
  const schema = JSON.parse(readFileSync(join(root, 'docs', 'verdict.schema.json'), 'utf8')) as Record<string, unknown>;
  for (const [name, verdict] of Object.entries(await states())) {
    expect([name, faultsBy(schema, JSON.parse(renderJson([verdict])))]).toEqual([name, []]);
    // Hints and programs show the sentences without the list of changes, so each must be complete.
    expect(verdict.remark ?? '.').toMatch(/\.$/);
    expect(XMLValidator.validate(renderJunit([verdict]))).toBe(true);
    expect(renderHtml([verdict])).toContain(verdict.title);
  }
  expect(faultsBy(schema, { schema: 2, exitCode: 0 })).toEqual(['$: no labs', '$.schema: const 1']);
});

test.each(labs)('no hint of $id gives away the patch', async (lab) => {
  const root = workshopRoot();
  const [before, solution] = await Promise.all([labFiles(root, lab.id, 'start'), labFiles(root, lab.id, 'solution')]);
  const code = patchLines(`labs/${lab.id}`, before, solution)
    .filter((line) => /^[+]\s*\w/.test(line) && !line.startsWith('+++'))
    .map((line) => line.slice(1).trim());
  expect(code.length).toBeGreaterThan(0);
  const names = [...new Set(code.flatMap((line) => line.match(/[a-z]+[A-Z]\w+(?=\()|(?<=new )\w+/g) ?? []))];
  const start = [...before.values()].join('\n');
  // Anything the lab's opening already says is no secret.
  const secrets = [...code, ...names].filter((text) => !start.includes(text) || text.includes('('));
  expect(secrets.length).toBeGreaterThan(0);
  for (const { name, check, finding } of await laddersOf(lab)) {
    const rungs = ladderOf(check, finding).slice(0, -1).join('\n');
    for (const secret of secrets) expect({ name, secret, told: rungs.includes(secret) }).toMatchObject({ told: false });
  }
});
