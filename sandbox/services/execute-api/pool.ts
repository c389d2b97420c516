import type { Connection } from './connection.ts';

/** The connections, by id, from their 101 until they are closed. */
export class Pool {
  readonly #connections = new Map<string, Connection>();

  add(connection: Connection): void {
    this.#connections.set(connection.record.connectionId, connection);
  }

  /** The connection with this id, if it is open and this side has not begun to close it. */
  get(connectionId: string): Connection | undefined {
    const connection = this.#connections.get(connectionId);
    return connection?.ending === undefined ? connection : undefined;
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection.record.connectionId);
  }

  all(): Connection[] {
    return [...this.#connections.values()];
  }
}
