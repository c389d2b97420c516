import { randomBytes } from 'node:crypto';

/** Returns a suffix for names in the account that no room sees: the creation time, and something unpredictable. */
export function tagOfOwn(now: number): string {
  return `check-${Math.floor(now / 1000).toString(36)}-${randomBytes(4).toString('hex')}`;
}

/** How old a leftover must be before another command removes it, in milliseconds: by then its check is long over. */
export const FORGOTTEN_AFTER = 10 * 60_000;

/**
 * Returns whether a checker created this so long ago that it is a leftover. Earlier versions tagged visitors' names,
 * too.
 */
export function isForgotten(name: string): boolean {
  return (taggedAt(name) ?? Number.POSITIVE_INFINITY) < Date.now() - FORGOTTEN_AFTER;
}

/** Returns when something with this name was created, in milliseconds; undefined for a name without a tag. */
export function taggedAt(name: string): number | undefined {
  const [, seconds] = /(?:\(check |-check-)([0-9a-z]{6,8})-[0-9a-f]{8}\)?$/.exec(name) ?? [];
  return seconds === undefined ? undefined : Number.parseInt(seconds, 36) * 1000;
}
