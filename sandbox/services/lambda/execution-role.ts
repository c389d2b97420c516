import type { Call } from '../../context.ts';
import { global } from '../../context.ts';
import { type RoleRecord, roles } from '../iam/records.ts';
import { trusts } from '../sts/trust.ts';
import { invalid } from './function-name.ts';

/** The role of an ARN, if it is there and trusts Lambda; else throws what CreateFunction answers. */
export function executionRole(roleArn: string, { store }: Pick<Call<'store'>, 'store'>): RoleRecord {
  const [, , , , accountId = '', resource = ''] = roleArn.split(':');
  const role = roles.get(store, global({ accountId }), resource.split('/').at(-1) ?? '');
  const name = 'lambda.amazonaws.com';
  const caller = { accountId, arn: name, userId: name, type: 'service' } as const;
  if (role?.Arn !== roleArn || !trusts(role.AssumeRolePolicyDocument, { caller, action: 'sts:AssumeRole' })) {
    throw invalid('The role defined for the function cannot be assumed by Lambda.');
  }
  return role;
}
