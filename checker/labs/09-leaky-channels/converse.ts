import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { observeOtherActions } from '../../observe/other-actions.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import { untilIndexed, untilUnindexed } from '../../probe/indexes.ts';
import type { Frame } from '../../probe/person.ts';
import { deleteRowsOf, makeOld, untilForgotten } from '../../probe/rows.ts';
import { shortened } from '../../probe/shortened.ts';
import { sourceWords } from '../../probe/source-words.ts';
import { APART, firstHeard } from '../../probe/speak.ts';
import { untilFinished, untilQuiet } from '../../probe/until-quiet.ts';
import { type Ticket, visit } from '../../probe/visit.ts';
import { GENERAL, lookalike, others, type TwoChannels, twoChannels } from '../../sign-in/two-channels.ts';
import { claimsToTry } from './claims.ts';
import { joinNaming, type Naming, nameElsewhere, naming } from './names-a-channel.ts';
import { decides, missedBy, type Round } from './rounds.ts';
import { leaksTo, type Member, newSaying, outsideOf, roundOf, type Said, slowestLeak } from './said.ts';
import { type Signal, signalIn } from './signal.ts';
import type { Message } from './telling.ts';
import { inChannel, oneOf, type Turn, turnsOf } from './turns.ts';

/** A conversation in two channels. */
export interface Talk {
  /** The status of the handshake, if a member was rejected. Then nobody sent anything. */
  readonly refused?: number;
  readonly names: readonly [string, string];
  /** In order, up to the first one that went wrong. */
  readonly rounds: readonly Round[];
  /** A tab that got something after nearly every message of other channels. */
  readonly signal?: Signal;
  readonly conversation: readonly string[];
}

/**
 * How long until a message that only some got is repeated, in milliseconds: an index can be a moment behind. Also how
 * long to wait for the result of a claim, once the room has rejected one silently.
 */
const PAUSE = { practice: 300, aws: 2_000 } as const;

/**
 * Three people join each of two channels, and three join others; Ada and Hedy open a second tab. They send messages,
 * some of which name another channel. Ends with the first message that goes wrong. `onLine` gets each line of the
 * conversation as it happens.
 */
export async function converse(subject: Subject, room: Room, onLine?: (line: string) => void): Promise<Talk> {
  const channels = await subject.once(twoChannels);
  const besides = await subject.once(others);
  const alike = await subject.once(lookalike);
  const actions = await observeOtherActions(subject, room);
  const { names } = channels;
  const talk = visit(
    subject,
    room.address,
    async (inside) => {
      const join = async (label: string, channel: string, ticket: Ticket): Promise<Member> => {
        const person = await inside.join(label, ticket);
        return { label, channel, person, secrets: ticket.secrets ?? [] };
      };
      const [one, other] = names;
      const alsoNamed: Readonly<Record<string, Naming>> = {
        Margaret: { channel: other, ticket: naming(other, subject.sources()) },
        // API Gateway passes on the last one, and all of them in a list of its own.
        Barbara: { channel: one, ticket: { channelBefore: one } },
      };
      const members: Member[] = [];
      // One after the other, so one function process serves them all.
      for (const { joins, ticket } of [channels, besides, alike]) {
        for (const [label, channel] of Object.entries(joins)) {
          const named = alsoNamed[label];
          const come = async (also?: Naming['ticket']) => join(label, channel, { ...(await ticket(label)), ...also });
          members.push(await (named === undefined ? come() : joinNaming(named, come)));
        }
      }
      const { Hedy: alone = '' } = besides.joins;
      members.push(await join("Hedy's second tab", alone, await besides.ticket('Hedy')));
      const people = members.map(({ person }) => person);
      const joinAgain = async () => {
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
      const said = await sayAll(subject, members, { names, actions, joinAgain });
      await untilQuiet(subject, people);
      // Only a message with as much time as the slowest leak took is known to have stayed in its channel.
      await Promise.all(people.map((person) => person.listens(slowestLeak(said))));
      // Late messages count, too.
      const rounds = said.map((one) => roundOf(one, said));
      return {
        names,
        rounds,
        signal: signalIn(said),
        conversation: inside.conversation.map((line) => shortened(line)),
      };
    },
    onLine,
  );
  return talk.catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error;
    return { names, rounds: [], refused: error.status, conversation: error.conversation };
  });
}

/** The room, its two channels, and the actions of its other routes. */
interface Place {
  readonly names: TwoChannels['names'];
  readonly actions: readonly string[];
  /** Ada joins the second channel, too. */
  readonly joinAgain: () => Promise<Member>;
}

