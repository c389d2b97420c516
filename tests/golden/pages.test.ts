import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import chalk from 'chalk';
import { XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnyCheck, Finding, Lab } from '../../checker/checking/check.ts';
import * as routeFindings from '../../checker/labs/01-missing-route/findings.ts';
import * as roleFindings from '../../checker/labs/02-lambda-permissions/findings.ts';
import * as doorFindings from '../../checker/labs/03-no-auth/findings.ts';
import { halfUndone, neverCameUp } from '../../checker/labs/room-is-deployed.ts';
import { variantsOf } from '../../checker/prove/variants.ts';
import { renderDiff } from '../../checker/report/diff.ts';
import { renderHint } from '../../checker/report/hint.ts';
import { renderHtml } from '../../checker/report/html.ts';
import { renderJson } from '../../checker/report/json.ts';
import { renderJunit } from '../../checker/report/junit.ts';
import { type Row, renderHome, renderList, type Step } from '../../checker/report/labs.ts';
import { patchLines } from '../../checker/report/patch.ts';
import { renderVerdict } from '../../checker/report/terminal.ts';
import { waitingInWords } from '../../checker/report/waiting.ts';
import { labFiles } from '../../checker/workshop/lab-files.ts';
import { labs } from '../../checker/workshop/labs.ts';
import { workshopRoot } from '../../checker/workshop/root.ts';
import { patchFrom } from '../../checker/workshop/solution-patch.ts';
import { faultsBy } from './json-schema.ts';
import { states } from './states.ts';

// What the terminal shows, kept as text: `npx vitest run tests/golden -u` renews the pages. Read them then, as a learner would.

const widths = [80, 40] as const;
beforeAll(() => {
  process.env.TZ = 'UTC';
  chalk.level = 0;
});

async function isGolden(name: string, lines: readonly string[], columns: number): Promise<void> {
  for (const line of lines) {
    expect(line).not.toContain('\u001b');
    expect([...line].length).toBeLessThanOrEqual(columns);
    expect(line).toBe(line.trimEnd());
  }
  expect(lines[0]).not.toBe('');
  expect(lines.at(-1)).not.toBe('');
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join('pages', `${name}.${columns}.txt`));
}

describe.each(widths)('at %d columns', (columns) => {
  test('every state of a verdict', async () => {
    for (const [name, verdict] of Object.entries(await states()))
      await isGolden(name, renderVerdict(verdict, { columns }), columns);
  });

  test('lab alone', async () => {
    const pages: Record<string, [Row[], Step]> = {
      'home-new': [rows('to do', 'to do', 'to do'), 'not deployed'],
      'home-deployed': [rows('to do', 'to do', 'to do'), 'deployed'],
      'home-changed': [rows('fixed', 'to do', 'to do'), 'changed'],
      'home-lab-changed': [rows('lab changed', 'was fixed', 'to do'), 'not deployed'],
      'home-done': [rows('was fixed', 'was fixed', 'fixed'), 'not deployed'],
    };
    for (const [name, [at, step]] of Object.entries(pages))
      await isGolden(name, renderHome(at, step, { columns }), columns);
    const watched = renderHome(rows('to do', 'to do', 'to do'), 'deployed', { columns, watchedBy: 4711 });
    await isGolden('home-watched', watched, columns);
  });

  test('lab list', async () => {
    await isGolden('list-new', renderList(rows('to do', 'to do', 'to do'), { columns }), columns);
    await isGolden('list-midway', renderList(rows('lab changed', 'was fixed', 'to do'), { columns }), columns);
    await isGolden('list-done', renderList(rows('fixed', 'was fixed', 'fixed'), { columns }), columns);
  });

  test('each rung of the hints', async () => {
    for (const [lab, check, finding, variant = 'start'] of ladders()) {
      const hints = finding?.hints ?? check.hints;
      const patch = finding !== undefined || lab.failsAtStart.includes(check.id) ? await patchOf(lab, variant) : [];
      const pages = hints.flatMap((text, index) => {
        const isLast = index === hints.length - 1;
        const shown = isLast && patch.length > 0 ? { text: text.split('\n\n')[0] ?? text, patch } : { text };
        const hint = { ...shown, check: check.id, title: check.title, number: index + 1, of: hints.length };
        return [
          ...(index === 0 ? [] : ['', '']),
          ...renderHint(hint, { columns, again: `\`npx lab hint ${lab.id.slice(0, 2)}\`` }),
        ];
      });
      await isGolden(
        `hints-${lab.id.slice(0, 2)}-${check.id}${finding === undefined ? '' : `-${finding.id}`}`,
        pages,
        columns,
      );
    }
  });

  test('lab diff', async () => {
    const root = workshopRoot();
    const id = '01-missing-route';
    const [folder, solved] = [`labs/${id}`, `solutions/${id}`];
    const [start, solution] = await Promise.all([labFiles(root, id, 'start'), labFiles(root, id, 'solution')]);
    const done = patchLines(folder, start, solution);
    await isGolden('diff-none', renderDiff({ folder, solution: solved, sinceStart: [] }, columns), columns);
    await isGolden('diff', renderDiff({ folder, solution: solved, sinceStart: done }, columns), columns);
    await isGolden(
      'diff-fixed',
      renderDiff({ folder, solution: solved, sinceStart: done, toSolution: [] }, columns),
      columns,
    );
    await isGolden('diff-solution', renderDiff({ folder, solution: solved, toSolution: done }, columns), columns);
  });
});

