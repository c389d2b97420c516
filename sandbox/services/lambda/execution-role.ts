import type { Call } from '../../calls/context.ts';
import { global } from '../../calls/context.ts';
import { type RoleRecord, roles } from '../iam/records.ts';
import { trustsService } from '../sts/trust.ts';
import { invalid } from './function-name.ts';

/**
 * Returns the role with an ARN, if it exists and trusts Lambda for this function; otherwise throws CreateFunction's
 * error.
 */
export function executionRole(
  roleArn: string,
  functionArn: string,
  { store }: Pick<Call<'store'>, 'store'>,
): RoleRecord {
  const [, , , , accountId = '', resource = ''] = roleArn.split(':');
  const role = roles.get(store, global({ accountId }), resource.split('/').at(-1) ?? '');
  if (role?.Arn !== roleArn || !trustsService(role, 'lambda.amazonaws.com', functionArn)) {
    throw invalid('The role defined for the function cannot be assumed by Lambda.');
  }
  return role;
}
