import { expect, test } from 'vitest';
import { attempt } from './attempt.ts';
import { wrongIn } from './rounds.ts';
import { type Participant, roundOf } from './said.ts';

const frame = (from: string, text: string) => ({ fields: { type: 'message', from, text }, text });

/** Somebody who got these frames. */
function having(label: string, name: string, heard: ReadonlyArray<ReturnType<typeof frame>>): Participant {
  return { label, person: { name, heard } } as unknown as Participant;
}

/** Edsger claims Grace's name in a message for another route, and then gets these frames. */
function claimed(before: ReadonlyArray<ReturnType<typeof frame>>, after: typeof before) {
  const edsger = having('Edsger', 'edsger.finch', [...before, ...after]);
  const history = attempt('another action', [['from', 'grace.moss']], 'claimed', 'history');
  return wrongIn(roundOf([{ speaker: edsger, attempt: history, from: [before.length] }], 0, [edsger]));
}

test("another person's message that was there before is nobody's claim, as often as the room repeats it", () => {
  const old = frame('grace.moss', 'from last week');
  expect(claimed([old], [old, old])).toBeUndefined();
});

test('a message that comes first after a claim, in that name, is one', () => {
  const old = frame('grace.moss', 'from last week');
  expect(claimed([old], [old, frame('grace.moss', 'never said')])).toMatchObject({
    kind: 'spoofed',
    from: 'grace.moss',
  });
});
