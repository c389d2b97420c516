import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The WebSocket side of deployed APIs. */
export interface Sockets {
  /** Takes an upgrade request: authorizes it, runs `$connect`, and serves the connection until it ends. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Runs `$disconnect` for the connections that a crash of the account ended. Call once, when everything else is up. */
  recover(): Promise<void>;
  /** Closes every connection with 1001, runs `$disconnect` for each and resolves when they have run. */
  close(): Promise<void>;
}
