import type { Call } from '../../calls/context.ts';
import { policies, roles, users } from './records.ts';

/** The tags of a role, user or managed policy, by its ARN. */
export function tagsOf(
  arn: string,
  { store }: Pick<Call<'store'>, 'store'>,
): Readonly<Record<string, string>> | undefined {
  const [, accountId = '', kind, name = ''] =
    /^arn:[^:]+:iam::(\d{12}):(role|user|policy)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  const scope = `${accountId}/global`;
  const record =
    kind === 'role'
      ? roles.get(store, scope, name)
      : kind === 'user'
        ? users.get(store, scope, name)
        : policies.get(store, scope, arn);
  return record && Object.fromEntries(record.Tags.map(({ Key, Value }) => [Key, Value]));
}
