import { expect, test } from 'vitest';
import type { FailingRow } from '../probe/failing-row.ts';
import { twoPeopleTalk } from './two-people-talk.ts';

// What comes of a post that fails with another error than 410 is judged in labs whose handler had that repaired.

const observation = {
  room: { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' },
  spoken: { reply: { kind: 'message' }, heard: { speaker: 1, listener: 1 }, counted: true, conversation: [] },
  speaks: 'SendMessage',
  failure: [],
} as const;
const hints = ['', '', '', ''] as const;
const lostPages = twoPeopleTalk({
  lab: '06-lost-pages',
  needs: [],
  hints,
  keeps: { handler: 'send-message.ts', repairs: ['true name', 'only gone'], pages: true },
});
const leakyChannels = twoPeopleTalk({
  lab: '09-leaky-channels',
  needs: [],
  hints,
  keeps: { handler: 'channels/send-message.ts', repairs: ['true name', 'stale connections', 'every page'] },
});
const told = '{"message": "Internal server error", "connectionId":"M1x=", "requestId":"R2y="}';
const failing: FailingRow = {
  id: 'abc=',
  answer: '403 Forbidden',
  copyOf: 'Ada',
  behind: 0,
  speaker: 'Linus',
  told,
  isLeft: true,
};

test('fails if a row is deleted although its post failed with an error other than 410, and marks that message', () => {
  const conversation = [
    '+3 ms  Ada → {"action":"sendmessage","text":"Milk and sugar?"}',
    '+4 ms  Grace ← {"type":"message","text":"Milk and sugar?"}',
    '+5 ms  Linus → {"action":"sendmessage","text":"Cake?"}',
    `+6 ms  Linus ← ${told}`,
  ];
  const judge = (isLeft: boolean) =>
    leakyChannels.judge({
      ...observation,
      spoken: { ...observation.spoken, conversation },
      regressions: { failing: { ...failing, isLeft } },
    });
  expect(judge(true)).toMatchObject({ outcome: 'passed' });
  expect(judge(false)).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining("deleted that row, though 403 Forbidden doesn't mean that a connection is gone."),
    finding: { id: 'other-row-deleted' },
    at: { handler: 'channels/send-message.ts', near: expect.arrayContaining(['forget(']) },
    evidence: [{ marked: [2, 3] }],
  });
  expect(leakyChannels.findings?.map(({ id }) => id)).toContain('other-row-deleted');
});

test('fails if nobody hears of a failed post, in the lab that began with only this repaired', () => {
  const { told: _, ...untold } = failing;
  const judge = (lab: typeof lostPages, tried: FailingRow) =>
    lab.judge({ ...observation, regressions: { failing: { ...tried, behind: 61 } } });
  expect(judge(lostPages, failing).outcome).toBe('passed');
  expect(judge(lostPages, untold)).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining(
      'behind 61 other rows of the table: posts to it fail with 403 Forbidden. Linus sent',
    ),
    finding: { id: 'hidden-error' },
    at: { near: expect.arrayContaining(['allSettled']) },
  });
  const onTheFirstPage = { ...untold, pages: { rows: 64, each: 10 }, delay: 400 };
  expect(lostPages.judge({ ...observation, regressions: { failing: onTheFirstPage } })).toMatchObject({
    actual: expect.stringContaining(
      'before 63 other rows of the table, and let each read return 10 rows: posts to it fail with 403 Forbidden after 400 ms.',
    ),
  });
  expect(judge(lostPages, { ...untold, mayBeOthers: true })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining("can't tell whether the room hides an error"),
  });
  expect(lostPages.findings?.map(({ id }) => id)).toContain('hidden-error');
  expect(judge(leakyChannels, untold).outcome).toBe('passed');
});
