import { randomInt } from 'node:crypto';
import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import { untilIndexed, untilUnindexed } from '../../probe/indexes.ts';
import type { Frame } from '../../probe/person.ts';
import { deleteRowsOf, makeOld, untilForgotten } from '../../probe/rows.ts';
import { sourceWords } from '../../probe/source-words.ts';
import { APART, firstHeard } from '../../probe/speak.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';
import { type Ticket, visit } from '../../probe/visit.ts';
import { others, type TwoChannels, twoChannels } from '../../sign-in/two-channels.ts';
import { type Claim, claimsToTry } from './claims.ts';
import { decides, isOf, type Message, missedBy, type Round } from './rounds.ts';
import { type Member, newSaying, outsideOf, roundOf, type Said, slowestLeak } from './said.ts';

/** A conversation in two channels. */
export interface Talk {
  /** The status of the handshake, if a member was rejected. Then nobody sent anything. */
  readonly refused?: number;
  readonly names: readonly [string, string];
  /** In order, up to the first one that went wrong. */
  readonly rounds: readonly Round[];
  readonly conversation: readonly string[];
}

/** How long until a message that only some got is repeated, in milliseconds: an index can be a moment behind. */
const PAUSE = { practice: 300, aws: 2_000 } as const;

/**
 * Three people join each of two channels, and two join others; two of them open a second tab. They send messages, some
 * of which name another channel. Ends with the first message that goes wrong. `onLine` gets each line of the
 * conversation as it happens.
 */
export async function converse(subject: Subject, room: Room, onLine?: (line: string) => void): Promise<Talk> {
  const channels = await subject.once(twoChannels);
  const besides = await subject.once(others);
  const { names } = channels;
  const talk = visit(
    subject,
    room.address,
    async (inside) => {
      const join = async (label: string, channel: string, ticket: Ticket): Promise<Member> => {
        const person = await inside.join(label, ticket);
        return { label, channel, person, secrets: ticket.secrets ?? [] };
      };
      const members: Member[] = [];
      // One after the other, so one function process serves them all.
      for (const { joins, ticket } of [channels, besides]) {
        for (const [label, channel] of Object.entries(joins))
          members.push(await join(label, channel, await ticket(label)));
      }
      const { Hedy: alone = '' } = besides.joins;
      members.push(await join("Hedy's second tab", alone, await besides.ticket('Hedy')));
      const people = members.map(({ person }) => person);
      const joinAgain = async () => {
        const [, other] = names;
        const tab = await join("Ada's second tab", other, await channels.ticket('Ada', other));
        people.push(tab.person);
        await untilIndexed(subject, [tab.person.name]);
        return tab;
      };
      await untilIndexed(
        subject,
        people.map(({ name }) => name),
      );
      // Nobody gets other channels' messages because they have been there for long.
      for (const { person } of names.flatMap((name) => oneOf(inChannel(members, name)) ?? [])) {
        await makeOld(subject, person.name);
      }
      const said = await sayAll(subject, members, names, joinAgain);
      await untilQuiet(subject, people);
      // Only a message with as much time as the slowest leak took is known to have stayed in its channel.
      await Promise.all(people.map((person) => person.listens(slowestLeak(said))));
      // Late messages count, too.
      return { names, rounds: said.map((one) => roundOf(one, said)), conversation: inside.conversation };
    },
    onLine,
  );
  return talk.catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error;
    return { names, rounds: [], refused: error.status, conversation: error.conversation };
  });
}

