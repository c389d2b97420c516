import type { Judgement, Room, Subject } from '../checking/check.ts';
import type { Gate } from '../observe/gate.ts';
import { mayBeInvoked } from '../observe/may-be-invoked.ts';
import { resourceNamed } from '../observe/physical-id.ts';
import { speakingKey } from '../observe/route-selection.ts';
import { observeRoutes } from '../observe/routes.ts';
import { observeRuns } from '../observe/runs.ts';

/** Accounts with a lower concurrency limit run out of capacity: a new account's is 10. */
const SMALL = 100;

/** A function that API Gateway should have invoked, and how often. */
export interface Expected {
  readonly functionName: string | undefined;
  /** What invokes it: a route, `sendmessage`, or `authorizers/abc123`. */
  readonly by: string;
  readonly times: number;
  /** When the first of these calls was made, in milliseconds. */
  readonly since: number;
}

/**
 * Returns the functions that this many handshakes invoke: the authorizer for each, and `$connect` for those that it
 * surely admits. Without an authorizer, `$connect` for each.
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

/** A function that Lambda did not run because a concurrency limit was reached. */
export interface NoCapacity {
  readonly functionName: string;
  /** The account's concurrency limit, or the function's own. */
  readonly limit: number;
  /** Set if the limit is the function's own, which the learner reserved: its logical id, if the stack created it. */
  readonly reserved?: { readonly at?: string };
}

/**
 * Looks for a function that failed because Lambda never ran it: the account's limit or its own is low, the function may
 * be invoked and may log, and its log has fewer invocations than there were calls. Returns nothing if that can't be
 * established. Call it only if something failed, because it waits for logs.
 */
export async function observeNoCapacity(
  subject: Subject,
  room: Room,
  expected: readonly Expected[],
): Promise<{ noCapacity?: NoCapacity }> {
  const limit = await smallLimit(subject);
  for (const { functionName, by, times, since } of expected) {
    if (functionName === undefined || times === 0) continue;
    const reserved = await reservedFor(subject, functionName);
    const most = reserved ?? limit;
    const part = by.startsWith('authorizers/') ? by : `${room.stageName}/${by}`;
    if (most === undefined || !(await mayBeInvoked(subject, functionName, `${room.apiId}/${part}`))) continue;
    const runs = await observeRuns(subject, functionName, since, times).catch(() => undefined);
    if (runs === undefined || runs.started >= times) continue;
    const { logicalId: at } = resourceNamed(subject.resources, 'AWS::Lambda::Function', functionName) ?? {};
    return { noCapacity: { functionName, limit: most, reserved: reserved === undefined ? undefined : { at } } };
  }
  return {};
}

/** Looks for a lack of capacity for the function that sends messages to the room, which was called this many times. */
export async function observeSpeakingCapacity(
  subject: Subject,
  room: Room,
  { times, since }: Pick<Expected, 'times' | 'since'>,
): Promise<{ noCapacity?: NoCapacity }> {
  const by = speakingKey(room);
  const route = (await observeRoutes(subject, room)).find(({ routeKey }) => routeKey === by);
  return observeNoCapacity(subject, room, [{ functionName: route?.integration?.functionName, by, times, since }]);
}

/**
 * Returns the judgment of a lack of capacity: an account's limit is nobody's mistake, a function's own is the
 * learner's. Undefined if there was capacity for every function.
 */
export function noCapacity(found: NoCapacity | undefined): Judgement | undefined {
  if (found === undefined) return undefined;
  const { functionName, limit, reserved } = found;
  if (reserved !== undefined) {
    const line = `ReservedConcurrentExecutions: ${limit}`;
    return {
      outcome: 'failed',
      actual: `API Gateway invoked the function ${functionName}, but Lambda didn't run it: its reserved concurrency is ${limit} (\`reservedConcurrentExecutions\`), so Lambda rejects an invocation while ${limit === 1 ? 'another is' : `${limit} others are`} running.`,
      evidence: [{ source: 'GetFunctionConcurrency', about: functionName, lines: [line], marked: [0] }],
      ...reserved,
    };
  }
  return {
    outcome: 'inconclusive',
    reason: `API Gateway invoked the function ${functionName}, but Lambda didn't run it. This account's concurrency limit is ${limit}, so it probably had no capacity left.`,
    next: 'Wait until other functions have finished, and run the command again. Or request a higher limit: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    passing: true,
  };
}

async function smallLimit({ target }: Pick<Subject, 'target'>): Promise<number | undefined> {
  const [client, { GetAccountSettingsCommand }] = await Promise.all([
    target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  // If the credentials aren't allowed to ask, or the endpoint doesn't know the call, this stays open.
  const settings = await client.send(new GetAccountSettingsCommand({})).catch(() => undefined);
  const limit = settings?.AccountLimit?.ConcurrentExecutions;
  return limit !== undefined && limit < SMALL ? limit : undefined;
}

/** Returns a function's reserved concurrency, its own limit, which the learner set. */
async function reservedFor({ target }: Pick<Subject, 'target'>, FunctionName: string): Promise<number | undefined> {
  const [client, { GetFunctionConcurrencyCommand }] = await Promise.all([
    target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  const { ReservedConcurrentExecutions } = await client
    .send(new GetFunctionConcurrencyCommand({ FunctionName }))
    .catch(() => ({ ReservedConcurrentExecutions: undefined }));
  return ReservedConcurrentExecutions;
}
