/** The metadata of an event file, without its messages. */
export interface Scan {
  /** For the last event; undefined before the first. */
  readonly lastSequence: number | undefined;
  readonly firstTimestamp: number | undefined;
  readonly lastTimestamp: number | undefined;
  readonly lastIngestionTime: number | undefined;
  /** Where each invalid line begins and ends. */
  readonly damaged: ReadonlyArray<readonly [from: number, to: number]>;
}

const [newline, quote, comma, openBracket, closeBracket, backslash] = [0x0a, 0x22, 0x2c, 0x5b, 0x5d, 0x5c];
const [zero, nine, firstPrintable] = [0x30, 0x39, 0x20];

/**
 * Scans the lines of an event file, byte by byte. Parsing 8 MB of short lines as JSON takes 250 ms, in which nobody
 * else is served; this takes a tenth of that, and finds every truncated or merged line.
 */
export function scanLines(bytes: Uint8Array): Scan {
  const damaged: Array<readonly [number, number]> = [];
  let lastSequence: number | undefined;
  let first: number | undefined;
  let last: number | undefined;
  let lastIngestionTime: number | undefined;
  const numbers = [0, 0, 0];
  for (let at = 0; at < bytes.length; ) {
    const from = at;
    at = messageOf(bytes, from, numbers);
    at = at < 0 ? -1 : endOfMessage(bytes, at);
    if (at < 0) {
      const end = bytes.indexOf(newline, from);
      at = end < 0 ? bytes.length : end + 1;
      damaged.push([from, at]);
      continue;
    }
    const [sequence = 0, timestamp = 0, ingestionTime = 0] = numbers;
    lastSequence = sequence;
    if (first === undefined || timestamp < first) first = timestamp;
    if (last === undefined || timestamp > last) last = timestamp;
    lastIngestionTime = ingestionTime;
  }
  return { lastSequence, firstTimestamp: first, lastTimestamp: last, lastIngestionTime, damaged };
}

/** Parses `[1,2,3,"` into `numbers`, and returns where the message begins; -1 for anything else. */
function messageOf(bytes: Uint8Array, from: number, numbers: number[]): number {
  if (bytes[from] !== openBracket) return -1;
  let at = from + 1;
  for (let index = 0; index < 3; index += 1) {
    const begin = at;
    let value = 0;
    for (let digit = bytes[at] ?? 0; digit >= zero && digit <= nine; at += 1, digit = bytes[at] ?? 0) {
      value = value * 10 + (digit - zero);
    }
    if (at === begin || bytes[at] !== comma) return -1;
    numbers[index] = value;
    at += 1;
  }
  return bytes[at] === quote ? at + 1 : -1;
}

/** Returns where the next line begins, if the message that begins at `from` ends its line; otherwise -1. */
function endOfMessage(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === backslash) at += 1;
    else if (byte === quote) return bytes[at + 1] === closeBracket && bytes[at + 2] === newline ? at + 3 : -1;
    else if (byte < firstPrintable) return -1;
  }
  return -1;
}
