import { type Call, global } from '../../calls/context.ts';
import type { ContextKeys } from '../../iam-policy/request-context.ts';
import { roles, users } from './records.ts';

interface PermissionsInput {
  readonly RoleName?: string | undefined;
  readonly UserName?: string | undefined;
  readonly PolicyArn?: string | undefined;
  readonly PermissionsBoundary?: string | undefined;
}

/**
 * The condition keys of actions that change the permissions of a role or user: the managed policy, and the boundary
 * that it will have (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html).
 */
export function permissionsContext(
  { RoleName, UserName, PolicyArn, PermissionsBoundary }: PermissionsInput,
  call: Call<'store'>,
): ContextKeys {
  const holder =
    RoleName === undefined
      ? users.get(call.store, global(call), UserName ?? '')
      : roles.get(call.store, global(call), RoleName);
  const boundary = PermissionsBoundary ?? holder?.PermissionsBoundary;
  return {
    ...(PolicyArn === undefined ? {} : { 'iam:PolicyARN': PolicyArn }),
    ...(boundary === undefined ? {} : { 'iam:PermissionsBoundary': boundary }),
  };
}
