import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Subject } from '../../checking/check.ts';
import type { RowFinder } from '../../probe/connections.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import { startGhosts } from '../../probe/ghosts.ts';
import type { Participant } from '../../probe/join-all.ts';
import { malformedId } from '../../probe/made-up-ids.ts';
import type { Frame } from '../../probe/person.ts';
import { copyWithId, idOf } from '../../probe/row-copies.ts';

/** A message whose post to one connection failed. */
export interface Failing {
  /** The malformed id of that connection. */
  readonly id: string;
  /** When it was sent, in milliseconds. */
  readonly since: number;
  /** The error that Ada got, if she got one. */
  readonly told?: string;
}

/** How many messages Ada sends until one fails: an index can be a moment behind its table. */
const ATTEMPTS = 3;

/** How long she waits in between, in milliseconds on AWS. */
const PAUSE = 2_000;

/**
 * Sends a message to a channel with a malformed connection id in its rows: API Gateway answers 400 to that post.
 * Whatever the room writes about a connection is copied, since only some of it may be what the sender reads.
 */
export async function failsToPost(
  subject: Subject,
  { ada: participant, finder }: { readonly ada: Participant; readonly finder: RowFinder },
  text: () => string,
): Promise<Failing | undefined> {
  const { person: ada } = participant;
  const id = malformedId(randomInt(2) === 0 ? 'long' : 'short');
  const malformed = (await finder.rowsOf([participant])).flat().flatMap(({ table, row }) => {
    const from = idOf(row, table) ?? row[table.keys[0] ?? '']?.S;
    return from === undefined ? [] : { table, row: copyWithId(row, table, { id: [from, id], name: ada.name }) };
  });
  if (malformed.length === 0) return undefined;
  const ghosts = await startGhosts(subject);
  await ghosts.add(malformed, id);
  try {
    const since = Date.now();
    for (let attempt = 1; ; attempt += 1) {
      const said = text();
      const from = ada.heard.length;
      const isNewTrouble = (frame: Frame) => isTrouble(frame) && ada.heard.indexOf(frame) >= from;
      ada.say({ action: 'sendmessage', text: said });
      await ada.hears((frame) => isNewTrouble(frame) || says(said)(frame));
      // She gets the message first, then the error.
      const told = await ada.hears(isNewTrouble, attempt === ATTEMPTS ? PAUSE / 2 : PAUSE / 4);
      if (told !== undefined || attempt === ATTEMPTS) {
        return { id, since, told: told?.text };
      }
      await wait(PAUSE / (subject.target.scale ?? (subject.target.kind === 'practice' ? 20 : 1)), undefined, {
        signal: subject.signal,
      });
    }
  } finally {
    await ghosts.remove();
  }
}
