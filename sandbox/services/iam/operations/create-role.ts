import type { CreateRoleRequest, CreateRoleResponse } from '@aws-sdk/client-iam';
import { tagging } from '../../../authorization/tagging.ts';
import { type Call, global } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { isSameName, pathOf, requireDescription, requireName } from '../naming.ts';
import { requireAttachable } from '../policy.ts';
import { type RoleRecord, roles } from '../records.ts';
import { describeRole, saveRole } from '../role.ts';
import { requireSessionDuration } from '../session-duration.ts';
import { withTags } from '../tags.ts';
import { requireTrustPolicy } from '../trust-principals.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const createRole = operation<CreateRoleRequest, CreateRoleResponse, 'store' | 'clock' | 'ids'>({
  resource: newRole,
  alsoNeeds: (input, call) => tagging(input.Tags, 'iam:TagRole', newRole(input, call)),
  context: permissionsContext,
  async run(input, call) {
    const { RoleName = '', Description, PermissionsBoundary } = input;
    requireName('roleName', RoleName, 64);
    requireDescription(Description);
    const Path = pathOf(input.Path);
    if (roles.list(call.store, global(call)).some((role) => isSameName(role.RoleName, RoleName))) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, 409);
    }
    const role: RoleRecord = {
      Path,
      RoleName,
      RoleId: call.ids.unique('AROA'),
      Arn: newRole(input, call),
      CreateDate: call.clock.now().toISOString(),
      ...requireTrustPolicy(input.AssumeRolePolicyDocument, call),
      Description,
      MaxSessionDuration: requireSessionDuration(input.MaxSessionDuration) ?? 3600,
      PermissionsBoundary: PermissionsBoundary === undefined ? undefined : requireAttachable(PermissionsBoundary, call),
      Tags: withTags([], input.Tags),
      inline: {},
      attached: [],
    };
    await saveRole(role, call);
    return { Role: describeRole(role, call.store) };
  },
});

function newRole({ RoleName, Path = '/' }: CreateRoleRequest, { accountId }: Pick<Call, 'accountId'>): string {
  return `arn:aws:iam::${accountId}:role${Path}${RoleName}`;
}
