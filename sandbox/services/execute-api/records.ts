import { collection } from '../../state/collection.ts';
import type { Correlation } from '../../trace/correlation.ts';

/** The other end of a connection. The last five exist if `$connect` uses AWS_IAM. */
export interface Identity {
  readonly sourceIp: string;
  readonly userAgent?: string;
  readonly accountId?: string;
  readonly accessKey?: string;
  readonly caller?: string;
  readonly user?: string;
  readonly userArn?: string;
}

/** A connection's data, which is also needed for its `$disconnect` after a crash. */
export interface ConnectionRecord {
  readonly connectionId: string;
  readonly accountId: string;
  readonly region: string;
  readonly apiId: string;
  readonly stage: string;
  /** Milliseconds since 1970. */
  readonly connectedAt: number;
  readonly identity: Identity;
  /** `requestContext.authorizer` of every event: `principalId`, the authorizer's context, `integrationLatency` (ms). */
  readonly authorizer?: Readonly<Record<string, string | number>>;
}

export const connections = collection<ConnectionRecord>('execute-api/connection');

/** Returns the members about a connection's path that all of its events have. */
export function placeOf({ connectionId, accountId, region, apiId, stage }: ConnectionRecord): Correlation {
  return { account: accountId, region, api: apiId, stage, connectionId };
}
