import { expect, test } from 'vitest';
import { saysThatItIsShut, shutDoor } from '../../../tests/checker/shut-door.ts';
import type { Needle } from '../../probe/needles.ts';
import { WHEN_IT_FAILED } from './conversation.ts';
import { noWordsInTheLogs, type Observation } from './no-words-in-the-logs.ts';
import type { Found } from './what-was-found.ts';

const room = { apiId: 'api1', api: 'Api', stageName: 'room', stage: 'Stage', address: 'ws://127.0.0.1/room' };
const clean: Observation = {
  room,
  sender: 'SendMessage',
  found: [],
  groups: 7,
  lines: 40,
  wholeRequests: false,
  late: [],
  untold: [],
};
const judged = (more: Partial<Observation>) => noWordsInTheLogs.judge({ ...clean, ...more });

function leak(kind: Needle['kind'], more: Partial<Found> = {}, called: string = kind): Found {
  const writer = { functionName: 'send', logicalId: 'SendMessage', called: 'SendMessage' };
  return { group: 'logs', needle: { kind, text: 'x', called }, line: 'a line', undone: [], writer, ...more };
}

test('passes if nothing was found in complete logs', () => {
  expect(judged({})).toMatchObject({
    outcome: 'passed',
    actual: expect.stringContaining('7 log groups have 40 lines'),
  });
});

test('says so if a log does not show when it is complete', () => {
  expect(judged({ untold: ['sender'] })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('sender'),
  });
});

test('decides nothing if logs are late, unless something was found', () => {
  expect(judged({ late: ['sender'] }).outcome).toBe('inconclusive');
  expect(judged({ late: ['sender'], found: [leak('word')] }).outcome).toBe('failed');
});

test('finds names in the format of an access log before the log shows one', () => {
  expect(judged({ personal: ['$context.authorizer.username'] })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('`$context.authorizer.username`'),
    finding: { id: 'stage-log' },
  });
});

test('finds a message that the sender cannot handle, and the line that failed', () => {
  const lines = ['ERROR TypeError: The "string" argument must be of type string.', '    at main (app/send.ts:7:1)'];
  const failure = [{ source: 'log', lines: [`2026-12-01 ${lines[0]}`, `${lines[1]}`] }];
  expect(judged({ crash: { said: '{"text":null}', failure } })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('Grace sent {"text":null} and got "Internal server error"'),
    place: { file: 'app/send.ts', line: 7 },
    finding: { id: 'crashes' },
  });
});

test('points at the line that prints, with hints of its own for the start', () => {
  const judgement = judged({ found: [leak('name'), leak('word', {}, 'what Ada said to Grace')] });
  expect(judgement).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('The log of SendMessage (logs) contains what Ada said to Grace.'),
    at: { handler: 'channels/send-message.ts' },
  });
  expect(judgement).toHaveProperty('finding', undefined);
});

test.each<[string, string, Partial<Observation>]>([
  ['a token', 'token-in-the-log', { found: [leak('word'), leak('token')] }],
  ['an encoding', 'encoded', { found: [leak('word', { undone: ['base64'] })] }],
  ['missing vowels', 'abridged', { found: [leak('word', { despite: 'missing vowels' })] }],
  ['first letters', 'abridged', { found: [leak('name', { isBegun: true })] }],
  ['pieces', 'in-parts', { found: [leak('word', { inParts: true })] }],
  [
    'another function',
    'another-function',
    {
      found: [leak('word', { writer: { functionName: 'other', logicalId: 'UnknownAction', called: 'UnknownAction' } })],
    },
  ],
  ['a name only', 'name-in-the-log', { found: [leak('name')] }],
  ['words of a failing call only', 'when-it-fails', { found: [leak('word', {}, WHEN_IT_FAILED), leak('name')] }],
  ['an access log', 'stage-log', { found: [leak('name', { writer: { stage: 'access log' } })] }],
  ['whole requests', 'data-trace', { wholeRequests: true }],
  [
    'whole requests that were written',
    'data-trace',
    { wholeRequests: true, found: [leak('token', { writer: { stage: 'execution log' } })] },
  ],
])('finds %s: %s', (_, id, more) => {
  const judgement = judged(more);
  expect(judgement.outcome === 'failed' ? judgement.finding?.id : judgement.outcome).toBe(id);
});

