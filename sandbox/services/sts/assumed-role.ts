import type { Caller } from '../../calls/caller.ts';
import type { RoleRecord } from '../iam/records.ts';

/** A role session as a caller. */
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
