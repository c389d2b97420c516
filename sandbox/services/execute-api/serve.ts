import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { Connection, type Ending } from './connection.ts';
import { FrameMeter } from './frame-meter.ts';
import type { Gateway } from './gateway.ts';
import { serveMessage } from './message.ts';
import type { ConnectionRecord } from './records.ts';

const longestFrame = 32 * 1024;

/** Serves a connection from its 101 on, and resolves when either side has closed it. */
export function serve(
  gateway: Gateway,
  record: ConnectionRecord,
  webSocket: WebSocket,
  socket: Duplex,
): Promise<Ending> {
  const connection = new Connection(record, webSocket);
  const { pool, clock } = gateway;
  const meter = new FrameMeter(longestFrame);
  pool.add(connection);
  // Before `ws` sees the bytes, so that an oversized single-frame message isn't served.
  socket.prependListener('data', (chunk: Buffer) => {
    if (connection.ending === undefined && meter.exceeds(chunk)) connection.close({ code: 1009, reason: '' });
    // Every message gets an answer, and every ping a pong: accept no more until the client has read the others.
    if (!connection.isBehind) return;
    connection.read(false);
    socket.once('drain', () => connection.read(true));
  });
  webSocket.on('message', (data, isBinary) => {
    if (connection.ending !== undefined) return;
    connection.lastActiveAt = clock.now().getTime();
    if (isBinary) {
      connection.close({ code: 1003, reason: '' });
      return;
    }
    // Messages of one connection are served concurrently, as on AWS.
    serveMessage(gateway, connection, data.toString()).catch((error) => {
      gateway.say(`A message to API ${record.apiId} couldn't be served: ${(error as Error).stack ?? error}`);
    });
  });
  webSocket.on('error', (error) => {
    // `ws` itself closes on protocol violations, with the matching code.
    const code = closeCodes[(error as NodeJS.ErrnoException).code ?? ''] ?? 1002;
    connection.end({ code, reason: '' });
  });
  return new Promise((resolve) => {
    webSocket.on('close', (code, reason) => {
      pool.remove(connection);
      resolve(connection.ending ?? clientEnding(code, reason.toString()));
    });
  });
}

const closeCodes: Readonly<Record<string, number>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
  WS_ERR_INVALID_UTF8: 1007,
  ECONNRESET: 1006,
  EPIPE: 1006,
};

function clientEnding(code: number, reason: string): Ending {
  return code === 1005 ? { code, reason: 'Client-side close frame status not set' } : { code, reason };
}
