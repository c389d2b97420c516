import { randomBytes, randomInt } from 'node:crypto';

/**
 * Returns an id that no connection has, longer or shorter than API Gateway's ids, whose posts are answered with 400:
 * with 25 characters, it is like the `cjy8i76bx002884le6n17d49b` in
 * https://github.com/dherault/serverless-offline/issues/749.
 */
export function malformedId(size: 'long' | 'short'): string {
  const length = size === 'long' ? 25 : randomInt(5, 8);
  return Array.from({ length }, () => randomInt(36).toString(36)).join('');
}

/** Returns an id like API Gateway's, which no connection has. */
export function unusedId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}
