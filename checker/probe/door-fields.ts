import type { DoorPlaces } from './door-claims.ts';

// A handler that trusts something unusual in a handshake names it in its source, like a field of a message.

/** These mean something in every handshake, or in the room's own: a token, a channel. */
const KNOWN_PARAMETERS = /^(token|channel)$/i;
const KNOWN_HEADERS =
  /^(accept.*|authorization|cache-control|connection|content-.*|cookie|host|origin|pragma|sec-.*|upgrade|user-agent|via|x-amzn-.*|x-forwarded-(for|port|proto))$/i;
const NAME = /^[\w-]{1,40}$/;

/** Returns the parameters of the URL and the headers that some handlers read, except for those that aren't names. */
export function doorFields(sources: readonly string[]): Pick<DoorPlaces, 'query' | 'headers'> {
  const read = (event: string, known: RegExp) => [
    ...new Set(
      sources.flatMap((source) => membersOf(event, source)).filter((name) => NAME.test(name) && !known.test(name)),
    ),
  ];
  return {
    query: read('queryStringParameters', KNOWN_PARAMETERS),
    headers: read('headers', KNOWN_HEADERS),
  };
}

/** What is read from a member of the event: directly, through a variable, or by destructuring. */
function membersOf(member: string, source: string): string[] {
  const whole = `(?:${member}|multiValue${member.charAt(0).toUpperCase()}${member.slice(1)})`;
  const variables = [
    ...matches(source, `\\b${whole}\\s*:\\s*(\\w+)`),
    ...matches(
      source,
      `\\b(?:const|let|var)\\s+(\\w+)[^=;\\n]*=[^;\\n]*\\b${whole}\\b(?!\\s*(?:[?!]\\s*)?[.[]\\w*['"\\w])`,
    ),
  ];
  return [whole, ...variables].flatMap((name) => [
    ...matches(source, `\\b${name}\\b[\\s!?)]*(?:\\?\\?\\s*\\{\\s*\\}\\s*\\))?[\\s!?]*\\.\\s*(\\w+)\\b(?!\\s*\\()`),
    ...matches(
      source,
      `\\b${name}\\b[\\s!?)]*(?:\\?\\?\\s*\\{\\s*\\}\\s*\\))?[\\s!?.]*\\[\\s*['"\`]([^'"\`]+)['"\`]\\s*\\]`,
    ),
    ...[
      ...matches(source, `\\{([^{}]*)\\}[^=;{}\\n]*=[^=>;\\n]*\\b${name}\\b`),
      ...matches(source, `\\b${name}\\s*:\\s*\\{([^{}]*)\\}`),
    ].flatMap((fields) => fields.split(',').map((field) => field.replace(/[:=][\s\S]*/, '').replace(/['"\s]/g, ''))),
  ]);
}

function matches(source: string, pattern: string): string[] {
  return [...source.matchAll(new RegExp(pattern, 'g'))].map(([, found = '']) => found);
}
