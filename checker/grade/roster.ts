import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import { UsageError } from '../failures/errors.ts';

/** One learner, and where their rooms are, or why they can't be graded. */
export type Learner = { readonly name: string } & (
  | {
      /** Their checkout, whose practice account is graded. */ readonly folder: string;
    }
  | { readonly profile: string; readonly region: string }
  | { readonly problem: string }
);

/**
 * Reads a roster: CSV whose first line names the columns, `name,folder` or `name,profile,region`, in any order. Folders
 * are relative to the roster. Rejects with a UsageError that names the entry without a name, folder or profile.
 */
export async function readRoster(file: string): Promise<Learner[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} can't be read: ${error.code ?? error.message}.`, 'Choose a CSV file.');
  });
  const [head = [], ...rows] = parseCsv(text);
  const columns = head.map((cell) => cell.trim().toLowerCase());
  const missing = missingColumn(columns);
  if (missing !== undefined) {
    throw new UsageError(
      `${file}: its first line has no ${missing}.`,
      'The columns are name,folder or name,profile,region: docs/instructors.md.',
    );
  }
  return Promise.all(
    rows.map(async (cells, index) => {
      const row = Object.fromEntries(columns.map((column, at) => [column, cells[at]?.trim() ?? '']));
      const wrong = (what: string) =>
        new UsageError(`${file}: entry ${index + 1} ${what}.`, 'Fix it, and grade again.');
      const { name = '', folder = '', profile = '', region = '' } = row;
      if (name === '') throw wrong('has no name');
      if (folder === '' && (profile === '' || region === ''))
        throw wrong(`(${name}) has neither a folder nor a profile with a region`);
      if (folder === '') return { name, profile, region };
      const path = resolve(dirname(file), folder);
      // Only this learner's rows say so: the others can be graded.
      const problem = await problemOf(dirname(file), folder);
      return problem === undefined ? { name, folder: path } : { name, problem };
    }),
  );
}

/** Returns why a folder can't be graded; undefined if it can. */
async function problemOf(from: string, folder: string): Promise<string | undefined> {
  try {
    if (!(await stat(resolve(from, folder))).isDirectory()) return `${folder} isn't a folder.`;
    return (await isReachedByLink(from, folder))
      ? `The path of the folder ${folder} contains a symbolic link.`
      : undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? `The folder ${folder} doesn't exist.` : `${folder} can't be read: ${code ?? message}.`;
  }
}

function missingColumn(columns: readonly string[]): string | undefined {
  const has = (column: string) => columns.includes(column);
  if (!has('name')) return 'column name';
  if (has('folder')) return undefined;
  if (!has('profile')) return 'column folder, and no column profile';
  return has('region') ? undefined : 'column region';
}

/**
 * Whether a path contains a symbolic link: a learner who hands in a link could get the grade of another one's account.
 * Outside of the roster's folder, the roster's author chose all but the last part.
 */
async function isReachedByLink(from: string, folder: string): Promise<boolean> {
  const path = normalize(folder);
  const isWithin = !isAbsolute(path) && path.split(/[\\/]/)[0] !== '..';
  const trusted = isWithin ? from : dirname(resolve(from, path));
  const plain = join(await realpath(trusted), isWithin ? path : basename(path));
  return (await realpath(resolve(from, path))) !== resolve(plain);
}

/**
 * Parses CSV, RFC 4180: cells can be quoted, and contain commas, doubled quotes and line breaks. Empty lines are
 * ignored.
 */
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

/** Formats a CSV row. Values that a spreadsheet would run as formulas are escaped. */
export function csvRow(cells: readonly string[]): string {
  return cells
    .map((cell) => (/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}
