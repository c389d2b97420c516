import type { Call } from '../../context.ts';
import type { ResourcePolicy } from '../../operation.ts';
import { parseFunctionName } from './function-name.ts';
import { type FunctionRecord, functions, type PolicyStatement } from './records.ts';

/** The policy of the function that a request names, with its qualifier; undefined where there is none. */
export function policyOf(
  input: { readonly FunctionName?: string | undefined; readonly Qualifier?: string | undefined },
  call: Pick<Call<'store'>, 'store' | 'accountId' | 'region'>,
): ResourcePolicy | undefined {
  const parsed = parseFunctionName(input.FunctionName ?? '');
  const { name, accountId = call.accountId, region = call.region } = parsed;
  const policies = functions.get(call.store, `${accountId}/${region}`, name)?.policies ?? {};
  const qualifier = input.Qualifier ?? parsed.qualifier ?? '';
  const policy = Object.hasOwn(policies, qualifier) ? policies[qualifier] : undefined;
  return policy && { kind: 'resource', document: policy.document };
}

/** A service that wants to invoke a function, and on whose behalf. */
export interface ServiceRequest {
  /** `apigateway.amazonaws.com` */
  readonly service: string;
  /** `arn:aws:execute-api:us-east-1:111122223333:abc/$default/$connect` */
  readonly sourceArn: string;
  readonly sourceAccount: string;
  /** The qualifier that is invoked: a version or an alias has a policy of its own. */
  readonly qualifier?: string | undefined;
}

/** Whether the function's resource policy lets the service invoke it. */
export function allowsService(record: Pick<FunctionRecord, 'policies'>, request: ServiceRequest): boolean {
  const policy = record.policies[request.qualifier ?? ''];
  return policy?.document.Statement.some((statement) => allows(statement, request)) ?? false;
}

function allows(statement: PolicyStatement, request: ServiceRequest): boolean {
  const { Principal, Action, Condition = {} } = statement;
  const names = Principal === '*' ? '*' : 'Service' in Principal ? Principal.Service : undefined;
  if (names !== '*' && names !== request.service) return false;
  if (!/^(\*|lambda:\*|lambda:InvokeFunction)$/i.test(Action)) return false;
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, contextValue(key, request), wanted)),
  );
}

/** Condition keys do not depend on case: AddPermission writes `AWS:SourceArn`, IAM `aws:SourceArn`. */
function contextValue(key: string, request: ServiceRequest): string | undefined {
  const values: Readonly<Record<string, string>> = {
    'aws:sourcearn': request.sourceArn,
    'aws:sourceaccount': request.sourceAccount,
  };
  return values[key.toLowerCase()];
}

/** A key that the request does not have fails its condition. */
function holds(operator: string, actual: string | undefined, wanted: string): boolean {
  if (actual === undefined) return false;
  switch (operator) {
    case 'ArnLike':
    case 'ArnEquals':
      return arnMatches(actual, wanted);
    case 'StringLike':
      return matches(actual, wanted);
    case 'StringEquals':
      return actual === wanted;
    default:
      return false;
  }
}

/**
 * Each of the six parts of an ARN is compared by itself, `*` and `?` standing for any text within it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN).
 */
function arnMatches(actual: string, pattern: string): boolean {
  const [parts, wanted] = [sixParts(actual), sixParts(pattern)];
  return wanted.length === 6 && wanted.every((part, index) => matches(parts[index] ?? '', part));
}

function sixParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function matches(text: string, pattern: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 's').test(text);
}
