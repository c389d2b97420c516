import type { Lab } from '../checking/lab.ts';
import { UsageError } from '../failures/errors.ts';
import { labs } from './labs.ts';
import { nearest } from './nearest.ts';

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
  const meant = begun[0] ?? nearestTo(wanted, among);
  throw new UsageError(
    `There is no lab "${name}".${meant === undefined ? '' : ` Did you mean ${meant.id}?`}`,
    '`npx lab list` shows all labs.',
  );
}

/** `missing-route` of `01-missing-route` */
function wordsOf(id: string): string {
  return id.replace(/^\d+-/, '');
}

/** By its whole name, its words, or one of them. */
function nearestTo(wanted: string, among: readonly Lab[]): Lab | undefined {
  const namesOf = ({ id }: Lab) => [id, wordsOf(id), ...wordsOf(id).split('-')];
  const name = nearest(wanted, among.flatMap(namesOf));
  return name === undefined ? undefined : among.find((lab) => namesOf(lab).includes(name));
}