async function sayAll(
  subject: Subject,
  members: readonly Member[],
  { names, actions, joinAgain }: Place,
): Promise<Said[]> {
  const sources = subject.sources();
  const { first, middle, last } = turnsOf(members, names, claimsToTry(sourceWords(sources)));
  const turns = [...first, ...middle, ...last];
  let said: Said[] = [];
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
      // Frances is alone in `general`: whatever another route does to her, nobody misses anything.
      const [elsewhere] = inChannel(members, GENERAL);
      if (elsewhere !== undefined) await nameElsewhere(subject, elsewhere, names[0], actions);
      const having = (more: Partial<Member>) => (one: Member) => (one === elsewhere ? { ...one, ...more } : one);
      said = said.map((each) => ({ ...each, present: each.present.map(having({ asked: true })) }));
      const named = { channel: names[0], where: 'in a message for another route' };
      const others = members.filter((member) => !gone.includes(member));
      present = [...others.map(having({ asked: true, named })), await joinAgain()];
    }
    if (index !== 1 && said.some((each) => decides(roundOf(each, said)))) return [...said, ...(await since(said))];
    said.push(...(await sayIn(subject, present, turn, said)));
  }
  // A room that finds nobody in a channel must not send to everyone. Only one person is in this one, and her rows are
  // gone.
  const [speaker] = present.filter(
    ({ channel }, index) => !names.includes(channel) && present.findIndex((one) => one.channel === channel) < index,
  );
  if (speaker === undefined || said.some((each) => decides(roundOf(each, said)))) return said;
  const { name } = speaker.person;
  if ((await deleteRowsOf(subject, name)) === 0 || !(await untilUnindexed(subject, name))) return said;
  // Nobody would get it in her other tab.
  const those = present.filter((one) => one === speaker || one.channel !== speaker.channel);
  return [...said, { ...(await say(subject, speaker, those, said)), isUnlisted: true }];
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

/** Sends a message, and waits until the result is clear. */
async function say(
  subject: Subject,
  speaker: Member,
  members: readonly Member[],
  before: readonly Said[],
  claims?: Turn['claims'],
): Promise<Said> {
  const words = newSaying(before);
  const outside = outsideOf(speaker, members);
  const names = [...new Set(outside.map(({ person }) => person.name))];
  const text = claims?.text?.(words, claims.channel, names) ?? words;
  const message: Message = { text, words, from: speaker.person.name, channel: speaker.channel };
  const start = speaker.person.heard.length;
  const at = speaker.person.say({ action: 'sendmessage', text, ...claims?.fields?.(claims.channel) });
  const inside = members.filter(({ channel }) => channel === speaker.channel);
  const isNews = (frame: Frame) => speaker.person.heard.indexOf(frame) >= start;
  const apart = APART[subject.target.kind];
  const heard = firstHeard(inside.map(({ person }) => person.hears(says(text)))).then((frame) =>
    Promise.all(frame === undefined ? [] : inside.map(({ person }) => person.hears(says(text), apart))),
  );
  const about = { ...message, present: members, at };
  const leaked = firstHeard(outside.map((tab) => tab.person.hears(leaksTo(tab, about, before))));
  const told = speaker.person.hears((frame) => isNews(frame) && isTrouble(frame));
  for (const late of [heard, leaked, told]) late.catch(() => {});
  const orAll = (frame: Frame | undefined) => (frame === undefined ? heard : undefined);
  const clear = Promise.race([heard, leaked.then(orAll), told.then(orAll)]);
  const mayBeSilent = claims !== undefined && claims.mustArrive !== true && before.some(isRejectedSilently);
  await (mayBeSilent ? Promise.race([clear, untilSilent(subject)]) : clear);
  const isHeard = () => inside.some(({ person }) => person.heard.some(says(text)));
  if (mayBeSilent && isHeard()) await heard;
  // Once a ping is answered, everything posted before has arrived.
  await Promise.all(members.map(({ person }) => person.listens(0)));
  return {
    ...message,
    speaker,
    present: members,
    at,
    start,
    end: speaker.person.heard.length,
    isSilent: !isHeard() && !speaker.person.heard.slice(start).some(isTrouble),
    claims: claims && {
      where: claims.where,
      channel: claims.channel,
      says: claims.says,
      isOwn: claims.isOwn,
      isText: claims.isText,
      mustArrive: claims.mustArrive,
    },
  };
}

function isRejectedSilently({ claims, isSilent }: Said): boolean {
  return claims !== undefined && isSilent === true;
}

async function untilSilent(subject: Subject): Promise<void> {
  await forAMoment(PAUSE[subject.target.kind], subject.signal);
  await untilFinished(subject);
}
