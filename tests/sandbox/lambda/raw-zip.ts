import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as it is written, valid or not. */
export interface RawEntry {
  readonly name: string | Buffer;
  readonly text?: string | Buffer;
  /** 8 (deflated) by default. */
  readonly method?: number;
  /** The directory's message if it differs from the right one. */
  readonly crc?: number;
  readonly size?: number;
  readonly flags?: number;
  readonly localName?: string;
  /** The entry whose bytes this one claims to have. */
  readonly at?: number;
}

/** Writes a zip that may be invalid in any way: a library wouldn't. */
export function rawZip(entries: readonly RawEntry[], count = entries.length): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const { name, text = '', method = 8, flags = 0, at, localName, ...says } of entries) {
    const bytes = Buffer.from(text);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const [central, local] = [Buffer.from(name), Buffer.from(localName ?? name)];
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(says.crc ?? crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(says.size ?? bytes.length, 18);
    fields.writeUInt16LE(local.length, 22);
    offsets.push(at === undefined ? offset : (offsets[at] ?? 0));
    const header = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, local]);
    if (at === undefined) {
      parts.push(header, packed);
      offset += header.length + packed.length;
    }
    const more = Buffer.alloc(46);
    more.write('PK\u0001\u0002');
    fields.copy(more, 6);
    more.writeUInt16LE(central.length, 28);
    more.writeUInt32LE(offsets.at(-1) ?? 0, 42);
    directory.push(more, central);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}
