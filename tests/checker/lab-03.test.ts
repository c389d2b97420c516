import {
  AdminCreateUserCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import type { Verdict } from '../../checker/checking/result.ts';
import { tagOfOwn } from '../../checker/probe/tag.ts';
import { resultOf, statuses, testLab } from './learned-lab.ts';

// Lab 3 as a learner goes through it, in one account: its start, its solution, and the checker's leftovers.

const room = await testLab('03');
const [start, solution] = await Promise.all([room.layOut('start'), room.layOut('solution')]);

test('the start fails as declared: nobody has to say who they are', async () => {
  await room.deploy(start);
  const verdict = await room.check(start);
  expect(failed(verdict)).toEqual(room.failsAtStart);
  expect(statuses(verdict).slice(2)).toEqual(room.checks.slice(2).map(() => 'blocked'));
  expect(resultOf(verdict, 'stranger-is-refused')).toMatchObject({
    actual: expect.stringContaining('AuthorizationType is NONE'),
    place: { file: `labs/${room.lab.id}/stack.ts` },
  });
  await nothingIsLeft();
}, 120_000);

test('the solution passes without a remark, including the expired token; leftovers of a killed command are removed', async () => {
  await room.deploy(solution);
  await leaveBehind();
  const verdict = await room.check(solution);
  expect(verdict.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(verdict.checks.filter((result) => 'remark' in result)).toEqual([]);
  await nothingIsLeft();
}, 120_000);

test('if the clock cannot be set back, the expired token is waited for', async () => {
  const { longAgo: _, ...target } = room.target;
  const verdict = await room.check(await room.layOut('solution'), undefined, target);
  expect(verdict.status).toBe('pending');
  const result = resultOf(verdict, 'expired-token-is-refused');
  const until = Date.parse(result.status === 'pending' ? result.until : '');
  expect(until).toBeGreaterThan(Date.now() + 5 * 60_000);
  expect(until).toBeLessThan(Date.now() + 7 * 60_000);
}, 120_000);

test('an interrupted check removes what it created', async () => {
  const interruption = new AbortController();
  const { clients } = room.target;
  let madeUser = () => {};
  const made = new Promise<void>((resolve) => {
    madeUser = resolve;
  });
  const cognito = async () => {
    const client = await clients.cognito();
    madeUser();
    return client;
  };
  const checking = room.check(solution, interruption.signal, { ...room.target, clients: { ...clients, cognito } });
  await made;
  interruption.abort(new Error('interrupted'));
  await expect(checking).rejects.toThrow('interrupted');
  await nothingIsLeft();
}, 120_000);

/** A user, a client and a pool as a checker creates them, made long ago. */
async function leaveBehind(): Promise<void> {
  const cognito = await room.target.clients.cognito();
  const UserPoolId = (await room.stackResources()).find(({ type }) => type === 'AWS::Cognito::UserPool')?.physicalId;
  const old = tagOfOwn(Date.now() - 3_600_000);
  const Username = `lab-ada-${old}`;
  const UserAttributes = [{ Name: 'email', Value: `${Username}@example.com` }];
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, MessageAction: 'SUPPRESS' }));
  await cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: `websocket-lab-checker-${old}` }));
  await cognito.send(
    new CreateUserPoolCommand({
      PoolName: `websocket-lab-checker-${old}`,
      UserPoolTags: { 'websocket-lab-checker': old },
    }),
  );
}

function failed({ checks }: Verdict): string[] {
  return checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
}

/** Only the stack's own pool and client are left, without users, and the room's table is empty. */
async function nothingIsLeft(): Promise<void> {
  const cognito = await room.target.clients.cognito();
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  expect(UserPools.map(({ Name }) => Name)).toEqual([`chat-${room.lab.id}`]);
  const UserPoolId = UserPools[0]?.Id;
  const { UserPoolClients } = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
  expect(UserPoolClients).toHaveLength(1);
  const { Users } = await cognito.send(new ListUsersCommand({ UserPoolId }));
  expect(Users).toEqual([]);
  expect(await room.rows()).toBe(0);
}
