import type { Evidence, Room, Subject } from '../checking/check.ts';
import { observeReadableLog } from './readable-log.ts';
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
