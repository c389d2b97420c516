import type { SourceWords } from './source-words.ts';
import { visitorName } from './visitor-name.ts';

/** Names that somebody claims in the URL and the headers of their handshake, each a different one. */
export interface DoorClaims {
  /** The parameters of the query string; `name` is one. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** How many bytes all of them can have: API Gateway limits the URL and the headers together, and there is a token. */
const LARGEST = 2_500;

const parameters =
  'name nickname nick as user username userName displayName display_name from sender author alias handle by who me login identity persona userId user_id id'.split(
    ' ',
  );

const headers =
  'x-nickname x-nick x-name x-user x-username x-user-name x-user-id x-display-name x-sender x-from x-alias x-remote-user x-forwarded-user x-auth-request-user remote-user from'.split(
    ' ',
  );

/** Parameters that have a meaning in the rooms of the labs. */
const meant = new Set(['token', 'channel', 'action', 'text']);

/** Headers that somebody on the way writes. */
const written = /^x-(amz|amzn|lab|forwarded-(for|proto|port|host))\b/;

/** Returns claims in all places that are common, and in those that the learner's handlers read. */
export function doorClaims({ read }: Pick<SourceWords, 'read'>): DoorClaims {
  let left = LARGEST;
  const named = (places: readonly string[]) =>
    Object.fromEntries(
      [...new Set(places)].flatMap((place) => {
        const claim = [place, visitorName()] as const;
        left -= encodeURIComponent(claim.join('=')).length + 4;
        return left < 0 ? [] : [claim];
      }),
    );
  const own = read.filter((word) => /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(word) && !meant.has(word));
  const ownHeaders = own.filter((word) => /^x-[a-z0-9-]+$/i.test(word) && !written.test(word.toLowerCase()));
  return {
    headers: named([...headers, ...ownHeaders.map((header) => header.toLowerCase())]),
    query: named([...parameters, ...own]),
  };
}

/** Returns where somebody claimed a name, in words; undefined if they did not. */
export function placeOfClaim(claims: DoorClaims, name: unknown): string | undefined {
  const isIt = ([, claimed]: readonly [string, string]) => claimed === name;
  const [parameter] = Object.entries(claims.query).find(isIt) ?? [];
  if (parameter !== undefined) return `her URL (\`?${parameter}=\`)`;
  const [header] = Object.entries(claims.headers).find(isIt) ?? [];
  return header === undefined ? undefined : `her request's header \`${header}\``;
}
