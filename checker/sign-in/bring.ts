import type { Subject } from '../checking/check.ts';
import { isForgotten } from '../probe/tag.ts';

/**
 * The tag of the checker's own user pools. Names of pools and clients start with it, because clients can't have tags.
 */
export const TAG = 'websocket-lab-checker';

/** How the usernames of earlier versions of the checker start. */
export const FIRST_OF_USERS = 'lab-';

/** Returns the name of something that the checker creates; `tag` is a visitor's and contains the creation time. */
export function nameOfOwn(tag: string): string {
  return `${TAG}-${tag}`;
}

/** Whether a checker created something with this name so long ago that it is a leftover. */
export function isForgottenOwn(name: string): boolean {
  return name.startsWith(`${TAG}-`) && isForgotten(name);
}

/**
 * Creates something that is deleted after the lab's checks, even if they were interrupted meanwhile. Rejects if they
 * were interrupted before.
 */
export async function bring<T>(
  { afterwards, signal }: Pick<Subject, 'afterwards' | 'signal'>,
  make: () => Promise<T>,
  takeAway: (made: T) => Promise<unknown>,
): Promise<T> {
  signal.throwIfAborted();
  const made = make();
  afterwards(async () => void (await takeAway(await made)));
  return made;
}
