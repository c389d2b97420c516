import type { Call } from '../../calls/context.ts';
import { userPools } from './records.ts';

/** The tags of a pool, by its ARN, wherever it is; undefined where it is not there. */
export function tagsOf(
  arn: string,
  { store }: Pick<Call<'store'>, 'store'>,
): Readonly<Record<string, string>> | undefined {
  const [, , , region, accountId, resource = ''] = arn.split(':');
  return userPools.get(store, `${accountId}/${region}`, resource.replace(/^userpool\//, ''))?.tags;
}
