import { setImmediate as breathe } from 'node:timers/promises';
import { isFlawedName } from './zip-name.ts';

/** An entry of a zip: a file, or a folder if its name ends with a slash. */
export interface ZipEntry {
  /** With forward slashes, and never outside of the folder that the zip is unpacked to. */
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  /** Unpacked bytes, according to the directory. */
  readonly size: number;
  readonly crc: number;
  /** As stored in the zip. */
  readonly bytes: Buffer;
}

/** A zip that can't be unpacked, or doesn't match its directory. */
export class MalformedZipError extends Error {
  override readonly name = 'MalformedZipError';
}

const signatures = { end: 0x06054b50, central: 0x02014b50, local: 0x04034b50 };
const lengths = { end: 22, central: 46, local: 30 };
const methods: Readonly<Record<number, ZipEntry['method']>> = { 0: 'stored', 8: 'deflated' };
const isEncrypted = 1;
const isUtf8 = 1 << 11;
/** How many entries are read before yielding. */
const turn = 2000;
/** Files and folders, each counted with every parent. No real code has as many. */
const mostPlaces = 1_000_000;

/**
 * Reads a zip's directory without unpacking anything (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT).
 * Throws MalformedZipError for a zip that is truncated, whose entries overlap, are encrypted or use an unsupported
 * compression method, or whose names aren't valid file names in one folder.
 */
export async function readDirectory(zip: Buffer): Promise<readonly ZipEntry[]> {
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 10);
  const size = zip.readUInt32LE(end + 12);
  const start = zip.readUInt32LE(end + 16);
  if (zip.readUInt32LE(end + 4) !== 0 || start + size !== end) throw new MalformedZipError('Its directory is cut off.');
  const entries: ZipEntry[] = [];
  const ranges: Array<readonly [from: number, to: number]> = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (index % turn === turn - 1) await breathe();
    const { entry, range, next } = readEntry(zip, at, start);
    if (next > end) throw new MalformedZipError('Its directory is cut off.');
    entries.push(entry);
    ranges.push(range);
    at = next;
  }
  if (at !== end) throw new MalformedZipError('Its directory has more entries than it says.');
  refuseOverlaps(ranges);
  await refuseClashes(entries);
  return entries;
}

/** The position of the record that ends every zip: the comment after it has the declared length. */
function endOf(zip: Buffer): number {
  const last = zip.length - lengths.end;
  for (let at = last; at >= Math.max(0, last - 0xffff); at -= 1) {
    if (zip.readUInt32LE(at) === signatures.end && zip.readUInt16LE(at + 20) === last - at) return at;
  }
  throw new MalformedZipError('It has no directory.');
}

function readEntry(
  zip: Buffer,
  at: number,
  limit: number,
): { readonly entry: ZipEntry; readonly range: readonly [number, number]; readonly next: number } {
  if (at + lengths.central > zip.length || zip.readUInt32LE(at) !== signatures.central) {
    throw new MalformedZipError('Its directory is cut off.');
  }
  const flags = zip.readUInt16LE(at + 8);
  const method = methods[zip.readUInt16LE(at + 10)];
  const packed = zip.readUInt32LE(at + 20);
  const size = zip.readUInt32LE(at + 24);
  const nameLength = zip.readUInt16LE(at + 28);
  const local = zip.readUInt32LE(at + 42);
  const rawName = zip.subarray(at + lengths.central, at + lengths.central + nameLength);
  const name = rawName.toString((flags & isUtf8) === 0 ? 'latin1' : 'utf8');
  if ((flags & isEncrypted) !== 0) throw new MalformedZipError(`${name} is encrypted.`);
  if (method === undefined) throw new MalformedZipError(`${name} uses an unknown compression method.`);
  if (isFlawedName(name)) throw new MalformedZipError(`${JSON.stringify(name)} is not the name of a file.`);
  if (local + lengths.local > limit || zip.readUInt32LE(local) !== signatures.local) {
    throw new MalformedZipError(`${name} isn't where the directory says.`);
  }
  const nameEnd = local + lengths.local + zip.readUInt16LE(local + 26);
  const begin = nameEnd + zip.readUInt16LE(local + 28);
  if (!zip.subarray(local + lengths.local, nameEnd).equals(rawName)) {
    throw new MalformedZipError(`${name} has a different name in the directory.`);
  }
  if (begin + packed > limit) throw new MalformedZipError(`${name} is cut off.`);
  if (method === 'stored' && packed !== size) throw new MalformedZipError(`${name} has the wrong size.`);
  if (name.endsWith('/') && size > 0) throw new MalformedZipError(`${name} is a folder, but has content.`);
  return {
    entry: { name, method, size, crc: zip.readUInt32LE(at + 16), bytes: zip.subarray(begin, begin + packed) },
    range: [local, begin + packed],
    next: at + lengths.central + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32),
  };
}

/** With entries that share bytes, a zip of a few kilobytes could unpack to terabytes. */
function refuseOverlaps(ranges: ReadonlyArray<readonly [from: number, to: number]>): void {
  let free = 0;
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    if (from < free) throw new MalformedZipError('Its entries overlap.');
    free = to;
  }
}

/** A folder, by its contents. */
type Folder = Map<string, Folder | 'file'>;

/** Throws if two files have the same name, or one is a file that another needs as its folder. */
async function refuseClashes(entries: readonly ZipEntry[]): Promise<void> {
  const root: Folder = new Map();
  let places = 0;
  for (const { name } of entries) {
    const steps = name.split('/').filter((step) => step !== '' && step !== '.');
    const file = name.endsWith('/') ? undefined : steps.pop();
    let folder = root;
    for (const step of steps) {
      const found = folder.get(step) ?? new Map();
      if (found === 'file') throw new MalformedZipError(`${name} needs a file as its folder.`);
      if (found.size === 0) folder.set(step, found);
      folder = found;
    }
    if (file !== undefined) {
      if (folder.has(file)) throw new MalformedZipError(`${name} is duplicated.`);
      folder.set(file, 'file');
    }
    const before = places;
    places += steps.length + 1;
    if (places > mostPlaces) throw new MalformedZipError('It has more files and folders than can be unpacked.');
    if (Math.floor(before / turn) < Math.floor(places / turn)) await breathe();
  }
}
