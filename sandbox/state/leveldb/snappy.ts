import { Reader } from './reader.ts';

/** Decompresses a Snappy block (https://github.com/google/snappy/blob/main/format_description.txt). */
export function unsnap(compressed: Buffer): Buffer {
  const reader = new Reader(compressed);
  const output = Buffer.alloc(reader.number());
  let length = 0;
  while (!reader.isAtEnd) {
    const tag = reader.bytes(1).readUInt8();
    const kind = tag & 3;
    if (kind === 0) {
      const size = tag >> 2;
      const literal = reader.bytes(1 + (size < 60 ? size : reader.bytes(size - 59).readUIntLE(0, size - 59)));
      length += literal.copy(output, length);
      continue;
    }
    const count = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const offset =
      kind === 1
        ? ((tag >> 5) << 8) + reader.bytes(1).readUInt8()
        : reader.bytes(kind === 2 ? 2 : 4).readUIntLE(0, kind === 2 ? 2 : 4);
    // Source and target can overlap, which repeats what was copied.
    for (let copied = 0; copied < count; copied += 1, length += 1) output[length] = output[length - offset] as number;
  }
  return output;
}
