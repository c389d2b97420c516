import { expect, test } from 'vitest';
import { handler } from './default.ts';
import type { RoomEvent } from './event.ts';

const answerTo = async (body: string | undefined) => {
  const answer = await handler({ body } as RoomEvent);
  expect(answer.statusCode).toBe(200);
  return JSON.parse(answer.body ?? '');
};

test.each([
  ['not JSON', "I couldn't read that: it isn't a JSON object."],
  [undefined, "I couldn't read that: it isn't a JSON object."],
  ['["sendmessage"]', "I couldn't read that: it isn't a JSON object."],
  ['null', "I couldn't read that: it isn't a JSON object."],
  ['{}', "I don't know what to do with that: it has no action."],
  ['{"action":7}', "I don't know what to do with that: its action isn't a string."],
  ['{"action":null}', "I don't know what to do with that: its action isn't a string."],
  ['{"action":"dance"}', 'I do not know the action "dance".'],
  [JSON.stringify({ action: '🦄'.repeat(100) }), `I do not know the action "${'🦄'.repeat(60)}…".`],
])('%s', async (body, message) => {
  expect(await answerTo(body)).toEqual({ type: 'error', message });
});
