import { randomBytes } from 'node:crypto';
import { plainNameSince } from './plain-name.ts';

/** What the names of one visit end in: when it was, and something nobody could have prepared. */
export function visitorTag(now: number): string {
  return `(check ${moment(now)})`;
}

/** The same for the names of users that a checker makes: a user pool takes no blanks. */
export function userTag(now: number): string {
  return `check-${moment(now)}`;
}

function moment(now: number): string {
  return `${Math.floor(now / 1000).toString(36)}-${randomBytes(4).toString('hex')}`;
}

/** A visit is long over by then, in milliseconds: what a command left that was killed is anybody's to take away. */
const FORGOTTEN_AFTER = 10 * 60_000;

/** Whether this is the name of a visitor, or of something of a checker's, of so long ago that it was forgotten. */
export function isForgotten(name: string): boolean {
  return (visitedAt(name) ?? Number.POSITIVE_INFINITY) < Date.now() - FORGOTTEN_AFTER;
}

/** When the visitor of this name came, in milliseconds; undefined for a name that is no visitor's. */
export function visitedAt(name: string): number | undefined {
  const [, seconds] = /(?:\(check |-check-)([0-9a-z]{6,8})-[0-9a-f]{8}\)?$/.exec(name) ?? [];
  return seconds === undefined ? plainNameSince(name) : Number.parseInt(seconds, 36) * 1000;
}
