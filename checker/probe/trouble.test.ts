import { expect, test } from 'vitest';
import type { Participant } from './join-all.ts';
import { unusualSaying } from './sayings.ts';
import { firstMissed, unheardOf, whatLacks, whatTheyLack } from './trouble.ts';

const message = { type: 'message', from: 'ada', text: 'hello', at: new Date().toISOString(), id: '1' };
const lacks = (fields: Readonly<Record<string, unknown>>) => whatLacks({ fields: { ...message, ...fields } }, 'ada');

test('a message has a sender, a time and an id', () => {
  expect(lacks({})).toBeUndefined();
  expect(lacks({ at: message.at.replace(/\.\d+Z/, '+00:00') })).toBeUndefined();
  expect(lacks({ at: '1970-01-01T00:00:00.000Z' })).toBe(
    'it was sent just now, but says 1970-01-01T00:00:00.000Z (`at`)',
  );
  expect(lacks({ from: 'Ada' })).toBe('it says that "Ada" sent it, but "ada" did');
  expect(lacks({ at: undefined })).toContain("doesn't say when");
  expect(lacks({ at: 1796064350377 })).toBe("its time 1796064350377 isn't in the format of ISO 8601 (`at`)");
  expect(lacks({ at: 'just now' })).toBe('its time "just now" isn\'t in the format of ISO 8601 (`at`)');
  expect(lacks({ at: new Date().toUTCString() })).toContain("isn't in the format of ISO 8601");
  expect(lacks({ id: '' })).toContain('no `id`');
});

function participant(label: string, heard: readonly string[]): Participant {
  const frames = heard.map((text) => ({ text: '', fields: { ...message, text } }));
  return { label, secrets: [], person: { name: label.toLowerCase(), heard: frames } } as unknown as Participant;
}

test('somebody who got another text did not just miss the message', () => {
  const ada = participant('Ada', ['first', 'second <b>']);
  const rounds = (text: string) => [
    { text: 'first', speaker: ada, times: 1 },
    { text, speaker: ada, times: 1 },
  ];
  const grace = (...heard: string[]) => participant('Grace', heard);
  expect(firstMissed(rounds('second <b>'), [ada, grace('first', 'second <b>')])).toBeUndefined();
  expect(firstMissed(rounds('second <b>'), [ada, grace('first')])).toMatchObject({ kind: 'missed', who: 'Grace' });
  expect(firstMissed(rounds('second <b>'), [ada, grace('first', 'second &lt;b&gt;')])).toMatchObject({
    kind: 'altered',
    who: 'Grace',
    sent: 'second <b>',
    text: 'second &lt;b&gt;',
  });
});

test('a message that nobody got is known by its sender', () => {
  const [ada, grace] = [participant('Ada', ['first']), participant('Grace', ['first'])];
  const rounds = [ada, grace].map((speaker, index) => ({ text: index === 0 ? 'first' : 'second', speaker, times: 1 }));
  expect(unheardOf('Grace', rounds, [ada, grace])).toEqual({ unheard: 'second' });
  expect(unheardOf('Ada', rounds, [ada, grace])).toEqual({});
  expect(unheardOf('Grace', rounds, [ada, participant('Grace', ['first', 'second'])])).toEqual({});
});

test('a message with the same text needs an id of its own, once it arrives', () => {
  const ada = participant('Ada', []);
  const rounds = [
    { text: 'first', speaker: ada, times: 1 },
    { text: 'second', speaker: ada, times: 1 },
    { text: 'first', speaker: ada, times: 2 },
  ];
  const lacksAmong = (...heard: ReadonlyArray<readonly [text: string, id: string]>) => {
    const frames = heard.map(([text, id]) => ({ fields: { ...message, text, id } }));
    return whatTheyLack([{ ...ada, person: { name: 'ada', heard: frames } } as unknown as Participant], rounds);
  };
  expect(lacksAmong(['first', '1'], ['second', '2'], ['first', '3'])).toBeUndefined();
  expect(lacksAmong(['first', '1'], ['second', '2'])).toBeUndefined();
  expect(lacksAmong(['first', '1'], ['second', '2'], ['first', '1'])).toContain('the `id` of an earlier message');
  expect(lacksAmong(['first', '1'], ['second', '1'])).toContain('the `id` of an earlier message');
});

test('an unusual text is within what a message can have', () => {
  for (let times = 0; times < 100; times += 1) {
    const text = unusualSaying();
    expect(text.length).toBeGreaterThan(150);
    expect(Buffer.byteLength(text)).toBeLessThan(600);
    expect(text.trim()).toBe(text);
  }
});
