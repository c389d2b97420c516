import type { Call } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import type { Connection } from '../connection.ts';
import { isConnectionId } from '../gateway.ts';
import { executeApiArn, liveStage } from '../live.ts';

/** A request for one connection: the SDK's input, and the address. */
export interface ConnectionRequest {
  readonly ApiId: string;
  readonly Stage: string;
  readonly ConnectionId: string;
}

/** The single action that all of `@connections` needs. */
export const manageConnections = 'execute-api:ManageConnections';

/** The action's resource ARN: `arn:aws:execute-api:…:a1b2c3/prod/POST/@connections/L0SM9cOFvHcCIhw=`. */
export function connectionArn(
  { ApiId, Stage, ConnectionId }: ConnectionRequest,
  call: Pick<Call, 'accountId' | 'region'>,
  method: string,
): string {
  return executeApiArn(call, `${ApiId}/${Stage}/${method}/@connections/${ConnectionId}`);
}

/**
 * Returns the open connection of a request. Throws 403 if the caller's account has no such stage, 400 if the id is
 * malformed, 410 GoneException if the connection has ended, or `$connect` has not answered yet; or the error that
 * `POST /_lab/failing` set for this id.
 */
export function openConnection(input: ConnectionRequest, call: Call<'sockets' | 'store'>): Connection {
  const { ApiId, Stage, ConnectionId } = input;
  const connection = call.sockets.connection(ConnectionId);
  const isMeant = connection !== undefined && isOf(connection, input, call);
  if (!isMeant && liveStage(call.store, `${call.accountId}/${call.region}`, ApiId, Stage) === undefined) {
    throw new AwsError('ForbiddenException', 'Forbidden', 403);
  }
  call.sockets.failing.throwFor(ConnectionId);
  if (isMeant) return connection;
  if (!isConnectionId(ConnectionId)) {
    throw new AwsError('BadRequestException', `Invalid connectionId: ${ConnectionId}`, 400);
  }
  throw new AwsError('GoneException', 'The connection is gone.', 410);
}

function isOf(
  { record }: Connection,
  { ApiId, Stage }: ConnectionRequest,
  { accountId, region }: Pick<Call, 'accountId' | 'region'>,
): boolean {
  const isSameApi = record.apiId === ApiId && record.stage === Stage;
  return isSameApi && record.accountId === accountId && record.region === region;
}
