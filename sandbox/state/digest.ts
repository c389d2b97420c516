import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';

/** Bytes to process at once, yielding between two slices. */
export const slice = 4 * 1024 * 1024;

/** Passes bytes to `read`, slice by slice: hashing 70 MB at once would delay every other request. */
export async function inSlices(bytes: Buffer, read: (slice: Buffer) => void, size = slice): Promise<void> {
  for (let at = 0; at < bytes.length; at += size) {
    if (at > 0) await breathe();
    read(bytes.subarray(at, at + size));
  }
}

/** Returns the concatenated bytes of all parts, without delaying others. */
export async function joined(parts: readonly Buffer[]): Promise<Buffer> {
  const whole = Buffer.allocUnsafe(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  let sinceBreath = 0;
  for (const part of parts) {
    await inSlices(part, (bytes) => {
      at += bytes.copy(whole, at);
    });
    sinceBreath += part.length;
    if (sinceBreath < slice) continue;
    sinceBreath = 0;
    await breathe();
  }
  return whole;
}

/** Returns the hash of bytes, without delaying others. */
export async function digest(algorithm: string, bytes: Buffer, encoding: 'hex' | 'base64'): Promise<string> {
  const hash = createHash(algorithm);
  await inSlices(bytes, (part) => hash.update(part));
  return hash.digest(encoding);
}
