import { expect, test } from 'vitest';
import { sourceWords } from '../../probe/source-words.ts';
import type { Attempt } from './attempt.ts';
import { attempts, fewAttempts, oneByOne, plain } from './attempts.ts';
import { forAction } from './read-by-handlers.ts';

const source = sourceWords([
  `const name = message.absender ?? message['x-nick'] ?? message.client?.profile.settings?.nickname ?? message.text;
  const isTrusted = message.app === 'desktop' || message.version > 2;`,
]);
const cast = { own: 'ada.quail', facts: ['M1xB2dPGwIdDJix='], other: 'grace.moss', row: ['L0SM9cOFvHcCIhw='], source };
const all = [plain(), ...attempts(cast), ...fewAttempts(cast), ...oneByOne(source)];
const fieldsOf = ({ frame }: Attempt) => {
  const { action: _, text: __, ...claimed } = JSON.parse(frame) as Record<string, unknown>;
  return claimed;
};

test('every frame contains its text, has the route for messages, and fits into one API Gateway frame', () => {
  for (const { kind, frame, text } of all) {
    if (kind === 'without text') continue;
    expect(JSON.parse(frame)).toMatchObject({ action: 'sendmessage', ...(kind === 'no text' ? {} : { text }) });
    expect(frame).toContain(JSON.stringify(text));
    expect(Buffer.byteLength(frame)).toBeLessThan(32 * 1024);
  }
});

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
