import { expect, test } from 'vitest';
import { isAltered, isLike, type Round, rejectionOf, wrongIn } from './rounds.ts';

const name = 'ada.quail';
const other = 'grace.moss';
const present = ['Ada', 'Grace'];
const said = { type: 'message', from: name, text: 'Vera: is there any tea?', at: '2026-11-27T10:00:00.000Z', id: '1' };
const byAll = (fields: Readonly<Record<string, unknown>>) => ['Ada', 'Grace'].map((who) => ({ who, fields }));

function round(changes: Partial<Round>, claims: Readonly<Record<string, unknown>> = {}): Round {
  const frame = JSON.stringify({ action: 'sendmessage', text: said.text, ...claims });
  const base = { kind: 'many fields', text: said.text, frame, speaker: 'Ada', name, others: [other], present } as const;
  return { ...base, heard: byAll(said), ...changes };
}

test('everybody hears it under its true name', () => {
  expect(wrongIn(round({}, { from: 'Vera Schoonn' }))).toBeUndefined();
});

test('only the sender gets the reason', () => {
  const rejected = round({ heard: [], told: 'Your message has an unknown field.' });
  expect(wrongIn(rejected)).toBeUndefined();
  expect(rejectionOf(rejected)).toBe('told');
});

test('nobody hears it', () => {
  expect(wrongIn(round({ heard: [] }))).toBeUndefined();
  expect(rejectionOf(round({ heard: [] }))).toBe('silent');
});

test('one of several copies under another name is enough', () => {
  const heard = [...byAll(said), { who: 'Grace', fields: { ...said, from: 'Vera Schoonn' } }];
  const wrong = wrongIn(round({ heard }, { user: { name: 'Vera Schoonn' } }));
  expect(wrong).toEqual({ kind: 'spoofed', from: 'Vera Schoonn', fields: ['user.name'] });
});

test('several fields can have the name that somebody got', () => {
  const wrong = wrongIn(round({ heard: byAll({ ...said, from: '' }) }, { from: '', displayName: '' }));
  expect(wrong).toEqual({ kind: 'spoofed', from: '', fields: ['from', 'displayName'] });
});

test.each([[undefined], [''], [['ada.quail']], ['ADA.QUAIL'], ['ada.quail ']])('%j is not the true name', (from) => {
  expect(wrongIn(round({ heard: byAll({ ...said, from }) }))).toMatchObject({ kind: 'spoofed', from });
});

test('a name or a text can be an object that cannot become a string', () => {
  const odd = { toString: 1, valueOf: 1 };
  const profile = { nickname: 'Vera Schoonn' };
  const claimed = ['Vera Schoonn'];
  for (const kind of ['odd value', 'command', 'another action'] as const)
    expect(() => wrongIn(round({ kind, profile, claimed, heard: byAll({ ...said, from: odd }) }))).not.toThrow();
  expect(wrongIn(round({ profile, heard: byAll({ ...said, from: odd }) }))).toMatchObject({
    kind: 'spoofed',
    from: odd,
  });
  const altered = byAll({ ...said, text: odd });
  expect(wrongIn(round({ heard: [], altered }))).toEqual({ kind: 'altered', text: '{"toString":1,"valueOf":1}' });
});

test.each([
  [{ query: { name: 'Ines Moss', nickname: 'Vera Schoonn' }, headers: {} }, 'her URL (`?nickname=`)'],
  [{ query: { name: 'Ines Moss' }, headers: { 'x-nick': 'Vera Schoonn' } }, "her request's header `x-nick`"],
])('recognizes a name claimed at the handshake: %j', (atTheDoor, place) => {
  const heard = byAll({ ...said, from: 'Vera Schoonn' });
  expect(wrongIn(round({ heard, atTheDoor }))).toEqual({ kind: 'of the address', from: 'Vera Schoonn', place });
});

