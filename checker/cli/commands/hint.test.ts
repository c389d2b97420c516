import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../checking/check.ts';
import type { Verdict } from '../../checking/result.ts';
import { keyDiffers, wrongTarget } from '../../labs/01-missing-route/findings.ts';
import { missingRoute } from '../../labs/01-missing-route/lab.ts';
import { renderHint } from '../../report/hint.ts';
import { labFiles } from '../../workshop/lab-files.ts';
import { givenHints, nextHint } from '../../workshop/next-hint.ts';
import { workshopRoot } from '../../workshop/root.ts';
import { solutionPatch } from '../../workshop/solution-patch.ts';

const { id } = missingRoute;
const { checks } = await missingRoute.load();
let root: string;
let stack: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hint-'));
  await cp(join(workshopRoot(), 'solutions', id), join(root, 'solutions', id), { recursive: true });
  await mkdir(join(root, 'labs', id), { recursive: true });
  for (const [path, text] of await labFiles(root, id, 'start')) await writeFile(join(root, 'labs', id, path), text);
  stack = join(root, 'labs', id, 'stack.ts');
});

afterEach(() => rm(root, { recursive: true, force: true }));

function failing(finding?: Finding, status: Verdict['status'] = 'not fixed'): Verdict {
  const results = checks.map(({ id: check, title, expected, docs }) => {
    const base = { id: check, title, expected, docs, duration: 0 };
    if (check !== 'route-sendmessage') return { ...base, status: 'passed', actual: 'So it is.', evidence: [] } as const;
    return { ...base, status: 'failed', actual: 'It is not.', evidence: [], finding } as const;
  });
  const target = { kind: 'practice', title: 'the practice account', region: 'us-east-1' } as const;
  return { lab: id, title: missingRoute.title, status, checks: results, target };
}

const next = async (finding?: Finding) => {
  const hint = await nextHint(root, missingRoute, failing(finding));
  return `${hint?.number} of ${hint?.of}: ${hint?.text.slice(0, 20)}`;
};

describe('the ladder', () => {
  test('starts over if something else is found, and otherwise continues', async () => {
    const own = checks[1]?.hints ?? [];
    expect(await next()).toBe(`1 of 4: ${own[0]?.slice(0, 20)}`);
    expect(await next()).toBe(`2 of 4: ${own[1]?.slice(0, 20)}`);
    expect(await next(keyDiffers)).toBe(`1 of 4: ${keyDiffers.hints[0]?.slice(0, 20)}`);
    expect(await next(wrongTarget)).toBe(`1 of 4: ${wrongTarget.hints[0]?.slice(0, 20)}`);
    expect(await next(keyDiffers)).toBe(`2 of 4: ${keyDiffers.hints[1]?.slice(0, 20)}`);
    expect(await next()).toBe(`3 of 4: ${own[2]?.slice(0, 20)}`);
  });

  test('says which lab it is about, and that it starts over', async () => {
    const lines = async (finding?: Finding) => {
      const hint = await nextHint(root, missingRoute, failing(finding));
      return hint === undefined ? [] : renderHint(hint, { columns: 80, again: undefined });
    };
    const startsOver = 'The failure has changed since your last hint, so the hints start over.';
    const first = await lines();
    expect(first[1]).toMatch(/^for lab 01: /);
    expect(first).not.toContain(startsOver);
    expect(await lines()).not.toContain(startsOver);
    expect((await lines(keyDiffers)).slice(0, 4)).toEqual(['Hint 1 of 4', first[1], '', startsOver]);
    expect(await lines(keyDiffers)).not.toContain(startsOver);
    expect(await lines()).not.toContain(startsOver);
  });

  test('keeps the lines of the patch whole, and on a terminal marks where one continues', async () => {
    let hint = await nextHint(root, missingRoute, failing());
    for (let rung = 2; rung <= 4; rung += 1) hint = await nextHint(root, missingRoute, failing());
    if (hint === undefined) throw new Error('There is no hint.');
    const whole = "+  integration: new WebSocketLambdaIntegration('SendMessageIntegration', sendMessage),";
    expect(renderHint(hint, { columns: 80, again: undefined })).toContain(whole);
    const folded = renderHint(hint, { columns: 80, again: undefined, folds: true });
    expect(folded).not.toContain(whole);
    expect(folded).toContain('↪   sendMessage),');
  });

  test('ends with what to do, which is less where saving deploys', async () => {
    for (let rung = 1; rung <= 3; rung += 1) await nextHint(root, missingRoute, failing());
    const hint = await nextHint(root, missingRoute, failing());
    if (hint === undefined) throw new Error('There is no hint.');
    const options = { columns: 100, again: 'key h' };
    const said = 'That was the last hint. Make this change in your files';
    expect(renderHint(hint, options).at(-1)).toBe(`${said}, deploy, and check again.`);
    expect(renderHint(hint, { ...options, isWatched: true }).at(-1)).toBe(`${said} and save.`);
  });

  test('ends with the patch, and stays there; no earlier hint contains it', async () => {
    const patches = [];
    for (let rung = 1; rung <= 5; rung += 1) {
      patches.push((await nextHint(root, missingRoute, failing()))?.patch?.join('\n'));
    }
    expect(patches.slice(0, 3)).toEqual(['', '', '']);
    expect(patches[3]).toContain("+api.addRoute('sendmessage', {");
    expect(patches[4]).toBe(patches[3]);
  });

  test('can be read again up to the last hint given', async () => {
    expect(await givenHints(root, missingRoute, failing())).toEqual({ given: [], of: 4 });
    const given = [await nextHint(root, missingRoute, failing()), await nextHint(root, missingRoute, failing())];
    for (let times = 0; times < 2; times += 1) {
      expect((await givenHints(root, missingRoute, failing()))?.given).toEqual(given);
    }
    expect((await givenHints(root, missingRoute, failing(keyDiffers)))?.given).toEqual([]);
  });

  test('is empty if the failing resource was deleted by hand', async () => {
    const drift = { kind: 'gone', changes: [], gone: ['AWS::ApiGatewayV2::Route Api/sendmessage-Route'] } as const;
    expect(await nextHint(root, missingRoute, { ...failing(), drift })).toBeUndefined();
  });

  test('is empty if nothing fails', async () => {
    const { checks, ...rest } = failing();
    const passed = checks.filter(({ status }) => status !== 'failed');
    expect(await nextHint(root, missingRoute, { ...rest, checks: passed })).toBeUndefined();
  });
});

