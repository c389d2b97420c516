import type { Caller } from '../../context.ts';
import { UnsupportedError } from '../../errors.ts';

/** What a trust policy is asked about. */
export interface TrustRequest {
  readonly caller: Caller;
  /** `sts:AssumeRole` */
  readonly action: string;
  readonly externalId?: string | undefined;
}

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Whether a role's trust policy (JSON) lets the caller assume the role: some statement allows it and none denies it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 * A condition that is not about the external id cannot be judged here, and says so.
 */
export function trusts(policy: string, request: TrustRequest): boolean {
  const { Statement } = JSON.parse(policy) as { Statement?: Statement | readonly Statement[] };
  const matching = list(Statement).filter((statement) => matches(statement, request));
  return matching.some(({ Effect }) => Effect === 'Allow') && !matching.some(({ Effect }) => Effect === 'Deny');
}

function matches(statement: Statement, request: TrustRequest): boolean {
  const action = request.action.toLowerCase();
  const names = list(statement.Action).map((name) => name.toLowerCase());
  return (
    names.some((name) => name === action || name === '*' || name === 'sts:*') &&
    isPrincipal(statement.Principal, request.caller) &&
    conditionsHold(statement.Condition ?? {}, request)
  );
}

function isPrincipal(principal: Statement['Principal'], caller: Caller): boolean {
  if (principal === undefined) return false;
  if (principal === '*') return true;
  if (caller.type === 'service') return list(principal.Service).some((name) => name === caller.arn);
  const { accountId } = caller;
  const own = ['*', accountId, `arn:aws:iam::${accountId}:root`, caller.arn, caller.roleArn];
  return list(principal.AWS).some((name) => own.includes(name));
}

function conditionsHold(conditions: NonNullable<Statement['Condition']>, { externalId }: TrustRequest): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, value]) => {
      const wanted = list(value as string | readonly string[]).map(String);
      const isExternalId = key.toLowerCase() === 'sts:externalid';
      if (isExternalId && operator === 'Null') return wanted.includes(String(externalId === undefined));
      if (isExternalId && operator === 'StringEquals') return externalId !== undefined && wanted.includes(externalId);
      throw new UnsupportedError(`the condition ${operator} on ${key} in a role's trust policy`);
    }),
  );
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
