import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * Windows treats these as devices, with any extension (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
 */
const devices = /^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z]/;

/** Leaves room for suffixes within the 255 bytes that file systems allow. */
const longest = 120;

/**
 * Returns the file name for something stored in a folder. Plain names (lower-case letters, digits, hyphens, and inner
 * dots) stay unchanged; others are escaped, so any text is one file name on every system, and two texts never share
 * one, even if the file system is case-insensitive.
 */
export function fileName(name: string): string {
  const escaped = name
    .replace(/[^a-z0-9.-]|^\.|\.$/g, (sign) => `_${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(devices, (letter) => `_${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (escaped !== '' && escaped.length <= longest) return escaped;
  return `__${createHash('sha256').update(Buffer.from(name, 'utf16le')).digest('hex')}`;
}

/** Returns a path inside `folder`: every name, whatever it contains, is exactly one segment. */
export function pathIn(folder: string, ...names: readonly string[]): string {
  return join(folder, ...names.map(fileName));
}
