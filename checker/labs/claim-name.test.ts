import { expect, test } from 'vitest';
import type { Subject } from '../checking/check.ts';
import type { Participant } from '../probe/join-all.ts';
import type { Frame, Person } from '../probe/person.ts';
import { attempt, command } from './05-spoofed-sender/attempt.ts';
import { claimInTurn, type Way } from './claim-name.ts';

const [ada, grace] = ['ada.quail', 'grace.moss'];

/** What the room delivers of a message from Ada: to everyone, to Ada only, or nothing. */
type Answer = { readonly to: 'all' | 'Ada'; readonly fields: Readonly<Record<string, unknown>> } | undefined;

interface Sent {
  readonly text: string;
  readonly from?: unknown;
}

/** Ada and Grace in a room that answers what Ada sends, and how often anybody waited in vain, and for what. */
function roomThat(answer: (sent: Sent) => Answer) {
  const waited: number[] = [];
  const sent: Sent[] = [];
  const people = [ada, grace].map((name, index): Participant => {
    const heard: Frame[] = [];
    const hears = async (matches: (frame: Frame) => boolean, patience = 20_000) => {
      const found = heard.find(matches);
      if (found === undefined && patience > 0) waited.push(patience);
      return found;
    };
    const sendText = (text: string) => {
      const message = JSON.parse(text) as Sent;
      sent.push(message);
      const answered = answer(message);
      const frame = { at: 0, text: JSON.stringify(answered?.fields), fields: answered?.fields ?? {} };
      for (const { person } of answered === undefined ? [] : people.slice(0, answered.to === 'all' ? 2 : 1))
        person.heard.push(frame);
      return 0;
    };
    const listens = async (ms: number) => void (ms > 0 && waited.push(ms));
    return {
      label: index === 0 ? 'Ada' : 'Grace',
      secrets: [],
      person: { name, heard, hears, sendText, listens } as unknown as Person,
    };
  });
  const [speaker, claimed] = people as [Participant, Participant];
  const subject = { target: { kind: 'aws', scale: 1_000 }, signal: new AbortController().signal };
  const claim = (ways: readonly Way[]) =>
    claimInTurn(subject as unknown as Subject, { speaker, claimed, people }, ways);
  return { claim, waited, sent };
}

const message = (text: string, from: unknown = ada): Answer => ({ to: 'all', fields: { type: 'message', from, text } });
const inFrom = (): Way => ({ attempt: attempt('many fields', [['from', grace]]), where: 'in fields' });
const after = (own: string): Way => ({ attempt: command(own, grace), where: `after ${own}` });

test('a room that ignores claims is fine', async () => {
  const { claim } = roomThat(({ text }) => message(text));
  expect(await claim([inFrom(), after('/as')])).toBeUndefined();
});

test('a message under another name is spoofed', async () => {
  const { claim } = roomThat(({ text, from = ada }) => message(text, from));
  expect(await claim([inFrom()])).toEqual({
    speaker: 'Ada',
    name: ada,
    claimed: 'Grace',
    where: 'in fields',
    from: grace,
  });
});

test('a command can put a name on what is after it', async () => {
  const { claim } = roomThat(({ text }) => {
    const [, name = ada, rest = text] = /^\/as (\S+) (.+)/.exec(text) ?? [];
    return message(rest, name);
  });
  expect(await claim([inFrom(), after('/as')])).toMatchObject({ where: 'after /as', from: grace });
});

test('a bot that quotes an unknown command wrote what it answers', async () => {
  const fields = (text: string) => ({ type: 'message', from: 'room', text: `No such command: ${text}` });
  const { claim } = roomThat(({ text }) =>
    text.startsWith('/') ? { to: 'Ada', fields: fields(text) } : message(text),
  );
  expect(await claim([after('/as'), after('/nick')])).toBeUndefined();
});

test.each(['', 'x', '?'])('a short text is of another message: %j', async (shown) => {
  const { claim } = roomThat(() => message(shown, 'room'));
  expect(await claim([inFrom()])).toBeUndefined();
});

test('waits once for a room that rejects silently', async () => {
  const { claim, waited, sent } = roomThat(({ text, from }) => (from === undefined ? message(text) : undefined));
  expect(await claim(Array.from({ length: 25 }, inFrom))).toBeUndefined();
  expect(waited).toEqual([8_000, 8_000, 8_000]);
  expect(sent).toHaveLength(25 + 24);
});

test('waits once for an ordinary message that is one too many', async () => {
  const { claim, waited, sent } = roomThat(() => undefined);
  expect(await claim(Array.from({ length: 25 }, inFrom))).toBeUndefined();
  expect(waited.filter((ms) => ms > 8_000)).toHaveLength(1);
  expect(sent).toHaveLength(25 + 1);
});

test('finds a copy that comes after the message was taken for rejected', async () => {
  const { claim } = roomThat(({ text, from }) => {
    if (from === undefined) return message(text);
    return text.startsWith('late') ? message(text, from) : undefined;
  });
  const late = { attempt: attempt('many fields', [['from', grace]], 'late in the evening'), where: 'late' };
  expect(await claim([inFrom(), inFrom(), late])).toMatchObject({ where: 'late', from: grace });
});
