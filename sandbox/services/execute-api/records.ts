import { collection } from '../../state/collection.ts';
import type { Correlation } from '../../trace/correlation.ts';

/** Who is at the other end of a connection. The last five are there where `$connect` is for AWS_IAM. */
export interface Identity {
  readonly sourceIp: string;
  readonly userAgent?: string;
  readonly accountId?: string;
  readonly accessKey?: string;
  readonly caller?: string;
  readonly user?: string;
  readonly userArn?: string;
}

/** What is known of a connection, and still has to be known for its `$disconnect` after a crash. */
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

/** Returns what every event of a connection says of where it belongs. */
export function placeOf({ connectionId, accountId, region, apiId, stage }: ConnectionRecord): Correlation {
  return { account: accountId, region, api: apiId, stage, connectionId };
}
