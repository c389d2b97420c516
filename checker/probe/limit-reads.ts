import type { Subject } from '../checking/check.ts';

/** Reads of some tables that return one row at a time, until they end. */
export interface LimitedReads {
  /** Whether the account can limit them. */
  readonly isOn: boolean;
  end(): Promise<void>;
}

/** Limits reads of these tables to one row at a time, if the account can: an index can have a little of each row. */
export async function limitReads(
  { target, afterwards }: Pick<Subject, 'target' | 'afterwards'>,
  tables: readonly string[],
): Promise<LimitedReads> {
  const all = (items?: number) => Promise.all(tables.map((table) => target.limitReads?.({ table, items })));
  const end = async () => void (await all());
  // In case the check is interrupted.
  afterwards(end);
  return { isOn: (await all(1)).includes(true), end };
}
