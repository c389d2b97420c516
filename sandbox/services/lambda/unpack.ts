import { setImmediate as breathe } from 'node:timers/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { MalformedZipError, type ZipEntry } from './zip-directory.ts';

const inflate = promisify(inflateRaw);

/** Bytes that are summed before others get a turn. */
const turn = 8 * 1024 * 1024;

/**
 * Unpacks an entry, beside the thread that serves requests. Rejects with MalformedZipError unless it has the size and
 * the sum that the directory says.
 */
export async function unpack({ name, method, size, crc, bytes }: ZipEntry): Promise<Buffer> {
  const unpacked = method === 'stored' ? bytes : await inflated(name, bytes, size);
  if (unpacked.length !== size) throw new MalformedZipError(`${name} has another size than it says.`);
  let sum = 0;
  for (let at = 0; at < unpacked.length; at += turn) {
    if (at > 0) await breathe();
    sum = crc32(unpacked.subarray(at, at + turn), sum);
  }
  if (sum !== crc) throw new MalformedZipError(`${name} is damaged: its CRC-32 is another one.`);
  return unpacked;
}

async function inflated(name: string, bytes: Buffer, size: number): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw new MalformedZipError(`${name} cannot be unpacked.`);
  }
}
