import { expect, test } from 'vitest';
import type { Subject } from '../checking/check.ts';
import { makeGroup } from './groups.ts';

/** A subject whose pool has these groups. */
function poolWith(groups: Set<string>) {
  const send = async (command: { readonly input: { readonly GroupName: string } }) => {
    const { GroupName } = command.input;
    if (command.constructor.name === 'DeleteGroupCommand') groups.delete(GroupName);
    else if (groups.has(GroupName)) throw Object.assign(new Error('no'), { name: 'GroupExistsException' });
    else groups.add(GroupName);
    return { Group: { GroupName } };
  };
  const tasks: Array<() => Promise<void>> = [];
  const subject = {
    root: '/dev/null',
    lab: '09',
    target: { kind: 'practice', title: 'the practice account', clients: { cognito: async () => ({ send }) } },
    once: async () => ({ client: { poolId: 'us-east-1_a' } }),
    afterwards: (task: () => Promise<void>) => void tasks.push(task),
    ended: new AbortController().signal,
    signal: new AbortController().signal,
  };
  return { subject: subject as unknown as Subject, cleanUp: () => Promise.all(tasks.map((task) => task())) };
}

test.each([
  ['deletes a group that it created', 'kettle', ['moderators']],
  ['keeps a group that the pool had already', 'moderators', ['moderators']],
])('%s', async (_, name, left) => {
  const groups = new Set(['moderators']);
  const { subject, cleanUp } = poolWith(groups);
  await makeGroup(subject, name, [], { mayExist: true });
  expect(groups).toContain(name);
  await cleanUp();
  expect([...groups]).toEqual(left);
});
