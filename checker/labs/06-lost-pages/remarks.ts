import { inList, KEPT_AS_RECENT } from '../among-ghosts.ts';

/** Says that indexes have too little of each row to show whether their pages are read. */
export function onOnePage(indexes: readonly string[]): string {
  const [has, it] = indexes.length === 1 ? ['index', 'it'] : ['indexes', 'one of them'];
  return `The ${has} ${inList(indexes)} ${indexes.length === 1 ? 'has' : 'have'} so little of each row that all rows fit on one page. If the handler reads ${it}, nothing here shows that it reads the next page, too, which it must once thousands of people are connected.`;
}

/** Says that so many rows of stale connections remain because they look recent. */
export function keptAsRecent(count: number): string {
  const [rows, are] = count === 1 ? ['row', 'is'] : ['rows', 'are'];
  return `${count} ${rows} of stale connections ${are} still in the table. ${KEPT_AS_RECENT} So nothing here shows that stale rows are deleted on every page.`;
}