describe('the patch to the solution', () => {
  const edit = async (change: (text: string) => string) => writeFile(stack, change(await readFile(stack, 'utf8')));
  const changes = async () => (await solutionPatch(root, id)).filter((line) => /^[+-](?![+-])/.test(line));

  test('is the whole fault for a learner who has changed nothing', async () => {
    expect(await changes()).toEqual([
      "+api.addRoute('sendmessage', {",
      "+  integration: new WebSocketLambdaIntegration('SendMessageIntegration', sendMessage),",
      '+  returnResponse: true,',
      '+});',
      '+',
    ]);
  });

  test('is the rest for a learner who has repaired half of it', async () => {
    const solution = await readFile(join(root, 'solutions', id, 'stack.ts'), 'utf8');
    await writeFile(stack, solution.replace("addRoute('sendmessage'", "addRoute('sendMessage'"));
    expect(await changes()).toEqual(["-api.addRoute('sendMessage', {", "+api.addRoute('sendmessage', {"]);
  });

  test("leaves a learner's other edits alone", async () => {
    await edit((text) => text.replace('rateLimit: 50', 'rateLimit: 20').replace('// Who is in the room', '// My room'));
    expect((await changes()).join('\n')).not.toMatch(/rateLimit|My room/);
  });

  test('replaces whatever is at the place that the check points at', async () => {
    await edit((text) => text.replace('rateLimit: 50', 'rateLimit: 20'));
    const lines = (await readFile(stack, 'utf8')).split('\n');
    const line = lines.findIndex((text) => text.includes('new WebSocketStage')) + 1;
    const patch = await solutionPatch(root, id, { file: `labs/${id}/stack.ts`, line });
    expect(patch.join('\n')).toMatch(/\+api\.addRoute[\s\S]*\+ {2}throttle: \{ rateLimit: 50/);
  });

  test('is everything that differs if nothing of the fault is left, and nothing if nothing differs', async () => {
    const solution = await readFile(join(root, 'solutions', id, 'stack.ts'), 'utf8');
    await writeFile(stack, solution.replace('autoDeploy: true', 'autoDeploy: false'));
    expect(await changes()).toEqual(['-  autoDeploy: false,', '+  autoDeploy: true,']);
    await writeFile(stack, solution);
    expect(await changes()).toEqual([]);
  });
});
