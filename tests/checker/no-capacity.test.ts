import { afterAll, beforeAll, expect, test } from 'vitest';
import { functionsOf, makeRole } from '../sandbox/lambda/functions.ts';
import { type LearnedLab, learnLab, resultOf } from './learned-lab.ts';

// A new AWS account runs ten functions at a time, and others may be running during a check.

let room: LearnedLab;
let solution: string;

beforeAll(async () => {
  room = await learnLab('02', { weather: 'aws' });
  solution = await room.layOut('solution');
  await room.deploy(solution);
}, 120_000);

afterAll(() => room?.close());

test("a function that the account has no capacity for is nobody's mistake", async () => {
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
  expect(resultOf(verdict, 'two-people-talk')).toMatchObject({
    status: 'broken',
    reason: expect.stringContaining('This account runs 10 functions at a time'),
  });
}, 180_000);
