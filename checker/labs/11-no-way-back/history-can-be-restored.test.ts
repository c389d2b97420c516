import { expect, test } from 'vitest';
import { historyCanBeRestored, type Observation } from './history-can-be-restored.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const connections = {
  name: 'chat-Connections',
  logicalId: 'Connections',
  isElsewhere: false,
  isProtected: false,
};
const messages = { name: 'chat-Messages', logicalId: 'Messages', isElsewhere: false, isProtected: false };

function judge(seen: Partial<Observation>) {
  const base = { room, tables: [connections, messages], remembering: ['chat-Messages'], declared: ['Messages'] };
  return historyCanBeRestored.judge({ ...base, ...seen });
}

test.each([7, 35])('passes if the messages can be restored for %i days', (days) => {
  const judgement = judge({ tables: [connections, { ...messages, days }] });
  expect(judgement).toMatchObject({
    outcome: 'passed',
    at: 'Messages',
    actual: expect.stringContaining(`${days} days`),
  });
  expect(judgement).toMatchObject({
    remark: 'Recovery costs $0.20 per GB-month. For a million messages, that is $0.05 a month.',
  });
  expect(judgement).not.toHaveProperty('byHand');
});

test('says if recovery is in the account only, and if the table has deletion protection', () => {
  const tables = [{ ...messages, days: 35, isProtected: true }];
  expect(judge({ tables, declared: [] })).toMatchObject({
    outcome: 'passed',
    byHand: true,
    remark: expect.stringMatching(/manually in the account.*deletion protection.*lab destroy/),
  });
});

test('does not look for the table of a nested stack in the template', () => {
  const judgement = judge({ tables: [{ ...messages, days: 35, isElsewhere: true }], declared: [] });
  expect(judgement.outcome).toBe('passed');
  expect(judgement).not.toHaveProperty('byHand');
});

test.each<[string, Partial<Observation>, string, string | undefined]>([
  ['no table has recovery', {}, 'no point-in-time recovery', undefined],
  [
    'another table has it',
    { tables: [{ ...connections, days: 35 }, messages] },
    'chat-Messages has the messages',
    'another-table',
  ],
  [
    'only one of two tables with messages has it',
    {
      tables: [
        messages,
        { name: 'chat-Archive', logicalId: 'Archive', isElsewhere: false, isProtected: false, days: 35 },
      ],
      remembering: ['chat-Messages', 'chat-Archive'],
    },
    'The table chat-Messages',
    'another-table',
  ],
  ['it goes back one day', { tables: [{ ...messages, days: 1 }] }, 'the last day, but not before', 'too-short'],
  ['it goes back six days', { tables: [{ ...messages, days: 6 }] }, 'the last 6 days', 'too-short'],
  ['no table has the message', { remembering: [] }, 'no table of the stack has its text', 'outside-the-stack'],
  [
    'the messages of a channel are in no table',
    { unstored: 'kite' },
    'in the channel "kite", but no table',
    'outside-the-stack',
  ],
])('fails if %s', (_, seen, words, finding) => {
  const judgement = judge(seen);
  expect(judgement).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words) });
  expect('finding' in judgement ? judgement.finding?.id : undefined).toBe(finding);
});

test('marks the answer of DynamoDB about the table with the messages', () => {
  const judgement = judge({});
  expect('evidence' in judgement ? judgement.evidence : []).toMatchObject([
    { about: 'chat-Connections', lines: ['PointInTimeRecoveryStatus: DISABLED'] },
    { about: 'chat-Messages', lines: ['PointInTimeRecoveryStatus: DISABLED', 'has the messages'], marked: [0] },
  ]);
});

test('fails if the names are in another table without recovery', () => {
  const tables = [
    { ...messages, days: 35 },
    { ...connections, name: 'chat-Authors', logicalId: 'Authors' },
  ];
  expect(judge({ tables, authors: ['chat-Authors'] })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('the table chat-Authors says who sent them'),
    at: 'Authors',
    finding: { id: 'another-table' },
  });
  const restorable = tables.map((table) => ({ ...table, days: 35 }));
  expect(judge({ tables: restorable, authors: ['chat-Authors'] })).toMatchObject({ outcome: 'passed' });
});
