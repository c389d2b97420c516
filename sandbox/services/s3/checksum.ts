import { createHash } from 'node:crypto';

/** The checksums that S3 knows, by the header they come in. */
export const checksumHeaders = {
  'x-amz-checksum-crc32': 'CRC32',
  'x-amz-checksum-crc32c': 'CRC32C',
  'x-amz-checksum-crc64nvme': 'CRC64NVME',
  'x-amz-checksum-sha1': 'SHA1',
  'x-amz-checksum-sha256': 'SHA256',
} as const;

export type ChecksumAlgorithm = (typeof checksumHeaders)[keyof typeof checksumHeaders];

/** A checksum in base64, big-endian, as S3 has it. */
export function checksumOf(algorithm: ChecksumAlgorithm | 'md5', bytes: Buffer): string {
  switch (algorithm) {
    case 'CRC32':
      return crc32(bytes, 0xedb88320);
    case 'CRC32C':
      return crc32(bytes, 0x82f63b78);
    case 'CRC64NVME':
      return crc64(bytes);
    default:
      return createHash(algorithm.toLowerCase()).update(bytes).digest('base64');
  }
}

function crc32(bytes: Buffer, polynomial: number): string {
  const table = new Uint32Array(256);
  for (let index = 0; index < 256; index += 1) {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    table[index] = value;
  }
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  const result = Buffer.alloc(4);
  result.writeUInt32BE(~crc >>> 0);
  return result.toString('base64');
}

/** CRC-64/NVME, which the AWS CLI sends by default; in two halves, since BigInt arithmetic is slow. */
function crc64(bytes: Buffer): string {
  const [high, low] = crc64Table();
  let crcHigh = 0xffffffff;
  let crcLow = 0xffffffff;
  for (const byte of bytes) {
    const index = (crcLow ^ byte) & 0xff;
    crcLow = (((crcLow >>> 8) | (crcHigh << 24)) ^ (low[index] ?? 0)) >>> 0;
    crcHigh = ((crcHigh >>> 8) ^ (high[index] ?? 0)) >>> 0;
  }
  const result = Buffer.alloc(8);
  result.writeUInt32BE(~crcHigh >>> 0, 0);
  result.writeUInt32BE(~crcLow >>> 0, 4);
  return result.toString('base64');
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