test('what is waited for', () => {
  const check = labs[0]?.checks[1];
  if (check === undefined) throw new Error('no check');
  expect(waitingInWords({ kind: 'again', check, waitsFor: 'IAM', left: 48_000, of: 60_000 })).toBe(
    'Waiting for IAM, 12 of 60 s: The room has a route for what people say (not yet)',
  );
});

test('every verdict fits the schema, the JUnit form and the page', async () => {
  const root = workshopRoot();
  const schema = JSON.parse(readFileSync(join(root, 'docs', 'verdict.schema.json'), 'utf8')) as Record<string, unknown>;
  for (const [name, verdict] of Object.entries(await states())) {
    expect([name, faultsBy(schema, JSON.parse(renderJson([verdict])))]).toEqual([name, []]);
    // Whoever shows it without the list of changes, as a hint or a program does, shows whole sentences.
    expect(verdict.remark ?? '.').toMatch(/\.$/);
    expect(XMLValidator.validate(renderJunit([verdict]))).toBe(true);
    expect(renderHtml([verdict])).toContain(verdict.title);
  }
  expect(faultsBy(schema, { schema: 2, exitCode: 0 })).toEqual(['$: no labs', '$.schema: const 1']);
});

test('no hint gives the patch away', async () => {
  for (const [lab, check, finding] of ladders()) {
    const root = workshopRoot();
    const fault = await faultOf(lab.id);
    const code = fault
      .filter((line) => /^[+]\s*\w/.test(line) && !line.startsWith('+++'))
      .map((line) => line.slice(1).trim());
    expect(code.length).toBeGreaterThan(0);
    const names = [...new Set(code.flatMap((line) => line.match(/[a-z]+[A-Z]\w+(?=\()|(?<=new )\w+/g) ?? []))];
    const start = [...(await labFiles(root, lab.id, 'start')).values()].join('\n');
    // What the start says already is no secret.
    const secrets = [...code, ...names].filter((text) => !start.includes(text) || text.includes('('));
    const rungs = (finding?.hints ?? check.hints).slice(0, -1).join('\n');
    for (const secret of secrets)
      expect({ check: check.id, finding: finding?.id, secret, told: rungs.includes(secret) }).toMatchObject({
        told: false,
      });
  }
});

function rows(...standings: Array<Row['standing']>): Row[] {
  return labs.slice(0, standings.length).map(({ id, title, complaint }, index) => {
    const standing = standings[index] ?? 'to do';
    const fixedAt = standing === 'to do' ? {} : { fixedAt: '2026-11-24T09:30:00.000Z' };
    return { id, title, complaint, folder: `labs/${id}`, standing, ...fixedAt };
  });
}

type Ladder = [lab: Lab, check: AnyCheck, finding: Finding | undefined, variant?: string];

/** Who is found so: what they did, by the name of a variant. */
const doers: Readonly<Record<string, string>> = {
  'key-differs': 'shortcuts/route-sendmessage--another-key',
  'stand-in': 'shortcuts/route-sendmessage--default-learns-to-broadcast',
  'not-live': 'shortcuts/route-sendmessage--not-deployed',
  'wrong-target': 'shortcuts/route-sendmessage--route-to-the-default-function',
  'another-statement': 'shortcuts/sender-may-post--invoke-in-place-of-manage',
  denied: 'shortcuts/sender-may-post--denied-all-the-same',
  borrowed: 'shortcuts/sender-may-post--keys-in-the-environment',
  'every-api': 'shortcuts/no-more-than-needed--connections-of-every-api',
  keys: 'shortcuts/no-more-than-needed--keys-beside-the-grant',
  'another-role': 'shortcuts/no-more-than-needed--may-become-administrator',
  'nothing-live': 'shortcuts/signed-in-user-comes-in--not-deployed',
  'attached-to-nothing': 'shortcuts/stranger-is-refused--made-and-not-attached',
  'lets-in': 'shortcuts/stranger-is-refused--always-allows-and-asks-for-nothing',
  crashes: 'shortcuts/stranger-is-refused--inside-connect-by-crashing',
  'wrong-proof': 'shortcuts/signed-in-user-comes-in--aws-iam',
  'wrong-source': 'shortcuts/signed-in-user-comes-in--the-header-of-the-default',
  'no-permission': 'shortcuts/signed-in-user-comes-in--no-permission',
};

/** Every ladder of hints: those of the checks, and those of what may be found. */
function ladders(): Ladder[] {
  const [route, role, door] = labs;
  const find = (lab: Lab | undefined, id: string, finding: Finding): Ladder => {
    const check = lab?.checks.find((each) => each.id === id);
    if (lab === undefined || check === undefined) throw new Error(`no check ${id}`);
    return [lab, check, finding, doers[finding.id] ?? ''];
  };
  const { everyApi, keys, anotherRole, ...ofSender } = roleFindings;
  const { nothingLive, wrongProof, wrongSource, noPermission, ...ofStranger } = doorFindings;
  return [
    ...labs.slice(0, 3).flatMap((lab) => lab.checks.map((check): Ladder => [lab, check, undefined])),
    ...[neverCameUp('01'), halfUndone('01')].map((finding) => find(route, 'room-is-deployed', finding)),
    ...Object.values(routeFindings).map((finding) => find(route, 'route-sendmessage', finding)),
    ...Object.values(ofSender).map((finding) => find(role, 'sender-may-post', finding)),
    ...[everyApi, keys, anotherRole].map((finding) => find(role, 'no-more-than-needed', finding)),
    ...Object.values(ofStranger).map((finding) => find(door, 'stranger-is-refused', finding)),
    ...[nothingLive, wrongProof, wrongSource, noPermission].map((finding) =>
      find(door, 'signed-in-user-comes-in', finding),
    ),
  ];
}

/** The patch from what somebody did to the solution; none where nobody is known who did it. */
async function patchOf(lab: Lab, name: string): Promise<string[]> {
  const root = workshopRoot();
  const variant = (await variantsOf(root, lab)).find((each) => each.name === name);
  if (variant === undefined) return [];
  const [start, solution] = await Promise.all([labFiles(root, lab.id, 'start'), labFiles(root, lab.id, 'solution')]);
  const now = new Map([...variant.files].filter(([path]) => !path.startsWith('app/')));
  // The check points at the stage where it is the stage that lags behind.
  const line = (now.get('stack.ts') ?? '').split('\n').findIndex((text) => text.includes('new WebSocketStage(')) + 1;
  const place = name.endsWith('not-deployed') ? { file: `labs/${lab.id}/stack.ts`, line } : undefined;
  return patchFrom(now, { folder: `labs/${lab.id}`, start, solution, place });
}

/** The patch from a lab's start to its solution. */
async function faultOf(id: string): Promise<string[]> {
  const root = workshopRoot();
  const [start, solution] = await Promise.all([labFiles(root, id, 'start'), labFiles(root, id, 'solution')]);
  return patchLines(`labs/${id}`, start, solution);
}
