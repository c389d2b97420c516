import type { Call } from '../../calls/context.ts';
import { constraint } from './errors.ts';
import { findPool, poolArn } from './pool.ts';
import type { UserPoolRecord } from './records.ts';

/** The pool that an ARN names; throws ResourceNotFoundException, or InvalidParameterException for another ARN. */
export function taggedPool(
  { ResourceArn }: { readonly ResourceArn?: string | undefined },
  call: Pick<Call<'store'>, 'store' | 'accountId' | 'region'>,
): UserPoolRecord {
  if (ResourceArn === undefined) throw constraint('resourceArn', undefined, 'Member must not be null');
  const id = ResourceArn.split(':userpool/')[1];
  if (ResourceArn !== poolArn(id, call))
    throw constraint('resourceArn', ResourceArn, 'Member must be the ARN of a user pool');
  return findPool(id, call);
}
