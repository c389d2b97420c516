import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Needle, phrasesIn, tokenNeedle } from '../../probe/needles.ts';
import { type Leak, leaksIn } from './found-in-logs.ts';

const word: Needle = { kind: 'word', text: 'quaildstouprink', called: 'what Ada said' };
const name: Needle = { kind: 'name', text: 'ada.schoonnkree', called: "Ada's name" };
const said = 'quaildstouprink see you at the river, quaildstouprink';
const event = JSON.stringify({
  requestContext: { routeKey: 'sendmessage', authorizer: { username: name.text } },
  body: said,
});

/** A line as Lambda writes what a function printed. */
function line(text: string): string {
  return `2026-11-28T02:20:11.123Z\t5d1c6b1e-0a3f-4c0a-9d0e-2b1f6a7c8d9e\tINFO\t${text}`;
}

function found(messages: readonly string[], needles: readonly Needle[] = [word]): Leak[] {
  const events = messages.map((message) => ({ message, logStreamName: 'one' }));
  return leaksIn('/aws/lambda/sender', events, needles);
}

const hex = (text: string) => Buffer.from(text).toString('hex');
const escaped = (text: string) =>
  [...text].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

test.each([
  ['as it is', said],
  ['in capitals', said.toUpperCase()],
  ['its first letters', said.slice(0, 9)],
  ['with hyphens', [...said].join('-')],
  ['with characters that nobody sees', [...said].join('\u200b')],
  ['reversal', [...said].reverse().join('')],
  ['base64', Buffer.from(event).toString('base64')],
  ['base64url after other letters', `INFO.${Buffer.from(said).toString('base64url')}`],
  ['base64 of base64', Buffer.from(Buffer.from(said).toString('base64')).toString('base64')],
  ['base64 read backwards', [...Buffer.from(said).toString('base64')].reverse().join('')],
  ['base64 of UTF-16', Buffer.from(said, 'utf16le').toString('base64')],
  ['base64 of raw deflate', deflateRawSync(event).toString('base64')],
  ['base32', 'OF2WC2LMMRZXI33VOBZGS3TL'],
  ['hex', hex(event)],
  ['hex with an odd digit before it', `f${hex(said)}`],
  ['hex in capitals', hex(said).toUpperCase()],
  ['a Buffer as Node.js shows it', `${Buffer.from(said).toString('hex').replace(/../g, ' $&')}`],
  ['a Buffer as JSON', JSON.stringify(Buffer.from(said))],
  ['an array of bytes as JSON', JSON.stringify(new TextEncoder().encode(said))],
  ['its letters in an object as JSON', JSON.stringify({ ...[...said] })],
  ['binary', [...Buffer.from(said)].map((each) => each.toString(2).padStart(8, '0')).join(' ')],
  ['URL-encoded', [...hex(said)].join('').replace(/../g, '%$&')],
  ['JSON escapes', escaped(said)],
  ['JSON escapes in JSON in JSON', JSON.stringify(JSON.stringify({ body: escaped(said) }))],
  ['HTML entities', [...said].map((each) => `&#${each.charCodeAt(0)};`).join('')],
  ['ROT13', 'dhnvyqfgbhcevax'],
  ['gzip', gzipSync(event).toString('base64')],
  ['deflate', deflateSync(event).toString('base64url')],
  ['brotli', brotliCompressSync(event).toString('hex')],
])('finds a word %s', (_, text) => {
  expect(found([line(text)])).toMatchObject([{ needle: word, line: line(text) }]);
});

test('says what has to be undone, and nothing if it is there to be read', () => {
  expect(found([line(said)])).toMatchObject([{ undone: [] }]);
  expect(found([line(Buffer.from(said).toString('base64'))])).toMatchObject([{ undone: ['base64'] }]);
});

test('finds a word that each line has a letter of', () => {
  const letters = [...said].map((letter) => line(letter));
  expect(found(['START RequestId: 5d1c', ...letters, 'END RequestId: 5d1c'])).toMatchObject([{ inParts: true }]);
});

test('finds a word in JSON logs, in one line and in pieces', () => {
  const json = (message: unknown) => JSON.stringify({ timestamp: '2026-11-28T02:20:11.123Z', level: 'INFO', message });
  expect(found([json({ body: said })])).toHaveLength(1);
  expect(found((said.match(/.{1,3}/g) ?? []).map(json))).toMatchObject([{ inParts: true }]);
});

test('finds a name in whatever form, and each thing once', () => {
  expect(found([line(event), line(event)], [word, name])).toHaveLength(2);
  expect(found([line('Schoonnkree, Ada')], [name])).toHaveLength(1);
});

test('finds a part of a signature, and not the header that all tokens share', () => {
  const signature = 'dGhpcyBpcyBhIHNpZ25hdHVyZSBvZiBhIHRva2VuIHRoYXQgbm9ib2R5IGhhcw';
  const token = tokenNeedle(`eyJraWQiOiJhIiwiYWxnIjoiUlMyNTYifQ.eyJzdWIiOiI1ZTFmIn0.${signature}`, 'the token');
  expect(found([line(`…${signature.slice(10, 40)}`)], [token])).toHaveLength(1);
  expect(found([line('eyJraWQiOiJhIiwiYWxnIjoiUlMyNTYifQ')], [token])).toEqual([]);
  expect(found([line(`…${signature.slice(-8)}`)], [token])).toEqual([]);
});

