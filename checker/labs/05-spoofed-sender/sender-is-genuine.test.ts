import { expect, test } from 'vitest';
import { saysThatItIsShut, shutDoor } from '../../../tests/checker/shut-door.ts';
import { judged, name, other, room, round } from '../../../tests/checker/spoofed-round.ts';
import type { Round } from './rounds.ts';
import { type Observation, senderIsGenuine } from './sender-is-genuine.ts';

test('passes if everyone gets each message under its true name', () => {
  const judgement = judged(round('plain', {}), round('another person', { from: other }));
  expect(judgement).toMatchObject({ outcome: 'passed', actual: expect.stringContaining('2 messages') });
  expect(judgement).not.toHaveProperty('remark');
});

test('passes with a remark if messages with additional fields are rejected', () => {
  const rejected = { ...round('another person', { from: other }), heard: [], told: 'An unknown field.' };
  expect(judged(round('plain', {}), rejected)).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('rejects'),
  });
});

test('does not say that all such messages are rejected if some were delivered', () => {
  const rejected = { ...round('many fields', { from: other }), heard: [], told: 'That is too long.' };
  expect(judged(round('plain', {}), round('another person', { from: other }), rejected)).toMatchObject({
    outcome: 'passed',
    actual: expect.stringMatching(/^Some messages/),
    remark: expect.stringContaining('some messages, such as one with names in many fields: "That is too long."'),
  });
});

test('decides nothing if Lambda had no capacity', () => {
  const crashed = { ...round('plain', {}), heard: [], told: 'Internal server error' };
  const noCapacity = { functionName: 'SendMessage', limit: 10 };
  const observation: Observation = { room, rounds: [crashed], conversation: [], noCapacity };
  expect(senderIsGenuine.judge(observation).outcome).toBe('inconclusive');
});

test('passes with another remark if they disappear', () => {
  const dropped = { ...round('another person', { from: other }), heard: [] };
  expect(judged(round('plain', {}), dropped)).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining('disappear'),
  });
});

test('passes with a remark if the room closes the connection of whoever sends them', () => {
  const dropped = { ...round('another person', { from: other }), heard: [], closed: ['Ada'] };
  expect(judged(round('plain', {}), dropped)).toMatchObject({
    outcome: 'passed',
    remark: expect.stringContaining("by closing the sender's connection"),
  });
});

test.each<[string, Round, string]>([
  ['a choice of people', { ...round('plain', {}), heard: round('plain', {}).heard.slice(1) }, '.filter('],
  ['a copy of what was claimed', round('another person', { from: other }, other), '...message,'],
  ['a copy that has more', heardWith(round('nobody', { nick: 'Vera' }), { nick: 'Vera' }), '...message,'],
])('points at %s before the line that names the sender', (_, wrong, text) => {
  const judgement = judged(round('plain', {}), wrong);
  const at = 'at' in judgement && typeof judgement.at === 'object' ? judgement.at : undefined;
  const near = at !== undefined && 'near' in at ? at.near : [];
  expect(near).toContain(text);
  expect(near.indexOf('const name') === -1 || near.indexOf(text) < near.indexOf('const name')).toBe(true);
});

function heardWith(sent: Round, more: Readonly<Record<string, unknown>>): Round {
  return { ...sent, heard: sent.heard.map(({ who, fields }) => ({ who, fields: { ...fields, ...more } })) };
}

test('names the action that another route was reached by', () => {
  expect(judged(round('plain', {}), round('another action', { action: 'desktop', from: other }, other))).toMatchObject({
    outcome: 'failed',
    actual: `Ada signed in as "${name}" and sent a message with the action "desktop" and another person's name. Now the room says that "${other}" wrote it.`,
  });
});

test('messages for other routes are not counted', () => {
  const elsewhere = { ...round('another action', { from: other }), heard: [], told: 'I do not know that action.' };
  const judgement = judged(round('plain', {}), elsewhere);
  expect(judgement).toMatchObject({ outcome: 'passed', actual: expect.stringContaining('1 messages') });
  expect(judgement).not.toHaveProperty('remark');
});

test('a different text is reported as one, and points at the line that builds it', () => {
  const sent = round('another person', { from: other });
  const altered = sent.heard.map(({ who, fields }) => ({
    who,
    fields: { ...fields, text: `(${other}) ${sent.text}` },
  }));
  expect(judged(round('plain', {}), { ...sent, heard: [], altered })).toMatchObject({
    outcome: 'failed',
    actual: expect.stringContaining('people got a different text'),
    at: { handler: 'send-message.ts', near: expect.arrayContaining(['text: ']) },
    finding: { id: 'altered' },
  });
});

