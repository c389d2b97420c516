import type { CreateRoleRequest, CreateRoleResponse } from '@aws-sdk/client-iam';
import { global } from '../../../context.ts';
import { AwsError } from '../../../errors.ts';
import { operation } from '../../../operation.ts';
import { permissionsContext } from '../context.ts';
import { pathOf, requireName } from '../naming.ts';
import { requireAttachable } from '../policy.ts';
import { requirePolicyDocument } from '../policy-document.ts';
import { type RoleRecord, roles } from '../records.ts';
import { describeRole, saveRole } from '../role.ts';
import { requireSessionDuration } from '../session-duration.ts';
import { withTags } from '../tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const createRole = operation<CreateRoleRequest, CreateRoleResponse, 'store' | 'clock' | 'ids'>({
  resource: ({ RoleName, Path = '/' }, call) => `arn:aws:iam::${call.accountId}:role${Path}${RoleName}`,
  context: permissionsContext,
  async run(input, call) {
    const { RoleName = '', Description, PermissionsBoundary } = input;
    requireName('roleName', RoleName, 64);
    const Path = pathOf(input.Path);
    if (roles.get(call.store, global(call), RoleName) !== undefined) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, 409);
    }
    const role: RoleRecord = {
      Path,
      RoleName,
      RoleId: call.ids.unique('AROA'),
      Arn: `arn:aws:iam::${call.accountId}:role${Path}${RoleName}`,
      CreateDate: call.clock.now().toISOString(),
      AssumeRolePolicyDocument: requirePolicyDocument(input.AssumeRolePolicyDocument, 'trust'),
      ...(Description === undefined ? {} : { Description }),
      MaxSessionDuration: requireSessionDuration(input.MaxSessionDuration) ?? 3600,
      ...(PermissionsBoundary === undefined
        ? {}
        : { PermissionsBoundary: requireAttachable(PermissionsBoundary, call) }),
      Tags: withTags([], input.Tags),
      inline: {},
      attached: [],
    };
    await saveRole(role, call);
    return { Role: describeRole(role) };
  },
});
