import type { Subject } from '../checking/check.ts';
import { forAMoment, PAUSE } from '../checking/run.ts';
import { logGroupOf } from './find-in-log.ts';
import { logStart } from './log-start.ts';
import { couldCall, observeRolePolicies } from './role-policies.ts';

/** How often a function ran, according to its log. */
export interface Runs {
  readonly started: number;
  readonly ended: number;
  /** How many of them ran into the function's timeout. */
  readonly timedOut: number;
}

type Wanted = Pick<Subject, 'target' | 'signal'>;

/** How long a log can take to show an invocation, in AWS milliseconds. */
const LATE = 20_000;

/** The time between two reads of a practice account's log, in milliseconds. */
const A_MOMENT = 100;

/** How long API Gateway waits for a function, in milliseconds. */
const LONGEST_INTEGRATION = 29_000;

// Lambda's lines about an invocation, as text or as JSON.
const START = /^START RequestId:|"platform\.start"/m;
const END = /^REPORT RequestId:|"platform\.report"/m;
const REQUEST_ID = /\bRequestId: ([\w-]+)|"requestId":"([\w-]+)"/;
const TIMEOUT = /^REPORT RequestId:.*\tStatus: timeout|"platform\.report".*"status":"timeout"/m;

/**
 * Returns a function's runs since a moment, once there are as many as `wanted` or logs have had their time. Returns
 * undefined if the function isn't allowed or configured to log them: then silence proves nothing.
 */
export async function observeRuns(
  subject: Wanted,
  functionName: string,
  since: number,
  wanted: number,
): Promise<Runs | undefined> {
  const runs = await untilRuns(
    subject,
    functionName,
    since,
    LATE / scaleOf(subject),
    ({ started }) => started >= wanted,
  );
  return runs.started >= wanted || (await logsItsRuns(subject, functionName)) ? runs : undefined;
}

/** Returns a function's runs since a moment, once all of them have ended or API Gateway gave up on them. */
export async function observeEnds(subject: Wanted, functionName: string, since: number): Promise<Runs> {
  const longest = LONGEST_INTEGRATION + LATE / scaleOf(subject);
  return untilRuns(subject, functionName, since, longest, ({ started, ended }) => ended >= started);
}

/** Waits until everything that the stack's functions began during these checks has ended, as far as their logs show. */
export async function untilAllEnded(subject: Wanted & Pick<Subject, 'resources' | 'began'>): Promise<void> {
  const { resources, began = 0 } = subject;
  const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  await Promise.all(functions.map(({ physicalId }) => observeEnds(subject, physicalId, began)));
}

async function untilRuns(
  subject: Wanted,
  functionName: string,
  since: number,
  longest: number,
  isEnough: (runs: Runs) => boolean,
): Promise<Runs> {
  const { target, signal } = subject;
  const [client, { paginateFilterLogEvents }] = await Promise.all([
    target.clients.logs(),
    import('../aws/sdk/logs.ts'),
  ]);
  const input = {
    logGroupName: await logGroupOf(target, functionName),
    startTime: logStart(target, since),
  };
  const deadline = performance.now() + longest;
  for (;;) {
    const isLast = performance.now() >= deadline;
    const lines: string[] = [];
    try {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, input))
        lines.push(...events.map(({ message = '' }) => message));
    } catch (error) {
      // A function that never ran has no log group.
      if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    }
    const runs = runsIn(lines);
    if (isLast || isEnough(runs)) return runs;
    await forAMoment(target.kind === 'practice' ? A_MOMENT : PAUSE, signal);
  }
}

/** Counts the runs that started within these lines: one that was running before can end among them. */
export function runsIn(lines: readonly string[]): Runs {
  const idOf = (line: string) => REQUEST_ID.exec(line)?.slice(1).find(Boolean);
  const started = lines.filter((line) => START.test(line));
  const ids = new Set(started.map(idOf));
  const count = (what: RegExp) => lines.filter((line) => what.test(line) && ids.has(idOf(line))).length;
  return { started: started.length, ended: count(END), timedOut: count(TIMEOUT) };
}

/** Whether the function's role and configuration let Lambda log each run. */
async function logsItsRuns(subject: Wanted, functionName: string): Promise<boolean> {
  const { target } = subject;
  const [lambda, { GetFunctionConfigurationCommand }] = await Promise.all([
    target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
  const { Role = '', FunctionArn = '', LoggingConfig } = await lambda.send(command);
  if (LoggingConfig?.SystemLogLevel === 'WARN') return false;
  const [, partition, , region, account] = FunctionArn.split(':');
  const group = LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
  const stream = `arn:${partition}:logs:${region}:${account}:log-group:${group}:log-stream:x`;
  const policies = await observeRolePolicies(subject, Role.split('/').at(-1) ?? '');
  return couldCall(policies, Role, 'logs:PutLogEvents', stream);
}

function scaleOf({ target: { scale = 1 } }: Pick<Subject, 'target'>): number {
  return scale;
}