test.each<[string, Partial<Round>, RegExp]>([
  ['did not get it', { old: 'Ada' }, / Grace got it, but Ada, who sent it, didn't\. Ada connected long before\.$/],
  ['got it', { old: 'Grace' }, / Grace got it, but Ada, who sent it, didn't\.$/],
])('mentions who connected long ago only if they %s', (_, more, words) => {
  const sent = round('plain', {});
  expect(judged(sent, { ...sent, heard: sent.heard.slice(1), ...more })).toMatchObject({
    actual: expect.stringMatching(words),
  });
});

test.each<[string | undefined, Round]>([
  [undefined, round('another person', { from: other }, other)],
  ['another-field', round('another person', { sender: other }, other)],
  ['another-field', round('nested', { user: { name: 'Vera' } }, 'Vera')],
  ['some-names', round('nobody', { from: 'Vera' }, 'Vera')],
  ['some-names', round('odd value', { from: [other] }, other)],
  ['another-field', round('token', { token: 'eyJ.eyJ.x' }, other)],
  ['lookalike', round('lookalike', { from: 'ADA.QUAIL' }, 'ADA.QUAIL')],
  ['of-the-address', { ...round('plain', {}, 'Vera'), atTheDoor: { query: { name: 'Vera' }, headers: {} } }],
  ['of-the-text', round('name in the text', {}, 'Vera')],
  ['of-the-text', { ...round('name in the text', {}), heard: [] }],
  [
    'trusted-client',
    { ...round('client', { from: 'Vera' }, 'Vera'), atTheDoor: { query: {}, headers: { 'User-Agent': 'Electron' } } },
  ],
  ['trusted-user', round('known user', { owner: 'Vera' }, 'Vera')],
  ['another-field', round('without text', { nick: 'Vera' }, 'Vera')],
  ['some-names', round('odd values', { from: 1, checked: 1 }, '1')],
  ['unheard', { ...round('name in the text', {}), heard: [], told: 'Slow down, please.' }],
  ['told-and-heard', { ...round('nobody', { from: 'Vera' }), told: 'You cannot choose your name.' }],
  ['another-field', round('flags', { from: other, checked: true }, other)],
  ['some-names', round('known name', { from: 'Announcement' }, 'Announcement')],
  ['another-field', round('known value', { from: other, client: 'desktop' }, other)],
  ['another-field', round('read fields', { session: 'L0SM9cOFvHcCIhw=' }, other)],
  ['another-action', round('afterward', {}, other)],
  ['another-action', round('another action', { action: 'desktop', from: other }, other)],
  ['fails', { ...round('plain', {}), heard: [], told: 'Internal server error' }],
  ['by-hand', { ...round('in the text', {}), heard: [] }],
  ['by-hand', { ...round('name in the text', {}), heard: [], instead: '{"text":"{"from":"Vera"}"}' }],
  ['unheard', { ...round('in the text', {}), heard: [], told: 'Too Many Requests' }],
  ['unheard', { ...round('nobody', { from: 'Vera' }), heard: [], closed: ['Grace'] }],
  ['crashes', { ...round('nobody', { from: 'Vera' }), heard: [], told: 'Internal server error' }],
  ['left-out', { ...round('nobody', { from: 'Vera' }), heard: round('nobody', {}).heard.slice(1) }],
  ['left-out', { ...round('plain', {}), heard: round('plain', {}).heard.slice(1) }],
  ['unheard', { ...round('plain', {}), heard: [] }],
  ['of-the-text', { ...round('known text', {}, 'Vera'), claimed: ['Vera'] }],
  ['crashes', { ...round('known text', {}), heard: [], told: 'Internal server error' }],
  ['of-the-profile', { ...round('plain', {}, 'Vera Moss'), profile: { given_name: 'Vera', family_name: 'Wong' } }],
  ['long-text', { ...round('long text', {}), heard: [], told: 'Your message is too long.' }],
  ['long-text', { ...round('long text', {}), heard: [], altered: round('long text', {}).heard }],
])('finds %s', (id, wrong) => {
  const judgement = judged(round('plain', {}), wrong);
  expect(judgement.outcome).toBe('failed');
  expect(judgement.outcome === 'failed' ? judgement.finding?.id : '').toBe(id);
});

test.each([undefined, other, { S: name }])('a message that claims nothing has the wrong name %j', (from) => {
  const first = { ...round('plain', {}), heard: [{ who: 'Ada', fields: { type: 'message', from } }] };
  expect(judged(first)).toMatchObject({ outcome: 'failed', finding: { id: 'wrong-name' } });
});

test('a name that was claimed before is remembered', () => {
  const claimed = { ...round('nobody', { from: 'Vera' }), heard: [], told: 'Please choose another name.' };
  expect(judged(claimed, round('plain', {}, 'Vera'))).toMatchObject({ finding: { id: 'remembered' } });
});

test('says that a function fails after it has posted', () => {
  expect(judged({ ...round('plain', {}), told: 'Internal server error' })).toMatchObject({
    actual: expect.stringMatching(/People got it, but Ada got "Internal server error"/),
    finding: { id: 'fails' },
  });
});

test.each<[string, Partial<Round>, string]>([
  [
    'is no message',
    { heard: [], instead: '{"text":"Tea?"}' },
    'people got something other than a message (docs/wire-format.md): {"text":"Tea?"}',
  ],
  ['has no text', { heard: [], altered: [{ who: 'Ada', fields: { from: name } }] }, 'people got one without `text`'],
])('says so if what people got %s', (_, more, words) => {
  expect(judged({ ...round('plain', {}), ...more })).toMatchObject({ actual: expect.stringContaining(words) });
});

test("doesn't take the sender's own error for the message, if it quotes the text", () => {
  const told = '{"type":"error","text":"Not sent: Tea?"}';
  const judgement = judged({ ...round('plain', {}), heard: [], instead: told, told });
  expect(judgement).toMatchObject({
    actual: expect.stringContaining('and got an error: {"type":"error"'),
    at: { near: expect.not.arrayContaining(['text: ']) },
    finding: { id: 'unheard' },
  });
});

test('decides nothing if API Gateway throttles', () => {
  const away: Observation = { room, rounds: [], conversation: [], refused: 429 };
  expect(senderIsGenuine.judge(away).outcome).toBe('inconclusive');
});

test('decides nothing if the conversation was cut short', () => {
  const slow: Observation = { room, rounds: [round('plain', {})], conversation: [], isCutShort: true };
  expect(senderIsGenuine.judge(slow).outcome).toBe('inconclusive');
});

test('says so if nobody can connect', () => {
  expect(senderIsGenuine.judge({ room, rounds: [], conversation: [], ...shutDoor })).toMatchObject(saysThatItIsShut);
});
