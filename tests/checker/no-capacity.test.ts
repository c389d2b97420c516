import { expect, onTestFinished, test } from 'vitest';
import { functionsOf, makeRole } from '../sandbox/lambda/functions.ts';
import { learnLab, resultOf } from './learned-lab.ts';

// A new AWS account runs ten functions at a time, and others may be running during a check.

test.each([
  { number: '02', check: 'two-people-talk' },
  { number: '05', check: 'sender-is-genuine' },
])(
  'lab $number: a function that the account has no room for is nobody’s mistake',
  async ({ number, check }) => {
    const room = await learnLab(number, { weather: 'aws' });
    onTestFinished(() => room.close());
    const solution = await room.layOut('solution');
    await room.deploy(solution);
    const { AWS_ENDPOINT_URL: endpoint = '' } = room.target.environment;
    expect((await room.check(solution)).status).toBe('fixed');

    const lambda = await room.target.clients.lambda();
    const client = { endpoint, region: room.target.region, credentials: await lambda.config.credentials() };
    const functions = functionsOf({ client } as never, await makeRole({ client }));
    await functions.create(
      'sleeps',
      { 'index.mjs': 'export const handler = () => new Promise(() => setTimeout(() => {}, 1e6));' },
      { Timeout: 600 },
    );
    for (let count = 0; count < 10; count += 1) functions.invoke('sleeps').catch(() => {});

    const verdict = await room.check(solution);
    expect(verdict.status).toBe('broken');
    expect(resultOf(verdict, check)).toMatchObject({
      status: 'broken',
      reason: expect.stringContaining("This account's concurrency limit is 10"),
    });
  },
  300_000,
);
