import type { Subject } from '../checking/check.ts';
import { openRoom } from '../observe/room.ts';
import { speakTo } from '../probe/among-ghosts.ts';
import { RefusedError } from '../probe/handshake.ts';
import { untilIndexed } from '../probe/indexes.ts';
import type { Participant } from '../probe/join-all.ts';
import { saying } from '../probe/sayings.ts';
import { untilFinished } from '../probe/until-quiet.ts';
import { visit } from '../probe/visit.ts';
import { GENERAL, others } from '../sign-in/two-channels.ts';

/** A message that people in another channel got. */
export interface Leaked {
  readonly speaker: string;
  /** The speaker's channel, and theirs. */
  readonly channel: string;
  readonly elsewhere: string;
  /** Their labels in the conversation. */
  readonly outside: readonly string[];
}

/**
 * Somebody joins another channel than these people in `general`, who then send a message, and so does she. Returns the
 * message that left its channel; undefined if neither did, or the room rejects her.
 */
export async function leavesItsChannel(subject: Subject, people: readonly Participant[]): Promise<Leaked | undefined> {
  const { joins, ticket } = await subject.once(others);
  const { Hedy: channel = '' } = joins;
  const look = visit(subject, openRoom(subject).address, async ({ join }) => {
    const hedy: Participant = { label: 'Hedy', person: await join('Hedy', await ticket('Hedy')), secrets: [] };
    await untilIndexed(subject, [hedy.person.name]);
    const ways = [
      { inside: people, outside: [hedy], channel: GENERAL, elsewhere: channel },
      { inside: [hedy], outside: people, channel, elsewhere: GENERAL },
    ];
    for (const { inside, outside, ...channels } of ways) {
      const [speaker] = inside;
      if (speaker === undefined) continue;
      const text = saying();
      await speakTo(subject, speaker, inside, { text });
      await untilFinished(subject);
      await Promise.all(outside.map(({ person }) => person.listens(0)));
      const those = outside.filter(({ person }) => person.heard.some((frame) => frame.text.includes(text)));
      if (those.length > 0) return { ...channels, speaker: speaker.label, outside: those.map(({ label }) => label) };
    }
    return undefined;
  });
  return look.catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error;
    return undefined;
  });
}
