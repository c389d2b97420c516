import { expect, test } from 'vitest';
import { RefusedError } from '../../probe/handshake.ts';
import { joinNaming, naming } from './names-a-channel.ts';
import type { Member } from './said.ts';

test('names a channel where clients could and where handlers read something, but in no name', () => {
  const source = 'const { view } = event.queryStringParameters; const name = event.queryStringParameters.nickname;';
  const { claims } = naming('kites', [source]);
  expect(claims?.query).toMatchObject({ view: 'kites', room: 'kites' });
  expect(claims?.query).not.toHaveProperty('channel');
  expect(claims?.query).not.toHaveProperty('nickname');
  expect(claims?.headers).toMatchObject({ 'x-channel': 'kites' });
});

test('connects without naming another channel if the room rejects that', async () => {
  const come = async (also?: object) => {
    if (also !== undefined) throw new RefusedError(403);
    return { label: 'Barbara' } as Member;
  };
  const named = { channel: 'kite', ticket: { channelBefore: 'kite' } };
  expect(await joinNaming(named, come)).toEqual({ label: 'Barbara' });
});
