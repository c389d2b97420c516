import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../calls/caller.ts';
import type { Perform, World } from '../../calls/context.ts';
import type { Ids } from '../../calls/ids.ts';
import type { Pool } from './pool.ts';
import type { Throttle } from './throttle.ts';

/** What serving sockets takes. */
export type Gateway = Pick<
  World,
  'store' | 'clock' | 'ids' | 'functions' | 'say' | 'callerPolicies' | 'weather' | 'logs'
> & {
  readonly pool: Pool;
  readonly throttle: Throttle;
  /** Calls other services as a caller, such as the session of a role. */
  readonly performAs: (caller: Caller, region: string) => Perform;
  /** Who signed an upgrade request; undefined where nobody did. Throws AwsError where the signature is wrong. */
  authenticate(request: IncomingMessage): { readonly caller: Caller; readonly accessKeyId: string } | undefined;
};

/** An id as API Gateway makes them for connections, requests and messages: `L0SM9cOFvHcCIhw=`. */
export function gatewayId(ids: Pick<Ids, 'bytes'>): string {
  return `${ids.bytes(11).toString('base64url')}=`;
}

/** Whether a text has the form of a connection's id. */
export function isConnectionId(text: string): boolean {
  return /^[\w+/-]{15}=$/.test(text);
}
