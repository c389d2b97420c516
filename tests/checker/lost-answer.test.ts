import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClients } from '../../checker/aws/clients.ts';
import type { Subject } from '../../checker/checking/check.ts';
import { makeUser } from '../../checker/sign-in/guests.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { startFaultProxy } from '../faults/proxy.ts';
import { cognito, createPool } from '../sandbox/cognito-idp/pool.ts';

let account: TestAccount;

beforeAll(async () => {
  account = await startTestAccount();
});

afterAll(() => account?.close());

test('a user is created even if the answer was lost and the SDK retries', async () => {
  const { poolId } = await createPool(cognito(account));
  const proxy = await startFaultProxy(account.port, { trouble: 'answer lost', at: 1 });
  const { clients, close } = createClients({ ...account.client, endpoint: proxy.url });
  try {
    const { signal } = new AbortController();
    const subject = { target: { clients }, signal, ended: signal, afterwards: () => {} } as unknown as Subject;
    const settings = { byAddress: false, required: [], shortestPassword: 8 };
    const person = { name: 'ada.quail', address: 'quail.a@unicorn.example' };
    expect(await makeUser(subject, poolId, person, settings)).toMatchObject({ username: 'ada.quail' });
    // It was created, recreated, and given a password.
    expect(proxy.calls()).toBe(3);
  } finally {
    close();
    await proxy.close();
  }
});
