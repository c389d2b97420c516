import type { Lab } from '../checking/check.ts';
import { UsageError } from '../failures/errors.ts';
import { labs } from './labs.ts';

/**
 * Returns the lab that a person means: by its number (`1`, `01`, `lab1`), its id, or the beginning of its id or of one
 * of its words (`missing`, `auth`). Throws a UsageError for any other name, with the nearest one if one is close.
 */
export function findLab(name: string, among: readonly Lab[] = labs): Lab {
  const wanted = name
    .trim()
    .toLowerCase()
    // `labs/01-missing-route`, `lab1`, `lab 1`
    .replace(/^labs?[\s/-]*(?=\d)|^labs?\//, '')
    .replace(/\/$/, '');
  const number = /^\d+$/.test(wanted) ? Number(wanted) : undefined;
  const exact = among.find(({ id }) => id === wanted || (number !== undefined && Number.parseInt(id, 10) === number));
  if (exact !== undefined) return exact;
  const begins = (text: string) => text.startsWith(wanted);
  const begun = among.filter(
    ({ id }) => wanted !== '' && (begins(id) || begins(wordsOf(id)) || wordsOf(id).split('-').some(begins)),
  );
  const [only] = begun;
  if (only !== undefined && begun.length === 1) return only;
  const nearest = begun[0] ?? nearestTo(wanted, among);
  throw new UsageError(
    `There is no lab "${name}".${nearest === undefined ? '' : ` Did you mean ${nearest.id}?`}`,
    '`npx lab list` shows all labs.',
  );
}

/** `missing-route` of `01-missing-route` */
function wordsOf(id: string): string {
  return id.replace(/^\d+-/, '');
}

/** Returns how a command calls a lab: by its number, and a game day by its id. */
export function shortName(id: string): string {
  return /^\d+/.exec(id)?.[0] ?? id;
}

function nearestTo(wanted: string, among: readonly Lab[]): Lab | undefined {
  const distance = ({ id }: Lab) => Math.min(edits(wanted, id), edits(wanted, wordsOf(id)));
  const nearest = [...among].sort((a, b) => distance(a) - distance(b))[0];
  // With more wrong letters, the suggestion would be a wild guess.
  return nearest !== undefined && distance(nearest) <= 3 ? nearest : undefined;
}

/** Returns the edit distance of two texts (Levenshtein). */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
