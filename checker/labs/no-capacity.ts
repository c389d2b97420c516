import type { Judgement, Room, Subject } from '../checking/check.ts';
import type { Gate } from '../observe/gate.ts';
import { mayBeInvoked } from '../observe/may-be-invoked.ts';
import { observeRuns } from '../observe/runs.ts';

/** Accounts that run fewer functions at a time run out of them: a new one runs 10. */
const SMALL = 100;

/** A function that API Gateway was to call, and how often. */
export interface Expected {
  readonly functionName: string | undefined;
  /** The part of the API that calls it: `sendmessage`, `authorizers/abc123`. */
  readonly by: string;
  readonly times: number;
  /** When the first of these calls was made, in milliseconds. */
  readonly since: number;
}

/**
 * The functions that are called for so many handshakes: the authorizer for each, and `$connect` for those that it surely
 * admits. Without an authorizer, `$connect` is called for each.
 */
export function atTheDoor(
  { authorizer, connect }: Gate,
  { times, admitted, since }: { readonly times: number; readonly admitted: number; readonly since: number },
): Expected[] {
  const asked = authorizer && {
    functionName: authorizer.functionName,
    by: `authorizers/${authorizer.id}`,
    times,
    since,
  };
  const entering = authorizer === undefined ? times : admitted;
  return [...(asked === undefined ? [] : [asked]), { functionName: connect, by: '$connect', times: entering, since }];
}

/** A function that Lambda did not run because the account runs as many as it can. */
export interface NoCapacity {
  readonly functionName: string;
  /** How many functions the account runs at a time. */
  readonly limit: number;
}

/**
 * Looks for a function that failed because Lambda never ran it: the account is small, the function is allowed to run and to
 * log, and its log has fewer invocations than there were calls. Undefined if none of that can be told; to be asked only if
 * something failed, for it waits for logs.
 */
export async function observeNoCapacity(
  subject: Subject,
  room: Room,
  expected: readonly Expected[],
): Promise<{ noCapacity?: NoCapacity }> {
  const limit = await smallLimit(subject);
  if (limit === undefined) return {};
  for (const { functionName, by, times, since } of expected) {
    if (functionName === undefined || times === 0) continue;
    if (
      (await isReserved(subject, functionName)) ||
      !(await mayBeInvoked(subject, functionName, `${room.apiId}/${by}`))
    )
      continue;
    const runs = await observeRuns(subject, functionName, since, times).catch(() => undefined);
    if (runs !== undefined && runs.started < times) return { noCapacity: { functionName, limit } };
  }
  return {};
}

/** What is to be said of that: it is nobody's mistake in the room. Undefined if there was room for every function. */
export function noCapacity(found: NoCapacity | undefined): Judgement | undefined {
  if (found === undefined) return undefined;
  const { functionName, limit } = found;
  return {
    outcome: 'inconclusive',
    reason: `API Gateway called the function ${functionName}, and Lambda did not run it. This account runs ${limit} functions at a time, so it probably had no room.`,
    next: 'Wait until they have ended, and run the command again. Or ask AWS for more: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    passing: true,
  };
}

async function smallLimit({ target }: Pick<Subject, 'target'>): Promise<number | undefined> {
  const [client, { GetAccountSettingsCommand }] = await Promise.all([
    target.clients.lambda(),
    import('@aws-sdk/client-lambda'),
  ]);
  // Credentials that are not allowed to ask, and endpoints that don't know the call, leave it open.
  const settings = await client.send(new GetAccountSettingsCommand({})).catch(() => undefined);
  const limit = settings?.AccountLimit?.ConcurrentExecutions;
  return limit !== undefined && limit < SMALL ? limit : undefined;
}

/** Reserved concurrency is the function's own limit, which the learner set. */
async function isReserved({ target }: Pick<Subject, 'target'>, FunctionName: string): Promise<boolean> {
  const [client, { GetFunctionConcurrencyCommand }] = await Promise.all([
    target.clients.lambda(),
    import('@aws-sdk/client-lambda'),
  ]);
  const { ReservedConcurrentExecutions } = await client
    .send(new GetFunctionConcurrencyCommand({ FunctionName }))
    .catch(() => ({ ReservedConcurrentExecutions: undefined }));
  return ReservedConcurrentExecutions !== undefined;
}
