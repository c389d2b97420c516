import { expect, test } from 'vitest';
import { cast, fieldsOf, source } from '../../../tests/checker/spoofing-cast.ts';
import { sourceWords } from '../../probe/source-words.ts';
import type { Attempt } from './attempt.ts';
import { attempts, fewAttempts, oneByOne, plain } from './attempts.ts';

const all = [plain(), ...attempts(cast), ...fewAttempts(cast), ...oneByOne(source)];

test('every frame contains its text, has the route for messages, and fits into one API Gateway frame', () => {
  for (const { kind, frame, text } of all) {
    if (kind === 'without text') continue;
    expect(JSON.parse(frame)).toMatchObject({ action: 'sendmessage', ...(kind === 'no text' ? {} : { text }) });
    expect(frame).toContain(JSON.stringify(text));
    expect(Buffer.byteLength(frame)).toBeLessThan(32 * 1024);
  }
});

test('names are in messages without a text, or with an empty one, in the usual fields and in those that handlers read', () => {
  const claims = all.flatMap(({ kind, frame }) => (kind === 'without text' ? [JSON.parse(frame)] : []));
  const name = expect.any(String);
  for (const { action, text, ...claimed } of claims) {
    expect(action).toBe('sendmessage');
    expect(text?.trim() ?? '').toBe('');
    expect(claimed).toMatchObject({ from: name, absender: name, 'x-nick': name });
  }
  expect(claims.filter(({ from }) => from === cast.other).map(({ text }) => text)).toEqual([undefined, '', ' ']);
  expect(claims.filter((claimed) => claimed.from !== claimed.absender).length).toBe(3);
});

test('no two of them have the same text', () => {
  const texts = all.map(({ text }) => text);
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

test('the end of a name is similar to it, and so is what is in its middle', () => {
  const claimed = attempts(cast).flatMap((each) => (each.kind === 'lookalike' ? Object.values(fieldsOf(each)) : []));
  expect(claimed).toEqual(expect.arrayContaining(['quail', 'qu'].map((part) => expect.stringMatching(`\\.${part}$`))));
});

test('a value that cannot become a string is claimed as a name, and in every field that the handlers read', () => {
  const value = { toString: 1, valueOf: 1 };
  const claims = attempts(cast).map(fieldsOf);
  expect(claims).toContainEqual({ from: value });
  expect(claims).toContainEqual(expect.objectContaining({ absender: value, 'x-nick': value, app: value }));
});

test('what the regular expressions of the handlers match is claimed as a name, and as a field', () => {
  const source = sourceWords([
    'return /^[A-Z]{2,3}$/.test(message.from); keys.find((key) => /^desk\\w+Nick$/.test(key));',
  ]);
  const claims = attempts({ ...cast, source }).map(fieldsOf);
  expect(claims).toContainEqual(expect.objectContaining({ from: 'AA', name: 'AA' }));
  expect(claims).toContainEqual({ AA: expect.any(String), deskaNick: expect.any(String) });
});

test('duplicate keys and __proto__ are sent in the frame unchanged', () => {
  const unusual = attempts(cast).filter(({ kind }) => kind === 'unusual JSON');
  expect(unusual.some(({ frame }) => frame.split('"from":').length === 3)).toBe(true);
  expect(unusual.some(({ frame }) => frame.includes('"__proto__":{"from":'))).toBe(true);
});

test.each<[string, () => Attempt[]]>([
  ['many attempts', () => attempts(cast)],
  ['few attempts', () => fewAttempts(cast)],
])('%s claim a different name in every common field, in every style', (_, make) => {
  const many = make().filter(({ kind }) => kind === 'many fields');
  const claimed = new Map(many.map(fieldsOf).flatMap((fields) => Object.entries(fields)));
  for (const field of ['nick', 'nick_name', 'nick-name', 'authorName', 'AuthorName', 'asUser', 'persona', 'alias']) {
    expect(claimed.has(field), field).toBe(true);
  }
  expect(new Set(claimed.values()).size).toBe(claimed.size);
});

test("a token that nobody signed has another person's name", () => {
  const [attempt] = attempts(cast).filter(({ kind }) => kind === 'token');
  const { idToken } = fieldsOf(attempt as Attempt);
  const claims = JSON.parse(Buffer.from(String(idToken).split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ 'cognito:username': cast.other, name: cast.other, token_use: 'id' });
});

test('a name is beside the shortest texts, which differ', () => {
  const short = all.filter(({ text }) => text.length === 1);
  expect(short.map(fieldsOf)).toEqual([
    { from: cast.other },
    expect.objectContaining({ from: cast.other, absender: cast.other }),
  ]);
});

test('a long text fits, alone and beside names', () => {
  const long = all.filter(({ text }) => text.length > 3_500);
  expect(long.map(({ kind }) => kind)).toEqual(['long text', 'read fields']);
  for (const { text } of long) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
  expect(long.map(fieldsOf)[1]).toMatchObject({ from: cast.other, absender: cast.other });
});
