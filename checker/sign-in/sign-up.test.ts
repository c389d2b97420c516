import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { signUpSubject } from '../../tests/checker/sign-up-subject.ts';
import { LabError } from '../failures/errors.ts';
import { isNameFree, signUp } from './sign-up.ts';

const open = {
  client: { poolId: 'us-east-1_a', clientId: 'c1', flows: [] },
  settings: { byAddress: false, required: ['email'], shortestPassword: 8 },
};
const person = { name: 'mallory', address: 'mallory@freemail.example' };

/** Cognito's answer to each call. */
const send = vi.fn<(command: { constructor: { name: string }; input: object }) => Promise<object>>();
let root: string;
let tasks: Array<() => Promise<void>>;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  tasks = [];
  send.mockReset().mockResolvedValue({});
});
afterEach(() => rm(root, { recursive: true, force: true }));

const subject = () => signUpSubject({ root, send, tasks });

function refuse(name: string, message = ''): Error {
  return Object.assign(new Error(message), { name });
}

/** Signs up, tidies up, and returns the names of the calls. */
async function calls(): Promise<readonly string[]> {
  await signUp(subject(), open, person).catch(() => {});
  await Promise.all(tasks.map((task) => task()));
  return send.mock.calls.map(([command]) => command.constructor.name);
}

test('says that somebody was accepted, and removes them afterward', async () => {
  send.mockResolvedValueOnce({ UserConfirmed: false, CodeDeliveryDetails: { Destination: 'm***@f***' } });
  const { admission } = await signUp(subject(), open, person);
  expect(admission).toEqual({ kind: 'accepted', isConfirmed: false, isCodeSent: true });
  expect(await readdir(join(root, '.lab/users'))).toHaveLength(1);
  await Promise.all(tasks.map((task) => task()));
  expect(send.mock.lastCall?.[0]).toMatchObject({ input: { UserPoolId: 'us-east-1_a', Username: 'mallory' } });
  expect(await readdir(join(root, '.lab/users'))).toEqual([]);
});

test('does not remove a person who was rejected, since there is no such user', async () => {
  send.mockRejectedValueOnce(refuse('UserLambdaValidationException', 'PreSignUp failed with error no.'));
  expect(await calls()).toEqual(['SignUpCommand']);
});

test('a code that cannot be sent is no rejection, and the user is removed', async () => {
  send.mockRejectedValueOnce(refuse('CodeDeliveryFailureException'));
  await expect(signUp(subject(), open, person)).rejects.toThrow(LabError);
  await Promise.all(tasks.map((task) => task()));
  expect(send.mock.calls.map(([command]) => command.constructor.name)).toEqual([
    'SignUpCommand',
    'AdminDeleteUserCommand',
  ]);
});

test.each(['LimitExceededException', 'TooManyRequestsException', 'TimeoutError'])(
  'rejects with %s, which says nothing about the person',
  async (name) => {
    send.mockRejectedValueOnce(refuse(name, 'later'));
    await expect(signUp(subject(), open, person)).rejects.toThrow('later');
  },
);

test.each([
  ['UserLambdaValidationException', 'PreSignUp failed with error no.', { kind: 'refused', by: 'trigger' }],
  ['NotAuthorizedException', 'SignUp is not permitted for this user pool', { kind: 'refused', by: 'pool' }],
  ['UnexpectedLambdaException', 'AccessDenied', { kind: 'undecided', error: 'UnexpectedLambdaException' }],
  ['InvalidLambdaResponseException', 'no event', { kind: 'undecided', error: 'InvalidLambdaResponseException' }],
])('tells %s apart', async (name, message, admission) => {
  send.mockRejectedValueOnce(refuse(name, message));
  expect((await signUp(subject(), open, person)).admission).toMatchObject({ ...admission, message });
});

test('rejects if a later trigger fails, which rejects nobody', async () => {
  const message = 'CustomMessage failed with error no.';
  send.mockRejectedValueOnce(refuse('UserLambdaValidationException', message));
  await expect(signUp(subject(), open, person)).rejects.toThrow(message);
  await Promise.all(tasks.map((task) => task()));
  expect(send.mock.lastCall?.[0].constructor.name).toBe('AdminDeleteUserCommand');
});

test('signs up again if the name is taken, since the first answer was lost', async () => {
  send.mockRejectedValueOnce(refuse('UsernameExistsException'));
  expect(await calls()).toEqual(['SignUpCommand', 'AdminDeleteUserCommand', 'SignUpCommand', 'AdminDeleteUserCommand']);
});

test.each(['UsernameExistsException', 'TimeoutError'])(
  "deletes nobody after %s if the name isn't made up, since somebody else can have it",
  async (name) => {
    send.mockRejectedValue(refuse(name));
    await expect(signUp(subject(), open, { ...person, name: 'Root', isGuessed: true })).rejects.toThrow();
    expect(await readdir(join(root, '.lab/users')).catch(() => [])).toEqual([]);
    await Promise.all(tasks.map((task) => task()));
    expect(send.mock.calls.map(([command]) => command.constructor.name)).toEqual(['SignUpCommand']);
  },
);

test.each([undefined, 'CodeDeliveryFailureException'])(
  "removes a user of its own if the name isn't made up, even after %s",
  async (name) => {
    if (name !== undefined) send.mockRejectedValueOnce(refuse(name));
    await signUp(subject(), open, { ...person, name: 'Root', isGuessed: true }).catch(() => {});
    expect(await readdir(join(root, '.lab/users'))).toHaveLength(1);
    await Promise.all(tasks.map((task) => task()));
    expect(send.mock.lastCall?.[0]).toMatchObject({ input: { UserPoolId: 'us-east-1_a', Username: 'Root' } });
    expect(send.mock.lastCall?.[0].constructor.name).toBe('AdminDeleteUserCommand');
  },
);

test('an address is unique even if a name was guessed, since Cognito generates the name then', async () => {
  send.mockRejectedValueOnce(refuse('UsernameExistsException'));
  const byAddress = { ...open, settings: { ...open.settings, byAddress: true } };
  await signUp(subject(), byAddress, { ...person, name: 'Root', isGuessed: true });
  expect(send.mock.calls[1]?.[0].constructor.name).toBe('AdminDeleteUserCommand');
});

test('signs somebody up without an address', async () => {
  const { settings, client } = open;
  await signUp(subject(), { client, settings: { ...settings, required: [] } }, { name: 'mallory' });
  expect(send.mock.lastCall?.[0].input).toMatchObject({ Username: 'mallory', UserAttributes: [] });
});

test("a user name that somebody has isn't free", async () => {
  send.mockResolvedValueOnce({ Users: [{ Username: 'root' }] });
  expect(await isNameFree(subject(), open.client, 'root')).toBe(false);
  expect(send.mock.lastCall?.[0].input).toMatchObject({ UserPoolId: 'us-east-1_a', Filter: 'username = "root"' });
  send.mockResolvedValueOnce({ Users: [] });
  expect(await isNameFree(subject(), open.client, 'root')).toBe(true);
});
