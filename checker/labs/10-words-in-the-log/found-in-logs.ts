import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { disguisedIn } from '../../probe/disguised.ts';
import { begunIn, encipheredIn, lettersOf, type Needle, needlesIn, runsIn } from '../../probe/needles.ts';
import { type Reading, readingsOf } from '../../probe/readings.ts';
import { isPlatformLine } from './platform-line.ts';

/** A log line that gives something away. */
export interface Leak {
  readonly group: string;
  readonly needle: Needle;
  /** The line, as logged. */
  readonly line: string;
  /** The log stream that it is in. */
  readonly stream?: string | undefined;
  /** The encodings to undo before it can be read: `['base64']`; empty if it is plain text. */
  readonly undone: readonly string[];
  /** Set if each line has only a part of it. */
  readonly inParts?: true;
  /** What it is readable in spite of: `missing vowels`. */
  readonly despite?: string;
  /** Set if only its first letters are there. */
  readonly isBegun?: true;
  /** Set if only a few letters of it are there: a log can have those by chance. */
  readonly mayBeChance?: true;
}

/** How many letters in a row are no chance if a function has logged them as they are. */
const CERTAIN = 8;

/** In the list of encodings: each letter is replaced by another. */
const SUBSTITUTION = 'a substitution of letters';

/** Lambda's prefix to each line that a function logs: time, request id, level. */
const PREFIX = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[\w-]+\t[A-Z]+\t/;

/** Returns the first line for each needle in the events of a log group, in every encoding that needs no key. */
export function leaksIn(group: string, events: readonly FilteredLogEvent[], needles: readonly Needle[]): Leak[] {
  const leaks = new Map<Needle, Leak>();
  const isUncertain = (needle: Needle) => leaks.get(needle)?.mayBeChance ?? !leaks.has(needle);
  const add = (text: string, line: string, more: Pick<Leak, 'stream' | 'inParts'>) => {
    const found = (
      needle: Needle,
      undone: readonly string[],
      how: Pick<Leak, 'mayBeChance' | 'despite' | 'isBegun'> = {},
    ) => {
      if (!leaks.has(needle) || (isUncertain(needle) && how.mayBeChance !== true))
        leaks.set(needle, { group, needle, line, undone, ...more, ...how });
    };
    const readings: Reading[] = [];
    for (const reading of readingsOf(text)) {
      if (!needles.some(isUncertain)) return;
      readings.push(reading);
      const { text: read, undone } = reading;
      const isOwn = undone.length === 0 && !isPlatformLine(line);
      for (const needle of needlesIn(read, needles)) {
        const letters = lettersOf(needle.text);
        const telling = isOwn ? runsIn(letters, Math.min(CERTAIN, letters.length)) : [letters];
        const hay = lettersOf(read);
        const isCertain = needle.kind === 'token' || telling.some((run) => hay.includes(run));
        found(needle, undone, isCertain ? {} : { mayBeChance: true });
      }
    }
    // Each letter has its own number in hex, too, so a cipher is looked for only if no decoding has the sentence.
    for (const { text: read, undone } of readings.filter(({ undone }) => undone.length <= 1)) {
      for (const { needle, disguise } of disguisedIn(read, needles.filter(isUncertain)))
        found(needle, undone, { despite: disguise });
      for (const needle of encipheredIn(read, needles.filter(isUncertain))) found(needle, [...undone, SUBSTITUTION]);
    }
    if (more.inParts || isPlatformLine(line)) return;
    const begun = begunIn(
      text,
      needles.filter((needle) => !leaks.has(needle)),
    );
    for (const needle of begun) found(needle, [], { isBegun: true, mayBeChance: true });
  };
  // A function can log a line that looks like one of Lambda's.
  for (const { message = '', logStreamName: stream } of events) add(message.replace(PREFIX, ''), message, { stream });
  const printed = events.filter(({ message = '' }) => !isPlatformLine(message));
  // A function can log a word letter by letter, so the lines of a stream are also read as one text.
  for (const stream of new Set(printed.map(({ logStreamName }) => logStreamName))) {
    const own = printed.filter(({ logStreamName }) => logStreamName === stream);
    const said = own.map(({ message = '' }) => contentOf(message));
    add(said.join(''), own.map(({ message = '' }) => message).join('\n'), { stream, inParts: true });
  }
  return [...leaks.values()];
}

/** Returns a function's own log text, without Lambda's additions. */
export function contentOf(message: string): string {
  try {
    const { message: said } = JSON.parse(message) as { message?: unknown };
    if (said !== undefined) return typeof said === 'string' ? said : JSON.stringify(said);
  } catch {
    // It is not JSON.
  }
  return message.replace(PREFIX, '').trimEnd();
}
