import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { functionsOf, makeRole } from '../sandbox/lambda/functions.ts';
import { learnLab, resultOf } from './learned-lab.ts';

// A new AWS account runs ten functions at a time, and others may be running during a check: from its beginning, or once
// this many people are in the room.

test.each([
  { number: '02', check: 'two-people-talk', people: 0 },
  { number: '05', check: 'stranger-is-refused', people: 0 },
  { number: '05', check: 'sender-is-genuine', people: 3 },
  { number: '06', check: 'every-page-is-read', people: 14 },
  { number: '09', check: 'channels-are-separate', people: 8 },
  { number: '11', check: 'newcomers-get-the-history', people: 3 },
])(
  'lab $number, $check: a function that the account has no room for is nobody’s mistake',
  async ({ number, check, people }) => {
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
    // More than ten: Lambda rejects some of them while functions of the room are running.
    const occupy = () => {
      for (let count = 0; count < 30; count += 1) functions.invoke('sleeps').catch(() => {});
    };

    if (people === 0) occupy();
    const checking = room.check(solution);
    if (people > 0) {
      const table = (await room.stackResources()).find(({ logicalId }) => logicalId.startsWith('Connections'));
      const connections = await room.target.clients.dynamodb();
      const scan = new ScanCommand({ TableName: table?.physicalId, ConsistentRead: true });
      const present = async () => (await connections.send(scan)).Count;
      await expect.poll(present, { timeout: 60_000, interval: 10 }).toBe(people);
      occupy();
    }
    const verdict = await checking;
    expect(verdict.status).toBe('broken');
    expect(resultOf(verdict, check)).toMatchObject({
      status: 'broken',
      reason: expect.stringContaining("This account's concurrency limit is 10"),
    });
  },
  300_000,
);
