import { global } from '../../context.ts';
import type { Store } from '../../state/store.ts';
import { type RoleRecord, roles } from '../iam/records.ts';

/** The role that API Gateway takes on for an API of this account; undefined where there is none that trusts it. */
export function assumableRole(store: Pick<Store, 'get'>, roleArn: string, accountId: string): RoleRecord | undefined {
  const role = roles.get(store, global({ accountId }), roleArn.split('/').at(-1) ?? '');
  return role?.Arn === roleArn && trustsGateway(role) ? role : undefined;
}

function trustsGateway(role: RoleRecord): boolean {
  const { Statement } = JSON.parse(role.AssumeRolePolicyDocument) as { Statement?: unknown };
  return list(Statement).some((statement) => {
    const { Effect, Principal, Action } = statement as Readonly<Record<string, unknown>>;
    const services = Principal === '*' ? ['*'] : list((Principal as { Service?: unknown } | undefined)?.Service);
    return (
      Effect === 'Allow' &&
      services.some((service) => service === '*' || service === 'apigateway.amazonaws.com') &&
      list(Action).some((action) => /^(\*|sts:(\*|AssumeRole))$/i.test(String(action)))
    );
  });
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
