import { randomBytes } from 'node:crypto';

/** Returns an ending for names in the account that no room sees: when it was made, and something nobody could prepare. */
export function tagOfOwn(now: number): string {
  return `check-${Math.floor(now / 1000).toString(36)}-${randomBytes(4).toString('hex')}`;
}

/** Checks are long over by then, in milliseconds: anybody can remove what a killed command left. */
export const FORGOTTEN_AFTER = 10 * 60_000;

/** Returns whether a checker made this so long ago that it was forgotten. Earlier versions tagged their visitors' names too. */
export function isForgotten(name: string): boolean {
  return (taggedAt(name) ?? Number.POSITIVE_INFINITY) < Date.now() - FORGOTTEN_AFTER;
}

/** Returns when something of this name was made, in milliseconds; undefined for a name without a tag. */
export function taggedAt(name: string): number | undefined {
  const [, seconds] = /(?:\(check |-check-)([0-9a-z]{6,8})-[0-9a-f]{8}\)?$/.exec(name) ?? [];
  return seconds === undefined ? undefined : Number.parseInt(seconds, 36) * 1000;
}
