import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { inSlices } from '../../state/digest.ts';
import { MalformedZipError, type ZipEntry } from './zip-directory.ts';

const inflate = promisify(inflateRaw);

/**
 * Unpacks an entry outside of the thread that serves requests. Rejects with MalformedZipError unless it has the
 * directory's size and checksum.
 */
export async function unpack({ name, method, size, crc, bytes }: ZipEntry): Promise<Buffer> {
  const unpacked = method === 'stored' ? bytes : await inflated(name, bytes, size);
  if (unpacked.length !== size) throw new MalformedZipError(`${name} has the wrong size.`);
  let sum = 0;
  await inSlices(unpacked, (part) => {
    sum = crc32(part, sum);
  });
  if (sum !== crc) throw new MalformedZipError(`${name} is damaged: its CRC-32 is wrong.`);
  return unpacked;
}

async function inflated(name: string, bytes: Buffer, size: number): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw new MalformedZipError(`${name} can't be unpacked.`);
  }
}
