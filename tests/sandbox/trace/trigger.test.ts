import { SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { markAsProbe } from '../../../checker/aws/mark-as-probe.ts';
import { cognito, password } from '../cognito-idp/pool.ts';
import { openTriggeredPool, type TriggeredPool } from '../cognito-idp/triggered-pool.ts';
import { type Watcher, watch } from './watcher.ts';

let pool: TriggeredPool;
let watcher: Watcher;

beforeAll(async () => {
  pool = await openTriggeredPool();
  watcher = await watch(pool.account);
});
afterAll(async () => {
  watcher?.close();
  await pool?.account.close();
});

/** Signs somebody up, and returns whether each event of the trigger's invocation is the checker's. */
async function signedUp(Username: string, isChecker: boolean): Promise<Array<[kind: string, isProbe: unknown]>> {
  const from = watcher.events.length;
  const idp = cognito(pool.account);
  if (isChecker) markAsProbe(idp);
  const UserAttributes = [{ Name: 'email', Value: `${Username}@unicorn.example` }];
  await idp.send(new SignUpCommand({ ClientId: pool.room.clientId, Username, Password: password, UserAttributes }));
  const ofTrigger = () => watcher.events.slice(from).filter(({ function: name }) => name === 'obedient');
  await watcher.until(() => ofTrigger().some(({ kind }) => kind === 'return'));
  return ofTrigger()
    .filter(({ kind }) => kind !== 'process')
    .map((event) => [event.kind, event.isProbe]);
}

it('marks what a trigger does for the checker, and nothing that it does for others', async () => {
  const own = await signedUp('visitor', true);
  expect(own.map(([kind]) => kind)).toContain('invocation');
  expect(own.filter(([, isProbe]) => isProbe !== true)).toEqual([]);
  const others = await signedUp('ada', false);
  expect(others.map(([kind]) => kind)).toContain('invocation');
  expect(others.filter(([, isProbe]) => isProbe !== undefined)).toEqual([]);
});
