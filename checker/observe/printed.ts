import type { Evidence, Room, Subject } from '../checking/check.ts';
import { observeReadableLog } from './readable-log.ts';
import { observeEnds } from './runs.ts';
import { observeSender } from './sender.ts';

/**
 * Returns what the function behind `sendmessage` logged since a moment. Evidence only: an unreadable log is left out.
 */
export async function observePrinted(subject: Subject, room: Room, since: number): Promise<Evidence[]> {
  try {
    const sender = await observeSender(subject, room);
    const printed = sender && (await observeReadableLog(subject, sender.functionName, since));
    return printed === undefined ? [] : [printed];
  } catch {
    subject.signal.throwIfAborted();
    return [];
  }
}

/** What the function behind `sendmessage` did since a moment. */
export interface SenderRun {
  /** What it logged. */
  readonly log: readonly Evidence[];
  /** Whether it timed out. */
  readonly timedOut?: boolean;
  /** Its logical id, if the stack created it. */
  readonly sender?: string;
}

/**
 * Waits until the function behind `sendmessage` has ended, and returns what it did since a moment, as far as logs show.
 */
export async function observeSenderRun(subject: Subject, room: Room, since: number): Promise<SenderRun> {
  const sender = await observeSender(subject, room).catch(() => undefined);
  const runs = sender && (await observeEnds(subject, sender.functionName, since).catch(() => undefined));
  subject.signal.throwIfAborted();
  const log = await observePrinted(subject, room, since);
  return { log, timedOut: runs !== undefined && runs.timedOut > 0, sender: sender?.logicalId };
}
