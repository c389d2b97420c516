import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { functionsOf, makeRole } from './functions.ts';

interface Told {
  readonly pid: number;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const hour = 3_600_000;
const tellsItsCredentials = `exports.handler = async () => ({
  pid: process.pid,
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
});`;

it.each([
  ['the machine slept for thirteen hours', 13 * hour, false],
  ['half the life of its credentials has passed', 6 * hour + 1000, false],
  ['the clock was set back by a day', -24 * hour, false],
  ['an hour has passed', hour, true],
])('gives a warm function credentials that work after %s', async (_what, passed, isKept) => {
  let skipped = 0;
  const account = await startTestAccount({ clock: { now: () => new Date(Date.now() + skipped) } });
  onTestFinished(() => account.close());
  const functions = functionsOf(account, await makeRole(account));
  await functions.create('warm', { 'index.js': tellsItsCredentials });
  const before = (await functions.invoke('warm')).result as Told;
  skipped = passed;
  functions.lambda.config.systemClockOffset = skipped;
  const { pid, ...credentials } = (await functions.invoke('warm')).result as Told;
  const sts = new STSClient({ ...account.client, credentials, systemClockOffset: skipped });
  expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toContain('assumed-role/function-role/warm');
  expect(pid === before.pid).toBe(isKept);
});
