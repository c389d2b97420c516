import type { Subject } from '../check.ts';

/** The tag of a user pool of the checker's. The names of pools and clients begin so: a client cannot be tagged. */
export const TAG = 'websocket-lab-checker';

/** A visit is long over by then: what a command left that was killed is anybody's to take away. */
export const FORGOTTEN_AFTER = 10 * 60_000;

/** The names of users that a checker makes begin so: short, since the room takes no long ones. */
export const FIRST_OF_USERS = 'lab-';

/** The name of something that the checker makes, `tag` being a visitor's: when it was made is in it. */
export function nameOfOwn(tag: string): string {
  return `${TAG}-${tag}`;
}

/** Whether a thing of this name was made by a checker, so long ago that it was forgotten. */
export function isForgotten(name: string, now = Date.now()): boolean {
  const [, seconds] = new RegExp(`^${TAG}-check-([0-9a-z]{6,8})-[0-9a-f]{8}$`).exec(name) ?? [];
  return seconds !== undefined && Number.parseInt(seconds, 36) * 1000 < now - FORGOTTEN_AFTER;
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
