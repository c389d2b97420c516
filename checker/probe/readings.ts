import { brotliDecompressSync, inflateRawSync, unzipSync } from 'node:zlib';

/** A readable text, and the encodings that were undone: `['base64', 'reversal']`. */
export interface Reading {
  readonly text: string;
  readonly undone: readonly string[];
}

/** How deep encodings can be nested, and how much is read. The limits keep large logs from stalling the checker. */
const DEPTH = 3;
const MOST_READINGS = 400;
const LONGEST = 256 * 1024;

/** Anything shorter is no word. */
const SHORTEST = 6;

/** Yields every reading of a text that needs no key: the text itself, and each decoding. */
export function* readingsOf(text: string): Generator<Reading> {
  const readings: Reading[] = [{ text: text.slice(0, LONGEST), undone: [] }];
  const known = new Set(readings.map((reading) => reading.text));
  // Grows during the loop: a decoded text can be decoded again.
  for (const { text: from, undone } of readings) {
    yield { text: from, undone };
    if (undone.length === DEPTH) continue;
    for (const [name, decode] of Object.entries(decoders)) {
      for (const to of decode(from)) {
        if (to.length < SHORTEST || known.has(to) || readings.length >= MOST_READINGS) continue;
        known.add(to);
        readings.push({ text: to.slice(0, LONGEST), undone: [...undone, name] });
      }
    }
  }
}

const decoders: Readonly<Record<string, (text: string) => string[]>> = {
  'JSON escapes': (text) => (text.includes('\\') ? [text.replace(jsonEscape, unescaped)] : []),
  'URL encoding': (text) =>
    text.includes('%') ? [text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => utf8(run.replaceAll('%', ''), 'hex'))] : [],
  'HTML entities': (text) =>
    text.includes('&#')
      ? [text.replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) => character(code, hex === '' ? 10 : 16))]
      : [],
  base64: (text) =>
    each(text, /[\w+/-]{10,}={0,2}/g, (run) => [0, 1, 2, 3].flatMap((from) => bytes(run.slice(from), 'base64'))),
  base32: (text) => each(text, /\b[A-Z2-7]{12,}(?:=|\b)/gi, (run) => readable(fromBase32(run))),
  hex: (text) =>
    each(text, /(?:(?:0x|\\x)?[0-9a-f]{2}[\s,:-]*){6,}/gi, (run) => {
      const digits = run.replace(/0x|[^0-9a-f]/gi, '');
      return [0, 1].flatMap((from) => bytes(digits.slice(from), 'hex'));
    }),
  'character codes': (text) =>
    each(text, /(?:\b\d{1,3}\b[\s,;]*){6,}/g, (run) => readable(Buffer.from((run.match(/\d+/g) ?? []).map(Number)))),
  // As JSON has the bytes of an array that isn't a list, or the letters of a text that was spread: `{"0":104,"1":105}`.
  numbering: (text) => (/"1":/.test(text) ? [text.replace(/"\d+":/g, '')] : []),
  binary: (text) =>
    each(text, /(?:\b[01]{8}\b[\s,]*){6,}/g, (run) =>
      readable(Buffer.from((run.match(/[01]{8}/g) ?? []).map((bits) => Number.parseInt(bits, 2)))),
    ),
  ROT13: (text) => [text.replace(/[a-z]/gi, (letter) => rotated(letter))],
  reversal: (text) => [[...text].reverse().join('')],
};

const jsonEscape = /\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2})|(.))/gi;

function unescaped(_: string, braced?: string, four?: string, two?: string, one = ''): string {
  const code = braced ?? four ?? two;
  return code === undefined ? one : character(code, 16);
}

function character(code: string, base: number): string {
  const value = Number.parseInt(code, base);
  return value <= 0x10ffff ? String.fromCodePoint(value) : '';
}

function each(text: string, pattern: RegExp, decode: (run: string) => string[]): string[] {
  return (text.match(pattern) ?? []).flatMap(decode);
}

function bytes(run: string, encoding: 'base64' | 'hex'): string[] {
  // Unpacking every id and word would take most of the time. In Base64, packed bytes have letters of both cases.
  const canBePacked = encoding === 'hex' || (/[a-z]/.test(run) && /[A-Z]/.test(run));
  return readable(Buffer.from(run, encoding), canBePacked);
}

/**
 * Returns bytes as text, plain and unpacked, as far as that is text. In UTF-16, every second byte of most letters is 0.
 */
function readable(buffer: Buffer, canBePacked = true): string[] {
  return [buffer, ...(canBePacked ? unpacked(buffer) : [])]
    .map((each) => each.toString('utf8').replaceAll('\0', ''))
    .filter(isText);
}

/** Gzip and zlib have a header. Brotli and raw deflate have none, so they are tried on everything that isn't text. */
function unpacked(buffer: Buffer): Buffer[] {
  const isMarked = buffer.length > 8 && (buffer.readUInt16BE() === 0x1f8b || buffer.readUInt16BE() % 31 === 0);
  const hasNoHeader = buffer.length > 24 && !isText(buffer.toString('utf8'));
  return [...(isMarked ? [unzipSync] : []), ...(hasNoHeader ? [brotliDecompressSync, inflateRawSync] : [])].flatMap(
    (unpack) => {
      try {
        return [unpack(buffer, { maxOutputLength: LONGEST })];
      } catch {
        return [];
      }
    },
  );
}

/** Whether most of it is printable: other bytes decode to unreadable characters. */
function isText(text: string): boolean {
  // Most of what isn't text is invalid UTF-8. Counting that is much faster than the expression below.
  let lost = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) === 0xfffd) lost += 1;
  if (lost * 5 > text.length) return false;
  const strange = text.match(/[^\P{C}\s]|\uFFFD/gu)?.length ?? 0;
  return strange * 5 <= text.length;
}

function utf8(run: string, encoding: 'hex'): string {
  return Buffer.from(run, encoding).toString('utf8');
}

function rotated(letter: string): string {
  const base = letter <= 'Z' ? 65 : 97;
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
}

/** https://www.rfc-editor.org/rfc/rfc4648#section-6 */
function fromBase32(run: string): Buffer {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...run.toUpperCase().replace(/=/g, '')].map((digit) =>
    digits.indexOf(digit).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/[01]{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2)));
}
