import { expect, test } from 'vitest';
import { saysThatItIsShut, shutDoor } from '../../../tests/checker/shut-door.ts';
import { newcomersGetTheHistory, type Observation } from './newcomers-get-the-history.ts';
import type { Newcomer } from './remember.ts';
import { whyItFailed } from './why-it-failed.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' };
const message = (text: string) => ({ type: 'message', channel: 'kite', from: 'Ada', text, at: '2026-11-28', id: text });
const wanted = ['Tea?', 'Milk?', 'Cake?'].map(message);
const [tea = message(''), milk = message('')] = wanted;
const linus: Newcomer = { who: 'Linus', channel: 'kite', wanted, got: wanted };

function judge(seen: Partial<Observation>) {
  return newcomersGetTheHistory.judge({
    room,
    hasRoute: true,
    newcomers: [linus],
    conversation: [],
    failure: [],
    ...seen,
  });
}

test('passes if everyone got theirs, and fails if one did not', () => {
  expect(judge({}).outcome).toBe('passed');
  expect(judge({ newcomers: [linus, { ...linus, got: [] }] }).outcome).toBe('failed');
});

test('fails if the table deletes the messages after a minute', () => {
  expect(judge({ expiring: { table: 'Messages', attribute: 'expiresAt', after: 60_000 } })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('the table Messages deletes a message within an hour:'),
    finding: { id: 'expires-soon' },
  });
});

test('points at the sender if no table has what somebody missed, and at the reader if one does', () => {
  const newcomers = [{ ...linus, got: [tea, milk] }];
  expect(judge({ newcomers, missed: { 'Cake?': [] } })).toMatchObject({
    actual: expect.stringContaining("didn't get 1 of the last 3 messages. No table of the stack has it."),
    at: { handler: 'history/send-message.ts' },
  });
  expect(judge({ newcomers, missed: { 'Cake?': ['Archive'] } })).toMatchObject({
    actual: expect.stringContaining("didn't get 1 of the last 3 messages. The table Archive has it."),
    at: { handler: 'history/history.ts' },
  });
});

test('points at the function in the stack if its variables name another table than the one with the messages', () => {
  const newcomers = [{ ...linus, got: [] }];
  const judged = (tables: string[]) =>
    judge({ newcomers, missed: { 'Tea?': ['A'], 'Milk?': ['A'], 'Cake?': ['A'] }, reader: { at: 'History', tables } });
  expect(judged(['A'])).toMatchObject({ at: { handler: 'history/history.ts' } });
  expect(judged(['B'])).toMatchObject({
    actual: expect.stringMatching(/The table A has them\. The variables of .* name the table B instead\.$/),
    at: 'History',
  });
  expect(judged([])).toMatchObject({ actual: expect.stringMatching(/No variable of .* names it\.$/), at: 'History' });
});

test('fails if no message could be sent, and decides nothing if API Gateway throttles', () => {
  expect(judge({ unheard: { who: 'Ada' }, newcomers: [] })).toMatchObject({
    at: { handler: 'history/send-message.ts' },
  });
  expect(judge({ refused: 429, newcomers: [] }).outcome).toBe('inconclusive');
});

test('says who got an error for a message, and what it was', () => {
  const unheard = { who: 'Ada', told: '{"message": "Internal server error", "connectionId":"a"}' };
  expect(judge({ unheard, newcomers: [] })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('Ada sent a message and got an error: "Internal server error"'),
  });
});

test('points at the API if it has no route for the history', () => {
  const got = { told: '{"type":"error","message":"I do not know the action \\"history\\"."}', got: [] };
  expect(judge({ hasRoute: false, newcomers: [{ ...linus, ...got }] })).toMatchObject({ at: room.api });
});

test('says so if nobody can connect', () => {
  expect(judge({ newcomers: [], ...shutDoor })).toMatchObject(saysThatItIsShut);
});

const denied =
  '2026-11-30T18:47:42.992Z 4686210a ERROR AccessDeniedException: User: arn:aws:sts::1:assumed-role/r/f is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:1:table/t because no identity-based policy allows the dynamodb:PutItem action';
const policy = { source: 'GetPolicy', lines: ['Allow lambda:InvokeFunction to apigateway.amazonaws.com'] };
const error = (type: string, message: string) => `2026-11-30T18:47:29.616Z 0e0a0581 ERROR ${type}: ${message}`;
const crash = '{"message": "Internal server error", "connectionId":"a"}';

test('points at the function in the stack if AWS denied its call, and shows its log first', () => {
  const log = { source: 'log', lines: [denied, '    at remember (app/functions/history/send-message.ts:29:3)'] };
  const conversation = [
    '+1 ms  Ada → {"action":"sendmessage","text":"Tea?"}',
    `+2 ms  Ada ← ${crash}`,
    '+3 ms  Grace → {"action":"history"}',
  ];
  const judgement = judge({
    unheard: { who: 'Ada', told: crash },
    newcomers: [],
    conversation,
    failure: [policy, log],
    failed: 'SendMessage33FB0275',
  });
  expect(judgement).toMatchObject({
    actual: expect.stringMatching(
      /"Internal server error".*The function isn't allowed dynamodb:PutItem on the table t\.$/,
    ),
    at: 'SendMessage33FB0275',
    evidence: [
      { ...log, marked: [0] },
      { source: 'conversation', marked: [1] },
    ],
  });
});

