import { maskedCrc32c } from './crc32c.ts';

const blockSize = 32_768;
const headerSize = 7;

/**
 * Returns a log's verified records (https://github.com/google/leveldb/blob/1.20/doc/log_format.md). A record that the
 * end of the file truncates was never acknowledged and is left out. Throws for anything else that LevelDB wouldn't
 * write.
 */
export function recordsOf(log: Buffer): Buffer[] {
  const records: Buffer[] = [];
  let parts: Buffer[] | undefined;
  for (let at = 0; at < log.length; ) {
    const left = blockSize - (at % blockSize);
    if (left < headerSize) {
      at += left;
      continue;
    }
    if (at + headerSize > log.length || isBlank(log.subarray(at))) break;
    const length = log.readUInt16LE(at + 4);
    const end = at + headerSize + length;
    if (headerSize + length > left) throw new Error(`The record at ${at} is too long.`);
    if (end > log.length) break;
    const kind = log[at + 6];
    if (maskedCrc32c(log.subarray(at + 6, end)) !== log.readUInt32LE(at))
      throw new Error(`The record at ${at} was changed.`);
    const isFirst = kind === 1 || kind === 2;
    if (isFirst === (parts !== undefined)) throw new Error(`The record at ${at} is out of place.`);
    parts = [...(parts ?? []), log.subarray(at + headerSize, end)];
    if (kind === 1 || kind === 4) {
      records.push(Buffer.concat(parts));
      parts = undefined;
    }
    at = end;
  }
  return records;
}

/** A power failure can leave a file longer than what reached the disk. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
