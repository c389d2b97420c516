import type { ReadLimit } from '../aws/target.ts';
import type { Subject } from '../checking/check.ts';
import { tablesOf } from './rows.ts';

/**
 * Limits reads of these tables, to one row at a time by default, if the account can, until `end` is called: `isOn` says
 * whether it can. Without that, an index with little of each row fits on one page.
 */
export async function limitReads(
  { target, afterwards }: Pick<Subject, 'target' | 'afterwards'>,
  tables: readonly string[],
  limit: Omit<ReadLimit, 'table'> = { items: 1 },
): Promise<{ readonly isOn: boolean; end(): Promise<void> }> {
  const all = (limits?: typeof limit) => Promise.all(tables.map((table) => target.limitReads?.({ table, ...limits })));
  const end = async () => void (await all());
  // In case the check is interrupted.
  afterwards(end);
  return { isOn: (await all(limit)).includes(true), end };
}

/** Whether the account can limit reads. A running one may be from before the workshop was updated. */
export async function canLimitReads(subject: Pick<Subject, 'target' | 'resources'>): Promise<boolean> {
  const [table] = tablesOf(subject);
  return table !== undefined && (await subject.target.limitReads?.({ table })) === true;
}
