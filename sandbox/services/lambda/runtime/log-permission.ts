import { decideFor } from '../../../authorization/authorize.ts';
import { global, regional, type World } from '../../../calls/context.ts';
import { roles } from '../../iam/records.ts';
import { logGroups, logStreams, streamArn } from '../../logs/records.ts';
import { assumedRole } from '../../sts/assumed-role.ts';
import type { FunctionRecord, VersionRecord } from '../records.ts';

/** What deciding requires. */
export type LogPermissionWorld = Pick<World, 'store' | 'clock' | 'callerPolicies'>;

/**
 * Whether a function's log may be written: Lambda writes it with the function's role, and without permission there is
 * no log (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html).
 */
export function mayLog(
  { FunctionArn, FunctionName }: FunctionRecord,
  { Role, LoggingConfig: { LogGroup } }: VersionRecord,
  stream: string,
  world: LogPermissionWorld,
): boolean {
  const [, , , region = '', accountId = ''] = FunctionArn.split(':');
  const place = { accountId, region };
  const group = logGroups.get(world.store, regional(place), LogGroup);
  const isThere = group !== undefined && logStreams.get(world.store, group, stream) !== undefined;
  const ofStream = streamArn(place, LogGroup, stream);
  const needs = [
    ...(group === undefined ? [{ action: 'logs:CreateLogGroup', resource: streamArn(place, LogGroup, '') }] : []),
    ...(isThere ? [] : [{ action: 'logs:CreateLogStream', resource: ofStream }]),
    { action: 'logs:PutLogEvents', resource: ofStream },
  ];
  const [, , , , roleAccount = '', roleName = ''] = Role.split(':');
  const role = roles.get(world.store, global({ accountId: roleAccount }), roleName.split('/').at(-1) ?? '');
  if (role === undefined) return false;
  const caller = assumedRole(role, FunctionName);
  return needs.every((need) => decideFor(caller, need, { ...world, region })?.decision === 'allowed');
}