test('points at the line that printed it, if there are several', () => {
  const line = '2026-11-28T02:20:11.123Z\t5d1c6b1e\tINFO\tAda wrote: quaildstou';
  expect(judged({ found: [leak('word', { line })] })).toMatchObject({
    at: { anywhere: expect.arrayContaining(["('Ada wrote"]) },
  });
});

test('marks the lines with what was said, and shows what was said of a line that has a name, too', () => {
  const start = `username ada.quaild ${'.'.repeat(300)}`;
  const line = `${start} Kettle and tea`;
  const leakOf = (kind: Needle['kind'], text: string, line: string) => ({
    ...leak(kind, { line }),
    needle: { kind, text, called: kind },
  });
  const found = [
    leakOf('name', 'ada.quaild', 'ada.quaild joined'),
    leakOf('word', 'Kettle', line),
    leakOf('name', 'ada.quaild', line),
    leakOf('word', 'teapot', 'a teapot'),
  ];
  const judgement = judged({ found });
  expect(judgement).toMatchObject({
    evidence: [
      { lines: [expect.stringMatching(/^….*Kettle and tea$/), 'a teapot', 'ada.quaild joined'], marked: [0, 1] },
    ],
  });
});

test.each<[Partial<Found>, string]>([
  [{ despite: 'missing vowels' }, 'contains what Ada said, readable despite missing vowels.'],
  [
    { despite: 'missing vowels', undone: ['base64'] },
    'contains what Ada said, readable for anyone who undoes base64, despite missing vowels.',
  ],
  [{ isBegun: true }, 'contains the first letters of a word in what Ada said.'],
])('says how a text can be read: %j', (more, words) => {
  expect(judged({ found: [leak('word', more, 'what Ada said')] })).toMatchObject({
    actual: expect.stringContaining(words),
  });
});

test('says that the first letters of a name are those of the name', () => {
  expect(judged({ found: [leak('name', { isBegun: true }, "Ada's name")] })).toMatchObject({
    actual: expect.stringContaining("contains the first letters of Ada's name."),
  });
});

test('passes with a remark if a function prints something for slow messages only', () => {
  expect(judged({ onlyIf: 'took > 2000' })).toMatchObject({
    outcome: 'passed',
    remark: expect.stringMatching(/^A handler's source prints something only if `took > 2000`, .* Check it yourself/),
  });
});

test('names a log group of the stack to which no function belongs', () => {
  expect(judged({ found: [leak('word', { writer: { resource: 'Audit' } })] })).toMatchObject({ at: 'Audit' });
});

test('points at the API if the stack did not create the function', () => {
  const writer = { functionName: 'other', called: 'other' };
  const found = [leak('word', { writer: { ...writer, logicalId: undefined } })];
  expect(judged({ found, sender: undefined })).toMatchObject({ at: 'Api' });
});

test('does not say that somebody can connect with an invalid token', () => {
  const needle = { kind: 'token', text: 'x', called: 'a token', isInvalid: true } as const;
  expect(JSON.stringify(judged({ found: [leak('token', { needle })] }))).not.toContain('can connect');
});

test('shows no token as evidence', () => {
  const line = 'token=eyJraWQiOiJhYmNkZWYifQ.eyJzdWIiOiI1ZTFmIn0.c2lnbmF0dXJl';
  const judgement = judged({ found: [leak('token', { line })] });
  expect(JSON.stringify(judgement)).not.toContain('c2lnbmF0dXJl');
});

test('says so if nobody can connect', () => {
  expect(judged(shutDoor)).toMatchObject(saysThatItIsShut);
});
