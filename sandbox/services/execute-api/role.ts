import { global } from '../../calls/context.ts';
import type { Store } from '../../state/store.ts';
import { type RoleRecord, roles } from '../iam/records.ts';
import { trustsService } from '../sts/trust.ts';

/** The role that API Gateway assumes for an API of this account; undefined if there is none that trusts it. */
export function assumableRole(store: Pick<Store, 'get'>, roleArn: string, accountId: string): RoleRecord | undefined {
  const role = roles.get(store, global({ accountId }), roleArn.split('/').at(-1) ?? '');
  return role?.Arn === roleArn && trustsService(role, 'apigateway.amazonaws.com') ? role : undefined;
}
