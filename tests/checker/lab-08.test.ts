import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  AdminCreateUserCommand,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { Target } from '../../checker/aws/target.ts';
import type { Evidence, Place } from '../../checker/checking/check.ts';
import type { Verdict } from '../../checker/checking/result.ts';
import { playScene } from '../../checker/scene/play.ts';
import { resultOf, testLab } from './learned-lab.ts';

// Lab 8 as a learner sees it, in one account: its start, its solution, and the checker's users.

const room = await testLab('08');
const [start, solution] = await Promise.all([room.layOut('start'), room.layOut('solution')]);

test('the start fails after one sign-up, which is removed', { timeout: 120_000 }, async () => {
  await room.deploy(start);
  const { target, calls } = counting(room.target);
  const verdict = await room.check(start, undefined, target);
  expect(failed(verdict)).toEqual(room.failsAtStart);
  expect(resultOf(verdict, 'outsiders-cannot-sign-up')).toMatchObject({
    actual: expect.stringContaining('no PreSignUp trigger'),
    place: { file: `labs/${room.lab.id}/stack.ts`, construct: `chat-${room.lab.id}/Users` },
  });
  expect(calls('SignUpCommand')).toBe(1);
  expect(await users()).toEqual([]);
});

test('the scene shows a rival in the room, and later rejected', { timeout: 120_000 }, async () => {
  const [, signedUp, last] = await play(start);
  expect(signedUp).toMatch(/^\S+@freemail\.example signed up/);
  expect(last).toBe("Mallory reads Ada's message, like everyone in the room.");
  await room.deploy(solution);
  expect((await play(solution)).slice(1)).toEqual([
    expect.stringMatching(/Cognito rejects it: PreSignUp failed with error Only employees/),
  ]);
  expect(await users()).toEqual([]);
  expect(await room.rows()).toBe(0);
});

test('the solution passes without a remark, and users of a killed command are swept', {
  timeout: 120_000,
}, async () => {
  await leaveBehind(['mallory7', 'grace8']);
  const { target, calls } = counting(room.target);
  const { status, checks } = await room.check(solution, undefined, target);
  expect(status).toBe('fixed');
  expect(checks.filter((result) => 'remark' in result)).toEqual([]);
  expect(calls('SignUpCommand')).toBe(25);
  expect(await users()).toEqual([]);
});

test.each([
  ['LimitExceededException', 'Exceeded daily email limit for the operation or the account.'],
  ['CodeDeliveryFailureException', 'The code could not be delivered.'],
  ['TooManyRequestsException', 'Rate exceeded'],
])('%s is not a rejection: the check could not look', { timeout: 120_000 }, async (name, message) => {
  const refusing = withSend(room.target, (command, send) => {
    if (command !== 'SignUpCommand') return send();
    throw Object.assign(new Error(message), { name, $metadata: {} });
  });
  const verdict = await room.check(solution, undefined, refusing);
  expect(resultOf(verdict, 'outsiders-cannot-sign-up').status).toBe('broken');
  expect(failed(verdict)).toEqual([]);
  expect(await users()).toEqual([]);
});

test('an authorizer that fails is not mistaken for the function behind $connect', { timeout: 120_000 }, async () => {
  const authorizer = (await room.stackResources()).find(
    ({ type, logicalId }) => type === 'AWS::Lambda::Function' && logicalId.startsWith('Authorizer'),
  );
  const client = await room.target.clients.lambda();
  const input = { FunctionName: authorizer?.physicalId, Environment: { Variables: {} } };
  await client.send(new UpdateFunctionConfigurationCommand(input));
  expect(resultOf(await room.check(solution), 'two-people-talk')).toMatchObject({
    actual: expect.stringMatching(
      /^Nobody could connect: the handshake was answered with 500\. The authorizer \S+, which invokes the function \S+, failed/,
    ),
    place: { construct: `chat-${room.lab.id}/Authorizer` },
  });
});

