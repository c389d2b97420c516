import { maskedCrc32c } from './crc32c.ts';
import { Reader } from './reader.ts';
import { unsnap } from './snappy.ts';

const footerSize = 48;
const trailerSize = 5;
const magic = 0xdb4775248b80fb57n;

interface Handle {
  readonly offset: number;
  readonly size: number;
}

/** Throws if a table isn't as LevelDB wrote it (https://github.com/google/leveldb/blob/1.20/doc/table_format.md). */
export function checkTable(table: Buffer): void {
  const footer = table.subarray(-footerSize);
  if (footer.length < footerSize || footer.readBigUInt64LE(footerSize - 8) !== magic)
    throw new Error('It has no footer.');
  const reader = new Reader(footer);
  // The data's index, and the index of the filter that excludes missing keys.
  for (const index of [handleIn(reader), handleIn(reader)]) {
    for (const handle of handlesOf(contentsOf(table, index))) checkBlock(table, handle);
  }
}

function handleIn(reader: Reader): Handle {
  return { offset: reader.number(), size: reader.number() };
}

/** Compares a block with its checksum, which covers the stored bytes: only an index has to be decompressed. */
function checkBlock(table: Buffer, { offset, size }: Handle): void {
  const end = offset + size;
  if (end + trailerSize > table.length) throw new Error(`The block at ${offset} is cut off.`);
  if (maskedCrc32c(table.subarray(offset, end + 1)) !== table.readUInt32LE(end + 1)) {
    throw new Error(`The block at ${offset} was changed.`);
  }
}

/** A block's verified contents. */
function contentsOf(table: Buffer, handle: Handle): Buffer {
  checkBlock(table, handle);
  const end = handle.offset + handle.size;
  const contents = table.subarray(handle.offset, end);
  return table[end] === 1 ? unsnap(contents) : contents;
}

/** The blocks in an index: the values of its entries, whose keys share prefixes. */
function handlesOf(index: Buffer): Handle[] {
  const restarts = index.readUInt32LE(index.length - 4);
  const reader = new Reader(index.subarray(0, index.length - 4 - 4 * restarts));
  const handles: Handle[] = [];
  while (!reader.isAtEnd) {
    reader.number();
    const [keyLength, valueLength] = [reader.number(), reader.number()];
    reader.bytes(keyLength);
    handles.push(handleIn(new Reader(reader.bytes(valueLength))));
  }
  return handles;
}
