import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../calls/caller.ts';
import type { Perform, World } from '../../calls/context.ts';
import type { Ids } from '../../calls/ids.ts';
import type { Pool } from './pool.ts';
import type { Throttle } from './throttle.ts';

/** The parts of the account that serving sockets needs. */
export type Gateway = Pick<
  World,
  'store' | 'clock' | 'ids' | 'functions' | 'say' | 'callerPolicies' | 'weather' | 'logs'
> & {
  readonly pool: Pool;
  readonly throttle: Throttle;
  /** Calls other services as a caller, such as a role session. */
  readonly performAs: (caller: Caller, region: string) => Perform;
  /**
   * Returns the signer of an upgrade request; undefined if it is unsigned. Throws AwsError if the signature is wrong.
   */
  authenticate(request: IncomingMessage): { readonly caller: Caller; readonly accessKeyId: string } | undefined;
};

/** An id in API Gateway's format for connections, requests and messages: `L0SM9cOFvHcCIhw=`. */
export function gatewayId(ids: Pick<Ids, 'bytes'>): string {
  return `${ids.bytes(11).toString('base64url')}=`;
}

/** Whether a text has the format of a connection id. */
export function isConnectionId(text: string): boolean {
  return /^[\w+/-]{15}=$/.test(text);
}
