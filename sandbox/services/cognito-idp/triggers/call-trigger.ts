import type { Call } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { modestJson } from '../../../protocols/modest-json.ts';
import { publishProbe } from '../../../trace/publish.ts';
import { functions as records } from '../../lambda/records.ts';
import { allowsService } from '../../lambda/resource-policy.ts';
import { poolArn } from '../pool.ts';

/** The parts of the account that invoking a trigger needs. */
export type TriggerCall = Call<'store' | 'ids' | 'clock' | 'functions' | 'callerPolicies' | 'weather'>;

/** A function that a pool invokes. */
export interface Trigger {
  /** The member of `LambdaConfig`, with which Cognito's errors begin: `PreSignUp`. */
  readonly name: 'PreSignUp';
  /** With a version or an alias, if the pool names one. */
  readonly functionArn: string;
  readonly poolId: string;
}

/** A trigger's timeout, in milliseconds, and how often Cognito invokes a trigger that exceeds it. */
const patience = 5_000;
const attempts = 3;

/**
 * Invokes a trigger with an event, on behalf of its pool, and returns the `response` of the event that the trigger
 * returns. Throws Cognito's error:
 *
 * - UserLambdaValidationException if the function throws: "PreSignUp failed with error <its message>."
 * - UnexpectedLambdaException if Cognito can't invoke it, or it is slower than five seconds three times
 * - InvalidLambdaResponseException if it doesn't return the event
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 * The messages are from https://repost.aws/knowledge-center/cognito-lambda-trigger-errors
 */
export async function callTrigger(
  trigger: Trigger,
  event: object,
  call: TriggerCall,
): Promise<Readonly<Record<string, unknown>>> {
  const { name, functionArn } = trigger;
  requirePermission(trigger, call);
  const payload = JSON.stringify(event);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const requestId = call.ids.uuid();
    if (call.isProbe === true) publishProbe(call.clock, requestId);
    const result = await inTime((onBegun) =>
      call.functions.invoke({ functionArn, payload, requestId, onBegun }).catch((error: unknown) => {
        throw error instanceof AwsError ? notInvoked(name, error.code) : error;
      }),
    );
    if (result === undefined) continue;
    if (result.functionError !== undefined) throw failed(name, result.payload);
    return responseIn(result.payload);
  }
  throw notInvoked(name, 'Socket timeout while invoking Lambda function');
}

/**
 * Throws if the function's policy doesn't allow Cognito to invoke it for this pool, or if it is gone: AWS's error is
 * the same.
 */
function requirePermission({ name, functionArn, poolId }: Trigger, call: TriggerCall): void {
  const [, , , region, accountId, , functionName = ''] = functionArn.split(':');
  // A new permission takes a while to reach Cognito.
  const record = records.get(call.weather.seenBy('cognito-idp'), `${accountId}/${region}`, functionName);
  const request = {
    service: 'cognito-idp.amazonaws.com',
    functionArn,
    sourceArn: poolArn(poolId, call),
    sourceAccount: call.accountId,
  };
  if (record !== undefined && allowsService(record, request, call.callerPolicies)) return;
  throw notInvoked(name, 'AccessDeniedException');
}

function notInvoked(name: Trigger['name'], problem: string): AwsError {
  return new AwsError('UnexpectedLambdaException', `${name} invocation failed due to error ${problem}.`);
}

function failed(name: Trigger['name'], payload: string): AwsError {
  const { errorMessage } = (modestJson(payload) ?? {}) as { readonly errorMessage?: unknown };
  return new AwsError('UserLambdaValidationException', `${name} failed with error ${errorMessage ?? ''}.`);
}

function responseIn(payload: string): Readonly<Record<string, unknown>> {
  const event = modestJson(payload);
  const response = isObject(event) ? event.response : undefined;
  if (isObject(response)) return response;
  throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Resolves with undefined if something takes longer than Cognito waits. On AWS, cold starts count. Here a busy machine
 * would reject people, so the time starts when the function has the event.
 */
async function inTime<T>(work: (onBegun: () => void) => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  let begin = () => {};
  const late = new Promise<undefined>((resolve) => {
    begin = () => {
      timer = setTimeout(resolve, patience, undefined);
    };
  });
  try {
    return await Promise.race([work(begin), late]);
  } finally {
    clearTimeout(timer);
  }
}
