import type { Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import type { Frame } from '../../probe/person.ts';
import { APART, firstHeard } from '../../probe/speak.ts';
import { untilFinished } from '../../probe/until-quiet.ts';
import { missedBy } from './rounds.ts';
import { leaksTo, type Member, newSaying, outsideOf, roundOf, type Said } from './said.ts';
import type { Message } from './telling.ts';
import { inChannel, oneOf, type Turn } from './turns.ts';

/**
 * How long until a message that only some got is repeated, in milliseconds: an index can be a moment behind. Also how
 * long to wait for the result of a claim, once the room has rejected one silently.
 */
const PAUSE = { practice: 300, aws: 2_000 } as const;

/** A member of a channel sends a message, and repeats it if only some got it. */
export async function sayIn(
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
export async function say(
  subject: Subject,
  speaker: Member,
  members: readonly Member[],
  before: readonly Said[],
  claims?: Turn['claims'],
): Promise<Said> {
  const words = newSaying(before);
  const outside = outsideOf(speaker, members);
  const people = [
    ...new Set(outside.flatMap(({ person, connectionId }) => (claims?.byId ? (connectionId ?? []) : person.name))),
  ];
  const text = claims?.text?.(words, claims.channel, people) ?? words;
  const message: Message = { text, words, from: speaker.person.name, channel: speaker.channel };
  const start = speaker.person.heard.length;
  const at = speaker.person.say({ action: 'sendmessage', text, ...claims?.fields?.(claims.channel, people) });
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
