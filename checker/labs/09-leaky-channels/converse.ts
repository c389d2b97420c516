import type { Room, Subject } from '../../checking/check.ts';
import { observeOtherActions } from '../../observe/other-actions.ts';
import { RefusedError } from '../../probe/handshake.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import { rowsNamed, type StoredRow } from '../../probe/room-tables.ts';
import { idOf } from '../../probe/row-copies.ts';
import { makeOld, untilForgotten } from '../../probe/rows.ts';
import { shortened } from '../../probe/shortened.ts';
import { sourceWords } from '../../probe/source-words.ts';
import { textsIn } from '../../probe/texts.ts';
import { untilAllDeleted } from '../../probe/until-deleted.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';
import { type Ticket, visit } from '../../probe/visit.ts';
import { GENERAL, lookalike, others, type TwoChannels, twoChannels } from '../../sign-in/two-channels.ts';
import { channelsInWords } from './channels-in-words.ts';
import { claimsToTry } from './claims.ts';
import { joinNaming, type Naming, nameElsewhere, naming, unlessTurnedAway } from './names-a-channel.ts';
import { decides, type Round } from './rounds.ts';
import { type Member, roundOf, type Said, slowestLeak } from './said.ts';
import { say, sayIn } from './say.ts';
import { sayDespite } from './say-despite.ts';
import { type Signal, signalIn } from './signal.ts';
import { inChannel, oneOf, turnsOf } from './turns.ts';

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
 * Three people join each of two channels, three join others, and some join channels named like words in the handlers;
 * Ada and Hedy open a second tab. They send messages, some of which name another channel. Ends with the first message
 * that goes wrong. `onLine` gets each line of the conversation as it happens.
 */
export async function converse(subject: Subject, room: Room, onLine?: (line: string) => void): Promise<Talk> {
  const channels = await subject.once(twoChannels);
  const besides = await subject.once(others);
  const alike = await subject.once(lookalike);
  const inWords = await subject.once(channelsInWords);
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
      for (const [label, channel] of Object.entries(inWords.joins)) {
        const comes = join(label, channel, await inWords.ticket(label));
        // A room can reserve such a name.
        const member = await comes.catch(unlessTurnedAway);
        if (member !== undefined) members.push({ ...member, isInWords: true });
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
      const said = await sayAll(subject, await withIds(subject, members), { names, actions, joinAgain });
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
  /** The rows of those who leave, and who leaves the first channel. */
  let leaving: StoredRow[] = [];
  let leaver: string | undefined;
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
      const goneNames = gone.map(({ person }) => person.name);
      leaving = await rowsNamed(subject, goneNames);
      leaver = gone.find(({ channel }) => channel === names[0])?.person.name;
      for (const { person } of gone) await person.leave();
      await untilForgotten(subject, goneNames);
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
  const stillThere = await untilAllDeleted(subject, leaving, 0);
  const gone = leaving.filter(
    (stored) => !stillThere.includes(stored) && textsIn(stored.row).some((text) => text === leaver),
  );
  return [...said, ...(await sayDespite(subject, { present, said }, { names, gone }))];
}

/** Adds the ids of their connections, except for people with several. */
async function withIds(subject: Subject, members: readonly Member[]): Promise<Member[]> {
  const rows = await rowsNamed(
    subject,
    members.map(({ person }) => person.name),
  );
  return members.map((member) => {
    const own = rows.filter(({ row }) => textsIn(row).includes(member.person.name));
    const [connectionId, ...others] = new Set(own.flatMap(({ row, table }) => idOf(row, table) ?? []));
    return others.length > 0 ? member : { ...member, connectionId };
  });
}
