import { AwsError } from '../../calls/errors.ts';
import { functionOf } from '../apigatewayv2/arn.ts';
import { functions as records } from '../lambda/records.ts';
import { allowsService } from '../lambda/resource-policy.ts';
import { assumedRole } from '../sts/assumed-role.ts';
import type { Gateway } from './gateway.ts';
import type { LiveStage } from './live.ts';
import { assumableRole } from './role.ts';

type Invoking = Pick<Gateway, 'store' | 'functions' | 'performAs' | 'callerPolicies' | 'weather'>;

/** A function, as an integration or an authorizer names it. */
export interface FunctionTarget {
  /** `arn:aws:apigateway:…/functions/<arn>/invocations`, perhaps with `${stageVariables.x}`. */
  readonly uri: string | undefined;
  /** The role that invokes it; where there is none, the function's resource policy decides. */
  readonly credentialsArn: string | undefined;
  /** On whose behalf: `arn:aws:execute-api:…:a1b2c3/prod/$connect`. */
  readonly sourceArn: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** Whether what it answers is of no use to anybody. */
  readonly nobodyWaits?: boolean;
}

/** What came of calling a function. `refused`: it may not be invoked, or there is none. */
export type Called =
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'threw'; readonly payload: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timed out' };

/** Invokes a function with an event, as far as API Gateway may. */
export async function callFunction(
  gateway: Invoking,
  live: LiveStage,
  target: FunctionTarget,
  event: object,
): Promise<Called> {
  const functionArn = functionOf(withVariables(target.uri ?? '', live.stage.StageVariables));
  if (functionArn === undefined) return { kind: 'refused' };
  const payload = JSON.stringify(event);
  const { credentialsArn } = target;
  const invocation =
    credentialsArn === undefined
      ? invoke(gateway, live, target, functionArn, payload)
      : invokeAs(gateway, live, credentialsArn, functionArn, payload);
  return withTimeout(invocation.catch(refusal), target.timeout);
}

/** Invokes as API Gateway itself, if the function's resource policy lets it. */
async function invoke(
  { functions, callerPolicies, weather }: Invoking,
  live: LiveStage,
  { sourceArn, nobodyWaits = false }: FunctionTarget,
  functionArn: string,
  payload: string,
): Promise<Called> {
  const [, , , region, accountId, , name = ''] = functionArn.split(':');
  // A permission takes a while to be known to API Gateway.
  const record = records.get(weather.seenBy('execute-api'), `${accountId}/${region}`, name);
  const service = 'apigateway.amazonaws.com';
  const sourceAccount = live.accountId;
  const request = { service, functionArn, sourceArn, sourceAccount };
  if (record === undefined || !allowsService(record, request, callerPolicies)) return { kind: 'refused' };
  const { payload: answer, functionError } = await functions.invoke({ functionArn, payload, nobodyWaits });
  return { kind: functionError === undefined ? 'returned' : 'threw', payload: answer };
}

/** Invokes as a session of a role, if the role trusts API Gateway; what it may do is decided as for any caller. */
async function invokeAs(
  { store, performAs }: Invoking,
  live: LiveStage,
  roleArn: string,
  functionArn: string,
  payload: string,
): Promise<Called> {
  const role = assumableRole(store, roleArn, live.accountId);
  if (role === undefined) return { kind: 'refused' };
  const perform = performAs(assumedRole(role, 'BackplaneAssumeRoleSession'), live.region);
  const { Payload = '', FunctionError } = await perform<{ Payload?: string; FunctionError?: string }>(
    'lambda',
    'Invoke',
    { FunctionName: functionArn, Payload: Buffer.from(payload) },
  );
  return { kind: FunctionError === undefined ? 'returned' : 'threw', payload: Payload };
}

function refusal(error: unknown): Called {
  if (error instanceof AwsError) return { kind: 'refused' };
  throw error;
}

function withVariables(uri: string, variables: Readonly<Record<string, string>>): string {
  return uri.replace(/\$\{stageVariables\.(\w+)\}/g, (_match, name: string) => variables[name] ?? '');
}

async function withTimeout(call: Promise<Called>, milliseconds: number): Promise<Called> {
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<Called>((resolve) => {
    timer = setTimeout(resolve, milliseconds, { kind: 'timed out' });
  });
  try {
    return await Promise.race([call, timedOut]);
  } finally {
    clearTimeout(timer);
  }
}
