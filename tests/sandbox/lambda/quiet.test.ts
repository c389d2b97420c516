import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { practiceQuietFor } from '../../../checker/aws/practice.ts';
import { startTestAccount } from '../../account.ts';
import { functionsOf, makeRole } from './functions.ts';

it('an account is quiet once its functions have finished, even those that nobody waits for', async () => {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const gate = createServer();
  onTestFinished(() => void gate.close());
  await once(gate.listen(0, '127.0.0.1'), 'listening');
  const { port } = gate.address() as AddressInfo;
  const functions = functionsOf(account, await makeRole(account));
  const source = `export const handler = async () => void (await fetch('http://127.0.0.1:${port}'));`;
  await functions.create('waits', { 'index.mjs': source });
  const arrived = once(gate, 'request') as Promise<[unknown, ServerResponse]>;
  await functions.invoke('waits', {}, { InvocationType: 'Event' });
  const [, response] = await arrived;
  expect(await practiceQuietFor(account.folder, { least: 0, longest: 10 })).toBe(0);
  const quiet = practiceQuietFor(account.folder, { least: 20, longest: 1_900 });
  response.end();
  expect(await quiet).toBeGreaterThanOrEqual(20);
});
