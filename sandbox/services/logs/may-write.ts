import { decideFor } from '../../authorization/authorize.ts';
import type { Caller } from '../../calls/caller.ts';
import { regional, type World } from '../../calls/context.ts';
import { logGroups, logStreams, streamArn } from './records.ts';

/** The parts of the account that the decision requires. */
export type LogPermissionWorld = Pick<World, 'store' | 'clock' | 'callerPolicies'>;

/** The place where a service writes a log on somebody's behalf. */
export interface LogPlace {
  readonly accountId: string;
  readonly region: string;
  readonly group: string;
  readonly stream: string;
}

/** Returns whether a caller is allowed to write to a stream, and to create it and its group if they are missing. */
export function mayWrite(
  caller: Caller,
  { group: name, stream, ...place }: LogPlace,
  world: LogPermissionWorld,
): boolean {
  const group = logGroups.get(world.store, regional(place), name);
  const isThere = group !== undefined && logStreams.get(world.store, group, stream) !== undefined;
  const ofStream = streamArn(place, name, stream);
  const needs = [
    ...(group === undefined ? [{ action: 'logs:CreateLogGroup', resource: streamArn(place, name, '') }] : []),
    ...(isThere ? [] : [{ action: 'logs:CreateLogStream', resource: ofStream }]),
    { action: 'logs:PutLogEvents', resource: ofStream },
  ];
  const { clock, callerPolicies } = world;
  const by = { clock, callerPolicies, region: place.region };
  return needs.every((need) => decideFor(caller, need, by)?.decision === 'allowed');
}
