import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepChosen } from '../../checker/aws/chosen.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { type Ended, layOutWorkshop, type Workshop } from '../cli/workshop.ts';
import { type Fault, startFaultProxy, type Trouble, troubles } from './proxy.ts';

// `lab deploy` and `lab start` over a bad connection to the account: neither claims a deployment that didn't happen,
// and the next run finishes an interrupted one.

const lab = '01-missing-route';
const StackName = `chat-${lab}`;
let account: TestAccount;
let workshop: Workshop;
let versions: Readonly<Record<'start' | 'solution', string>>;

beforeAll(async () => {
  account = await startTestAccount();
  workshop = await layOutWorkshop({
    AWS_ACCESS_KEY_ID: account.client.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.client.credentials.secretAccessKey,
  });
  const [start, solution] = await Promise.all(['labs', 'solutions'].map((folder) => readFile(stackIn(folder), 'utf8')));
  versions = { start: start ?? '', solution: solution ?? '' };
}, 120_000);
afterAll(async () => {
  await workshop?.remove();
  await account?.close();
});

/** How many of the calls in the middle of a deployment succeed between two faults. */
const apart = process.env.FAULTS === 'all' ? 1 : 20;

/** The CDK CLI waits forever on a half-open connection, without a message. */
const used = troubles.filter((trouble) => trouble !== 'half-open');

/**
 * One of the troubles in turn, at each of the first calls, which are the command's own, and at some of the later ones.
 */
function faultsOf(calls: number, own: number): Fault[] {
  const at = Array.from({ length: calls }, (_, index) => index + 1);
  return at
    .filter((call) => call <= own || call % apart === 0)
    .map((call, index) => ({ trouble: used[index % used.length] as Trouble, at: call }));
}

test('lab deploy: no wrong message, no stack trace, and nothing that the next run does not finish', async () => {
  await write('start');
  const clean = await through(undefined, 'deploy', '01');
  expect(clean).toMatchObject({ code: 0, stdout: expect.stringContaining(`Deployed ${lab}`) });
  const wrong: string[] = [];
  const codes = new Set<number | null>();
  for (const [index, fault] of faultsOf(clean.calls, 6).entries()) {
    const version = index % 2 === 0 ? 'solution' : 'start';
    await write(version);
    const ended = await through(fault, 'deploy', '01');
    const name = `${fault.trouble} at ${fault.at}`;
    codes.add(ended.code);
    wrong.push(...wrongIn(ended, [0]).map((what) => `${name}: ${what}`));
    if (/^(Deployed|No changes)/m.test(ended.stdout) && !(await has(version)))
      wrong.push(`${name}: it is not, and it says ${ended.stdout}`);
  }
  expect(wrong).toEqual([]);
  // Some are overcome, and some are not.
  expect([...codes].sort()).toEqual([0, 3]);
  await write('solution');
  expect(await through(undefined, 'deploy', '01')).toMatchObject({ code: 0 });
  expect(await has('solution')).toBe(true);
}, 600_000);

test('lab start: no wrong verdict either', async () => {
  await write('solution');
  const clean = await through(undefined, 'start', '01', '--once');
  expect(clean).toMatchObject({ code: 0, stdout: expect.stringContaining('The missing route: fixed') });
  const wrong: string[] = [];
  for (const fault of faultsOf(clean.calls, 0)) {
    const ended = await through(fault, 'start', '01', '--once');
    wrong.push(...wrongIn(ended, [0]).map((what) => `${fault.trouble} at ${fault.at}: ${what}`));
  }
  expect(wrong).toEqual([]);
}, 600_000);

/**
 * Output of a command that nobody should see; empty if the output is right or says why the command could not continue.
 */
function wrongIn({ code, stdout, stderr }: Ended, right: readonly number[]): string[] {
  const said = `${stdout}\n${stderr}`;
  const wrong: string[] = [];
  if (/^\s+at (async |new |file:|\/|[\w.<>]+ \()/m.test(said)) wrong.push(`a stack trace: ${said}`);
  if (/undefined|bug in the workshop/.test(said)) wrong.push(`not understood: ${said}`);
  if (code === 3 ? said.trim() === '' : !right.includes(code ?? -1)) wrong.push(`it ends with ${code}: ${said}`);
  if (/not fixed|\(failed\)/.test(said)) wrong.push(`a wrong verdict: ${said}`);
  return wrong;
}

const stackIn = (folder: string) => join(workshop.root, folder, lab, 'stack.ts');

async function write(version: 'start' | 'solution'): Promise<void> {
  await writeFile(stackIn('labs'), versions[version]);
}

/** Whether the account has that version, with nothing in progress. */
async function has(version: 'start' | 'solution'): Promise<boolean> {
  const client = new CloudFormationClient(account.client);
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }));
  const isDone = stack?.StackStatus === 'CREATE_COMPLETE' || stack?.StackStatus === 'UPDATE_COMPLETE';
  return isDone && TemplateBody.includes('sendmessage') === (version === 'solution');
}

async function through(fault: Fault | undefined, ...args: string[]): Promise<Ended & { readonly calls: number }> {
  const proxy = await startFaultProxy(Number(new URL(account.url).port), fault);
  const { region } = account;
  await keepChosen(workshop.root, { kind: 'aws', account: '111122223333', region, endpoint: proxy.url });
  const ended = await workshop.lab(...args);
  await proxy.close();
  return { ...ended, calls: proxy.calls() };
}