/** `joinAgain`: Ada joins the second channel, too. */
async function sayAll(
  subject: Subject,
  members: readonly Member[],
  names: TwoChannels['names'],
  joinAgain: () => Promise<Member>,
): Promise<Said[]> {
  const [one, other] = names;
  const both = [
    { channel: one, elsewhere: other },
    { channel: other, elsewhere: one },
  ];
  const further = new Set(members.map(({ channel }) => channel).filter((channel) => !names.includes(channel)));
  // Ada, who joined the first channel first, is a member of both, and nobody in the other one is.
  const claiming = claimsToTry(sourceWords(subject.sources())).flatMap((claim) =>
    (claim.isOwn === true ? both.slice(0, 1) : both).map(({ channel, elsewhere }) => {
      return {
        channel,
        speaks: channel === one ? ('first' as const) : undefined,
        claims: { ...claim, channel: elsewhere },
      };
    }),
  );
  const first: readonly Turn[] = names.map((channel) => ({ channel, speaks: 'first' }));
  // A message must not move anybody to the channel that it names, so the last ones are plain again. Two are Ada's, and
  // two are for one of her tabs each: who gets a message depends on the connection, not on the person.
  const last: readonly Turn[] = [
    { channel: one, speaks: 'first' },
    { channel: other, speaks: 'last' },
    { channel: one, speaks: 'last' },
    { channel: other, speaks: 'first' },
  ];
  // From each tab: a room can send to its speaker, and to one other connection of the same person.
  const besides = [...further].flatMap((channel): Turn[] =>
    inChannel(members, channel).length > 1
      ? [
          { channel, speaks: 'first' },
          { channel, speaks: 'last' },
        ]
      : [{ channel }],
  );
  const turns: readonly Turn[] = [...first, ...besides, ...claiming, ...last];
  const said: Said[] = [];
  let present = members;
  // A message that named a channel can also have moved somebody, and then an ordinary one leaks, too.
  const since = async (before: readonly Said[]): Promise<Said[]> => {
    const last = before.at(-1);
    if (last?.claims === undefined || roundOf(last, before).outside.length === 0) return [];
    return [await say(subject, last.speaker, present, before)];
  };
  for (const [index, turn] of turns.entries()) {
    // Nor must the number of people matter: somebody leaves before the last ones.
    if (index === turns.length - last.length) {
      const gone = names.flatMap((name) => oneOf(inChannel(members, name).slice(1)) ?? []);
      for (const { person } of gone) await person.leave();
      await untilForgotten(
        subject,
        gone.map(({ person }) => person.name),
      );
      present = [...members.filter((member) => !gone.includes(member)), await joinAgain()];
    }
    // A room can leak in one direction only, so both are tried first.
    if (index !== 1 && said.some((each) => decides(roundOf(each, said)))) return [...said, ...(await since(said))];
    said.push(...(await sayIn(subject, present, turn, said)));
  }
  // A room that finds nobody in a channel must not send to everyone. Only one person is in this one, and her rows are
  // gone.
  const [speaker] = [...further].flatMap((channel) => inChannel(present, channel).slice(1));
  if (speaker === undefined || said.some((each) => decides(roundOf(each, said)))) return said;
  const { name } = speaker.person;
  if ((await deleteRowsOf(subject, name)) === 0 || !(await untilUnindexed(subject, name))) return said;
  // Nobody would get it in her other tab.
  const those = present.filter((one) => one === speaker || one.channel !== speaker.channel);
  return [...said, { ...(await say(subject, speaker, those, said)), isUnlisted: true }];
}

/** The next message of somebody in a channel. */
interface Turn {
  readonly channel: string;
  /** Who sends it, by when they joined the channel; by default anyone. */
  readonly speaks?: 'first' | 'last' | undefined;
  readonly claims?: (Claim & { readonly channel: string }) | undefined;
}

/** A member of a channel sends a message, and repeats it if only some got it. */
async function sayIn(
  subject: Subject,
  members: readonly Member[],
  { channel, speaks, claims }: Turn,
  before: readonly Said[],
): Promise<Said[]> {
  const those = inChannel(members, channel);
  // Later any member: a room must not know who speaks by when they connected.
  const speaker = speaks === undefined ? oneOf(those) : those.at(speaks === 'first' ? 0 : -1);
  if (speaker === undefined) throw new Error(`Nobody is in the channel ${channel}.`);
  const said = await say(subject, speaker, members, before, claims);
  const round = roundOf(said, before);
  const missed = missedBy(round).length;
  const isPartly = missed > 0 && missed < Object.keys(round.inside).length;
  if (!isPartly || round.told !== undefined || round.outside.length > 0 || claims !== undefined) return [said];
  await forAMoment(PAUSE[subject.target.kind], subject.signal);
  return [{ ...said, isSaidAgain: true }, await say(subject, speaker, members, [...before, said])];
}

function inChannel(members: readonly Member[], wanted: string): Member[] {
  return members.filter(({ channel }) => channel === wanted);
}

function oneOf<T>(some: readonly T[]): T | undefined {
  return some[randomInt(Math.max(1, some.length))];
}

/** Sends a message, and waits until the result is clear. */
async function say(
  subject: Subject,
  speaker: Member,
  members: readonly Member[],
  before: readonly Said[],
  claims?: Turn['claims'],
): Promise<Said> {
  const words = newSaying(before);
  const text = `${claims?.prefix?.(claims.channel) ?? ''}${words}`;
  const message: Message = { text, words, from: speaker.person.name, channel: speaker.channel };
  const start = speaker.person.heard.length;
  const at = speaker.person.say({ action: 'sendmessage', text, ...claims?.fields?.(claims.channel) });
  const inside = members.filter(({ channel }) => channel === speaker.channel);
  const outside = outsideOf(speaker, members);
  const isNews = (frame: Frame) => speaker.person.heard.indexOf(frame) >= start;
  const apart = APART[subject.target.kind];
  const heard = firstHeard(inside.map(({ person }) => person.hears(says(text)))).then((frame) =>
    Promise.all(frame === undefined ? [] : inside.map(({ person }) => person.hears(says(text), apart))),
  );
  const leaked = firstHeard(outside.map(({ person }) => person.hears(isOf(message, before))));
  const told = speaker.person.hears((frame) => isNews(frame) && isTrouble(frame));
  for (const late of [heard, leaked, told]) late.catch(() => {});
  const orAll = (frame: Frame | undefined) => (frame === undefined ? heard : undefined);
  await Promise.race([heard, leaked.then(orAll), told.then(orAll)]);
  // Once a ping is answered, everything posted before has arrived.
  await Promise.all(members.map(({ person }) => person.listens(0)));
  return {
    ...message,
    speaker,
    present: members,
    at,
    start,
    end: speaker.person.heard.length,
    claims: claims && { where: claims.where, channel: claims.channel, isOwn: claims.isOwn },
  };
}
