import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { Evidence, Subject } from '../checking/check.ts';
import { redacted } from '../sign-in/redacted.ts';
import { logStart } from './log-start.ts';
import { newestLines } from './newest.ts';

/** How many log lines to show; the newest are kept. */
const LOG_LINES = 12;
const LOG_SINCE = 2 * 60_000;

/**
 * Returns a function's log lines since a moment, by default since this run of the checks began, without Lambda's own
 * lines; undefined if it logged nothing.
 */
export async function observeLog(
  { target, began }: Pick<Subject, 'target'> & { readonly began?: number },
  functionName: string,
  since = began ?? Date.now() - LOG_SINCE,
): Promise<Evidence | undefined> {
  const [lambda, logs, { GetFunctionConfigurationCommand }, { paginateFilterLogEvents }] = await Promise.all([
    target.clients.lambda(),
    target.clients.logs(),
    import('../aws/sdk/lambda.ts'),
    import('../aws/sdk/logs.ts'),
  ]);
  const { LoggingConfig } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  const logGroupName = LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
  const startTime = logStart(target, since);
  const events: FilteredLogEvent[] = [];
  for await (const page of paginateFilterLogEvents({ client: logs }, { logGroupName, startTime }))
    events.push(...(page.events ?? []));
  // If a function logs a token or a key, this report doesn't repeat it.
  const lines = events.flatMap(({ message = '' }) => redacted(message).trimEnd().split('\n'));
  const telling = newestLines(
    lines.filter((line) => !/^(START|END|REPORT|INIT_START|INIT_REPORT) /.test(line)),
    LOG_LINES,
  );
  return telling.length === 0 ? undefined : { source: 'log', about: logGroupName, lines: telling };
}
