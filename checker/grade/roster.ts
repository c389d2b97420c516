import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LabError, UsageError } from '../failures/errors.ts';

/** One learner, and where their rooms are. */
export type Learner = { readonly name: string } & (
  | {
      /** Their checkout: the account that they work in is the one that `lab use` named there. */ readonly folder: string;
    }
  | { readonly profile: string; readonly region: string }
);

/**
 * Reads a roster: CSV whose first line names the columns, `name,folder` or `name,profile,region`, in any order. Folders
 * are relative to the roster. Rejects with a LabError that names the line.
 */
export async function readRoster(file: string): Promise<Learner[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read: ${error.code ?? error.message}.`, 'Name a CSV file.');
  });
  const [head = [], ...rows] = parseCsv(text);
  const columns = head.map((cell) => cell.trim().toLowerCase());
  if (!columns.includes('name') || !(columns.includes('folder') || columns.includes('profile'))) {
    throw new LabError(
      `${file}: its first line does not name the columns.`,
      'They are name,folder or name,profile,region: docs/instructors.md.',
    );
  }
  return Promise.all(
    rows.map(async (cells, index) => {
      const row = Object.fromEntries(columns.map((column, at) => [column, cells[at]?.trim() ?? '']));
      const wrong = (what: string) =>
        new LabError(`${file}: entry ${index + 1} ${what}.`, 'Repair it, and grade again.');
      const { name = '', folder = '', profile = '', region = '' } = row;
      if (name === '') throw wrong('has no name');
      if (folder === '' && (profile === '' || region === ''))
        throw wrong(`(${name}) has neither a folder nor a profile with a region`);
      if (folder === '') return { name, profile, region };
      const path = resolve(dirname(file), folder);
      const found = await stat(path).catch(() => undefined);
      if (found?.isDirectory() !== true) throw wrong(`(${name}) names the folder ${folder}, which is not there`);
      return { name, folder: path };
    }),
  );
}

/** The rows of a CSV text, RFC 4180: cells may be quoted, and hold commas, quotes written twice, and line ends. Empty lines do not count. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  const plain = text.replace(/^\uFEFF/, '');
  for (const [whole, cell = '', end = ''] of plain.matchAll(cells)) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (whole === '' || end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell.trim() !== ''));
}

/** A row of CSV. What a spreadsheet would take for a formula is kept from being one. */
export function csvRow(cells: readonly string[]): string {
  return cells
    .map((cell) => (/^[=+\-@]/.test(cell) ? `'${cell}` : cell))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}