test("finds nothing in ids, counts and Lambda's own lines", () => {
  const lines = [
    'START RequestId: 5d1c6b1e-0a3f-4c0a-9d0e-2b1f6a7c8d9e Version: $LATEST',
    line('{"messageId":"M1xB2dPGwIdDabc=","bytes":112}'),
    line(
      'Invoke Error \t{"errorType":"BadRequestException","errorMessage":"Invalid connectionId: M1xB2","stack":["at send"]}',
    ),
    'REPORT RequestId: 5d1c6b1e-0a3f-4c0a-9d0e-2b1f6a7c8d9e\tDuration: 12.00 ms\tBilled Duration: 13 ms\t',
    '{"time":"2026-11-28T02:20:11.123Z","type":"platform.report","record":{"requestId":"5d1c","status":"success"}}',
  ];
  expect(found(lines, [word, name])).toEqual([]);
});

test('finds three of the words of a text in a row, but no two of them', () => {
  const phrases = phrasesIn('Rain again, bring a warm coat', 'what Ada said');
  expect(found(['{"topics":["again","bring","a","warm"]}'], phrases)).toHaveLength(2);
  expect(found(['again and again, bring it: a warm start'], phrases)).toEqual([]);
});

test('says which stream has it', () => {
  expect(found([line(said)])).toMatchObject([{ stream: 'one' }]);
});

test.each([
  ['seven letters', [line(said.slice(0, 7))], true],
  ['eight letters', [line(said.slice(0, 8))], undefined],
  ['eight letters read backwards', [line([...said.slice(0, 8)].reverse().join(''))], true],
  ['all of it read backwards', [line([...said].reverse().join(''))], undefined],
  ['seven letters, and elsewhere all of it', [line(said.slice(0, 7)), line(said)], undefined],
  ['all of it, and elsewhere seven letters', [line(said), line(said.slice(0, 7))], undefined],
] as const)('says whether a leak may be chance: %s', (_, lines, mayBeChance) => {
  expect(found(lines).map((leak) => leak.mayBeChance)).toEqual([mayBeChance]);
});

test("Lambda's own lines can have letters of a word by chance", () => {
  const unlucky: Needle = { kind: 'word', text: 'startreqttsoatty', called: 'what Ada said' };
  const start = 'START RequestId: 11236c62-c143-4c0a-8f3b-2505ad90c146 Version: $LATEST';
  expect(found([start], [unlucky])).toMatchObject([{ mayBeChance: true }]);
});

test.each([
  ['as they are', '{"who":"ada.sc"}', [name]],
  ['in capitals', '{"who":"ADA.SC"}', [name]],
  ['of a word', '{"preview":"quaild"}', [word]],
  ['only five of them', '{"who":"ada.s","preview":"quail"}', []],
  ['with something between them', "'$metadata': 1, adasch", []],
])('finds the first six letters, which may be chance: %s', (_, text, needles) => {
  expect(found([line(text)], [word, name])).toMatchObject(
    needles.map((needle) => ({ needle, isBegun: true, mayBeChance: true })),
  );
});

test("finds no first letters in Lambda's own lines", () => {
  expect(found(['START RequestId: 5d1c6b1e-0a3f-4c0a-9d0e-2b1f6a7c8d9e Version: quaild'])).toEqual([]);
});

const sentence: Needle = {
  kind: 'word',
  text: 'quaildstou Paper lamp 42 window road, quiet river again? breenngsatt',
  called: 'what Ada said',
  isWhole: true,
  isSentence: true,
};
test('says what a sentence is readable despite', () => {
  const masked = sentence.text.replace(/[aeiou]/g, '*');
  expect(found([line(masked)], [sentence])).toMatchObject([{ undone: [], despite: 'missing vowels' }]);
  expect(found([line(Buffer.from(masked).toString('base64'))], [sentence])).toMatchObject([
    { undone: ['base64'], despite: 'missing vowels' },
  ]);
  expect(found([line(sentence.text)], [sentence])).not.toMatchObject([{ despite: expect.anything() }]);
});

const codes = (text: string) => [...text].map((each) => each.charCodeAt(0));

test.each([
  ['hex', hex(JSON.stringify({ body: sentence.text })), ['hex']],
  ['character codes', codes(sentence.text).join(', '), ['character codes']],
  ['letters moved by three', String.fromCharCode(...codes(sentence.text).map((code) => code + 3)), [/substitution/]],
  [
    'letters moved by three, in hex',
    hex(String.fromCharCode(...codes(sentence.text).map((code) => code + 3))),
    [/substitution/],
  ],
])('names the encoding of a sentence: %s', (_, text, undone) => {
  const [leak] = found([line(text)], [sentence]);
  expect(leak?.undone).toEqual(undone.map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))));
});
