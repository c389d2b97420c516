import { expect, test } from 'vitest';
import { handler } from './default.ts';
import type { RoomEvent } from './event.ts';

const answerTo = async (body: string | undefined) => {
  const answer = await handler({ body } as RoomEvent);
  expect(answer.statusCode).toBe(200);
  return JSON.parse(answer.body ?? '');
};

test.each([
  ['not JSON', 'I could not read that: it is not a JSON object.'],
  [undefined, 'I could not read that: it is not a JSON object.'],
  ['["sendmessage"]', 'I could not read that: it is not a JSON object.'],
  ['null', 'I could not read that: it is not a JSON object.'],
  ['{}', 'I do not know what to do with that: it names no action.'],
  ['{"action":7}', 'I do not know what to do with that: its action is not a text.'],
  ['{"action":null}', 'I do not know what to do with that: its action is not a text.'],
  ['{"action":"dance"}', 'I do not know the action "dance".'],
  [JSON.stringify({ action: '🦄'.repeat(100) }), `I do not know the action "${'🦄'.repeat(60)}…".`],
])('%s', async (body, message) => {
  expect(await answerTo(body)).toEqual({ type: 'error', message });
});
