import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keepChosen } from '../../checker/aws/chosen.ts';
import { destroy } from '../../checker/cli/commands/destroy.ts';
import { LabError } from '../../checker/failures/errors.ts';
import { explainFailure, isFromAccount } from '../../checker/failures/failure.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { type Fault, startFaultProxy, troubles } from './proxy.ts';

// `lab destroy` over a bad connection to the account: it never claims that nothing is left if something is, and the
// next run finishes the work.

const lab = '01-missing-route';
const StackName = `chat-${lab}`;
let root: string;
let account: TestAccount;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lab-destroy-faults-'));
  account = await startTestAccount();
  vi.stubEnv('AWS_ACCESS_KEY_ID', account.client.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', account.client.credentials.secretAccessKey);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await account.close();
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
});

test('no wrong message, no stack trace, and nothing that the next run does not finish', async () => {
  await createStack();
  const clean = await destroyed();
  expect(clean.outcome).toBe(0);
  const wrong: string[] = [];
  for (const fault of faultsOf(clean.calls)) {
    await createStack();
    const { outcome, said } = await destroyed(fault);
    const name = `${fault.trouble} at ${fault.at}`;
    const words = typeof outcome === 'number' ? said : inWords(outcome);
    if (words === undefined || /\n\s+at |undefined|bug in the workshop/.test(words)) wrong.push(`${name}: ${outcome}`);
    if (/Nothing of .* is left/.test(said) && (await isThere())) wrong.push(`${name}: it is there, and ${said}`);
    const again = await destroyed();
    if (again.outcome !== 0 || (await isThere())) wrong.push(`${name}: the next one ends with ${again.outcome}`);
  }
  expect(wrong).toEqual([]);
}, 600_000);

/**
 * At each call one of the troubles in turn; with FAULTS=all, each of them at each call. A half-open one takes 20 s
 * until the SDK retries.
 */
function faultsOf(calls: number): Fault[] {
  const all = process.env.FAULTS === 'all';
  const used = troubles.filter((trouble) => all || trouble !== 'half-open');
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((at) =>
    used.filter((_, index) => all || at % used.length === index).map((trouble) => ({ trouble, at })),
  );
}

/** The message that a person gets; undefined if the error is not recognized. */
function inWords(error: unknown): string | undefined {
  if (error instanceof LabError) return `${error.message}\n${error.next}`;
  if (!isFromAccount(error)) return undefined;
  const { reason, next } = explainFailure(error, { kind: 'aws', title: 'AWS' });
  return `${reason}\n${next}`;
}

async function createStack(): Promise<void> {
  const client = new CloudFormationClient(account.client);
  const TemplateBody = JSON.stringify({ Resources: { Log: { Type: 'AWS::Logs::LogGroup' } } });
  const Tags = [{ Key: 'websocket-lab', Value: lab }];
  await client.send(new CreateStackCommand({ StackName, Tags, TemplateBody }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName });
}

async function isThere(): Promise<boolean> {
  const client = new CloudFormationClient(account.client);
  return client.send(new DescribeStacksCommand({ StackName })).then(
    () => true,
    (error: Error) => !error.message.includes('does not exist'),
  );
}

async function destroyed(fault?: Fault): Promise<{ outcome: unknown; said: string; calls: number }> {
  const proxy = await startFaultProxy(Number(new URL(account.url).port), fault);
  await keepChosen(root, { kind: 'aws', account: '111122223333', region: account.region, endpoint: proxy.url });
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const { signal } = new AbortController();
  const program = { root, signal, print, say: print, isTerminal: false, takesKeys: false };
  const outcome = await destroy(program, { lab: '01', yes: true }).catch((error: unknown) => error);
  await proxy.close();
  return { outcome, said: lines.join('\n'), calls: proxy.calls() };
}
