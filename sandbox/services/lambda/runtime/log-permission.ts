import { global } from '../../../calls/context.ts';
import { roles } from '../../iam/records.ts';
import { type LogPermissionWorld, mayWrite } from '../../logs/may-write.ts';
import { assumedRole } from '../../sts/assumed-role.ts';
import type { FunctionRecord, VersionRecord } from '../records.ts';

/**
 * Whether a function's log may be written: Lambda writes it with the function's role, and without permission there is
 * no log (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html).
 */
export function mayLog(
  { FunctionArn, FunctionName }: FunctionRecord,
  { Role, LoggingConfig: { LogGroup: group } }: VersionRecord,
  stream: string,
  world: LogPermissionWorld,
): boolean {
  const [, , , region = '', accountId = ''] = FunctionArn.split(':');
  const [, , , , roleAccount = '', roleName = ''] = Role.split(':');
  const role = roles.get(world.store, global({ accountId: roleAccount }), roleName.split('/').at(-1) ?? '');
  if (role === undefined) return false;
  return mayWrite(assumedRole(role, FunctionName), { accountId, region, group, stream }, world);
}
