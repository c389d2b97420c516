import { expect, test } from 'vitest';
import { judged, name, other, room, round } from '../../../tests/checker/spoofed-round.ts';
import { type Observation, senderIsGenuine } from './sender-is-genuine.ts';

test('names the field that was trusted, and points at the line that reads it', () => {
  expect(judged(round('plain', {}), round('another person', { from: other }, other))).toMatchObject({
    outcome: 'failed',
    actual: `Ada signed in as "${name}" and sent a message with "${other}" in its field \`from\`. Now the room says that "${other}" wrote it.`,
    at: { handler: 'send-message.ts', near: expect.arrayContaining(['message.from']) },
  });
});

test('names the field that the handlers read, if several had the same name', () => {
  const wrong = round('odd value', { name: '', displayName: '' }, '');
  const observation: Observation = { room, rounds: [wrong], conversation: [], fieldsRead: ['displayName'] };
  expect(senderIsGenuine.judge(observation)).toMatchObject({
    actual: expect.stringContaining('with "" in its field `displayName`.'),
    at: { near: expect.arrayContaining(['message.displayName']) },
  });
});

test.each([[[]], [['name', 'displayName']]])('lists the fields if the handlers read %j of them', (fieldsRead) => {
  const wrong = round('odd value', { name: '', displayName: '' }, '');
  expect(senderIsGenuine.judge({ room, rounds: [wrong], conversation: [], fieldsRead })).toMatchObject({
    actual: expect.stringContaining('with "" in several of its fields.'),
    evidence: [{}, { lines: ['name, displayName'] }],
  });
});

test('says in which field an earlier message without a text had a name that is remembered', () => {
  const { heard: _, ...claimed } = round('without text', { text: undefined, nick: 'Vera', nickname: 'Mei' });
  expect(judged(round('plain', {}), { ...claimed, heard: [] }, round('plain', {}, 'Vera'))).toMatchObject({
    finding: { id: 'remembered' },
    evidence: [{}, { about: 'the fields with "Vera" in an earlier message without a text', lines: ['nick'] }],
  });
});

test('names the username that is trusted, and the field that it trusts', () => {
  expect(judged(round('plain', {}), round('known user', { owner: 'Vera' }, 'Vera'))).toMatchObject({
    actual: `Ada signed in as "${name}", a username that your code may look for, and sent a message with "Vera" in its field \`owner\`. Now the room says that "Vera" wrote it.`,
    at: { handler: 'send-message.ts', near: expect.arrayContaining(['message.owner']) },
  });
});

test('says what a trusted client said about itself', () => {
  const atTheDoor = { query: {}, headers: { 'User-Agent': 'Electron' } };
  expect(judged({ ...round('client', { from: 'Vera' }, 'Vera'), atTheDoor })).toMatchObject({
    actual: expect.stringMatching(/connected with "Electron" in `User-Agent`\. .* with "Vera" in fields such as/),
    at: { handler: 'send-message.ts', near: expect.arrayContaining(["'Electron'"]) },
  });
});
