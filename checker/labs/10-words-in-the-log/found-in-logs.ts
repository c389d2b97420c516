import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { type Needle, needlesIn } from './needles.ts';
import { readingsOf } from './readings.ts';

/** A line of a log that gives something away. */
export interface Leak {
  readonly group: string;
  readonly needle: Needle;
  /** The line, as it is in the log. */
  readonly line: string;
  /** What has to be undone to read it: `['base64']`; none if it's there for anybody to read. */
  readonly undone: readonly string[];
  /** Set if each line has a part of it only. */
  readonly inParts?: true;
}

/** What Lambda itself writes of each invocation. */
const PLATFORM = /^(START|END|REPORT|INIT_START) |^\{[^{]*"type":"platform\./;

/** What Lambda writes in front of what a function prints: time, request id, level. */
const PREFIX = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[\w-]+\t[A-Z]+\t/;

/** Returns the first line for each thing that is in the events of a group, read in every way that needs no key. */
export function leaksIn(group: string, events: readonly FilteredLogEvent[], needles: readonly Needle[]): Leak[] {
  const leaks = new Map<Needle, Leak>();
  const add = (text: string, line: string, more: Pick<Leak, 'inParts'> = {}) => {
    for (const { text: read, undone } of readingsOf(text)) {
      const left = needles.filter((needle) => !leaks.has(needle));
      if (left.length === 0) return;
      for (const needle of needlesIn(read, left)) leaks.set(needle, { group, needle, line, undone, ...more });
    }
  };
  const printed = events.filter(({ message = '' }) => !PLATFORM.test(message));
  for (const { message = '' } of printed) add(message.replace(PREFIX, ''), message);
  // Somebody can print a word letter by letter: the lines of a stream are read as one text, too.
  for (const name of new Set(printed.map(({ logStreamName }) => logStreamName))) {
    const stream = printed.filter(({ logStreamName }) => logStreamName === name);
    const said = stream.map(({ message = '' }) => contentOf(message));
    add(said.join(''), stream.map(({ message = '' }) => message).join('\n'), { inParts: true });
  }
  return [...leaks.values()];
}

/** What a function printed, without what Lambda adds. */
function contentOf(message: string): string {
  try {
    const { message: said } = JSON.parse(message) as { message?: unknown };
    if (said !== undefined) return typeof said === 'string' ? said : JSON.stringify(said);
  } catch {
    // It is not JSON.
  }
  return message.replace(PREFIX, '').trimEnd();
}
