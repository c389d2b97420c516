import { inTable, type StoredRow } from './room-tables.ts';
import { MOST_AT_ONCE } from './write-all.ts';

/** About how many bytes one request can have: large rows together could take more capacity than a new table has. */
const MOST_BYTES = 64 * 1024;

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
    const fits = last?.table === table && last.rows.length < MOST_AT_ONCE && last.bytes + bytes <= MOST_BYTES;
    if (fits && !last.rows.some((one) => inTable(one) === inTable(stored))) {
      last.rows.push(stored);
      last.bytes += bytes;
    } else batches.push({ table, bytes, rows: [stored] });
  }
  return batches;
}
