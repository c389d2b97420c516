import type { GroupType, UpdateGroupRequest } from '@aws-sdk/client-cognito-identity-provider';
import { type Call, regional } from '../../calls/context.ts';
import { notFound } from './errors.ts';
import { type GroupRecord, groups } from './records.ts';
import { structure, text, whole } from './shape.ts';

type Regional = Pick<Call<'store'>, 'store' | 'accountId' | 'region'>;

/** The input of CreateGroup and UpdateGroup. */
export const groupShape = structure(
  {
    UserPoolId: text(1, 55),
    GroupName: text(1, 128, /[\p{L}\p{M}\p{S}\p{N}\p{P}]+/u),
    Description: text(0, 2048),
    RoleArn: text(
      20,
      2048,
      /arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?/,
    ),
    Precedence: whole(0, 2147483647),
  },
  ['UserPoolId', 'GroupName'],
);

/** The members of a group that an input sets; UpdateGroup keeps the others. */
export function groupSettings({
  Description,
  RoleArn,
  Precedence,
}: UpdateGroupRequest): Pick<GroupRecord, 'description' | 'roleArn' | 'precedence'> {
  return {
    ...(Description === undefined ? {} : { description: Description }),
    ...(RoleArn === undefined ? {} : { roleArn: RoleArn }),
    ...(Precedence === undefined ? {} : { precedence: Precedence }),
  };
}

/** A group's key in the store. */
export function groupKey(poolId: string, name: string): string {
  return `${poolId}/${name}`;
}

/** Returns a group of a pool; throws ResourceNotFoundException. */
export function findGroup(poolId: string, name: string | undefined, call: Regional): GroupRecord {
  const group = groups.get(call.store, regional(call), groupKey(poolId, name ?? ''));
  if (group === undefined) throw notFound('Group not found.');
  return group;
}

/** Returns the groups of a pool, sorted by name. */
export function groupsOf(id: string, call: Regional): GroupRecord[] {
  return groups.list(call.store, regional(call)).filter(({ poolId }) => poolId === id);
}

/** A group as GetGroup returns it. */
export function describeGroup({
  poolId,
  name,
  description,
  roleArn,
  precedence,
  created,
  modified,
}: GroupRecord): GroupType {
  return {
    GroupName: name,
    UserPoolId: poolId,
    Description: description,
    RoleArn: roleArn,
    Precedence: precedence,
    LastModifiedDate: new Date(modified),
    CreationDate: new Date(created),
  };
}
