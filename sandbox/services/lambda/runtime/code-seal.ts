import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** The hash of every file, by its path in the zip. */
type Manifest = ReadonlyMap<string, string>;

/**
 * Verifies unzipped code, so that a changed or truncated file isn't taken for a fault of the room. Files are read once;
 * after that their identity, size and times show whether they are unchanged, which costs one `stat` each at the start
 * of a process. Nothing is stored: the zip is the only source.
 */
export class CodeSeal {
  readonly #manifest: Manifest;
  #seen: string | undefined;

  /** Takes the zip's files; a path that ends with a slash is a folder. */
  constructor(files: Readonly<Record<string, Uint8Array>>) {
    const entries = Object.entries(files).filter(([path]) => !path.endsWith('/'));
    this.#manifest = new Map(entries.map(([path, bytes]) => [join(path), hashOf(bytes)]));
  }

  /** Returns whether a folder contains exactly the zip's files. */
  async fits(folder: string): Promise<boolean> {
    const look = await lookOf(folder);
    if (look === undefined) return false;
    if (look.text === this.#seen) return true;
    if (look.paths.length !== this.#manifest.size) return false;
    for (const path of look.paths) {
      const bytes = await readFile(join(folder, path)).catch(() => undefined);
      if (bytes === undefined || hashOf(bytes) !== this.#manifest.get(path)) return false;
    }
    this.#seen = look.text;
    return true;
  }
}

/** A folder's files, and everything that changes when somebody writes to one; undefined if it can't be read. */
async function lookOf(folder: string): Promise<{ paths: string[]; text: string } | undefined> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + sep.length))
      .sort();
    const looks = await Promise.all(
      paths.map(async (path) => `${path}\0${lookOfFile(await statOf(join(folder, path)))}`),
    );
    return { paths, text: looks.join('\n') };
  } catch {
    return undefined;
  }
}

function statOf(path: string): Promise<BigIntStats> {
  return stat(path, { bigint: true });
}

function lookOfFile({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [ino, size, mtimeNs, ctimeNs].join();
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
