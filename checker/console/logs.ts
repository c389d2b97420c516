import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { Subject } from '../checking/check.ts';
import { logGroupOf } from '../observe/find-in-log.ts';
import { redacted } from '../sign-in/redacted.ts';
import { labelOf } from './label.ts';

/** The newest lines of the functions' logs, `logs.json`. */
export interface LogsDocument {
  /** The oldest first. */
  readonly lines: readonly LogLine[];
}

export interface LogLine {
  /** ISO 8601. */
  readonly at: string;
  /** The function's name, and its readable part. */
  readonly function: string;
  readonly label: string;
  /** The id of the invocation that logged it, if known. */
  readonly requestId?: string;
  readonly text: string;
}

/** How many lines the console shows, and how old they can be, in milliseconds. */
const mostLines = 500;
const longestAgo = 60 * 60_000;

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/;

/** Returns the newest log lines of the stack's functions. */
export async function logsDocument(subject: Subject): Promise<LogsDocument> {
  return { lines: (await logLines(subject, Date.now() - longestAgo)).slice(-mostLines) };
}

/** Reads all log lines of a stack's functions since a moment, the oldest first. */
export async function logLines(
  subject: Pick<Subject, 'target' | 'resources' | 'locate'>,
  since: number,
): Promise<LogLine[]> {
  const functions = subject.resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  const lines = await Promise.all(
    functions.map(({ physicalId, logicalId }) => linesOf(subject, physicalId, labelOf(subject, logicalId), since)),
  );
  return lines.flat().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

async function linesOf(
  { target }: Pick<Subject, 'target'>,
  functionName: string,
  label: string,
  startTime: number,
): Promise<LogLine[]> {
  const [client, { paginateFilterLogEvents }] = await Promise.all([
    target.clients.logs(),
    import('../aws/sdk/logs.ts'),
  ]);
  const events: FilteredLogEvent[] = [];
  try {
    const logGroupName = await logGroupOf(target, functionName);
    for await (const page of paginateFilterLogEvents({ client }, { logGroupName, startTime }))
      events.push(...(page.events ?? []));
  } catch (error) {
    // A function that never ran has no log, and a deleted one writes none.
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
  }
  return withRequests(events).map(({ timestamp = 0, message = '', requestId }) => ({
    at: new Date(timestamp).toISOString(),
    function: functionName,
    label,
    requestId,
    text: redacted(message).trimEnd(),
  }));
}

/**
 * A stream belongs to one process, which serves one invocation at a time: a line without an id belongs to the latest
 * one.
 */
function withRequests(events: readonly FilteredLogEvent[]): Array<FilteredLogEvent & { requestId?: string }> {
  const current = new Map<string | undefined, string>();
  return events.map((event) => {
    const named = uuid.exec(event.message ?? '')?.[0];
    const requestId = named ?? current.get(event.logStreamName);
    if (named !== undefined) current.set(event.logStreamName, named);
    return requestId === undefined ? event : { ...event, requestId };
  });
}
