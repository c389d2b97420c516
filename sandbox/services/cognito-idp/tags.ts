import type { Call } from '../../calls/context.ts';
import { userPools } from './records.ts';

/** A pool's tags, by its ARN; undefined if it doesn't exist. */
export function tagsOf(
  arn: string,
  { store }: Pick<Call<'store'>, 'store'>,
): Readonly<Record<string, string>> | undefined {
  const [, , , region, accountId, resource = ''] = arn.split(':');
  return userPools.get(store, `${accountId}/${region}`, resource.replace(/^userpool\//, ''))?.tags;
}
