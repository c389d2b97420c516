import { expect, test } from 'vitest';
import type { Subject } from '../checking/check.ts';
import { guests } from './guests.ts';

const root = '/dev/null';
const client = { poolId: 'us-east-1_a', clientId: 'c', flows: ['ALLOW_USER_PASSWORD_AUTH'] };
const settings = { byAddress: false, required: [], shortestPassword: 8, claimable: ['nickname'] };

interface Input {
  readonly Username?: string;
  readonly UserAttributes?: ReadonlyArray<{ readonly Name: string }>;
}

/** A subject whose pool rejects some users, and the attributes of those that it created. */
function pool(rejects: (names: readonly string[]) => boolean = () => false) {
  const made: string[][] = [];
  const send = async ({ input }: { readonly input: Input }) => {
    const { Username, UserAttributes } = input;
    if (UserAttributes === undefined) return { AuthenticationResult: { IdToken: 'id', AccessToken: 'access' } };
    const names = UserAttributes.map(({ Name }) => Name);
    if (rejects(names)) throw Object.assign(new Error('no'), { name: 'UserLambdaValidationException' });
    made.push(names);
    return { User: { Username } };
  };
  const subject = {
    root,
    lab: '05',
    target: { kind: 'practice', title: 'the practice account', clients: { cognito: async () => ({ send }) } },
    once: async () => ({ client, settings }),
    afterwards: () => {},
    ended: new AbortController().signal,
    signal: new AbortController().signal,
  };
  return { subject: subject as unknown as Subject, made };
}

test('a guest is the same for all checks, and has made-up names only if they are wanted', async () => {
  const { subject, made } = pool();
  const { ada, grace, invite } = await guests(subject);
  expect([ada, grace].map(({ profile }) => profile)).toEqual([{ nickname: expect.any(String) }, undefined]);
  made.length = 0;
  const linus = await invite('Linus', { claims: true });
  expect(linus.profile).toEqual({ nickname: expect.any(String) });
  expect(await invite('Linus', { claims: true })).toBe(linus);
  expect((await invite('Hedy')).profile).toBeUndefined();
  expect(made.filter((names) => names.includes('nickname'))).toHaveLength(1);
});

test('a guest with made-up names replaces nobody: another check can have put them into a group', async () => {
  const { invite } = await guests(pool().subject);
  const plain = await invite('Linus');
  const linus = await invite('Linus', { claims: true });
  expect(linus).not.toBe(plain);
  expect(linus.profile).toEqual({ nickname: expect.any(String) });
  expect(await invite('Linus')).toBe(plain);
});

test('a guest has no made-up names if a trigger rejects them', async () => {
  const { subject, made } = pool((names) => names.includes('nickname'));
  const { invite } = await guests(subject);
  expect((await invite('Linus', { claims: true })).profile).toBeUndefined();
  expect(made.at(-1)).not.toContain('nickname');
});
