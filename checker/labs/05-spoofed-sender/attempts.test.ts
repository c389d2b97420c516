import { expect, test } from 'vitest';
import { type Attempt, attempts, oneByOne, plain } from './attempts.ts';

const cast = { own: 'ada.quail', other: 'grace.moss', row: ['L0SM9cOFvHcCIhw='] };
const fieldsOf = ({ frame }: Attempt) => {
  const { action: _, text: __, ...claimed } = JSON.parse(frame) as Record<string, unknown>;
  return claimed;
};

test('every frame contains its text, has the route for messages, and fits into one API Gateway frame', () => {
  for (const { frame, text } of [plain(), ...attempts(cast), ...oneByOne()]) {
    expect(JSON.parse(frame)).toMatchObject({ action: 'sendmessage', text });
    expect(Buffer.byteLength(frame)).toBeLessThan(32 * 1024);
  }
});

test('no two of them have the same text', () => {
  const texts = [...attempts(cast), ...oneByOne()].map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
});

test('a plain message contains only an action and a text', () => {
  expect(fieldsOf(plain())).toEqual({});
});

test('field names differ each time', () => {
  const many = () => Object.keys(fieldsOf(attempts(cast).find(({ kind }) => kind === 'many fields') as Attempt));
  const [one, other] = [many(), many()];
  expect(one.length).toBeGreaterThan(100);
  expect(other.filter((field) => !one.includes(field)).length).toBeGreaterThan(10);
});

test.each(['from', 'name', 'sender', 'username'])(
  'the field %s is claimed alone, with the name of somebody else',
  (field) => {
    const alone = attempts(cast).map(fieldsOf);
    expect(alone).toContainEqual({ [field]: cast.other });
  },
);

test('something similar to a name is not that name', () => {
  const claimed = attempts(cast).filter(({ kind }) => kind === 'lookalike');
  expect(claimed.length).toBeGreaterThan(4);
  for (const attempt of claimed) expect(Object.values(fieldsOf(attempt))).not.toContain(cast.own);
});

test('duplicate keys and __proto__ are sent in the frame unchanged', () => {
  const unusual = attempts(cast).filter(({ kind }) => kind === 'unusual JSON');
  expect(unusual.some(({ frame }) => frame.split('"from":').length === 3)).toBe(true);
  expect(unusual.some(({ frame }) => frame.includes('"__proto__":{"from":'))).toBe(true);
});
