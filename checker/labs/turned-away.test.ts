import { expect, test } from 'vitest';
import { throttled, turnedAway } from './turned-away.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };

test('a stage that admits almost nobody is a mistake with hints of its own', () => {
  expect(turnedAway(429, room, { rate: 1, burst: 1 })).toMatchObject({ outcome: 'failed', finding: throttled });
  expect(turnedAway(429, room, { rate: 50, burst: 100 })).toMatchObject({ outcome: 'inconclusive' });
});
