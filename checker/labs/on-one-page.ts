import { inList } from './among-ghosts.ts';

/**
 * Worth knowing if these indexes have all their rows on one page: nobody can tell whether a handler reads the next one.
 */
export function onOnePage(indexes: readonly string[]): string {
  const [has, it] = indexes.length === 1 ? ['index', 'it'] : ['indexes', 'one of them'];
  return `The ${has} ${inList(indexes)} ${indexes.length === 1 ? 'has' : 'have'} so little of each row that all rows fit on one page. If the handler reads ${it}, nothing here shows that it reads the next page, too, which it must once thousands of people are connected.`;
}
