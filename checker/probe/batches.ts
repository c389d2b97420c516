import { inTable, type StoredRow } from './room-tables.ts';

/** How many rows one request can have, and about how many bytes: large ones could take more capacity than a table has. */
const MOST = { rows: 25, bytes: 64 * 1024 } as const;

/** Rows that one request can write: those of one table, each once. */
export interface Batch {
  /** The table's name. */
  readonly table: string;
  readonly rows: readonly StoredRow[];
}

/**
 * Returns rows in batches, in order.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
 */
export function batchesOf(rows: readonly StoredRow[]): Batch[] {
  const batches: Array<{ table: string; bytes: number; rows: StoredRow[] }> = [];
  for (const stored of rows) {
    const table = stored.table.name;
    const bytes = JSON.stringify(stored.row).length;
    const last = batches.at(-1);
    const fits = last?.table === table && last.rows.length < MOST.rows && last.bytes + bytes <= MOST.bytes;
    if (fits && !last.rows.some((one) => inTable(one) === inTable(stored))) {
      last.rows.push(stored);
      last.bytes += bytes;
    } else batches.push({ table, bytes, rows: [stored] });
  }
  return batches;
}