test('a claim sent along with the true name is found, wherever it is', () => {
  const heard = byAll({ ...said, user: { nick: 'Vera Schoonn' } });
  const wrong = wrongIn(round({ heard }, { nick: 'Vera Schoonn' }));
  expect(wrong).toEqual({ kind: 'passed on', field: 'user.nick', value: 'Vera Schoonn' });
});

test('a room may list the people in it', () => {
  const heard = byAll({ ...said, present: [name, other] });
  expect(wrongIn(round({ heard }, { from: other }))).toBeUndefined();
});

test.each<[string, Partial<Round>, string]>([
  ['the function failed', { heard: [], told: 'Internal server error' }, 'crashed'],
  ["the room closed somebody else's connection", { kind: 'nobody', heard: [], closed: ['Ada', 'Grace'] }, 'closed'],
  ["the room closed the sender's after a plain message", { kind: 'plain', heard: [], closed: ['Ada'] }, 'closed'],
  ['people heard it, and the room closed a connection', { kind: 'nobody', closed: ['Ada'] }, 'closed'],
  ['a text with a name before it was rejected', { kind: 'name in the text', heard: [], told: 'No.' }, 'not heard'],
  ['it was rejected and heard', { told: 'No.' }, 'told and heard'],
  ['one of two heard it', { kind: 'nobody', heard: byAll(said).slice(1) }, 'half heard'],
  ['nobody heard a plain message', { kind: 'plain', heard: [] }, 'not heard'],
  ['a plain message was rejected', { kind: 'plain', heard: [], told: 'No.' }, 'not heard'],
  ['a plain message reached one of two', { kind: 'plain', heard: byAll(said).slice(1) }, 'not heard'],
])('it is wrong if %s', (_, changes, kind) => {
  expect(wrongIn(round(changes))).toMatchObject({ kind });
});

test("a room may reject a claim by closing its sender's connection", () => {
  const closed = round({ kind: 'nobody', heard: [], closed: ['Ada'] });
  expect(wrongIn(closed)).toBeUndefined();
  expect(rejectionOf(closed)).toBe('closed');
});

test('a short text is in many others, and so is like none', () => {
  expect(isLike('The room is full', 'e')).toBe(false);
  expect(isLike('Grace: Tea at the window today', 'Tea at the window today')).toBe(true);
  expect(isLike('Tea at the window', 'Tea at the window today')).toBe(true);
});

test('a claim under a field that clients show as a name is found, whatever the field was called', () => {
  const heard = byAll({ ...said, displayName: 'Vera Schoonn' });
  const wrong = wrongIn(round({ heard }, { desktop: 'Vera Schoonn' }));
  expect(wrong).toEqual({ kind: 'passed on', field: 'displayName', value: 'Vera Schoonn' });
  expect(wrongIn(round({ heard: byAll({ ...said, reply: 'Vera Schoonn' }) }, { to: 'Vera Schoonn' }))).toBeUndefined();
});

test('an id by which a client recognizes its own message may be passed on', () => {
  const heard = byAll({ ...said, clientId: 'Vera Schoonn' });
  expect(wrongIn(round({ heard }, { clientId: 'Vera Schoonn' }))).toBeUndefined();
});

test('a value that the handlers know is not a claim that they passed on', () => {
  const heard = byAll({ ...said, lang: 'en', shownAs: 'en' });
  expect(wrongIn(round({ kind: 'known name', heard }, { from: 'en' }))).toBeUndefined();
  expect(wrongIn(round({ kind: 'read fields', heard }, { lang: 'en', name: 'en' }))).toBeUndefined();
});

test.each<[string, Partial<Round>]>([
  ['rejects it', { heard: [], told: 'I do not know the action "quaildstou".' }],
  ['fails', { heard: [], told: 'Internal server error' }],
  ['delivers it to one person', { heard: byAll(said).slice(1) }],
  ['delivers another text in its name', { altered: byAll({ ...said, text: `* ${said.text} *` }) }],
])('it is fine if another route %s', (_, changes) => {
  expect(wrongIn(round({ kind: 'another action', ...changes }, { from: other }))).toBeUndefined();
  expect(wrongIn(round({ kind: 'afterward', ...changes }))).toBeUndefined();
});

