import type { CallerPolicies } from '../../authorization/caller-policies.ts';
import type { Call } from '../../calls/context.ts';
import type { ResourcePolicy } from '../../calls/operation.ts';
import type { EvaluationRequest } from '../../iam-policy/decision.ts';
import { evaluate } from '../../iam-policy/evaluate.ts';
import { withIds } from '../iam/principal-ids.ts';
import { parseFunctionName } from './function-name.ts';
import { type FunctionRecord, functions } from './records.ts';

/** The policy of a request's function, with its qualifier; undefined if there is none. */
export function policyOf(
  input: { readonly FunctionName?: string | undefined; readonly Qualifier?: string | undefined },
  call: Pick<Call<'store'>, 'store' | 'accountId' | 'region'>,
): ResourcePolicy | undefined {
  const parsed = parseFunctionName(input.FunctionName ?? '');
  const { name, accountId = call.accountId, region = call.region } = parsed;
  const policies = functions.get(call.store, `${accountId}/${region}`, name)?.policies ?? {};
  const qualifier = input.Qualifier ?? parsed.qualifier ?? '';
  const policy = Object.hasOwn(policies, qualifier) ? policies[qualifier] : undefined;
  return policy && { kind: 'resource', document: withIds(policy.document, policy.principalIds, call.store) };
}

/** A service that wants to invoke a function, and on whose behalf. */
export interface ServiceRequest {
  /** `apigateway.amazonaws.com` */
  readonly service: string;
  /** The invoked function, with its qualifier: versions and aliases have their own policies. */
  readonly functionArn: string;
  /** `arn:aws:execute-api:us-east-1:111122223333:abc/$default/$connect` */
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/** Whether the function's resource policy allows the service to invoke it. */
export function allowsService(
  record: Pick<FunctionRecord, 'policies'>,
  request: ServiceRequest,
  callerPolicies: Pick<CallerPolicies, 'compiled'>,
): boolean {
  return evaluate(serviceInvocation(record, request, callerPolicies)).decision === 'allowed';
}

/** Returns the question for a function's resource policy when a service wants to invoke the function. */
export function serviceInvocation(
  { policies }: Pick<FunctionRecord, 'policies'>,
  { service, functionArn, sourceArn, sourceAccount }: ServiceRequest,
  callerPolicies: Pick<CallerPolicies, 'compiled'>,
): EvaluationRequest {
  const qualifier = functionArn.split(':')[7] ?? '';
  const attached = Object.hasOwn(policies, qualifier) ? policies[qualifier] : undefined;
  return {
    principal: { type: 'service', arn: service, services: [service] },
    action: 'lambda:InvokeFunction',
    resource: functionArn,
    context: { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceAccount, 'aws:PrincipalIsAWSService': true },
    identityPolicies: [],
    resourcePolicies: attached === undefined ? [] : [{ policy: callerPolicies.compiled(attached.document) }],
  };
}
