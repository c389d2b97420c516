/** Texts in the lines of a handler that read rows. */
export const READS = ['ScanCommand(', 'QueryCommand(', '.scan(', '.query(', 'paginateScan(', 'paginateQuery('];

/** Texts in the lines of a handler that choose some of the rows, the most specific first. */
export const CHOOSES = ['Limit:', '.filter(', '.slice(', '.splice(', 'continue;', 'FilterExpression'];
