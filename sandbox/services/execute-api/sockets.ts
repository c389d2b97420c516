import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Connection } from './connection.ts';
import type { FailingConnections } from './management/failing-connections.ts';
import type { ConnectionRecord } from './records.ts';

/** The WebSocket side of deployed APIs. */
export interface Sockets {
  /** Handles an upgrade request: authorizes it, runs `$connect`, and serves the connection until it ends. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The open connection with this id; undefined if it is gone, or `$connect` has not answered yet. */
  connection(connectionId: string): Connection | undefined;
  /** The connection ids whose management calls fail on request. */
  readonly failing: FailingConnections;
  /** The open connections, without the values of their authorizers' contexts. */
  open(): OpenConnection[];
  /** Closes the connections of a deleted stage, or of all stages of an API. */
  closeStage(apiId: string, stage?: string): void;
  /** Runs `$disconnect` for connections that a crash of the account ended. Call it once, when everything else is up. */
  recover(): Promise<void>;
  /**
   * Closes every connection with 1001, runs `$disconnect` for each and resolves when they have run. Those that take too
   * long are left to the next start's `recover`. Call it while functions can still reach the account.
   */
  close(): Promise<void>;
}

/** An open connection, for the console. */
export interface OpenConnection
  extends Pick<ConnectionRecord, 'connectionId' | 'accountId' | 'region' | 'apiId' | 'stage' | 'connectedAt'> {
  /** Milliseconds since 1970. */
  readonly lastActiveAt: number;
  /** The authorizer's principal. */
  readonly principalId?: string;
}
