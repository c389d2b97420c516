import { generateKeyPair, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { Ids } from './context.ts';

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