test.each([
  error('ResourceNotFoundException', 'Requested resource not found'),
  error('Error', 'The environment variable MESSAGES_TABLE is not set.'),
])('points at the function in the stack if the stack gives it no table: %s', (line) => {
  const failure = [{ source: 'log', lines: [line, '    at messagesTable (app/functions/history/messages.ts:4:1)'] }];
  const newcomers = [{ ...linus, got: [], told: crash }];
  const judgement = judge({ newcomers, failure, failed: 'History' });
  expect(judgement).toMatchObject({ actual: expect.stringContaining('The function failed with'), at: 'History' });
  expect(judgement).not.toHaveProperty('place.line');
});

test.each<[string, object]>([
  ['sendAt', { place: { file: 'labs/11/stack.ts', line: 34 } }],
  ['sentAt', { place: { file: 'app/functions/history/send-message.ts', line: 29 } }],
])('points at the key of the table only if the room stores no such attribute: %s', (missing, where) => {
  const key = whyItFailed(keyed(missing))?.key === undefined ? undefined : { file: 'labs/11/stack.ts', line: 34 };
  const unheard = { who: 'Ada', told: crash };
  expect(judge({ unheard, newcomers: [], failure: keyed(missing), failed: 'SendMessage', key })).toMatchObject(where);
});

function keyed(missing: string) {
  const words = `One or more parameter values were invalid: Missing the key ${missing} in the item`;
  const at = '    at async remember (app/functions/history/send-message.ts:29:3)';
  return [{ source: 'log', lines: [error('ValidationException', words), at] }];
}

test('points at a key of the table with another type than the room stores', () => {
  const words = 'One or more parameter values were invalid: Type mismatch for key sentAt expected: N actual: S';
  const log = { source: 'log', lines: [error('ValidationException', words)] };
  expect(whyItFailed([log])).toMatchObject({ key: 'sentAt', isOfStack: true });
});

test('points at the line that threw any other error', () => {
  const line = error('TypeError', "Cannot read properties of undefined (reading 'channel')");
  const failure = [{ source: 'log', lines: [line, '    at handler (app/functions/history/history.ts:24:9)'] }];
  const newcomers = [{ ...linus, got: [], told: crash }];
  expect(judge({ newcomers, failure, failed: 'History' })).toMatchObject({
    actual: expect.stringContaining('The function failed with TypeError: Cannot read'),
    place: { file: 'app/functions/history/history.ts', line: 24 },
  });
});

const heard = (who: string, frame: object, at: number) => `+${at} ms  ${who} ← ${JSON.stringify(frame)}`;
const asking = [
  '+1 ms  Linus → {"action":"history"}',
  heard('Ada', tea, 2),
  heard('Ada', milk, 3),
  ...Array.from({ length: 70 }, (_, index) => `+${4 + index} ms  Ada → {"action":"sendmessage","text":"More."}`),
  '+100 ms  Linus → {"action":"history"}',
];

test.each<[string, Partial<Newcomer>, string[], string[]]>([
  [
    'a message with another time',
    { got: [tea, { ...milk, at: '2026-11-29' }, message('Cake?')] },
    [heard('Linus', tea, 101), heard('Linus', { ...milk, at: '2026-11-29' }, 102)],
    ['+100 ms  Linus → {"action":"history"}', heard('Linus', { ...milk, at: '2026-11-29' }, 102)],
  ],
  [
    'a message that is missing, as others first got it',
    { got: [tea, message('Cake?')] },
    [heard('Linus', tea, 101)],
    [heard('Ada', milk, 3), '+100 ms  Linus → {"action":"history"}'],
  ],
  [
    'both copies of a message',
    { got: [...wanted, tea] },
    [heard('Linus', tea, 101), heard('Linus', milk, 102), heard('Linus', tea, 103)],
    ['+100 ms  Linus → {"action":"history"}', heard('Linus', tea, 101), heard('Linus', tea, 103)],
  ],
  [
    'the error',
    { got: [], told: crash },
    [`+101 ms  Linus ← ${crash}`],
    ['+100 ms  Linus → {"action":"history"}', `+101 ms  Linus ← ${crash}`],
  ],
  [
    'messages that somebody else got again',
    { overheard: 'Ada' },
    [heard('Linus', tea, 101), heard('Ada', tea, 102)],
    ['+100 ms  Linus → {"action":"history"}', heard('Ada', tea, 102)],
  ],
  [
    'the request that names another channel',
    { believed: 'lamp' },
    ['+101 ms  Linus → {"action":"history","channel":"lamp"}'],
    ['+101 ms  Linus → {"action":"history","channel":"lamp"}'],
  ],
])('marks the request and %s', (_, newcomer, answer, deciding) => {
  const judgement = judge({ newcomers: [{ ...linus, ...newcomer }], conversation: [...asking, ...answer] });
  const [shown] = 'evidence' in judgement ? judgement.evidence : [];
  expect(shown?.marked?.map((index) => shown.lines[index])).toEqual(deciding);
});

test('fails if nothing makes the page ask for the history', () => {
  const outputs = { source: 'DescribeStacks', lines: ['RoomAddress: wss://a'] };
  expect(judge({ unasked: { outputs, place: undefined } })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining("the page doesn't ask: the stack has no output `HistoryAction`"),
    evidence: [outputs, {}],
    finding: {
      id: 'page-does-not-ask',
      hints: [expect.stringContaining('outputs'), expect.stringContaining('CfnOutput')],
    },
  });
});
