import type { Evidence } from '../checking/check.ts';

/** Returns evidence with the deciding lines marked. */
export function marked(evidence: Evidence, decides: (line: string) => boolean): Evidence {
  const indexes = evidence.lines.flatMap((line, index) => (decides(line) ? index : []));
  return indexes.length === 0 ? evidence : { ...evidence, marked: indexes };
}

/** Whether a line of a conversation shows what somebody received, or that they were rejected. */
export function isAnswer(line: string): boolean {
  return /^\+\d+ ms {2}[^"]*? ← /.test(line) || isRefusal(line);
}

/** Whether a line of a conversation shows that somebody was admitted. */
export function isEntry(line: string): boolean {
  return /^\+\d+ ms {2}[^"→←]* joins as "/.test(line);
}

/** Whether a line of a conversation shows that somebody was rejected. */
export function isRefusal(line: string): boolean {
  return /^\+\d+ ms {2}[^"→←]* is rejected: \d+$/.test(line);
}

/** Returns whether a line of a conversation is about its last message. */
export function isOfTheLast({ lines }: Pick<Evidence, 'lines'>): (line: string) => boolean {
  const last = new Set(lines.slice(lines.findLastIndex((line) => line.includes(' → '))));
  return (line) => last.has(line) && / [→←] /.test(line);
}
