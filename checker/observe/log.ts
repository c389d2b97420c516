import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { Evidence, Subject } from '../checking/check.ts';
import { redacted } from '../sign-in/redacted.ts';

/** As many lines of a log as help; the newest are kept. */
const LOG_LINES = 12;
const LOG_SINCE = 2 * 60_000;

/** How far the clocks of this machine and of the account may be apart, in milliseconds. */
const SKEW = 1_000;

/**
 * What a function printed since a moment, or else since this run of the checks began, without what Lambda prints of each
 * call; undefined if it printed nothing.
 */
export async function observeLog(
  { target, began }: Pick<Subject, 'target'> & { readonly began?: number },
  functionName: string,
  since = began ?? Date.now() - LOG_SINCE,
): Promise<Evidence | undefined> {
  const [lambda, logs, { GetFunctionConfigurationCommand }, { paginateFilterLogEvents }] = await Promise.all([
    target.clients.lambda(),
    target.clients.logs(),
    import('@aws-sdk/client-lambda'),
    import('@aws-sdk/client-cloudwatch-logs'),
  ]);
  const { LoggingConfig } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  const logGroupName = LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
  const startTime = Math.round(since - SKEW / (target.scale ?? 1));
  const events: FilteredLogEvent[] = [];
  for await (const page of paginateFilterLogEvents({ client: logs }, { logGroupName, startTime }))
    events.push(...(page.events ?? []));
  // Whoever prints a token or a key does not have it printed here as well.
  const lines = events.flatMap(({ message = '' }) => redacted(message).trimEnd().split('\n'));
  const telling = lines.filter((line) => !/^(START|END|REPORT|INIT_START) /.test(line)).slice(-LOG_LINES);
  return telling.length === 0 ? undefined : { source: 'log', about: logGroupName, lines: telling };
}
