import type { LogsDocument } from '../../logs.ts';
import type { Sent } from './stream.ts';

/** The log lines of one message, or of one invocation. */
export interface LogGroup {
  readonly key: string;
  readonly trace?: string;
  readonly lines: readonly LogLine[];
}

export interface LogLine {
  readonly at: number;
  readonly function: string;
  readonly text: string;
  /** The role isn't allowed to write the log: the lines are nowhere else. */
  readonly isLost: boolean;
}

/** How many groups are shown. */
const most = 40;

/** Returns the functions' log lines, grouped by their cause, the newest first. */
export function groupsOfEvents(events: readonly Sent[]): LogGroup[] {
  const groups = new Map<string, { key: string; trace?: string; lines: LogLine[] }>();
  for (const { event } of events) {
    if (event.kind !== 'log') continue;
    const { trace, requestId, stream, function: name = '', lines, at, isLost = false, more = 0 } = event;
    const key = trace ?? requestId ?? stream;
    const group = groups.get(key) ?? { key, trace, lines: [] };
    for (const text of lines) group.lines.push({ at, function: name, text: text.trimEnd(), isLost });
    if (more > 0) group.lines.push({ at, function: name, text: `… and ${more} more lines`, isLost });
    groups.set(key, group);
  }
  return [...groups.values()].slice(-most).reverse();
}

/** Returns log lines that were read, grouped by invocation, the newest first. */
export function groupsOfDocument({ lines }: LogsDocument): LogGroup[] {
  const groups = new Map<string, { key: string; lines: LogLine[] }>();
  for (const { requestId, function: name, at, text } of lines) {
    const key = requestId ?? name;
    const group = groups.get(key) ?? { key, lines: [] };
    group.lines.push({ at: Date.parse(at), function: name, text, isLost: false });
    groups.set(key, group);
  }
  return [...groups.values()].slice(-most).reverse();
}

/** Whether a line reports an error. */
export function isError(text: string): boolean {
  return /\bERROR\b|\bError\b|Task timed out|Status: (error|timeout)|"level":\s*"ERROR"/.test(text);
}
