import { randomInt } from 'node:crypto';
import type { Subject } from '../checking/check.ts';
import { speakTo } from './among-ghosts.ts';
import { usual } from './field-names.ts';
import { says } from './frames.ts';
import type { Participant } from './join-all.ts';
import { saying } from './sayings.ts';
import { isClaimable, MOST_CLAIMED, sourceWords } from './source-words.ts';

/** A message that claimed another person's name and was delivered under a name that isn't its sender's. */
export interface Spoofed {
  readonly speaker: string;
  /** The sender's true name. */
  readonly name: string;
  /** The label of the person whose name was claimed. */
  readonly claimed: string;
  /** The name that the room gave. */
  readonly from: unknown;
  /** Set if the claim was in the fields that the handlers read, not in those that clients use most. */
  readonly isInOwnFields?: true;
}

/**
 * Sends two messages with another person's name: in the fields that clients use most, and in those that the handlers
 * read. The room can deliver each under the sender's name, or reject it, with or without an error. Otherwise returns
 * it.
 */
export async function claimName(
  subject: Pick<Subject, 'target' | 'sources'>,
  people: readonly Participant[],
  isSpeaker: (participant: Participant) => boolean,
): Promise<Spoofed | undefined> {
  const speakers = people.filter(isSpeaker);
  const speaker = speakers[randomInt(Math.max(1, speakers.length))];
  const claimed = people.find((each) => each !== speaker);
  if (speaker === undefined || claimed === undefined) return undefined;
  const { name } = speaker.person;
  const own = sourceWords(subject.sources()).read.filter(isClaimable);
  for (const fields of [usual, own.slice(0, MOST_CLAIMED)]) {
    const text = saying();
    const claims = Object.fromEntries(fields.map((field) => [field, claimed.person.name]));
    await speakTo(subject, speaker, people, { ...claims, text });
    const heard = people.flatMap(({ person }) => person.heard.filter(says(text)));
    const other = heard.find(({ fields: { from } }) => from !== name);
    if (other === undefined) continue;
    const spoofed = { speaker: speaker.label, name, claimed: claimed.label, from: other.fields.from };
    return fields === usual ? spoofed : { ...spoofed, isInOwnFields: true };
  }
  return undefined;
}
