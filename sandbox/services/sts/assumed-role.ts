import type { Caller } from '../../calls/context.ts';
import type { RoleRecord } from '../iam/records.ts';

/** The caller that a session of a role is. */
export function assumedRole(role: Pick<RoleRecord, 'Arn' | 'RoleId' | 'RoleName'>, sessionName: string): Caller {
  const accountId = role.Arn.split(':')[4] ?? '';
  return {
    accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/${role.RoleName}/${sessionName}`,
    userId: `${role.RoleId}:${sessionName}`,
    type: 'assumed-role',
    roleArn: role.Arn,
  };
}
