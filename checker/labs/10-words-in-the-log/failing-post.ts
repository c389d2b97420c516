import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { FailingCall } from '../../aws/target.ts';
import type { Subject } from '../../checking/check.ts';
import type { RowFinder } from '../../probe/connections.ts';
import { canFail, type FailingCalls, failuresOf } from '../../probe/failing-calls.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import { startGhosts } from '../../probe/ghosts.ts';
import type { Participant } from '../../probe/join-all.ts';
import { malformedId, unusedId } from '../../probe/made-up-ids.ts';
import type { Frame, Person } from '../../probe/person.ts';
import { copyWithId, idOf } from '../../probe/row-copies.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';

/** A message whose post to one connection failed. */
export interface Failing {
  /** The id of that connection. */
  readonly id: string;
  /** `400 Bad Request`. */
  readonly answer: string;
  /** When it was sent, in milliseconds. */
  readonly since: number;
}

/** A way in which posts fail. */
interface Trial {
  readonly answer: string;
  readonly newId: () => string;
  /** The error that the account must be asked for. */
  readonly error?: NonNullable<FailingCall['error']>;
}

/** Several, since a function can log one error and swallow the others. */
const TRIALS: readonly Trial[] = [
  { answer: '400 Bad Request', newId: () => malformedId(randomInt(2) === 0 ? 'long' : 'short') },
  { answer: '403 Forbidden', newId: unusedId, error: 'ForbiddenException' },
  { answer: '500 Internal Server Error', newId: unusedId, error: 'InternalServerErrorException' },
];

/** How many messages Ada sends until one fails: an index can be a moment behind its table. */
const ATTEMPTS = 3;

/** How long she waits in between, in milliseconds on AWS. */
const PAUSE = 2_000;

/**
 * Sends messages to a channel in whose rows one connection's posts fail: first with 400, because its id is malformed,
 * and then, if the account can fail on request, with other errors. Whatever the room writes about a connection is
 * copied, since only some of it may be what the sender reads. Returns the posts that failed, in order; none if there is
 * no row to copy.
 */
export async function failToPost(
  subject: Subject,
  { ada, finder }: { readonly ada: Participant; readonly finder: RowFinder },
  text: () => string,
): Promise<Failing[]> {
  const rows = (await finder.rowsOf([ada])).flat();
  const trials = (await canFail(subject)) ? TRIALS : TRIALS.filter(({ error }) => error === undefined);
  const ghosts = await startGhosts(subject);
  const failing: Failing[] = [];
  try {
    for (const { answer, newId, error } of trials) {
      const id = newId();
      const copies = rows.flatMap(({ table, row }) => {
        const from = idOf(row, table) ?? row[table.keys[0] ?? '']?.S;
        if (from === undefined) return [];
        return { table, row: copyWithId(row, table, { id: [from, id], name: ada.person.name }) };
      });
      if (copies.length === 0) break;
      // Nobody recognizes a malformed id in a row.
      await ghosts.add(copies, error === undefined ? id : undefined);
      // The lines after this moment are about this post.
      if (failing.length > 0) await untilQuiet(subject, [ada.person]);
      const since = Date.now();
      const hasFailed = await speak(subject, ada.person, text, error && { calls: failuresOf(subject, error), id });
      await ghosts.remove();
      if (hasFailed) failing.push({ id, answer, since });
    }
  } finally {
    await ghosts.remove();
  }
  return failing;
}

/**
 * Sends messages until a post fails. Returns whether one did; without a request for it, an account can't say that none
 * did.
 */
async function speak(
  subject: Subject,
  ada: Person,
  text: () => string,
  onRequest?: { readonly calls: FailingCalls; readonly id: string },
): Promise<boolean> {
  const { target, signal } = subject;
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === ATTEMPTS;
    const said = text();
    const from = ada.heard.length;
    const isNewTrouble = (frame: Frame) => isTrouble(frame) && ada.heard.indexOf(frame) >= from;
    await onRequest?.calls.begin(onRequest.id);
    ada.say({ action: 'sendmessage', text: said });
    await ada.hears((frame) => isNewTrouble(frame) || says(said)(frame));
    let hasFailed: boolean;
    if (onRequest === undefined) {
      // She gets the message first, then the error.
      hasFailed = (await ada.hears(isNewTrouble, isLast ? PAUSE / 2 : PAUSE / 4)) !== undefined || isLast;
    } else {
      await untilQuiet(subject, [ada]);
      hasFailed = (await onRequest.calls.end()) > 0;
    }
    if (hasFailed || isLast) return hasFailed;
    await wait(PAUSE / (target.scale ?? (target.kind === 'practice' ? 20 : 1)), undefined, { signal });
  }
}
