import type { Subject } from '../checking/check.ts';
import { isForgotten } from '../probe/tag.ts';

/** The tag of a user pool of the checker's. The names of pools and clients begin so: a client cannot be tagged. */
export const TAG = 'websocket-lab-checker';

/** The names of users that earlier versions of the checker made began so. */
export const FIRST_OF_USERS = 'lab-';

/** The name of something that the checker makes, `tag` being a visitor's: when it was made is in it. */
export function nameOfOwn(tag: string): string {
  return `${TAG}-${tag}`;
}

/** Whether a thing of this name was made by a checker, so long ago that it was forgotten. */
export function isForgottenOwn(name: string): boolean {
  return name.startsWith(`${TAG}-`) && isForgotten(name);
}

/**
 * Makes something that is taken away after the lab's checks, also where they were interrupted while it was made. Rejects
 * where they were interrupted before.
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
