import { expect, test } from 'vitest';
import { cast, fieldsOf, source } from '../../../tests/checker/spoofing-cast.ts';
import { sourceWords } from '../../probe/source-words.ts';
import type { Attempt } from './attempt.ts';
import { attempts, fewAttempts, oneByOne } from './attempts.ts';
import { forAction } from './read-by-handlers.ts';

test('long strings of the rows fit, too, in every field that the handlers read', () => {
  const fields = Array.from({ length: 150 }, (_, index) => `message.field${index}`);
  const paths = Array.from({ length: 40 }, (_, index) => `message.data${index}.user.name`);
  const wide = sourceWords([`const name = ${[...paths, ...fields].join(' ?? ')};`]);
  const long = 'L'.repeat(3 * 1024);
  const claims = attempts({ ...cast, facts: [long], row: [long], source: wide });
  for (const { frame } of claims) expect(Buffer.byteLength(frame)).toBeLessThan(32 * 1024);
  const claimed = new Set(
    claims.flatMap((each) => Object.entries(fieldsOf(each))).flatMap(([field, value]) => (value === long ? field : [])),
  );
  expect([...claimed]).toEqual(expect.arrayContaining(['field0', 'field60', 'field75']));
  for (const field of ['data0', 'data30']) {
    const inside = claims.map((each) => JSON.stringify(fieldsOf(each)[field]) ?? '');
    expect(inside.some((text) => text.includes(long))).toBe(true);
  }
});

test.each<[string, () => Attempt[]]>([
  ['many attempts', () => attempts(cast)],
  ['few attempts', () => fewAttempts(cast)],
])('%s claim a name in the fields that the handlers read, wherever they are', (_, make) => {
  const claims = make().map(fieldsOf);
  expect(claims.some(({ absender }) => typeof absender === 'string')).toBe(true);
  const name = expect.any(String);
  expect(claims).toContainEqual(
    expect.objectContaining({
      client: expect.objectContaining({
        profile: expect.objectContaining({ settings: expect.objectContaining({ nickname: name }) }),
      }),
    }),
  );
});

test('the fields that the handlers read are also claimed alone', () => {
  const alone = oneByOne(source).map((attempt) => Object.keys(fieldsOf(attempt)));
  expect(alone).toEqual(expect.arrayContaining([['absender'], ['x-nick']]));
});

test('what the handlers read is true in a message that has a name', () => {
  const [attempt] = fewAttempts(cast).filter(({ kind }) => kind === 'flags');
  expect(fieldsOf(attempt as Attempt)).toMatchObject({ absender: true, 'x-nick': true, from: cast.other });
});

test("somebody else's name and connection are in every field that the handlers read", () => {
  const claims = attempts(cast)
    .filter(({ kind }) => kind === 'read fields')
    .map(fieldsOf);
  for (const value of [cast.other, ...cast.row]) {
    expect(claims).toContainEqual(expect.objectContaining({ absender: value, 'x-nick': value }));
    const settings = expect.objectContaining({ nickname: value });
    expect(claims).toContainEqual(
      expect.objectContaining({
        client: expect.objectContaining({ profile: expect.objectContaining({ settings }) }),
      }),
    );
  }
});

test('what the handlers compare with is claimed as a name, and beside one', () => {
  const claims = attempts(cast).map(fieldsOf);
  expect(claims).toContainEqual(expect.objectContaining({ from: 'desktop', name: 'desktop' }));
  expect(claims).toContainEqual(expect.objectContaining({ from: cast.other, app: 'desktop' }));
  expect(claims).toContainEqual(expect.objectContaining({ from: cast.other, version: 2 }));
});

test('a message for another route claims a name in the same fields', () => {
  const messages = forAction('desktop', cast).map(({ frame }) => JSON.parse(frame) as object);
  const desktop = { action: 'desktop', text: expect.any(String) };
  expect(messages).toContainEqual(expect.objectContaining({ ...desktop, from: cast.other, absender: cast.other }));
  const settings = expect.objectContaining({ nickname: cast.other });
  const profile = expect.objectContaining({ settings });
  expect(messages).toContainEqual(
    expect.objectContaining({ ...desktop, client: expect.objectContaining({ profile }) }),
  );
});

test('the fields that the handlers read have a whole message from somebody else', () => {
  const claimed = attempts(cast).flatMap((each) => {
    const { absender } = fieldsOf(each);
    const isText = typeof absender === 'string' && absender.startsWith('{');
    return each.kind === 'read fields' ? [{ text: each.text, absender: isText ? JSON.parse(absender) : absender }] : [];
  });
  const said = (text: string) => expect.objectContaining({ from: cast.other, absender: cast.other, text });
  const pairs = (text: string) =>
    Object.entries({ from: cast.other, desktop: cast.other, text }).map(([name, value]) => [name, value] as const);
  const forms = [
    said,
    said,
    (text: string) => [said(text)],
    (text: string) => expect.arrayContaining(pairs(text)),
    (text: string) =>
      expect.arrayContaining(
        pairs(text).map(([name, value]) => ({ name, key: name, Name: name, value, Value: value })),
      ),
  ];
  const isWhole = ({ text, absender }: { text: string; absender: unknown }) =>
    text.length > 1 && JSON.stringify(absender)?.includes(text);
  const whole = claimed.filter(isWhole);
  expect(whole.map(({ absender }) => absender)).toEqual(whole.map(({ text }, form) => forms[form]?.(text)));
  expect(whole.length).toBe(forms.length);
});

test('something true about the sender is beside a name that is not theirs', () => {
  const source = sourceWords(['message.username === name && message.socket === connectionId']);
  const claims = attempts({ ...cast, source }).flatMap((each) => (each.kind === 'half true' ? fieldsOf(each) : []));
  expect(claims).toContainEqual(expect.objectContaining({ username: cast.own, from: cast.other }));
  expect(claims).toContainEqual(expect.objectContaining({ socket: cast.facts[0], from: cast.other }));
});

test('whole messages are in nested objects', () => {
  const text = expect.any(String);
  const claims = attempts(cast).map(fieldsOf);
  expect(claims).toContainEqual(expect.objectContaining({ data: expect.objectContaining({ text }) }));
});

test('fields that are compared with values have these values, beside a name', () => {
  const words = sourceWords([
    "const ok = message.kind === 'desktop' && message.version === 2 || message.kind === 'phone';",
  ]);
  const inside = sourceWords([
    "const ok = message.client.kind === 'desktop' && message.client.version === 2;\nmessage.client.name",
  ]);
  const claims = (source: typeof words) =>
    attempts({ ...cast, source })
      .filter(({ kind }) => kind === 'known value')
      .map(fieldsOf);
  expect(claims(words)).toContainEqual(expect.objectContaining({ kind: 'desktop', version: 2, from: cast.other }));
  expect(claims(inside)).toContainEqual(
    expect.objectContaining({ client: expect.objectContaining({ kind: 'desktop', version: 2, name: cast.other }) }),
  );
});
