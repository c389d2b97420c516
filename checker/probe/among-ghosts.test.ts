import { expect, test } from 'vitest';
import { saidTo } from './among-ghosts.ts';
import type { Participant } from './join-all.ts';
import type { Frame } from './person.ts';

/** Returns somebody who got these frames. */
function participant(label: string, ...frames: ReadonlyArray<Readonly<Record<string, unknown>>>): Participant {
  const heard = frames.map((fields): Frame => ({ at: 0, text: JSON.stringify(fields), fields }));
  return { label, person: { name: label.toLowerCase(), heard } as unknown as Participant['person'], secrets: [] };
}

const message = { type: 'message', from: 'ada', text: 'Good Morning' };
const ada = participant('Ada', message);

test('counts how often everyone got a message', () => {
  const all = [ada, participant('Grace', message, message), participant('Linus')];
  expect(saidTo(ada, all, 'Good Morning')).toEqual({ speaker: 'Ada', heard: { Ada: 1, Grace: 2, Linus: 0 } });
});

test.each([
  ['another text in the name of its sender', { ...message, text: 'good morning' }],
  ['its text in another form', { kind: 'said', words: 'Good Morning' }],
])('tells a message that did not arrive from %s', (_, frame) => {
  expect(saidTo(ada, [ada, participant('Grace', frame)], 'Good Morning')).toMatchObject({
    heard: { Ada: 1, Grace: 0 },
    instead: { Grace: JSON.stringify(frame) },
  });
});

test("does not take an earlier message from the sender's other tab for an altered one", () => {
  const earlier = { ...message, text: 'Hi' };
  expect(saidTo(ada, [participant('Grace', earlier)], 'Good Morning')).toHaveProperty('instead');
  expect(saidTo(ada, [participant('Grace', earlier)], 'Good Morning', 'Hi')).not.toHaveProperty('instead');
});

test.each([
  ["somebody else's message", { ...message, from: 'linus', text: 'Hi' }],
  ['news of the sender', { type: 'joined', from: 'ada' }],
])('does not take %s for an altered message', (_, frame) => {
  expect(saidTo(ada, [participant('Grace', frame)], 'Good Morning')).not.toHaveProperty('instead');
});
