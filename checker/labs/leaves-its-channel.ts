import type { Subject } from '../checking/check.ts';
import { openRoom } from '../observe/room.ts';
import { speakTo } from '../probe/among-ghosts.ts';
import { RefusedError } from '../probe/handshake.ts';
import { untilIndexed } from '../probe/indexes.ts';
import type { Participant } from '../probe/join-all.ts';
import { saying } from '../probe/sayings.ts';
import { sourceWords } from '../probe/source-words.ts';
import { untilFinished, untilQuiet } from '../probe/until-quiet.ts';
import { visit } from '../probe/visit.ts';
import { GENERAL, others, twoChannels } from '../sign-in/two-channels.ts';
import { inClaimFields, inOwnPlaces } from './09-leaky-channels/claims.ts';

/** A message that people in another channel got. */
export interface Leaked {
  readonly speaker: string;
  /** The speaker's channel, and theirs. */
  readonly channel: string;
  readonly elsewhere: string;
  /** The other channel that the message named, if it did. */
  readonly names?: string;
  /** Their labels in the conversation. */
  readonly outside: readonly string[];
}

/** People in one channel. */
interface Group {
  readonly channel: string;
  readonly people: readonly Participant[];
}

/**
 * Three others join channels that are easily taken for each other or for `general`, in which these people are. Somebody
 * in each channel sends a message, and one of them also names another channel. Returns the message that left its
 * channel; undefined if none did, or the room rejects somebody.
 */
export async function leavesItsChannel(
  subject: Subject,
  inGeneral: readonly Participant[],
): Promise<Leaked | undefined> {
  const [besides, channels] = [await subject.once(others), await subject.once(twoChannels)];
  const [one, other] = channels.names;
  const look = visit(subject, openRoom(subject).address, async ({ join }) => {
    const groups: Group[] = [{ channel: GENERAL, people: inGeneral }];
    for (const [label, ticket] of [
      ['Hedy', await besides.ticket('Hedy')],
      ['Barbara', await channels.ticket('Barbara', other)],
      ["Linus's second tab", await channels.ticket('Linus', one)],
    ] as const) {
      const { channel = GENERAL } = ticket;
      groups.push({ channel, people: [{ label, person: await join(label, ticket), secrets: [] }] });
    }
    const everyone = groups.flatMap(({ people }) => people.map(({ person }) => person));
    await untilIndexed(
      subject,
      everyone.map(({ name }) => name),
    );
    for (const { channel, people } of groups) {
      const [speaker] = people;
      if (speaker === undefined) continue;
      const text = saying();
      await speakTo(subject, speaker, people, { text });
      await untilFinished(subject);
      await Promise.all(everyone.map((person) => person.listens(0)));
      const leaked = leakOf(text, { channel, speaker }, groups);
      if (leaked !== undefined) return leaked;
    }
    const { channel = '', people: [speaker] = [] } = groups.at(-1) ?? {};
    if (speaker === undefined) return undefined;
    const text = saying();
    // A room can ignore these fields, or reject the message.
    for (const fields of [inClaimFields(other), ...inOwnPlaces(sourceWords(subject.sources()), other)])
      speaker.person.say({ text, ...fields, action: 'sendmessage' });
    await untilQuiet(subject, everyone);
    const leaked = leakOf(text, { channel, speaker }, groups);
    return leaked && { ...leaked, names: other };
  });
  return look.catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error;
    return undefined;
  });
}

function leakOf(
  text: string,
  { channel, speaker }: { readonly channel: string; readonly speaker: Participant },
  groups: readonly Group[],
): Leaked | undefined {
  for (const { channel: elsewhere, people } of groups) {
    if (elsewhere === channel) continue;
    const outside = people.filter(({ person }) => person.heard.some((frame) => frame.text.includes(text)));
    if (outside.length > 0)
      return { speaker: speaker.label, channel, elsewhere, outside: outside.map(({ label }) => label) };
  }
  return undefined;
}
