import { expect, test } from 'vitest';
import { judged, name, other, room, round } from '../../../tests/checker/spoofed-round.ts';
import { senderIsGenuine } from './sender-is-genuine.ts';

test('a name of the profile is named, and looked for in every handler', () => {
  const wrong = { ...round('plain', {}, 'Vera'), profile: { name: 'Ines', nickname: 'Vera' } };
  expect(judged(wrong)).toMatchObject({
    actual: expect.stringContaining('carries the name "Vera", which is in the attribute `nickname`.'),
    at: { handler: 'authorizer.ts', anywhere: expect.arrayContaining(['.nickname']) },
  });
});

test('a bot can answer a command, and the room can change its text', () => {
  const sent = { ...round('known text', {}), claimed: ['Vera'] };
  const answer = [{ who: 'Ada', fields: { type: 'message', from: 'bot', text: `You wrote ${sent.text}` } }];
  expect(judged(round('plain', {}), { ...sent, heard: [], altered: answer })).toMatchObject({ outcome: 'passed' });
  expect(judged(round('plain', {}), { ...sent, heard: [], told: 'There is no such command.' })).toMatchObject({
    outcome: 'passed',
  });
});

test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
  ['nowhere', {}, /has no `from`\. docs/],
  ['in another field', { sender: name }, /The sender's name is in `sender`\./],
])('says that a message has no `from` if its name is %s', (_, fields, words) => {
  const sent = round('plain', {});
  const heard = [{ who: 'Ada', fields: { type: 'message', text: sent.text, ...fields } }];
  expect(judged({ ...sent, heard })).toMatchObject({
    actual: expect.stringMatching(words),
    at: { near: expect.arrayContaining(['JSON.stringify(']) },
  });
});

const log = (line: string) => [{ source: 'log', about: 'SendMessage', lines: [line] }];

test('says what the function logged, and points at where it begins if no line of it failed', () => {
  const rounds = [{ ...round('plain', {}), heard: [], told: 'Internal server error' }];
  const error = 'Runtime.HandlerNotFound: index.handler is undefined or not exported';
  const failed = {
    room,
    rounds,
    conversation: [],
    sender: 'SendMessage',
    log: log(`2026-11-30T10:00:00Z - ERROR ${error}`),
  };
  expect(senderIsGenuine.judge(failed)).toMatchObject({
    actual: expect.stringContaining(`the function failed with "${error}".`),
    at: { near: expect.arrayContaining(['export ']) },
  });
  const denied = { ...failed, log: log('2026-11-30T10:00:00Z - ERROR AccessDeniedException: not allowed') };
  expect(senderIsGenuine.judge(denied)).toMatchObject({ at: 'SendMessage' });
});

test('points at the line that answers with the error', () => {
  const told = 'The room no longer knows you. Please join again.';
  expect(judged({ ...round('plain', {}), heard: [], told })).toMatchObject({
    at: { near: expect.arrayContaining([told, told.slice(0, 20)]) },
  });
});

test('points at the stack if no file has the code', () => {
  const rounds = [round('another person', { from: other }, other)];
  const inline = { room, rounds, conversation: [], sender: 'SendMessage', isInline: true };
  expect(senderIsGenuine.judge(inline)).toMatchObject({ outcome: 'failed', at: 'SendMessage' });
});

test('says that a function timed out', () => {
  const rounds = [{ ...round('plain', {}), heard: [] }];
  expect(senderIsGenuine.judge({ room, rounds, conversation: [], timedOut: true })).toMatchObject({
    actual: expect.stringContaining('Nobody got it, not even Ada: the function behind the route ran into its timeout.'),
    at: { handler: 'send-message.ts', near: expect.arrayContaining(['while (']) },
    finding: { id: 'fails' },
  });
});
