import { labs } from '../../../checker/workshop/labs.ts';
import type { Page } from '../pages.ts';

/** Pages that list the labs: a new one belongs into each. The name of a list, and whether it tells the complaints. */
const LISTS: Readonly<Record<string, { readonly complaints: boolean }>> = {
  'README.md': { complaints: true },
  'docs/index.md': { complaints: true },
  'docs/story.md': { complaints: true },
  'docs/instructors.md': { complaints: false },
};

/** Labs that a list leaves out, or calls otherwise than the `lab` command does. */
export function unlistedLabs({ path, text }: Page): string[] {
  const list = LISTS[path];
  const own = labs.filter(({ id }) => path === `docs/labs/${id}.md` || path === `labs/${id}/README.md`);
  const words = plain(text);
  return [
    ...(list === undefined ? [] : labs).flatMap(({ id, title }) => [
      ...(text.includes(`labs/${id}`) ? [] : [`${path}: it leaves out ${id}`]),
      ...(list?.complaints !== true || words.includes(plain(title)) ? [] : [`${path}: ${id} is called ${title}`]),
    ]),
    ...(list?.complaints === true ? labs : own).flatMap(({ id, complaint }) =>
      words.includes(plain(complaint)) ? [] : [`${path}: of ${id} somebody says "${complaint}"`],
    ),
  ];
}

/** Words alone: a quotation within a quotation is set otherwise in a page than in a terminal. */
function plain(text: string): string {
  return text
    .replaceAll(/["“”_*]/g, '')
    .replaceAll(/\s+/g, ' ')
    .toLowerCase();
}
