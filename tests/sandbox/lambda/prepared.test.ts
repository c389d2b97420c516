import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { create, update } from '../cloudformation/deploying.ts';
import { type Watcher, watch } from '../trace/watcher.ts';
import { functionsOf, makeRole } from './functions.ts';

let account: TestAccount;
let watcher: Watcher;
let role: string;
let functions: ReturnType<typeof functionsOf>;
let client: CloudFormationClient;

beforeAll(async () => {
  account = await startTestAccount();
  role = await makeRole(account);
  functions = functionsOf(account, role);
  client = new CloudFormationClient(account.client);
  watcher = await watch(account);
});
afterAll(async () => {
  watcher?.close();
  await account?.close();
});

const works = 'exports.handler = async () => 1;';

function fn(FunctionName: string, ZipFile: string, properties: object = {}) {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName,
      Code: { ZipFile },
      Handler: 'index.handler',
      Role: role,
      Runtime: 'nodejs22.x',
      ...properties,
    },
  };
}

/** The states that the processes of a function were in, the oldest first. */
function states(name: string): string[] {
  return watcher.events.flatMap((event) => (event.kind === 'process' && event.function === name ? event.state : []));
}

function reaches(name: string, state: string, times = 1): Promise<unknown> {
  return watcher.until(() => states(name).filter((other) => other === state).length >= times);
}

it('a function of a new stack has a process before its first invocation, which has no cold start', async () => {
  await create(client, 'new', { Resources: { A: fn('a', works), B: fn('b', works) } });
  await reaches('a', 'ready');
  await reaches('b', 'ready');
  const { log } = await functions.invoke('a', {}, { LogType: 'Tail' });
  expect(log).toMatch(/^REPORT/m);
  expect(log).not.toContain('Init Duration');
  const invocation = await watcher.find(({ kind, function: name }) => kind === 'invocation' && name === 'a');
  expect(invocation).toMatchObject({ cold: false });
  expect(states('a')).toEqual(['starting', 'ready']);
});

it('an invocation that waits for the start of a prepared process has a cold start', async () => {
  const slow = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500); exports.handler = async () => 1;';
  await create(client, 'slow', { Resources: { S: fn('slow', slow) } });
  await reaches('slow', 'starting');
  expect(states('slow')).toEqual(['starting']);
  const { log } = await functions.invoke('slow', {}, { LogType: 'Tail' });
  expect(log).toContain('Init Duration');
  const invocation = await watcher.find(({ kind, function: name }) => kind === 'invocation' && name === 'slow');
  expect(invocation).toMatchObject({ cold: true });
});

it('only the functions that an update changes get another process', async () => {
  await create(client, 'changing', { Resources: { C: fn('c', works), D: fn('d', works) } });
  await reaches('c', 'ready');
  await reaches('d', 'ready');
  await update(client, 'changing', { Resources: { C: fn('c', `${works}\n`), D: fn('d', works) } });
  await reaches('c', 'ready', 2);
  // The former process may take longer to end than the new one takes to begin.
  expect(states('c').slice(0, 2)).toEqual(['starting', 'ready']);
  expect(states('c').slice(2).toSorted()).toEqual(['ended', 'ready', 'starting']);
  expect(states('d')).toEqual(['starting', 'ready']);
});

it('a function that fails to load is not started again until it is invoked', async () => {
  await create(client, 'failing', {
    Resources: { E: fn('e', "throw new Error('not today');"), F: { ...fn('f', works), DependsOn: 'E' } },
  });
  await reaches('f', 'ready');
  expect(states('e')).toEqual(['starting', 'ended']);
  const { result } = await functions.invoke('e');
  expect(result).toMatchObject({ errorMessage: 'not today' });
});

it('a function that may not run is not started', async () => {
  await create(client, 'reserved', {
    Resources: {
      G: fn('g', works, { ReservedConcurrentExecutions: 0 }),
      H: { ...fn('h', works), DependsOn: 'G' },
    },
  });
  await reaches('h', 'ready');
  expect(states('g')).toEqual([]);
});

it('an account that is to prepare none starts functions when they are invoked', async () => {
  const cold = await startTestAccount({ preparesFunctions: false });
  onTestFinished(() => cold.close());
  const coldRole = await makeRole(cold);
  const own = (name: string) => {
    const { Type, Properties } = fn(name, works);
    return { Type, Properties: { ...Properties, Role: coldRole } };
  };
  await create(new CloudFormationClient(cold.client), 'cold', { Resources: { I: own('i'), J: own('j') } });
  const seen = await watch(cold);
  onTestFinished(() => seen.close());
  const { invoke } = functionsOf(cold, coldRole);
  expect((await invoke('i', {}, { LogType: 'Tail' })).log).toContain('Init Duration');
  await invoke('i');
  await seen.find(({ kind, ...event }) => kind === 'invocation' && 'cold' in event && event.cold === false);
  const started = seen.events.flatMap((event) => (event.kind === 'process' ? event.function : []));
  expect(new Set(started)).toEqual(new Set(['i']));
});

// Last, because it leaves no room.
it('functions beyond twelve processes start only when they are invoked', async () => {
  const names = Array.from({ length: 14 }, (_, index) => `many${index}`);
  await create(client, 'many', {
    Resources: Object.fromEntries(names.map((name) => [name, fn(name, works)])),
  });
  const unstarted = () => names.filter((name) => states(name).length === 0);
  await watcher.until(() => {
    const last = new Map(
      watcher.events.flatMap((event) => (event.kind === 'process' ? [[event.process, event.state]] : [])),
    );
    return [...last.values()].filter((state) => state === 'ready').length === 12;
  });
  const [one = '', ...others] = unstarted();
  expect(others.length).toBeGreaterThan(0);
  // An idle process ends for it, and none of the others starts in that one's place.
  expect((await functions.invoke(one)).result).toBe(1);
  expect((await functions.invoke(one)).result).toBe(1);
  expect(unstarted()).toEqual(others);
});
