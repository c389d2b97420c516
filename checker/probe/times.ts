import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Row } from './rows.ts';
import { withTexts } from './texts.ts';

/** A time less than this long ago, in milliseconds, was written when the visitor connected. Clocks differ a little. */
const JUST_NOW = 10 * 60_000;
const AHEAD = 60_000;

/** How long a room may keep a row, in milliseconds. */
const LONGEST_LIFE = 400 * 24 * 3_600_000;

/** A way to write a time, at least to the minute. */
interface Format {
  readonly pattern: RegExp;
  /** Milliseconds since 1970; NaN if it isn't a time. */
  read(written: string): number;
  /** A time in the way that another one was written. */
  write(time: number, like: string): string;
}

const zone = /(?:Z|[+-]\d\d:?\d\d)$/;
const iso = (time: number) => new Date(time).toISOString();
const withoutZone = (time: number) => iso(time).slice(0, -1);

const formats: readonly Format[] = [
  { pattern: /(?<!\d)\d{13}(?!\d)/, read: Number, write: String },
  {
    pattern: /(?<!\d)\d{10}(?!\d)/,
    read: (written) => Number(written) * 1000,
    write: (time) => String(Math.round(time / 1000)),
  },
  {
    // ISO 8601, maybe with a space. Functions run in UTC.
    pattern: /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/,
    read: (written) => Date.parse(zone.test(written) ? written : `${written}Z`),
    write: (time, like) =>
      (zone.test(like) ? iso(time) : withoutZone(time).slice(0, like.length)).replace('T', like.charAt(10)),
  },
  {
    // `toUTCString()`
    pattern: /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/,
    read: Date.parse,
    write: (time) => new Date(time).toUTCString(),
  },
  {
    // `toString()`
    pattern: /[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4}/,
    read: Date.parse,
    write: (time) => `${new Date(time).toUTCString().replace(/, (\d\d) (\w+)/, ' $2 $1')}+0000`,
  },
  {
    // `toLocaleString()`, whose second space differs between versions of Node.js
    pattern: /\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d\d:\d\d\s[AP]M/,
    read: (written) => Date.parse(`${written.replace(/\s/g, ' ')} UTC`),
    write: (time, like) =>
      new Date(time).toLocaleString('en-US', { timeZone: 'UTC' }).replace(/\s(?=[AP]M)/, like.slice(-3, -2)),
  },
  {
    // API Gateway's `requestTime`:
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
    pattern: /\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}/,
    read: (written) => Date.parse(written.replace(/\//g, ' ').replace(':', ' ')),
    write: (time) => new Date(time).toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/, '$1/$2/$3:$4 +0000'),
  },
];

const anyTime = new RegExp(formats.map(({ pattern }) => pattern.source).join('|'), 'g');

/**
 * Returns a value whose recent times are set back by `age` milliseconds, wherever they are in it: `CONN#1764350187000`.
 * A later time is when a row expires, so it comes closer, but is never over. Undefined for a value without such times.
 */
export function longBefore(
  value: AttributeValue,
  { age, now = Date.now() }: { readonly age: number; readonly now?: number },
): AttributeValue | undefined {
  const older = withTexts(value, (text) =>
    text.replace(anyTime, (written) => {
      const { read, write } = formatOf(written);
      const time = read(written);
      if (isRecent(time, now)) return write(time - age, written);
      return isSoon(time, now) ? write(now + Math.round((time - now) / 2), written) : written;
    }),
  );
  return isDeepStrictEqual(older, value) ? undefined : older;
}

/** Returns whether a row has a time anywhere in it that is less than `within` milliseconds ago. */
export function holdsRecentTime(row: Row, within = JUST_NOW): boolean {
  const now = Date.now();
  const times = (JSON.stringify(row).match(anyTime) ?? []).map((written) => formatOf(written).read(written));
  return times.some((time) => isRecent(time, now, within));
}

function formatOf(written: string): Format {
  const format = formats.find(({ pattern }) => pattern.exec(written)?.[0] === written);
  if (format === undefined) throw new Error(`${written} is in no known format.`);
  return format;
}

function isRecent(time: number, now: number, within = JUST_NOW): boolean {
  return time <= now + AHEAD && time > now - within;
}

function isSoon(time: number, now: number): boolean {
  return time > now + AHEAD && time < now + LONGEST_LIFE;
}
