import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import type { Participant } from '../../probe/join-all.ts';
import { type Frame, RefusedError } from '../../probe/person.ts';
import { saying } from '../../probe/sayings.ts';
import { APART, firstHeard } from '../../probe/speak.ts';
import { type Visit, visit } from '../../probe/visit.ts';
import { type TwoChannels, twoChannels } from '../../sign-in/two-channels.ts';
import { decides, heardOf, isOf, missedBy, type Round, toldIn } from './rounds.ts';

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

/** How long it must be quiet at the end, in milliseconds on AWS, and the minimum on this machine. */
const QUIET = 3_000;
const LEAST_QUIET = 400;

/** The fields in which a message can name a channel: the first alone, then all others. */
export const claimFields = [
  ['channel'],
  ['channelId', 'channelName', 'channels', 'group', 'groups', 'room', 'target', 'to', 'topic'],
];

/**
 * Three people join each of two channels and send messages, some of which name the other channel. Ends with the first
 * message that goes wrong. `onLine` gets each line of the conversation as it happens.
 */
export async function converse(subject: Subject, room: Room, onLine?: (line: string) => void): Promise<Talk> {
  const channels = await subject.once(twoChannels);
  const { names } = channels;
  return visit(
    subject,
    room.address,
    async (inside) => {
      const members = await joinAll(inside, channels);
      if (typeof members === 'number')
        return { names, rounds: [], refused: members, conversation: inside.conversation };
      await untilIndexed(
        subject,
        members.map(({ person }) => person.name),
      );
      const said = await sayAll(subject, members, names);
      const { scale = subject.target.kind === 'aws' ? 1 : Number.POSITIVE_INFINITY } = subject.target;
      await Promise.all(members.map(({ person }) => person.listens(Math.max(LEAST_QUIET, QUIET / scale))));
      // Late messages count, too.
      return { names, rounds: said.map((one) => roundOf(one, members)), conversation: inside.conversation };
    },
    onLine,
  );
}

/** Somebody in one of the channels. */
interface Member extends Participant {
  readonly channel: string;
}

async function joinAll(inside: Visit, { joins, ticket }: TwoChannels): Promise<Member[] | number> {
  const members: Member[] = [];
  try {
    // One after the other, so one function process serves them all.
    for (const [label, channel] of Object.entries(joins)) {
      const theirs = await ticket(label);
      members.push({ label, channel, person: await inside.join(label, theirs), secrets: theirs.secrets ?? [] });
    }
    return members;
  } catch (error) {
    if (error instanceof RefusedError) return error.status;
    throw error;
  }
}

interface Said {
  readonly speaker: Member;
  readonly text: string;
  readonly claims?: Round['claims'];
  /** How many frames the speaker had got before, and after the result was clear. */
  readonly from: number;
  readonly to: number;
  readonly isSaidAgain?: true;
}

async function sayAll(
  subject: Subject,
  members: readonly Member[],
  [one, other]: TwoChannels['names'],
): Promise<Said[]> {
  const both = [
    { channel: one, elsewhere: other },
    { channel: other, elsewhere: one },
  ];
  const plain = both.map(({ channel }) => ({ channel }));
  const claiming = claimFields.flatMap((names) =>
    both.map(({ channel, elsewhere }) => ({ channel, claims: { names, channel: elsewhere } })),
  );
  // A message must not move anybody to the channel that it names, so the last ones are plain again.
  const turns: readonly Turn[] = [...plain, ...claiming, ...plain];
  const said: Said[] = [];
  for (const [index, { channel, claims }] of turns.entries()) {
    // A room can leak in one direction only, so both are tried first.
    if (index !== 1 && said.some((each) => decides(roundOf(each, members)))) break;
    said.push(...(await sayIn(subject, members, { channel, claims })));
  }
  return said;
}

/** The next message of somebody in a channel. */
interface Turn {
  readonly channel: string;
  readonly claims?: { readonly names: readonly string[]; readonly channel: string } | undefined;
}

/** The first member of a channel sends a message, and repeats it if only some got it. */
async function sayIn(subject: Subject, members: readonly Member[], { channel, claims }: Turn): Promise<Said[]> {
  const speaker = members.find((member) => member.channel === channel);
  if (speaker === undefined) throw new Error(`Nobody is in the channel ${channel}.`);
  const said = await say(subject, speaker, members, claims);
  const round = roundOf(said, members);
  const missed = missedBy(round).length;
  const isPartly = missed > 0 && missed < Object.keys(round.inside).length;
  if (!isPartly || round.told !== undefined || round.outside.length > 0 || claims !== undefined) return [said];
  await forAMoment(PAUSE[subject.target.kind], subject.signal);
  return [{ ...said, isSaidAgain: true }, await say(subject, speaker, members)];
}

/** Sends a message, and waits until the result is clear. */
async function say(
  subject: Subject,
  speaker: Member,
  members: readonly Member[],
  claims?: Turn['claims'],
): Promise<Said> {
  const text = saying();
  const from = speaker.person.heard.length;
  const claimed = claims === undefined ? {} : Object.fromEntries(claims.names.map((name) => [name, claims.channel]));
  speaker.person.say({ action: 'sendmessage', text, ...claimed });
  const inside = members.filter(({ channel }) => channel === speaker.channel);
  const outside = members.filter(({ channel }) => channel !== speaker.channel);
  const isNews = (frame: Frame) => speaker.person.heard.indexOf(frame) >= from;
  const apart = APART[subject.target.kind];
  const heard = firstHeard(inside.map(({ person }) => person.hears(says(text)))).then((frame) =>
    Promise.all(frame === undefined ? [] : inside.map(({ person }) => person.hears(says(text), apart))),
  );
  const leaked = firstHeard(outside.map(({ person }) => person.hears(isOf(text, speaker.person.name))));
  const told = speaker.person.hears((frame) => isNews(frame) && isTrouble(frame));
  for (const late of [heard, leaked, told]) late.catch(() => {});
  const orAll = (frame: Frame | undefined) => (frame === undefined ? heard : undefined);
  await Promise.race([heard, leaked.then(orAll), told.then(orAll)]);
  // Once a ping is answered, everything posted before has arrived.
  await Promise.all(members.map(({ person }) => person.listens(0)));
  const field = claims?.names[0];
  return {
    speaker,
    text,
    from,
    to: speaker.person.heard.length,
    ...(claims === undefined || field === undefined ? {} : { claims: { field, channel: claims.channel } }),
  };
}

function roundOf({ speaker, text, claims, from, to, isSaidAgain }: Said, members: readonly Member[]): Round {
  const people = members.map(({ label, channel, person }) => ({
    label,
    isInside: channel === speaker.channel,
    heard: person.heard,
  }));
  const told = toldIn(speaker.person.heard.slice(from, to));
  return {
    speaker: speaker.label,
    channel: speaker.channel,
    text,
    ...heardOf(text, speaker.person.name, people),
    ...(claims === undefined ? {} : { claims }),
    ...(told === undefined ? {} : { told }),
    ...(isSaidAgain === undefined ? {} : { isSaidAgain }),
  };
}
