import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { signUpSubject } from '../../../tests/checker/sign-up-subject.ts';
import { outsidersSignUp, outsidersToTry } from './outsiders.ts';
import type { GatedPool } from './sign-up-gate.ts';

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: {
    readonly Username?: string;
    readonly ClientMetadata?: Readonly<Record<string, string>>;
    readonly UserAttributes?: readonly { readonly Name: string; readonly Value: string }[];
  };
}

const pool = {
  client: { poolId: 'us-east-1_a', clientId: 'c1', flows: [] },
  settings: { byAddress: false, anyName: true, required: ['email'], writable: [], shortestPassword: 8 },
  gate: { poolId: 'us-east-1_a', trigger: { functionName: 'chat-PreSignUp' } },
} as unknown as GatedPool;
const source = "if (event.userName === 'Root' || event.request.clientMetadata?.code === 'Root') return event;";

const send = vi.fn<(command: Command) => Promise<object>>();
let root: string;
let tasks: Array<() => Promise<void>>;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  tasks = [];
});
afterEach(() => rm(root, { recursive: true, force: true }));

const subject = () => signUpSubject({ root, send, tasks, sources: [source] });

test("says a word of the source under another name if somebody has that name, and doesn't delete them", async () => {
  send.mockImplementation(async ({ constructor: { name }, input }) => {
    // ListUsers compares names case-sensitively, the pool doesn't.
    if (name !== 'SignUpCommand') return { Users: [] };
    const fails = (name: string, message = '') => Promise.reject(Object.assign(new Error(message), { name }));
    if (input.Username === 'Root') return fails('UsernameExistsException');
    if (input.ClientMetadata?.code === 'Root') return {};
    return fails('UserLambdaValidationException', 'PreSignUp failed with error no.');
  });
  const last = (await outsidersSignUp(subject(), pool)).at(-1);
  expect(last).toMatchObject({ kind: 'as the source says', admission: { kind: 'accepted' } });
  expect(last?.name).not.toBe('Root');
  await Promise.all(tasks.map((task) => task()));
  const deleted = send.mock.calls.filter(([command]) => command.constructor.name === 'AdminDeleteUserCommand');
  expect(deleted.map(([command]) => command.input.Username)).toEqual([last?.name]);
});

test('goes on if Cognito takes no letter beyond ASCII in an address, or none of the values of the source', async () => {
  send.mockImplementation(async ({ constructor: { name }, input }) => {
    if (name !== 'SignUpCommand') return { Users: [] };
    const { Value = '' } = input.UserAttributes?.find((one) => one.Name === 'email') ?? {};
    const isValid = /^[a-z\d@._-]*$/i.test(Value);
    const error = isValid ? 'UserLambdaValidationException' : 'InvalidParameterException';
    throw Object.assign(new Error('PreSignUp failed with error no.'), { name: error });
  });
  const tried = await outsidersSignUp(subject(), pool);
  expect(tried.at(-1)).toMatchObject({ kind: 'a second time', admission: { kind: 'refused' } });
  expect(tried.map(({ kind }) => kind)).not.toContain('another alphabet');
  expect(tried.map(({ address = '' }) => address.replace(/@.*$/, ''))).toContain('Root');
});

test('one address is as long as a user name can be, and valid', () => {
  for (let number = 0; number < 20; number += 1) {
    const [long] = outsidersToTry().filter(({ kind }) => kind === 'a long address');
    expect(long?.address).toHaveLength(128);
    expect(long?.address).toMatch(/^[\w.-]{64}@([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]+$/);
  }
});

test('the first outsider tries again at the end', () => {
  const [{ kind: _, ...first } = {}, ...others] = outsidersToTry();
  expect(others.at(-1)).toEqual({ ...first, kind: 'a second time' });
});

test('the domains are all foreign, and differ from the company in every way', () => {
  const domains = outsidersToTry().map(({ address = '' }) => address.toLowerCase().replace(/^.*@/, ''));
  expect(domains).not.toContain('unicorn.example');
  expect(domains.filter((domain) => /[a-z]unicorn\.example$/.test(domain))).toHaveLength(1);
  expect(domains.filter((domain) => /-unicorn\.example$/.test(domain))).toHaveLength(1);
});

test.each([/^unicorn[a-z]+\.example$/, /^unicorn-[a-z]+\.example$/, /^unicorn\.[a-z]+\.example$/])(
  'a trigger must not ignore what is between the beginning and the end: %s',
  (between) => {
    const own = outsidersToTry().filter(({ kind }) => kind === 'only its ends');
    expect(own.filter(({ address = '' }) => between.test(address.replace(/^.*@/, '')))).toHaveLength(1);
  },
);
