import { brotliDecompressSync, inflateRawSync, unzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** How much is unpacked, in bytes: more than an item can have. */
const MOST = 1024 * 1024;

/**
 * The longest text that is read as Base64, in characters: more than what people say can need. The padding of ghosts is
 * longer.
 */
const LONGEST = 64 * 1024;

/** What short texts contain, by text. Short is as long as an id, in characters. */
const known = new Map<string, readonly string[]>();
const SHORT = 64;
const MOST_KNOWN = 1_000;

/**
 * Returns every text in a row of a table, at any depth: in maps, lists and sets, in JSON, in bytes, plain or
 * compressed, and in Base64. A learner can have renamed an attribute, or store a whole frame in one.
 */
export function textsIn(row: Readonly<Record<string, AttributeValue>>): string[] {
  return Object.values(row).flatMap(textsOf);
}

/** Returns a value of a row with each text and each number in it changed, at any depth. */
export function withTexts(value: AttributeValue, change: (text: string) => string): AttributeValue {
  const { S, N, SS, L, M } = value;
  if (S !== undefined) return { S: change(S) };
  if (N !== undefined) return { N: change(N) };
  if (SS !== undefined) return { SS: SS.map(change) };
  if (L !== undefined) return { L: L.map((each) => withTexts(each, change)) };
  if (M === undefined) return value;
  return { M: Object.fromEntries(Object.entries(M).map(([name, each]) => [name, withTexts(each, change)])) };
}

function textsOf({ S, SS, B, BS, L, M }: AttributeValue): string[] {
  return [
    ...[S ?? [], SS ?? []]
      .flat()
      .flatMap((text) => [text, ...fromBase64(text)])
      .flatMap(withJson),
    ...[B ?? [], BS ?? []].flat().flatMap(unpacked).flatMap(withJson),
    ...(L ?? []).flatMap(textsOf),
    ...(M === undefined ? [] : textsIn(M)),
  ];
}

/** Returns a text, and those in it if it is JSON. */
function withJson(text: string): string[] {
  if (!/^\s*[[{]/.test(text)) return [text];
  try {
    return [text, ...leavesOf(JSON.parse(text))];
  } catch {
    return [text];
  }
}

/**
 * Returns the bytes of a text in Base64 as text, and what they unpack to. Ids look like Base64, too; each is read from
 * the table many times.
 */
function fromBase64(text: string): readonly string[] {
  if (text.length > LONGEST || !/^[\w+/-]{20,}={0,2}$/.test(text)) return [];
  const before = known.get(text);
  if (before !== undefined) return before;
  const found = unpacked(Buffer.from(text, 'base64'));
  if (known.size >= MOST_KNOWN) known.clear();
  if (text.length <= SHORT) known.set(text, found);
  return found;
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** Returns bytes as text, and what they unpack to: gzip and zlib, raw deflate, Brotli. */
function unpacked(bytes: Uint8Array): string[] {
  const plain = Buffer.from(bytes).toString();
  const inside = [unzipSync, inflateRawSync, brotliDecompressSync].flatMap((unpack) => {
    try {
      return unpack(bytes, { maxOutputLength: MOST }).toString();
    } catch {
      return [];
    }
  });
  return [plain, ...inside];
}
