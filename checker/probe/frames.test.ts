import { describe, expect, test } from 'vitest';
import { answers, isCrash, quoted, replyTo } from './frames.ts';
import { hasSecret } from './secret.ts';

const frame = (fields: Record<string, unknown>) => ({ at: 0, text: JSON.stringify(fields), fields });
const kindOf = (message: string) => replyTo('juggle-lantern', '', frame({ type: 'error', message })).kind;

test.each([
  ['its message', 'Internal server error', true],
  ['its frame', '{"message": "Internal server error", "connectionId":"x=", "requestId":"y="}', true],
  ['a line with its frame', 'Ada ← {"message": "Internal server error", "connectionId":"x="}', true],
  ["the room's own error", '{"type":"error","message":"There is no text in your message."}', false],
  ['a message about one', 'Ada → {"action":"sendmessage","text":"It says \\"Internal server error\\" again."}', false],
  ['nothing', undefined, false],
])('knows whether the function failed from %s', (_, text, expected) => {
  expect(isCrash(text)).toBe(expected);
});

test.each([
  ['{"message": "Internal server error", "connectionId":"x="}', '"Internal server error"'],
  ['{"type":"error","message":"I do not know \\"x\\"."}', '“I do not know "x"”'],
  ['{"type":"error"}', '{"type":"error"}'],
])('quotes what is in %s', (text, words) => {
  expect(quoted(text)).toBe(words);
});

describe('the answer to an unknown action', () => {
  test.each([
    'I do not know the action "juggle-lantern".',
    'Unknown action: juggle-lantern',
    'No route for juggle-lantern',
    'Die Aktion juggle-lantern kenne ich nicht.',
    'That action is not one of mine.',
    'juggle-lantern?',
    "I can't juggle-lantern",
    'juggle-lantern was sent, but nobody here understands it',
  ])('is that the room does not know it: %s', (message) => {
    expect(kindOf(message)).toBe('unknown action');
  });

  test.each([
    'Done: juggle-lantern',
    'OK, juggle-lantern',
    'juggle-lantern was performed.',
    'Success! (juggle-lantern)',
  ])('is success in words: %s', (message) => expect(kindOf(message)).toBe('success'));

  test('is not an error without the type', () => {
    expect(replyTo('juggle', '', frame({ message: 'Unknown action juggle' })).kind).toBe('something else');
    expect(kindOf('There is no text in your message.')).toBe('complaint');
  });
});

test.each([
  [{ type: 'joined', name: 'Ada' }, false],
  [{ type: 'ack', text: 'hello' }, false],
  [{ type: 'typing', message: 'Grace is typing' }, false],
  [{ statusCode: 200 }, false],
  [{ type: 'message', text: 'hello' }, true],
  [{ type: 'message', text: 'other' }, false],
  [{ type: 'error', message: 'no' }, true],
  [{ message: 'Internal server error' }, true],
])('%o can be an answer: %s', (fields, can) => {
  expect(answers('hello')(frame(fields))).toBe(can);
});

test('a token is recognized by any piece of it, and its header is not secret', () => {
  const [head, claims, signature] = [50, 90, 90].map((length, index) => String(index).repeat(length));
  const token = `${head}.${claims}.${signature}`;
  expect(hasSecret(`{"token":"${token}"}`, [token])).toBe(true);
  expect(hasSecret(`{"sig":"${signature}"}`, [token])).toBe(true);
  expect(hasSecret(`{"head":"${head}"}`, [token])).toBe(false);
  expect(hasSecret('{"password":"pass-word-1"}', ['pass-word-1'])).toBe(true);
  expect(hasSecret('{"key":"ASIAABCDEFGHIJKLMNOP"}')).toBe(true);
  expect(hasSecret('{"type":"message","text":"hello"}', [token, 'pass-word-1'])).toBe(false);
});
