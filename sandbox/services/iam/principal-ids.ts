import type { Store } from '../../state/store.ts';
import { roles, users } from './records.ts';

/** The unique ids of the users and roles in a policy, by ARN, as of when it was saved. */
export type PrincipalIds = Readonly<Record<string, string>>;

interface Policy {
  readonly Statement: unknown;
}

type Records = Pick<Store, 'get'>;

/** Returns the unique ids of the users and roles that a policy names by ARN. */
export function principalIds(policy: Policy, store: Records): PrincipalIds {
  const names = [policy.Statement].flat().flatMap((statement) => [namesOf(statement)?.AWS ?? []].flat());
  return Object.fromEntries(
    names.flatMap((arn) => {
      const id = uniqueId(arn, store);
      return id === undefined ? [] : [[arn, id]];
    }),
  );
}

/**
 * Returns a policy's current form: users and roles that were deleted since it was saved are replaced by their unique
 * ids. So trust doesn't pass to a new one with the same name
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
export function withIds<T extends Policy>(policy: T, ids: PrincipalIds | undefined, store: Records): T {
  const gone = Object.entries(ids ?? {}).filter(([arn, id]) => uniqueId(arn, store) !== id);
  if (gone.length === 0) return policy;
  const idOf = new Map(gone);
  const replaced = (statement: unknown) => {
    const named = namesOf(statement);
    if (named?.AWS === undefined) return statement;
    const AWS = Array.isArray(named.AWS)
      ? named.AWS.map((arn) => idOf.get(arn) ?? arn)
      : (idOf.get(String(named.AWS)) ?? named.AWS);
    return { ...(statement as object), Principal: { ...named, AWS } };
  };
  const { Statement } = policy;
  return { ...policy, Statement: Array.isArray(Statement) ? Statement.map(replaced) : replaced(Statement) };
}

function namesOf(statement: unknown): { readonly AWS?: string | readonly string[] } | undefined {
  const { Principal } = statement as { readonly Principal?: unknown };
  return typeof Principal === 'object' && Principal !== null ? Principal : undefined;
}

/** The current id of a user or role with this ARN. */
function uniqueId(arn: string, store: Records): string | undefined {
  const [, accountId, kind, name = ''] = /^arn:[^:]+:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (kind === undefined) return undefined;
  const scope = `${accountId}/global`;
  if (kind === 'role') {
    const role = roles.get(store, scope, name);
    return role?.Arn === arn ? role.RoleId : undefined;
  }
  const user = users.get(store, scope, name);
  return user?.Arn === arn ? user.UserId : undefined;
}
