import { canHave, type DoorPlaces } from '../../probe/door-claims.ts';
import { matchingTexts } from '../../probe/matching-text.ts';
import { sourceWords, withoutComments } from '../../probe/source-words.ts';
import { userName } from '../../probe/visitor-name.ts';
import { placesReadIn } from '../05-spoofed-sender/at-the-door.ts';

/** A text that the room may look for in a handshake. */
export interface KnownText {
  readonly text: string;
  readonly of: /** The text that the code contains: this one, or a part of it. */
    | { readonly literal: string }
    /** The environment variable with that value, or with a list in which it is this part, from 1 on. */
    | { readonly variable: string; readonly part: number }
    /** A regular expression matches it. */
    | { readonly pattern: true };
}

/** Sources that have to do with the handshake. */
const ABOUT_HANDSHAKES = /queryStringParameters|headers|\btoken\b/i;

/** What a header can have; neither a text nor a value that is much longer is worth a handshake. */
const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const LONGEST = 100;

/** How many texts are tried. */
const MOST = 24;

/** Where people serve a page while they write it. */
const LOCAL_PAGE = 'http://localhost:3000';

/** Headers that mean something in every handshake, but that a room can look at. */
const LOOKED_AT = /^(origin|referer|user-agent|authorization)$/i;

/**
 * Returns the texts that the sources compare something with or look for, and the values of environment variables; first
 * those that have to do with the handshake. A text that is looked for is also part of a longer one.
 */
export function knownTexts(
  sources: readonly string[],
  environment: Readonly<Record<string, string>>,
): readonly KnownText[] {
  const code = sources.map(withoutComments);
  const near = code.filter((source) => ABOUT_HANDSHAKES.test(source));
  const { values, sought } = sourceWords([...near, ...code.filter((source) => !near.includes(source))]);
  const literals = values.flatMap((value) => (typeof value === 'string' ? value.trim() : []));
  const all: KnownText[] = [
    ...Object.entries(environment).flatMap(([variable, value]) =>
      [value, ...partsOf(value)].map((text, part) => ({ text, of: { variable, part } })),
    ),
    ...literals.flatMap((literal) => {
      const longer = sought.includes(literal) ? [`${literal}${userName()}`, `${userName()}${literal}`] : [];
      return [literal, ...longer].map((text) => ({ text, of: { literal } }));
    }),
    ...matchingTexts(near).map((text) => ({ text, of: { pattern: true as const } })),
    ...(headersIn(near).some((name) => /^origin$/i.test(name))
      ? [{ text: LOCAL_PAGE, of: { literal: 'localhost' } }]
      : []),
  ];
  return all
    .filter(({ text }, index) => text !== '' && all.findIndex((each) => each.text === text) === index)
    .filter(({ text }) => text.length <= LONGEST)
    .slice(0, MOST);
}

/** Returns the parts of a list; nothing if a text has no comma. */
function partsOf(value: string): string[] {
  return value.includes(',') ? value.split(',').map((part) => part.trim()) : [];
}

/** Returns the parameters and headers of a handshake that the sources can read, besides its token. */
export function placesKnown(sources: readonly string[]): Required<Pick<DoorPlaces, 'query' | 'headers'>> {
  const places = placesReadIn(sources);
  const of = (wanted: 'query' | 'headers') => places.flatMap(([kind, name]) => (kind === wanted ? name : []));
  return { query: of('query'), headers: [...headersIn(sources), ...of('headers')] };
}

/** Returns whether a header can have a text. */
export function fitsInHeader(name: string, text: string): boolean {
  return PRINTABLE.test(text) && canHave(name, text);
}

/** Returns the headers that every handshake can have and the sources name, as they spell them. */
function headersIn(sources: readonly string[]): string[] {
  return sourceWords(sources.filter((source) => /headers/i.test(source))).read.filter((name) => LOOKED_AT.test(name));
}
