import type { WebSocket } from 'ws';
import type { ConnectionRecord } from './records.ts';

/** How a connection ended, as `$disconnect` is told. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** An open connection. */
export class Connection {
  readonly record: ConnectionRecord;
  /** When data last went either way, in milliseconds since 1970. */
  lastActiveAt: number;
  readonly #socket: WebSocket;
  #ending: Ending | undefined;

  constructor(record: ConnectionRecord, socket: WebSocket) {
    this.record = record;
    this.lastActiveAt = record.connectedAt;
    this.#socket = socket;
  }

  /** How this side ended the connection; undefined while it has not. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Bytes on their way to a client that has not read them yet. */
  get unread(): number {
    return this.#socket.bufferedAmount;
  }

  /** Sends one text frame; to a connection that is closing, nothing. */
  send(text: string | Buffer): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text, { binary: false });
  }

  /** Begins to close the connection, once. */
  close(ending: Ending): void {
    if (this.end(ending)) this.#socket.close(ending.code, ending.reason);
  }

  /** Notes why this side ends the connection; false where it had a reason already. */
  end(ending: Ending): boolean {
    if (this.#ending !== undefined) return false;
    this.#ending = ending;
    return true;
  }
}
