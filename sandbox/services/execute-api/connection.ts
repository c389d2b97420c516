import type { WebSocket } from 'ws';
import type { ConnectionRecord } from './records.ts';

/** How a connection ended, as `$disconnect` is told. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** The most that can wait for a client that does not read, in bytes. */
const mostUnread = 1024 * 1024;

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

  /** Whether so much waits for a client that does not read that nothing should be added. */
  get isBehind(): boolean {
    return this.#socket.bufferedAmount > mostUnread;
  }

  /** Sends one text frame; to a connection that is closing, nothing. */
  send(text: string | Buffer): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text, { binary: false });
  }

  /** Stops reading what the client sends, or goes on. */
  read(reads: boolean): void {
    if (reads) this.#socket.resume();
    else this.#socket.pause();
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
