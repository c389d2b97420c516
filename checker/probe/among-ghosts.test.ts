import { expect, test } from 'vitest';
import type { Subject } from '../checking/check.ts';
import { firstTold, type Living, saidTo, speakToTheEnd } from './among-ghosts.ts';
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

test('takes a message in another name for an altered one, though it has the text', () => {
  const nameless = { type: 'message', text: 'Good Morning' };
  expect(saidTo(ada, [ada, participant('Grace', nameless)], 'Good Morning')).toMatchObject({
    heard: { Ada: 1, Grace: 1 },
    instead: { Grace: JSON.stringify(nameless) },
  });
});

test("does not take an earlier message from the sender's other tab for an altered one", () => {
  const earlier = { ...message, text: 'Hi' };
  expect(saidTo(ada, [participant('Grace', earlier)], 'Good Morning')).toHaveProperty('instead');
  expect(saidTo(ada, [participant('Grace', earlier)], 'Good Morning', ['Hi'])).not.toHaveProperty('instead');
});

test.each([
  ["somebody else's message", { ...message, from: 'linus', text: 'Hi' }],
  ['news of the sender', { type: 'joined', from: 'ada' }],
])('does not take %s for an altered message', (_, frame) => {
  expect(saidTo(ada, [participant('Grace', frame)], 'Good Morning')).not.toHaveProperty('instead');
});

/** Returns somebody who gets the same frame as soon as they send something, and an error once functions have ended. */
function living(label: string, frame: Readonly<Record<string, unknown>> | undefined, error?: string): Living {
  const heard: Frame[] = [];
  const get = (fields: Readonly<Record<string, unknown>>) =>
    void heard.push({ at: 0, text: JSON.stringify(fields), fields });
  const person = {
    name: label.toLowerCase(),
    heard,
    say: () => {},
    listens: async () => {},
    async hears(matches: (each: Frame) => boolean, patience?: number) {
      if (frame !== undefined && heard.length === 0) get(frame);
      if (patience === 1_000 && error !== undefined) get({ message: error });
      return heard.find(matches);
    },
  };
  return { label, person, secrets: [], row: {} } as unknown as Living;
}

const subject = { target: { kind: 'practice' }, resources: [] } as unknown as Subject;

test("waits for the function's error if somebody missed the message", async () => {
  const [speaker, other] = [living('Ada', undefined, 'Internal server error'), living('Grace', message)];
  await speakToTheEnd(subject, speaker, [speaker, other], 'Good Morning');
  expect(firstTold([speaker, other])?.who).toBe('Ada');
});

test('waits for nothing more once everyone got the message', async () => {
  const [speaker, other] = [living('Ada', message, 'Internal server error'), living('Grace', message)];
  await speakToTheEnd(subject, speaker, [speaker, other], 'Good Morning');
  expect(firstTold([speaker, other])).toBeUndefined();
});