test.each([
  ['outsiders-cannot-sign-up', 'an-invitation-code', 'validationData', 'trusts what a client says: "unicorn"'],
  ['outsiders-cannot-sign-up', 'a-name-of-its-own', 'userName', 'trusts what a client says: "root"'],
  [
    'outsiders-cannot-sign-up',
    'short-addresses-only',
    '.length',
    'a short address outside the company, but accepts a long one',
  ],
  ['employees-can-sign-up', 'verifies-the-address', 'autoVerifyEmail', 'cannot be auto verified'],
  ['employees-can-sign-up', 'forgets-the-event', 'function handler(', 'Unrecognizable lambda output'],
])('%s fails because of %s, at %s', { timeout: 120_000 }, async (check, variant, text, words) => {
  const workshop = await room.layOut(`shortcuts/${check}--${variant}`);
  await room.deploy(workshop);
  const result = resultOf(await room.check(workshop), check);
  expect(result).toMatchObject({ status: 'failed', actual: expect.stringContaining(words) });
  const { place, evidence = [] } = result as { place?: Place; evidence?: readonly Evidence[] };
  expect(place?.file).toBe('app/functions/pre-sign-up.ts');
  const source = await readFile(join(workshop, place?.file ?? ''), 'utf8');
  expect(source.split('\n')[(place?.line ?? 0) - 1]).toContain(text);
  // What the trigger said to outsiders is no reason why an employee is rejected.
  if (check === 'employees-can-sign-up') expect(JSON.stringify(evidence)).not.toContain('Only employees');
});

/** The same account, which counts calls to Cognito. */
function counting(target: Target): { readonly target: Target; calls(command: string): number } {
  const asked: string[] = [];
  const seen = withSend(target, (command, send) => {
    asked.push(command);
    return send();
  });
  return { target: seen, calls: (command) => asked.filter((each) => each === command).length };
}

/** The same account, with other answers from Cognito. */
function withSend(target: Target, become: (command: string, send: () => Promise<unknown>) => Promise<unknown>): Target {
  const { clients } = target;
  const cognito = async (): Promise<CognitoIdentityProviderClient> => {
    const client = await clients.cognito();
    return new Proxy(client, {
      get(of, member) {
        if (member !== 'send') return Reflect.get(of, member);
        return async (command: { constructor: { name: string } }) =>
          become(command.constructor.name, () => of.send(command as never));
      },
    });
  };
  return { ...target, clients: { ...clients, cognito } };
}

async function play(root: string): Promise<readonly string[]> {
  const told: string[] = [];
  await playScene({
    root,
    lab: room.lab,
    target: room.target,
    signal: new AbortController().signal,
    tell: (line) => void told.push(line),
    overhear() {},
    async untilSeen() {},
  });
  return told;
}

/** Users of a killed checker, and its note about them. */
async function leaveBehind(names: readonly string[]): Promise<void> {
  const cognito = await room.target.clients.cognito();
  const UserPoolId = await poolId();
  for (const Username of names) {
    const UserAttributes = [{ Name: 'email', Value: `${Username}@unicorn.example` }];
    await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, MessageAction: 'SUPPRESS' }));
  }
  const by = { lab: room.lab.id, account: room.target.title, pid: 999_999_999, host: hostname() };
  const folder = join(solution, '.lab', 'users');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'killed.json'), JSON.stringify({ ...by, at: Date.now(), names }));
}

async function users(): Promise<ReadonlyArray<string | undefined>> {
  const cognito = await room.target.clients.cognito();
  const { Users = [] } = await cognito.send(new ListUsersCommand({ UserPoolId: await poolId() }));
  return Users.map(({ Username }) => Username);
}

async function poolId(): Promise<string | undefined> {
  return (await room.stackResources()).find(({ type }) => type === 'AWS::Cognito::UserPool')?.physicalId;
}

function failed({ checks }: Verdict): string[] {
  return checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
}
