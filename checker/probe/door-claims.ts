import { userName, visitorName } from './visitor-name.ts';

/** Names that somebody claims in the URL, the headers and the cookies of their handshake, each a different one. */
export interface DoorClaims {
  /** The parameters of the query string; `name` is one. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
  /** Those that nobody else has: made-up names. Other claims can be words of a handler, which rows of others contain. */
  readonly madeUp?: readonly string[];
}

/** Where somebody claims a name. */
export interface DoorPlaces {
  readonly query: readonly string[];
  readonly headers: readonly string[];
  readonly cookies?: readonly string[];
}

/** How many bytes all of them can have: API Gateway limits the URL and the headers together, and there is a token. */
const LARGEST = 2_500;

/**
 * A header whose value is a token, without spaces and slashes.
 * https://datatracker.ietf.org/doc/html/rfc6455#section-4.1
 */
const PROTOCOL = /^sec-websocket-protocol$/i;

/** Places that are common. Others that a handler reads may mean something else. */
const common: DoorPlaces = {
  query:
    'name nickname nick as user username userName displayName display_name from sender author alias handle by who me login identity persona userId user_id id'.split(
      ' ',
    ),
  headers:
    'x-nickname x-nick x-name x-user x-username x-user-name x-user-id x-display-name x-sender x-from x-alias x-remote-user x-forwarded-user x-auth-request-user remote-user from'.split(
      ' ',
    ),
  cookies: ['name', 'username', 'user', 'nickname'],
};

/** Returns whether a header can have a value. */
export function canHave(header: string, value: string): boolean {
  return !PROTOCOL.test(header) || /^[\w.+-]+$/.test(value);
}

/** Returns a claim in each of these places, as far as they fit in a handshake: by default, a different name each. */
export function doorClaims(
  { query, headers, cookies = [] }: DoorPlaces = common,
  claimed: (place: string) => string = (place) => (PROTOCOL.test(place) ? userName() : visitorName()),
): DoorClaims {
  let left = LARGEST;
  const named = (places: readonly string[]) =>
    Object.fromEntries(
      [...new Set(places)].flatMap((place) => {
        const claim = [place, claimed(place)] as const;
        left -= encodeURIComponent(claim.join('=')).length + 4;
        return left < 0 ? [] : [claim];
      }),
    );
  // A cookie's value has no spaces.
  const inCookies = Object.fromEntries(cookies.map((cookie) => [cookie, userName()]));
  const claims = { headers: named(headers), query: named(query), cookies: inCookies };
  return { ...claims, madeUp: Object.values(claims).flatMap((each) => Object.values(each)) };
}

/** Returns the headers that make these claims. */
export function headersOf({ headers, cookies = {} }: DoorClaims): Record<string, string> {
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return { ...headers, ...(cookie.length === 0 ? {} : { Cookie: cookie.join('; ') }) };
}

/** Returns where somebody claimed a name, in words; undefined if they did not. */
export function placeOfClaim(claims: DoorClaims, name: unknown): string | undefined {
  const isIt = ([, claimed]: readonly [string, string]) => claimed === name;
  const [parameter] = Object.entries(claims.query).find(isIt) ?? [];
  if (parameter !== undefined) return `her URL (\`?${parameter}=\`)`;
  const [header] = Object.entries(claims.headers).find(isIt) ?? [];
  if (header !== undefined) return `her request's header \`${header}\``;
  const [cookie] = Object.entries(claims.cookies ?? {}).find(isIt) ?? [];
  return cookie === undefined ? undefined : `her cookie \`${cookie}\``;
}
