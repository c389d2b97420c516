import { expect, test } from 'vitest';
import { namesAnother, type Observation, unknownActionAnswered } from './unknown-action-answered.ts';

const answered: Observation = {
  room: { apiId: 'api1', api: 'Api', stageName: 'room', address: 'ws://127.0.0.1/room' },
  reply: { kind: 'unknown action', text: '' },
  overheard: [],
  conversation: [],
};

const crash = '{"message": "Internal server error", "connectionId":"c", "requestId":"r"}';

test('only the sender gets the answer', () => {
  expect(unknownActionAnswered.judge(answered).outcome).toBe('passed');
});

test('a throttled room decides nothing', () => {
  expect(unknownActionAnswered.judge({ ...answered, refused: 429 }).outcome).toBe('inconclusive');
});

test.each<[string, Partial<Observation>, string]>([
  ['others hear it', { overheard: ['{"type":"message"}'] }, 'Grace got something too'],
  ['nothing comes back', { reply: { kind: 'silence' } }, 'got no answer'],
  ['there is no $default', { reply: { kind: 'forbidden', text: '' } }, 'Forbidden'],
  ['it is passed on', { reply: { kind: 'message' } }, 'delivered it'],
  ['another answer', { reply: { kind: 'complaint', text: 'no text' } }, 'something else: no text'],
  ['success in words', { reply: { kind: 'success', text: 'Done: juggle' } }, 'got a success message'],
  ['nothing comes back for a short one', { by: 'Grace', reply: { kind: 'silence' } }, 'Grace got no answer'],
  ['another action', { misnamed: 'I do not know the action "sing".' }, 'Ada got an error that names another action'],
  [
    'a number crashes',
    { odd: { sent: '{"action":7}', got: crash } },
    '`{"action":7}` and got "Internal server error" instead',
  ],
  ['text is ignored', { odd: { sent: 'Tea?' } }, 'Then Ada sent `Tea?` and got no answer.'],
  ['a second answer', { more: 'Internal server error' }, 'and then a second one'],
  ['nobody could connect', { refused: 403, door: { actual: 'answered with 403', at: 'Connect', evidence: [] } }, '403'],
])('%s', (_, more, words) => {
  const judgement = unknownActionAnswered.judge({ ...answered, ...more });
  expect(judgement).toMatchObject({ outcome: 'failed', actual: expect.stringContaining(words) });
});

test.each<[string, boolean]>([
  ['I do not know the action "sendmessage".', true],
  ["Unknown action: 'sendmessage'", true],
  ['The action “sendmessage” is unknown.', true],
  ['I do not know the action "sing".', false],
  ['I do not know the action "sin…".', false],
  ['I do not know the action.', false],
  ['Unknown action. Did you mean "sendmessage"?', false],
  ['I know only the action "sendmessage".', false],
  ['Unknown action "sing". I know the action "sendmessage".', false],
  ['Unknown action, use the action "sendmessage".', false],
  ['Unknown action - use the action "sendmessage".', false],
  ['You can\'t do that here, only the action "sendmessage".', false],
  ['You can’t do anything but the action "sendmessage" here.', false],
  ['There is no such action: this room has only the action "sendmessage".', false],
  ['There is no such action (this room has the action "sendmessage").', false],
  ['"sing" is not an action: use action "sendmessage"', false],
  ['The action "sendmessage" is in the docs.', false],
  ['The action "sendmessage" is invalid.', true],
])('%s names another action than "sing": %s', (message, expected) => {
  expect(namesAnother(message, 'sing')).toBe(expected);
});
