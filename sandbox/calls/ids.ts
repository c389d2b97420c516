import type { KeyObject } from 'node:crypto';
import { generateKeyPair, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

/** Ids and randomness: injected, so that tests can control them. */
export interface Ids {
  /** A v4 UUID, like a request id. */
  uuid(): string;
  /** `length` lower-case letters and digits, like API Gateway's ids. */
  short(length?: number): string;
  /** `prefix` and 17 upper-case letters and digits, like IAM's unique ids. */
  unique(prefix: string): string;
  /** Random bytes. */
  bytes(length: number): Buffer;
  /** The private key of a new 2048-bit RSA pair. */
  rsaKey(): Promise<KeyObject>;
}

const lower = 'abcdefghijklmnopqrstuvwxyz0123456789';
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Ids from the system's randomness. */
export const randomIds: Ids = {
  uuid: () => randomUUID(),
  short: (length = 10) => draw(lower, length),
  unique: (prefix) => prefix + draw(upper, 17),
  bytes: (length) => randomBytes(length),
  rsaKey: async () => (await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey,
};

function draw(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
