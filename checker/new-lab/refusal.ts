import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../checking/lab.ts';

/** Returns the files and folders that a lab has in this repository, by its id. */
export function placesOf(id: string): string[] {
  return [`labs/${id}`, `solutions/${id}`, `checker/labs/${id}`, `docs/labs/${id}.md`, `docs/solutions/${id}.md`];
}

/** Returns why a new lab can't have this id, in a sentence or two; undefined if it can. */
export function refusalOf(root: string, id: string | undefined, labs: readonly Pick<Lab, 'id'>[]): string | undefined {
  if (id === undefined) return 'The lab has no name. Pass one: `npm run new-lab -- 12-name`.';
  if (!/^(?!00)\d\d-[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    return `"${id}" is not a valid lab name. Pass two digits and lowercase words, joined by hyphens: \`12-name\`.`;
  const [number, words] = [id.slice(0, 2), id.slice(3)];
  const numbered = labs.find((lab) => lab.id.startsWith(number));
  if (numbered !== undefined) return `${numbered.id} already has the number ${number}. Choose another number.`;
  const named = labs.find((lab) => lab.id.slice(3) === words);
  if (named !== undefined) return `${named.id} already has that name. Choose another name.`;
  const place = placesOf(id).find((path) => existsSync(join(root, path)));
  return place === undefined ? undefined : `${place} already exists. Remove it, or choose another name.`;
}
