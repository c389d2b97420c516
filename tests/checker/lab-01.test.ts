import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Result, Verdict } from '../../checker/check.ts';
import { deployLab } from '../../checker/deploy/deploy.ts';
import { deployTools } from '../../checker/deploy/tools.ts';
import { findLab } from '../../checker/lab-name.ts';
import { listResources } from '../../checker/observe/stack.ts';
import { layOut } from '../../checker/prove/lay-out.ts';
import { type Variant, variantsOf } from '../../checker/prove/variants.ts';
import { workshopRoot } from '../../checker/root.ts';
import { fingerprint, recordDeployed } from '../../checker/sources.ts';
import { practiceTarget } from '../../checker/target/open.ts';
import type { Target } from '../../checker/target/target.ts';
import { checkLab } from '../../checker/verdict.ts';
import { startTestAccount, type TestAccount } from '../account.ts';

// Lab 1 as its learner meets it, in one account: nothing deployed, its start, repaired in the file, its solution.

const root = workshopRoot();
const lab = findLab('01');
const { signal } = new AbortController();
const tools = deployTools(root);
let account: TestAccount;
let target: Target;
let start: string;
let solution: string;

beforeAll(async () => {
  // What deployments spawn is run from the bundle.
  await promisify(execFile)(process.execPath, [join(root, 'checker', 'build.mjs')]);
  account = await startTestAccount();
  target = practiceTarget(account.identity, account.port, {
    allowPage: async (origin) => account.allowPage(origin),
    close: async () => {},
  });
  const variants = await variantsOf(root, lab);
  const folder = async (name: string) => {
    const variant = variants.find((each): each is Variant => each.name === name);
    if (variant === undefined) throw new Error(`no variant ${name}`);
    return layOut(root, lab.id, { ...variant, name: `test-${name}` });
  };
  [start, solution] = await Promise.all([folder('start'), folder('solution')]);
}, 120_000);

afterAll(async () => {
  tools.close();
  await target?.close();
  await account?.close();
});

test('nothing is deployed: that is said, and nothing else', async () => {
  const verdict = await check(start);
  expect(verdict).toMatchObject({ status: 'not deployed', remark: 'There is no stack chat-01-missing-route.' });
  expect(statuses(verdict)).toEqual(['failed', 'blocked', 'blocked', 'blocked']);
});

test('the start fails as it is declared, with the line to look at', async () => {
  await deploy(start);
  const verdict = await check(start);
  expect(verdict.status).toBe('not fixed');
  expect(verdict.checks.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual(lab.failsAtStart);
  const route = resultOf(verdict, 'route-sendmessage');
  expect(route).toMatchObject({
    actual: expect.stringContaining('has no route sendmessage'),
    place: { file: `labs/${lab.id}/stack.ts`, construct: `chat-${lab.id}/Api` },
  });
  const evidence = route.status === 'failed' ? route.evidence.flatMap(({ lines }) => lines) : [];
  expect(evidence).toContain('$connect → the function Connect');
  expect(evidence.join('\n')).toMatch(/\+\d+ ms {2}Ada → \{"action":"sendmessage"/);
  expect(await rows()).toBe(0);
}, 120_000);

test('repaired in the file, and not deployed: that is said', async () => {
  await recordDeployed(solution, lab.id, target, fingerprint(folderOf(start)));
  expect((await check(solution)).status).toBe('not deployed yet');
});

test('the solution passes, and the checker leaves nothing behind', async () => {
  await deploy(solution);
  const before = await stackResources();
  const verdict = await check(solution);
  expect(verdict).toMatchObject({ status: 'fixed', room: expect.stringMatching(/^ws:/) });
  expect(statuses(verdict)).toEqual(['passed', 'passed', 'passed', 'passed']);
  expect(await rows()).toBe(0);
  expect(await stackResources()).toEqual(before);
}, 120_000);

test('an interruption ends it, and leaves nothing behind either', async () => {
  const interruption = new AbortController();
  const verdict = checkLab({
    root: solution,
    lab,
    target,
    labFolder: folderOf(solution),
    signal: interruption.signal,
    onProgress: ({ kind }) => {
      if (kind === 'ended') setTimeout(() => interruption.abort(), 20);
    },
  });
  await expect(verdict).rejects.toThrow();
  expect(await rows()).toBe(0);
});

function folderOf(workshop: string): string {
  return join(workshop, 'labs', lab.id);
}

function deploy(workshop: string) {
  return deployLab({ root: workshop, lab: lab.id, labFolder: folderOf(workshop), target, tools, signal });
}

function check(workshop: string): Promise<Verdict> {
  return checkLab({ root: workshop, lab, target, signal, labFolder: folderOf(workshop) });
}

function statuses({ checks }: Verdict): string[] {
  return checks.map(({ status }) => status);
}

function resultOf({ checks }: Verdict, wanted: string): Result {
  const result = checks.find(({ id }) => id === wanted);
  if (result === undefined) throw new Error(`no check ${wanted}`);
  return result;
}

function stackResources() {
  return listResources(target, `chat-${lab.id}`);
}

async function rows(): Promise<number> {
  const table = (await stackResources()).find(({ type }) => type === 'AWS::DynamoDB::Table');
  const client = await target.clients.dynamodb();
  const { Count = 0 } = await client.send(new ScanCommand({ TableName: table?.physicalId, ConsistentRead: true }));
  return Count;
}