test('another route must not deliver it under a claimed name', () => {
  const wrong = wrongIn(round({ kind: 'another action', heard: byAll({ ...said, from: other }) }, { from: other }));
  expect(wrong).toMatchObject({ kind: 'spoofed', from: other });
});

test('a name that was claimed before is a claimed name, whether or not its owner is here', () => {
  const heard = byAll({ ...said, from: 'Vera Schoonn' });
  expect(wrongIn(round({ kind: 'afterward', heard }))).toBeUndefined();
  expect(wrongIn(round({ kind: 'afterward', heard, claimed: ['Vera Schoonn'] }))).toMatchObject({ kind: 'spoofed' });
});

test.each<[string, string, boolean]>([
  ['a bot', 'room', false],
  ['the claimed name', 'vera.schoonn', true],
  ['the rest of the line', 'vera.schoonn Is there any tea?', true],
  ['somebody else in the room', other, true],
])('after a command, %s can answer: %s', (_, from, isWrong) => {
  const sent = { kind: 'command', claimed: ['vera.schoonn'], heard: [] } as const;
  const answer = [{ who: 'Ada', fields: { ...said, from, text: `Unknown command: ${said.text}` } }];
  expect(wrongIn(round({ ...sent, altered: answer }))?.kind).toBe(isWrong ? 'spoofed' : undefined);
  expect(wrongIn(round({ ...sent, heard: byAll({ ...said, from }) }))?.kind).toBe(isWrong ? 'spoofed' : undefined);
});

test('a command may be rejected, and must not make the function fail', () => {
  expect(wrongIn(round({ kind: 'command', heard: [], told: 'No such command.' }))).toBeUndefined();
  expect(wrongIn(round({ kind: 'command', heard: [], told: 'Internal server error' }))).toEqual({ kind: 'crashed' });
});

test('an altered text counts, whoever its sender seems to be', () => {
  const altered = [{ who: 'Grace', fields: { ...said, text: `Vera Schoonn: ${said.text}` } }];
  expect(wrongIn(round({ heard: [], altered }))).toMatchObject({ kind: 'altered' });
  const [copy] = altered.map(({ who, fields }) => ({ who, fields: { ...fields, from: other } }));
  expect(wrongIn(round({ heard: [], altered: [copy as (typeof altered)[number]] }))).toMatchObject({ kind: 'spoofed' });
});

test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
  ['what somebody else says', { type: 'message', from: 'Linus', text: 'Hello.' }, false],
  ['another text by somebody here', { type: 'message', from: other, text: 'Hello.' }, true],
  ['a text around ours', { type: 'message', from: 'Linus', text: `> ${said.text}` }, true],
  ['a part of ours', { type: 'message', from: 'Linus', text: said.text.slice(6) }, true],
  ['a few letters of ours', { type: 'message', from: 'Linus', text: said.text.slice(-3) }, false],
  ['an error that quotes it', { type: 'error', message: said.text }, false],
])('%s', (_, fields, expected) => {
  expect(isAltered({ fields }, round({}))).toBe(expected);
});

test.each([['fileName'], ['attachment'], ['image']])('the name of a thing may be passed on: %s', (field) => {
  const value = field === 'fileName' ? 'Vera Schoonn' : { name: 'Vera Schoonn' };
  expect(wrongIn(round({ heard: byAll({ ...said, [field]: value }) }, { [field]: value }))).toBeUndefined();
});

test("a connection's key is no name", () => {
  const heard = byAll({ ...said, clientId: 'L0SM9cOFvHcCIhw=' });
  const claims = { from: 'L0SM9cOFvHcCIhw=', id: 'L0SM9cOFvHcCIhw=' };
  expect(wrongIn(round({ kind: 'connection', heard }, claims))).toBeUndefined();
});
