import type { WebSocket } from 'ws';
import type { ConnectionRecord } from './records.ts';

/** How a connection ended, for `$disconnect`. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** How many bytes can be buffered for a client that doesn't read. */
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

  /** How this side ended the connection; undefined if it hasn't. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Whether too much is buffered for a client that doesn't read. */
  get isBehind(): boolean {
    return this.#socket.bufferedAmount > mostUnread;
  }

  /** Sends one text frame, unless the connection is closing. */
  send(text: string | Buffer): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text, { binary: false });
  }

  /** Pauses or resumes reading from the client. */
  read(reads: boolean): void {
    if (reads) this.#socket.resume();
    else this.#socket.pause();
  }

  /** Starts closing the connection, once. */
  close(ending: Ending): void {
    if (this.end(ending)) this.#socket.close(ending.code, ending.reason);
  }

  /** Records why this side ends the connection; false if there already was a reason. */
  end(ending: Ending): boolean {
    if (this.#ending !== undefined) return false;
    this.#ending = ending;
    return true;
  }
}
