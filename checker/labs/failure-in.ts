import type { Evidence } from '../checking/check.ts';
import { errorIn, isOfStack } from '../observe/thrown.ts';
import { isCrash } from '../probe/frames.ts';
import { shortened } from '../probe/shortened.ts';

/** The last error in a function's log. */
export interface Failure {
  /** The line of the log with the error. */
  readonly line: string;
  /** The error: `TypeError: …`. */
  readonly error: string;
  /** A sentence. */
  readonly inWords: string;
  /** Whether the stack can be at fault: it lacks a permission, a table or a variable. */
  readonly isOfStack: boolean;
  /** Whether the function called DynamoDB for a table that nothing should grant, or for none. */
  readonly isOtherTable: boolean;
}

/** The stack's tables, and the one with the connections. */
interface Tables {
  readonly tables: readonly string[];
  readonly table?: string | undefined;
}

/**
 * IAM's words for a missing permission. The resource can be a table, or one of its indexes. Without a table's name, the
 * practice account says `*`. AWS says that for ListTables only.
 */
const DENIED = /is not authorized to perform: (\S+)(?: on resource: \S+:table\/([^\s/]+)(?:\/index\/(\S+))?)?/;

/** Returns how the function failed that sent somebody this error, as its log has it; undefined if no log shows that. */
export function failureIn(
  told: { readonly text: string } | undefined,
  log: readonly Evidence[],
  known?: Tables,
): Failure | undefined {
  return isCrash(told?.text) ? lastFailure(log, known) : undefined;
}

/** Returns the last error in a function's log; undefined if that has none. */
export function lastFailure(log: readonly Evidence[], known?: Tables): Failure | undefined {
  const line = log
    .flatMap(({ source, lines }) => (source === 'log' ? lines : []))
    .findLast((each) => errorIn(each) !== undefined);
  const error = line === undefined ? undefined : errorIn(line);
  if (line === undefined || error === undefined) return undefined;
  const [, action, table, index] = DENIED.exec(error) ?? [];
  const isUnnamed = table === '*' && action !== 'dynamodb:ListTables';
  const isOtherTable = isUnnamed || (known !== undefined && table !== undefined && !known.tables.includes(table));
  const inWords = () => {
    if (action === undefined)
      return `The function failed with ${shortened(error, { longest: ENOUGH }).replace(/\.$/, '')}.`;
    const own = isOtherTable && known?.table !== undefined ? ` The room's table is ${known.table}.` : '';
    if (isUnnamed)
      return `The function called ${action} without the name of a table: \`TableName\` is undefined.${own}`;
    if (table === undefined || table === '*') return `The function isn't allowed ${action}.`;
    const where = index === undefined ? `the table ${table}` : `the index ${index} of the table ${table}`;
    return `The function isn't allowed ${action} on ${where}.${own}`;
  };
  return { line, error, inWords: inWords(), isOfStack: isOfStack(error) && !isOtherTable, isOtherTable };
}

/** How much of an error to say: one of BatchWriteItem can quote all of its items. The log has the rest. */
const ENOUGH = 200;
