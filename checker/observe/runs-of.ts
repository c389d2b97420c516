import type { Subject } from '../checking/check.ts';
import { forAMoment, PAUSE } from '../checking/run.ts';
import { logGroupOf } from './find-in-log.ts';
import { couldCall, observeRolePolicies } from './role-policies.ts';

/** How long a log may take to show an invocation, in milliseconds of AWS's. */
const LATE = 20_000;

/** How far the clocks of this machine and of the account may be apart, in milliseconds. */
const SKEW = 1_000;

/** What Lambda writes at the beginning of an invocation, as text or as JSON. */
const START = /^START RequestId:|"platform\.start"/m;

/**
 * Returns how often a function ran since a moment, as its log shows, once that is `wanted` times or logs have had their
 * time. Returns undefined if its role isn't allowed to log: then silence says nothing.
 */
export async function runsOf(
  subject: Pick<Subject, 'target' | 'signal'>,
  functionName: string,
  since: number,
  wanted: number,
): Promise<number | undefined> {
  const { target, signal } = subject;
  const [lambda, client, { GetFunctionConfigurationCommand }, { paginateFilterLogEvents }] = await Promise.all([
    target.clients.lambda(),
    target.clients.logs(),
    import('@aws-sdk/client-lambda'),
    import('@aws-sdk/client-cloudwatch-logs'),
  ]);
  const { scale = 1 } = target;
  const logGroupName = await logGroupOf(target, functionName);
  const { Role = '', FunctionArn = '' } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  const [, partition, , region, account] = FunctionArn.split(':');
  const stream = `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}:log-stream:x`;
  const policies = await observeRolePolicies(subject, Role.split('/').at(-1) ?? '');
  if (!couldCall(policies, Role, 'logs:PutLogEvents', stream)) return undefined;
  const deadline = performance.now() + LATE / scale;
  for (;;) {
    const isLast = performance.now() >= deadline;
    let runs = 0;
    const startTime = Math.round(since - SKEW / scale);
    try {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime }))
        runs += events.filter(({ message = '' }) => START.test(message)).length;
    } catch (error) {
      // A function that never ran has no group.
      if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    }
    if (isLast || runs >= wanted) return runs;
    await forAMoment(PAUSE / scale, signal);
  }
}
