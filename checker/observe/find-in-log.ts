import type { Subject } from '../checking/check.ts';
import { type Reading, readingsOf } from '../probe/readings.ts';

/**
 * How far this machine's clock may be ahead of the account's, in milliseconds. A practice account uses the same clock.
 */
const AHEAD = { practice: 0, aws: 5 * 60_000 } as const;

/** A log group, or the function that writes to it. */
type Log = { readonly logGroup: string } | { readonly functionName: string };

export interface FoundInLog {
  readonly logGroup: string;
  /** The text that was found. */
  readonly text: string;
  /** The line that contains it. */
  readonly line: string;
  /** The encodings to undo before it can be read there: `['base64']`; empty if it is plain text. */
  readonly undone: readonly string[];
}

/**
 * Returns the last line since a moment, in milliseconds, that contains the first of these texts that any line contains,
 * plain or in an encoding that needs no key; undefined if no line does, or nothing was logged yet.
 */
export async function findInLog(
  { target }: Pick<Subject, 'target'>,
  log: Log,
  { texts, since }: { readonly texts: readonly string[]; readonly since: number },
): Promise<FoundInLog | undefined> {
  const [client, { paginateFilterLogEvents }] = await Promise.all([
    target.clients.logs(),
    import('../aws/sdk/logs.ts'),
  ]);
  let logGroupName = '';
  let found: Omit<FoundInLog, 'logGroup'> | undefined;
  let wanted = texts;
  try {
    logGroupName = 'logGroup' in log ? log.logGroup : await logGroupOf(target, log.functionName);
    const startTime = since - AHEAD[target.kind];
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime })) {
      const lines = events.flatMap(({ message = '' }) => message.split('\n'));
      for (const line of lines) {
        const read = readIn(line, wanted);
        if (read === undefined) continue;
        found = { text: read.text, line, undone: read.undone };
        wanted = wanted.slice(0, wanted.indexOf(read.text) + 1);
      }
    }
  } catch (error) {
    // A function that never ran has no log yet, and a deleted one writes none. Lambda's and CloudWatch's errors have
    // the same name.
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
  }
  return found && { logGroup: logGroupName, ...found };
}

/** Returns the first of these texts that a line contains, and the encodings to undo. */
function readIn(line: string, texts: readonly string[]): Reading | undefined {
  // No encoding makes a text that short, and undoing those of every line takes long.
  const possible = texts.filter((text) => line.length >= text.length / 2);
  if (possible.length === 0) return undefined;
  let found: Reading | undefined;
  for (const { text: content, undone } of readingsOf(line)) {
    const before = possible.slice(0, found === undefined ? possible.length : possible.indexOf(found.text));
    const text = before.find((each) => content.includes(each));
    if (text !== undefined) found = { text, undone };
    if (text === possible[0]) break;
  }
  return found;
}

/** Returns the name of a function's log group. */
export async function logGroupOf(target: Subject['target'], functionName: string): Promise<string> {
  const [client, { GetFunctionConfigurationCommand }] = await Promise.all([
    target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  const { LoggingConfig } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  return LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
}
