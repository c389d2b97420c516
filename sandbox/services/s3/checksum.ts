import { crc32 } from 'node:zlib';
import { digest, inSlices } from '../../state/digest.ts';

/** S3's checksums, by their header. */
export const checksumHeaders = {
  'x-amz-checksum-crc32': 'CRC32',
  'x-amz-checksum-crc32c': 'CRC32C',
  'x-amz-checksum-crc64nvme': 'CRC64NVME',
  'x-amz-checksum-sha1': 'SHA1',
  'x-amz-checksum-sha256': 'SHA256',
} as const;

export type ChecksumAlgorithm = (typeof checksumHeaders)[keyof typeof checksumHeaders];

/** A checksum in base64, big-endian, as in S3; computed without delaying other requests. */
export async function checksumOf(algorithm: ChecksumAlgorithm | 'md5', bytes: Buffer): Promise<string> {
  switch (algorithm) {
    case 'CRC32':
      return ofCrc32(bytes);
    case 'CRC32C':
      return crc32c(bytes);
    case 'CRC64NVME':
      return crc64(bytes);
    default:
      return digest(algorithm.toLowerCase(), bytes, 'base64');
  }
}

/** JavaScript takes as long for that many bytes as OpenSSL for a few megabytes. */
const slice = 256 * 1024;

async function ofCrc32(bytes: Buffer): Promise<string> {
  let sum = 0;
  await inSlices(bytes, (part) => {
    sum = crc32(part, sum);
  });
  return bigEndian(sum);
}

async function crc32c(bytes: Buffer): Promise<string> {
  const table = new Uint32Array(256);
  for (let index = 0; index < 256; index += 1) {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
    table[index] = value;
  }
  let crc = 0xffffffff;
  const read = (part: Buffer) => {
    for (const byte of part) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  };
  await inSlices(bytes, read, slice);
  return bigEndian(~crc >>> 0);
}

/** CRC-64/NVME, the AWS CLI's default; in two halves, because BigInt arithmetic is slow. */
async function crc64(bytes: Buffer): Promise<string> {
  const [high, low] = crc64Table();
  let crcHigh = 0xffffffff;
  let crcLow = 0xffffffff;
  const read = (part: Buffer) => {
    for (const byte of part) {
      const index = (crcLow ^ byte) & 0xff;
      crcLow = (((crcLow >>> 8) | (crcHigh << 24)) ^ (low[index] ?? 0)) >>> 0;
      crcHigh = ((crcHigh >>> 8) ^ (high[index] ?? 0)) >>> 0;
    }
  };
  await inSlices(bytes, read, slice);
  return bigEndian(~crcHigh >>> 0, ~crcLow >>> 0);
}

function bigEndian(...words: readonly number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeUInt32BE(word, index * 4);
  return bytes.toString('base64');
}

function crc64Table(): [high: Uint32Array, low: Uint32Array] {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let index = 0; index < 256; index += 1) {
    let value = BigInt(index);
    for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
    high[index] = Number(value >> 32n);
    low[index] = Number(value & 0xffffffffn);
  }
  return [high, low];
}
